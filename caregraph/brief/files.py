"""Files of a brief: Word, HTML or Markdown, written with the same bytes each time, and read back line by line."""

import base64
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import BinaryIO

import docx
import lxml.html
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Row
from docx.text.paragraph import Paragraph
from lxml.etree import ParserError

from caregraph.brief.answers import Brief
from caregraph.brief.blocks import CELLS, Block, Part, Picture, Table
from caregraph.graph.atomic_files import write_atomically
from caregraph.ontology.errors import BadQuestion, UnreadableReport

LANGUAGE = "en-GB"
LEVELS = {"title": 1, "heading": 2, "subheading": 3}
WEB = ("https://", "http://")
INK = RGBColor(0x1A, 0x1A, 0x1A)  # of headings and captions, which the template has in a pale blue
MARGIN = Mm(20)
LEAST_COLUMN = Mm(22)  # width of a column of a table in Word
LONGEST_CELL = 60  # characters; a longer cell makes its column no wider
_STYLE = (
    "body{font:1rem/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "h1,h2,h3{font-family:sans-serif;line-height:1.25}h2{border-top:2px solid #1a1a1a;padding-top:.5rem}"
    "blockquote{margin:.5rem 0 .5rem 1rem;padding-left:.75rem;border-left:3px solid #5a5a5a}"
    "table{border-collapse:collapse;width:100%;margin:.75rem 0}tbody th{font-weight:normal}"
    "caption{text-align:left;font-weight:bold}"
    "img{max-width:100%;height:auto}figure{margin:1rem 0}"
    "th,td{border:1px solid #5a5a5a;padding:.3rem;text-align:left;vertical-align:top}"
    "@media print{body{max-width:none;margin:0}h2,h3{break-after:avoid}tr,blockquote{break-inside:avoid}}"
)
_STAMP = (1980, 1, 1, 0, 0, 0)  # of each file in a Word file, so that two runs give the same bytes
_DAY = datetime(1980, 1, 1, tzinfo=UTC)
PAPER = Mm(210), Mm(297)  # A4
WIDTH = PAPER[0] - 2 * MARGIN  # of what is written on a page


def write_brief(brief: Brief, to: Path) -> None:
    """Write a brief to a file, whole or not at all; its suffix says in which form.

    Raises:
        BadQuestion: if no form has the suffix.
        StoreError: if it cannot be written.
    """
    if to.suffix.lower() not in WRITERS:
        raise BadQuestion(f"{to.name}: expected a file that ends in {', '.join(WRITERS)}")
    write_atomically(to, WRITERS[to.suffix.lower()](brief))


def read_lines(path: Path) -> list[str]:
    """Lines of a brief's file: a paragraph each, a table's row each; white space is folded.

    Raises:
        BadQuestion: if no form has the suffix.
        UnreadableReport: if the file cannot be read as what its suffix says.
    """
    if path.suffix.lower() not in READERS:
        raise BadQuestion(f"{path.name}: expected a file that ends in {', '.join(READERS)}")
    try:
        lines = list(READERS[path.suffix.lower()](path.read_bytes()))
    except OSError as error:
        raise UnreadableReport(path.name, f"cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, zipfile.BadZipFile, ParserError) as error:
        raise UnreadableReport(path.name, f"is no {path.suffix} file: {error}") from error
    return [folded for line in lines if (folded := " ".join(line.split()))]


def as_markdown(brief: Brief) -> bytes:
    """A brief in Markdown; signs of a report that would be markup are escaped."""
    return ("\n\n".join(_markdown(part) for part in brief.parts) + "\n").encode()


def _markdown(part: Part) -> str:
    if isinstance(part, Table):
        rows = (part.head, ("---",) * len(part.head), *part.rows)
        table = "\n".join(f"| {' | '.join(map(_markdown_text, row))} |" for row in rows)
        return f"{_markdown_text(part.caption)}\n\n{table}"
    if isinstance(part, Picture):
        return _markdown_text(part.caption)
    text = _markdown_text(f"{part.text} {part.address}".strip())
    if part.kind in LEVELS:
        return f"{'#' * LEVELS[part.kind]} {text}"
    return f"> {text}" if part.kind == "quotation" else text


_MARKS = "\\`*_{}<>#|~[]"


def _markdown_text(text: str) -> str:
    return text if text == "---" else "".join(f"\\{sign}" if sign in _MARKS else sign for sign in text)


def _markdown_lines(content: bytes) -> Iterator[str]:
    for line in content.decode("utf-8-sig").splitlines():
        bare = line.strip().lstrip("#>").strip()
        if not bare or set(bare) <= set("|- "):
            continue
        cells = _cells(bare) if bare.startswith("|") else [bare]
        yield CELLS.join(_unescape(cell) for cell in cells)


def _cells(row: str) -> list[str]:
    """Cells of a table's row; a sign that is escaped parts none."""
    cells, start, escaped = [], 1, False
    for index, sign in enumerate(row):
        if index and sign == "|" and not escaped:
            cells.append(row[start:index].strip())
            start = index + 1
        escaped = sign == "\\" and not escaped
    return cells


def _unescape(text: str) -> str:
    result, escaped = "", False
    for sign in text:
        if sign == "\\" and not escaped:
            escaped = True
        else:
            result, escaped = result + sign, False
    return result


def as_html(brief: Brief) -> bytes:
    """A brief as one accessible page: language, headings in order, tables with captions and headers, for print too."""
    body = "\n".join(map(_html, brief.parts))
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(brief.title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def _html(part: Part) -> str:
    if isinstance(part, Picture):
        source = f"data:image/png;base64,{base64.b64encode(part.png).decode()}"
        picture = f'<img src="{source}" alt="{escape(part.text)}">'
        return f"<figure>{picture}<figcaption>{escape(part.caption)}</figcaption></figure>"
    if isinstance(part, Table):
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in part.head)
        rows = "".join(
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>\n'
            for first, *cells in part.rows
        )
        caption = f"<caption>{escape(part.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>"
    if part.kind in LEVELS:
        return f"<h{LEVELS[part.kind]}>{escape(part.text)}</h{LEVELS[part.kind]}>"
    if part.kind == "quotation":
        return f"<blockquote><p>{escape(part.text)}</p></blockquote>"
    return f"<p>{escape(part.text)}{_html_link(part)}</p>"


def _html_link(block: Block) -> str:
    """Link to the report; an address that a browser would not open as a page is text."""
    if not block.address.startswith(WEB):
        return f" {escape(block.address)}" if block.address else ""
    return f' <a href="{escape(block.address)}">{escape(block.address)}</a>'


def _html_lines(content: bytes) -> Iterator[str]:
    root = lxml.html.document_fromstring(content.decode("utf-8-sig"))
    for element in root.iter("h1", "h2", "h3", "h4", "p", "li", "caption", "figcaption", "tr"):
        if element.tag == "tr":
            yield CELLS.join(" ".join(cell.text_content().split()) for cell in element.iter("th", "td"))
        elif not any(parent.tag == "tr" for parent in element.iterancestors()):
            yield element.text_content()


def as_word(brief: Brief) -> bytes:
    """A brief as a Word document, with headings that are headings, its language, and tables with a header row."""
    document = docx.Document()
    _set_up(document, brief.title)
    for part in brief.parts:
        if isinstance(part, Table):
            _add_table(document, part)
        elif isinstance(part, Picture):
            _add_picture(document, part)
        elif part.kind in LEVELS:
            document.add_heading(part.text, LEVELS[part.kind])
        else:
            paragraph = document.add_paragraph(part.text, style="Quote" if part.kind == "quotation" else None)
            if part.address:
                _add_link(paragraph, part.address)
    output = io.BytesIO()
    document.save(output)
    return _with_fixed_stamps(output.getvalue())


def _set_up(document: WordDocument, title: str) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language, properties.comments = title, "caregraph", LANGUAGE, ""
    properties.created = properties.modified = _DAY
    for section in document.sections:
        section.page_width, section.page_height = PAPER
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
        _add_page_number(section.footer.paragraphs[0])
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    for name in ("Caption", *(f"Heading {level}" for level in LEVELS.values())):
        styles[name].font.color.rgb = INK
    styles["Caption"].font.size, styles["Caption"].paragraph_format.keep_with_next = Pt(11), True
    styles["Quote"].font.italic, styles["Quote"].paragraph_format.left_indent = False, Mm(6)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), LANGUAGE)


def _add_table(document: WordDocument, part: Table) -> None:
    document.add_paragraph(part.caption, style="Caption")
    table = document.add_table(rows=1, cols=len(part.head), style="Table Grid")
    table.autofit = False
    for cell, text in zip(table.rows[0].cells, part.head, strict=True):
        cell.text = text
        cell.paragraphs[0].runs[0].bold = True
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for row in part.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    widths = column_widths(part)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # of the grid, which LibreOffice reads, as Word reads those of the cells
    for word_row in table.rows:
        _keep_whole(word_row)
        for cell, width in zip(word_row.cells, widths, strict=True):
            cell.width = width
    document.add_paragraph()  # or what follows would touch the table


def column_widths(part: Table) -> list[Length]:
    """Widths of a table's columns on a page of Word: the longer the cells of one, the wider it is."""
    columns = zip(part.head, *part.rows, strict=True)
    lengths = [min(max(map(len, cells)), LONGEST_CELL) for cells in columns]
    least = min(LEAST_COLUMN, WIDTH // len(lengths))
    spare = WIDTH - least * len(lengths)
    return [Length(least + spare * length // (sum(lengths) or 1)) for length in lengths]


def _keep_whole(row: _Row) -> None:
    """Keep a row of a table on one page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:cantSplit"), {}))


def _add_page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            run._r.append(run._r.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): kind}))
        else:
            instruction = run._r.makeelement(qn("w:instrText"), {})
            instruction.text = text
            run._r.append(instruction)


def _add_picture(document: WordDocument, part: Picture) -> None:
    """Add a picture with its text for those who do not see it, no wider than the page."""
    shape = document.add_picture(io.BytesIO(part.png))
    if shape.width > WIDTH:
        shape.height = round(shape.height * WIDTH / shape.width)
        shape.width = Length(WIDTH)
    shape._inline.docPr.set("descr", part.text)
    document.add_paragraph(part.caption, style="Caption")


def _add_link(paragraph: Paragraph, address: str) -> None:
    """Add an address; one that is a page of the web can be followed."""
    run = paragraph.add_run(f" {address}")
    if address.startswith(WEB):
        id = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): id})
        link.append(run._r)
        paragraph._p.append(link)


def _with_fixed_stamps(content: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _STAMP), source.read(name), zipfile.ZIP_DEFLATED)
    return output.getvalue()


def _word_lines(content: bytes) -> Iterator[str]:
    stream: BinaryIO = io.BytesIO(content)
    for item in docx.Document(stream).iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        elif isinstance(item, WordTable):
            for row in item.rows:
                yield CELLS.join(" ".join(cell.text.split()) for cell in row.cells)


WRITERS: Mapping[str, Callable[[Brief], bytes]] = {".docx": as_word, ".html": as_html, ".md": as_markdown}
READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".docx": _word_lines,
    ".html": _html_lines,
    ".md": _markdown_lines,
}
