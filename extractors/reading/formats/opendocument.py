"""OpenDocument texts, as LibreOffice and others write them, by way of the HTML that they stand for."""

from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from caregraph.extractors.reading.formats.office import BROKEN_XML, DAMAGED, office_lines
from caregraph.extractors.reading.raw_page import MarkedLine
from caregraph.ontology.errors import UnreadableReport

MEDIA_TYPE = b"application/vnd.oasis.opendocument.text"  # its file's own first member says so

_SNIFF = 4096  # characters in which the root of an XML file stands
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _STYLE, _TEXT, _TABLE, _DRAW = (_ODF % name for name in ("office", "style", "text", "table", "drawing"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_NAME = f"{_STYLE}name"
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


def read_opendocument(source: str, parts: dict[str, bytes]) -> list[MarkedLine]:
    """Lines of an OpenDocument text: those of its headers, then its body."""
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise UnreadableReport(source, "is a document that asks for a password: save it without one")
    return _opendocument_lines(source, parts.get("content.xml", b""), parts.get("styles.xml"))


def is_flat_opendocument(text: str) -> bool:
    """Is the text an OpenDocument text that is one XML file?"""
    return "<office:document" in text[:_SNIFF] and "<office:text" in text


def read_flat_opendocument(source: str, text: str) -> list[MarkedLine]:
    """Read an OpenDocument text that is one XML file. Raises UnreadableReport if it is damaged."""
    content = text.encode()
    return _opendocument_lines(source, content, content)


def _opendocument_lines(source: str, content: bytes, styles: bytes | None) -> list[MarkedLine]:
    try:
        headers = [] if styles is None else list(_opendocument_headers(ElementTree.fromstring(styles)))
        body = _opendocument_html(ElementTree.fromstring(content))
    except BROKEN_XML as error:
        raise UnreadableReport(source, DAMAGED) from error
    return office_lines(source, headers, body)


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
        elif child.tag not in _LEFT_OUT and child.get(f"{_TEXT}display") != "none":
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
