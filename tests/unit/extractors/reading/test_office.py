"""Word and OpenDocument texts give the facts that the plain text gives."""

import io
import zipfile
from html import escape

import pytest

from caregraph.extractors.reading.read import report_from_bytes
from caregraph.ontology.errors import UnreadableReport
from tests.unit.extractors.reading.one_report import BULLETS, IMPROVE, SECTIONS, TABLE, TITLE, check, plain


def zipped(parts: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    """A zip file of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_paragraph(words: str, *, style: str = "", bold: bool = False) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    text = "</w:t><w:tab/><w:t>".join(escape(words).split("\t"))
    return f"<w:p>{properties}<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"


def word_table() -> str:
    rows = ("".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in TABLE)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def word_body(paragraphs: list[str], *, table: str = "", bold: bool = False, style: str = "") -> str:
    """The paragraphs as Word has them; the lines of the table, if it is given, are one."""
    body = []
    for words in paragraphs:
        if table and "\t" in words:
            body.append(table)
            table = " "
        elif not (table and "\t" in words):
            is_heading = words in (IMPROVE, *(heading for heading, _ in SECTIONS))
            body.append(word_paragraph(words, bold=bold and is_heading, style=style if is_heading else ""))
    return "".join(part for part in body if part.strip())


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body, and further parts by their names without their folder and ending."""
    relationships = "".join(
        f'<Relationship Id="r{name}" Type="{RELATIONSHIPS}/{name.rstrip("1")}" Target="{name}.xml"/>' for name in parts
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    body_of = f"<Relationship Id='r' Type='{RELATIONSHIPS}/officeDocument' Target='word/document.xml'/>"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{body_of}</Relationships>',
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{package}/relationships">{relationships}</Relationships>'
            ),
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            **{f"word/{name}.xml": content for name, content in parts.items()},
        }
    )


LINES = [line for line in plain().split("\n") if line]
ROWS = [line for line in LINES if "\t" in line]
STYLES = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style></w:styles>'
TEXT_BOX = (
    "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{}</w:txbxContent>"
    "</v:textbox></v:shape></w:pict></w:r></w:p>"
)
HEADER = f"<w:hdr {W}>{word_paragraph(TITLE)}</w:hdr>"
WORD = {
    "tabs": docx(word_body(LINES)),
    "table": docx(word_body(LINES, table=word_table())),
    "bold headings": docx(word_body(LINES, table=word_table(), bold=True)),
    "styles": docx(word_body(LINES, table=word_table(), style="H1"), styles=STYLES),
    "text box": docx(TEXT_BOX.format(word_body(LINES[:3])) + word_body(LINES[3:], table=word_table())),
    "header": docx(word_body(LINES[1:], table=word_table()), header1=HEADER),
    "table in a text box": docx(
        word_body(LINES[:3])
        + TEXT_BOX.format(word_table())
        + word_body([line for line in LINES[3:] if line not in ROWS])
    ),
}


@pytest.mark.parametrize("content", WORD.values(), ids=WORD)
def test_word(read, expected, content):
    check(read(content), expected)


CHOICE = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:txbxContent>{0}</w:txbxContent></mc:Choice>{1}</mc:AlternateContent></w:r></w:p>'
)
FALLBACK = "<mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback>"
BOXED = word_paragraph("Words in a box")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<w:p><w:fldSimple w:instr='DATE'><w:r><w:t>3 May 2024</w:t></w:r></w:fldSimple></w:p>", "3 May 2024"),
        ("<w:p><w:r><w:t>first</w:t><w:cr/><w:t>second</w:t></w:r></w:p>", "first\nsecond"),
        ("<w:p><w:r><w:t>multi</w:t><w:noBreakHyphen/><w:t>agency</w:t></w:r></w:p>", "multi-agency"),
        ("<w:p><w:r><w:t>chil</w:t><w:softHyphen/><w:t>dren</w:t></w:r></w:p>", "children"),
        ("<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>left</w:t></w:r></w:p>", "left"),
        ("<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>left</w:t></w:r></w:p>", "left"),
        (f"<w:sdt><w:sdtContent>{BOXED}</w:sdtContent></w:sdt>", "Words in a box"),
        (CHOICE.format(BOXED, FALLBACK.format(BOXED)), "Words in a box"),
    ],
)
def test_word_shows_all_words_once(body, words):
    assert report_from_bytes("letter.docx", docx(body)).text.strip() == words


@pytest.mark.parametrize(
    "body",
    [
        CHOICE.format(BOXED, ""),
        f"<w:unknown>{BOXED}</w:unknown>{BOXED}",
        f"{BOXED}<w:altChunk/>",
    ],
)
def test_word_document_that_would_be_half_read_is_refused(body):
    with pytest.raises(UnreadableReport, match="save it as a PDF"):
        report_from_bytes("letter.docx", docx(body))


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)
BOLD = (
    '<office:automatic-styles><style:style style:name="P1"><style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)


def odt_paragraph(words: str, *, element: str = "p", style: str = "") -> str:
    text = "<text:tab/>".join(escape(words).split("\t")).replace("children who", 'children<text:s text:c="2"/>who')
    return f'<text:{element} text:style-name="{style}">{text}</text:{element}>'


def odt_table() -> str:
    cells = ("".join(f"<table:table-cell>{odt_paragraph(cell)}</table:table-cell>" for cell in row) for row in TABLE)
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table><table:table-column/>{rows}</table:table>"


def odt_body(lines: list[str], *, table: str = "", element: str = "p", style: str = "") -> str:
    body = []
    for words in lines:
        is_heading = words in (IMPROVE, *(heading for heading, _ in SECTIONS))
        if table and words == ROWS[0]:
            body.append(table)
        elif not (table and "\t" in words):
            body.append(odt_paragraph(words, element=element if is_heading else "p", style=style if is_heading else ""))
    return "".join(body)


def content_xml(body: str, root: str = "document-content") -> str:
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    return f'<?xml version="1.0"?><office:{root} {ODF}>{BOLD}{text}</office:{root}>'


def odt(body: str, styles: str = "") -> bytes:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content_xml(body)}
    if styles:
        page = f"<office:master-styles><style:master-page>{styles}</style:master-page></office:master-styles>"
        parts["styles.xml"] = f"<office:document-styles {ODF}>{page}</office:document-styles>"
    return zipped(parts)


ITEMS = "".join(f"<text:list-item>{odt_paragraph(bullet)}</text:list-item>" for bullet in BULLETS)
NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
    "</text:note>"
)
OPEN_DOCUMENT = {
    "tabs": odt(odt_body(LINES)),
    "table": odt(odt_body(LINES, table=odt_table())),
    "headings": odt(odt_body(LINES, table=odt_table(), element="h")),
    "bold headings": odt(odt_body(LINES, table=odt_table(), style="P1")),
    "list": odt(
        odt_body(LINES, table=odt_table())
        .replace(odt_paragraph(f"• {BULLETS[0]}"), f"<text:list>{ITEMS}</text:list>")
        .replace(odt_paragraph(f"• {BULLETS[1]}"), "")
    ),
    "text box": odt(
        f"<text:p><draw:frame><draw:text-box>{odt_body(LINES[:3])}</draw:text-box></draw:frame></text:p>"
        + odt_body(LINES[3:], table=odt_table())
    ),
    "header": odt(odt_body(LINES[1:]), styles=f"<style:header>{odt_paragraph(TITLE)}</style:header>"),
    "note": odt(odt_body(LINES).replace("frequent,", f"frequent,{NOTE}")),
    "comment": odt(
        odt_body(LINES).replace(
            "frequent,", "frequent,<office:annotation><text:p>Check this.</text:p></office:annotation>"
        )
    ),
    "one file": content_xml(odt_body(LINES), root="document").encode(),
}


@pytest.mark.parametrize("content", OPEN_DOCUMENT.values(), ids=OPEN_DOCUMENT)
def test_opendocument(read, expected, content):
    check(read(content), expected)
