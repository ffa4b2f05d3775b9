"""Word documents, by mammoth: the HTML that they stand for."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from caregraph.extractors.reading.formats.office import BROKEN_XML, DAMAGED, office_lines
from caregraph.extractors.reading.raw_page import MarkedLine
from caregraph.ontology.errors import UnreadableReport

BODY = re.compile(r"word/document\d*\.xml")

_HEADER = re.compile(r"word/header\d*\.xml")
_STYLES = "word/styles.xml"
# What mammoth raises where parts of a document are missing or are not what they say.
_BROKEN = (ExpatError, LookupError, AttributeError, ValueError, TypeError, OSError, *BROKEN_XML)
# Elements that mammoth does not know, and those for which it does what they ask for.
_KNOWN = (
    (re.compile(rb"(</?w:)(?:fldSimple|bdo|dir)\b"), rb"\1customXml"),
    (re.compile(rb"<w:cr\b"), b"<w:br"),
)
_FEWEST_READ = 0.98  # of a document's words
_NOT_SHOWN = frozenset({"moveFrom", "del", "rt"})


def read_word(source: str, parts: Mapping[str, bytes]) -> list[MarkedLine]:
    """Lines of a Word document's headers, which its letterhead is, of its body, and of its notes.

    Args:
        parts: the files in its zip file, by name.

    Raises:
        UnreadableReport: if it is damaged, or has words that cannot be read.
    """
    import mammoth  # it takes a tenth of a second to import, and few folders have a Word document

    try:
        html = mammoth.convert_to_html(
            io.BytesIO(_package(parts)),
            style_map=_style_map(parts),
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        ).value
        words = sum(len(_text(ElementTree.fromstring(parts[name])).split()) for name in filter(BODY.fullmatch, parts))
        headers = list(_headers(parts))
    except _BROKEN as error:
        raise UnreadableReport(source, DAMAGED) from error
    if len(re.sub(r"<[^>]*>", " ", html).split()) < _FEWEST_READ * words or b"altChunk" in b"".join(parts.values()):
        raise UnreadableReport(source, "has text that only Word can read: open it and save it as a PDF")
    return office_lines(source, headers, html.replace("\t", "<tab></tab>"))


def _package(parts: Mapping[str, bytes]) -> bytes:
    """Zip file of the parts, in the words that mammoth knows."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            for pattern, replacement in _KNOWN if BODY.fullmatch(name) else ():
                content = pattern.sub(replacement, content)
            archive.writestr(name, content)
    return target.getvalue()


def _style_map(parts: Mapping[str, bytes]) -> str:
    """Styles of headings by their names: those with a place in the outline, or set in bold type."""
    styles = ElementTree.fromstring(parts[_STYLES]) if _STYLES in parts else ()
    names = ["Title", "Subtitle"]
    for style in styles:
        properties = {_local(element): element for element in style.iter()}
        bold = "b" in properties and _value(properties["b"]) not in ("0", "false")
        if (
            "name" in properties
            and style.get(_attribute(style, "type")) == "paragraph"
            and (bold or "outlineLvl" in properties)
        ):
            names.append(_value(properties["name"]) or "")
    quoted = (name.replace("\\", "\\\\").replace("'", "\\'") for name in names if name)
    return "\n".join(f"p[style-name='{name}'] => h2:fresh" for name in quoted)


def _local(element: Element) -> str:
    """Name of an element without its namespace, of which there are two."""
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return f"{element.tag.rpartition('}')[0]}}}{name}"


def _value(element: Element) -> str | None:
    return element.get(_attribute(element, "val"))


def _headers(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the paragraphs of the headers."""
    for name in sorted(filter(_HEADER.fullmatch, parts)):
        for element in ElementTree.fromstring(parts[name]).iter():
            if _local(element) == "p" and not any(_local(inner) == "p" for inner in element.iterfind(".//*")):
                yield _text(element)


def _text(element: Element) -> str:
    return "".join(_shown(element))


def _shown(element: Element) -> Iterator[str]:
    choices = {_local(child) for child in element} >= {"Choice", "Fallback"}  # the same words in two ways
    for child in element:
        name = _local(child)
        if choices and name == "Choice":
            continue
        if name == "t":
            yield child.text or ""
        elif name not in _NOT_SHOWN:
            yield from _shown(child)
            if name in ("p", "tab", "br", "cr"):
                yield " "
