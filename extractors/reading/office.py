"""Word and OpenDocument texts, by way of the HTML that they stand for: their headers, text boxes, tables, notes."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import escape
from typing import Literal, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from caregraph.extractors.reading.html import parse_html
from caregraph.extractors.reading.markup import markup_lines
from caregraph.extractors.reading.raw_page import MarkedLine, RawPage, single_page
from caregraph.extractors.reading.refused import reason_to_refuse_zip
from caregraph.ontology.errors import UnreadableReport

_MOST_UNPACKED = 200_000_000  # bytes of XML: no letter has as many
_SNIFF = 4096  # characters in which the root of an XML file stands
_BODY = "word/document.xml"
_HEADER = re.compile(r"word/header\d*\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DAMAGED = "is a damaged document or zip archive that cannot be opened"
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)
# What mammoth raises where parts of a document are missing or are not what they say.
_BROKEN_WORD = (ExpatError, LookupError, AttributeError, ValueError, TypeError, OSError, RecursionError)
_BROKEN_XML = (ElementTree.ParseError, LookupError, RecursionError)

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _STYLE, _TEXT, _TABLE, _DRAW = (_ODF % name for name in ("office", "style", "text", "table", "drawing"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NAME = f"{_STYLE}name"
_ODT_TEXT = "application/vnd.oasis.opendocument.text"
_TAGS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TEXT}section": "div",
    f"{_TEXT}index-body": "div",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
    f"{_DRAW}text-box": "div",
}
_LEFT_OUT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}sequence-decls",
        f"{_TEXT}variable-decls",
        f"{_TEXT}hidden-text",
        f"{_TEXT}note-citation",
        f"{_TABLE}covered-table-cell",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
        f"{_DRAW}desc",
    }
)

Office = Literal["word", "opendocument"]


class _Package(NamedTuple):
    """A document's XML parts, by their names in its zip file."""

    office: Office
    parts: dict[str, bytes]


def read_office(source: str, content: bytes) -> tuple[Office, list[RawPage]]:
    """Read a Word or OpenDocument text as one page, its notes last.

    Raises:
        UnreadableReport: if the file is another kind of zip file, damaged, or asks for a password.
    """
    package = _open_package(source, content)
    if package.office == "word":
        lines = _read_word(source, content, package.parts)
    else:
        lines = _read_opendocument(source, package.parts)
    return package.office, [single_page(lines)]


def _open_package(source: str, content: bytes) -> _Package:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if _BODY in names:
                office: Office = "word"
            elif "mimetype" in names and archive.read("mimetype").decode("ascii", "replace").startswith(_ODT_TEXT):
                office = "opendocument"
            else:
                raise UnreadableReport(source, reason_to_refuse_zip(members))
            parts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
            if sum(member.file_size for member in parts) > _MOST_UNPACKED:
                raise UnreadableReport(source, "is a document that unpacks to more than any report has")
            return _Package(office, {part.filename: archive.read(part) for part in parts})
    except _BROKEN_ZIP as error:
        raise UnreadableReport(source, _DAMAGED) from error


def _read_word(source: str, content: bytes, parts: dict[str, bytes]) -> list[MarkedLine]:
    """Lines of a Word document: those of its headers, which its letterhead is, then its body."""
    import mammoth  # it takes a tenth of a second to import, and few folders have a Word document

    if b"altChunk" in parts[_BODY]:
        raise UnreadableReport(source, "is a document made of others: open it in Word and save it as a PDF")
    try:
        body = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map="p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh",
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        ).value
        headers = list(_word_headers(parts))
    except (*_BROKEN_WORD, *_BROKEN_XML) as error:
        raise UnreadableReport(source, _DAMAGED) from error
    return _lines(source, headers, body.replace("\t", "<tab></tab>"))


def _word_headers(parts: dict[str, bytes]) -> Iterator[str]:
    """Yield the paragraphs of the headers of a Word document."""
    for name in sorted(filter(_HEADER.fullmatch, parts)):
        for paragraph in ElementTree.fromstring(parts[name]).iter(f"{_W}p"):
            if paragraph.find(f".//{_W}p") is None:  # a paragraph around a text box has those in it
                yield "".join(_word_text(paragraph))


def _word_text(paragraph: Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in (f"{_W}tab", f"{_W}br"):
            yield " "


def _lines(source: str, headers: Iterable[str], body: str) -> list[MarkedLine]:
    """Lines of the headers, each once, and of the body, whose notes come last."""
    root = parse_html(source, f"<html><body>{body}</body></html>")
    notes: list[MarkedLine] = []
    for note in root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        notes.append((note.text_content().replace("↑", " "), "note"))
        note.drop_tree()
    lines = markup_lines(root, paragraph_mark="", numbered=False)
    printed = {" ".join(words.split()) for words, _ in lines}
    letterhead = dict.fromkeys(words for header in headers if (words := " ".join(header.split())) not in printed)
    return [*((words, "") for header in letterhead for words in (header, "")), *lines, *notes]


def _read_opendocument(source: str, parts: dict[str, bytes]) -> list[MarkedLine]:
    """Lines of an OpenDocument text: those of its headers, then its body."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableReport(source, "is a document that asks for a password: save it without one")
    return _opendocument_lines(source, parts.get("content.xml", b""), parts.get("styles.xml"))


def is_flat_opendocument(text: str) -> bool:
    """Is the text an OpenDocument text that is one XML file?"""
    return "<office:document" in text[:_SNIFF] and "<office:text" in text


def read_flat_opendocument(source: str, text: str) -> list[RawPage]:
    """Read an OpenDocument text that is one XML file. Raises UnreadableReport if it is damaged."""
    content = text.encode()
    return [single_page(_opendocument_lines(source, content, content))]


def _opendocument_lines(source: str, content: bytes, styles: bytes | None) -> list[MarkedLine]:
    try:
        headers = [] if styles is None else list(_opendocument_headers(ElementTree.fromstring(styles)))
        body = _opendocument_html(ElementTree.fromstring(content))
    except _BROKEN_XML as error:
        raise UnreadableReport(source, _DAMAGED) from error
    return _lines(source, headers, body)


def _opendocument_headers(styles: Element) -> Iterator[str]:
    """Yield the paragraphs of the headers of an OpenDocument text, which stand among its styles."""
    for kind in ("header", "header-first"):
        for header in styles.iter(_STYLE + kind):
            for paragraph in header.iter(f"{_TEXT}p"):
                yield "".join(paragraph.itertext())


def _opendocument_html(root: Element) -> str:
    """HTML of the body of an OpenDocument text."""
    bold = {
        style.get(_NAME)
        for style in root.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}text-properties")
        if properties.get(f"{_FO}font-weight") == "bold"
    }
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise LookupError("no text in the document")
    notes: list[str] = []
    html = "".join(_html_of(body, bold, notes))
    return html + "".join(f'<ul><li id="footnote-{number}">{note}</li></ul>' for number, note in enumerate(notes))


def _html_of(element: Element, bold: set[str | None], notes: list[str]) -> Iterator[str]:
    """Yield the HTML of what is in an element of OpenDocument."""
    yield escape(element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}note":
            notes.append(escape(" ".join(" ".join(body.itertext()) for body in child.iter(f"{_TEXT}note-body"))))
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield {f"{_TEXT}s": " ", f"{_TEXT}tab": "<tab></tab>", f"{_TEXT}line-break": "<br>"}[child.tag]
        elif child.tag not in _LEFT_OUT:
            inner = _html_of(child, bold, notes)
            is_bold = child.get(f"{_TEXT}style-name") in bold
            opening, closing = ("<b>", "</b>") if is_bold else ("", "")
            if child.tag == f"{_TEXT}h":
                yield from ("<h2>", *inner, "</h2>")
            elif child.tag in _TAGS:
                tag = _TAGS[child.tag]
                yield from (f"<{tag}>", opening, *inner, closing, f"</{tag}>")
            else:
                yield from (opening, *inner, closing)
        yield escape(child.tail or "")
