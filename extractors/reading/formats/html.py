"""HTML pages: a report is read whole; of any other page, trafilatura gives the article without the site around it."""

import logging
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import cast
from xml.etree import ElementTree

import lxml.html
import trafilatura
from lxml.etree import LxmlError, ParserError
from lxml.html import HtmlElement

from caregraph.extractors.reading.formats.elements import hide, is_hidden
from caregraph.extractors.reading.formats.markup import markup_lines
from caregraph.extractors.reading.raw_page import MarkedLine, RawPage, single_page
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.report import Mark

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what we report ourselves

_BEFORE_PAGE = re.compile(r"(?:\s+|<!--(?:(?!-->).)*-->|<\?[^>]*>)*", re.DOTALL)
_PAGE = re.compile(r"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SNIFF = 4096  # characters, without the comments before them, in which a page's first mark stands
_TAG = re.compile(
    r"</?(?:b|br|div|font|h[1-6]|hr|i|li|main|p|pre|section|strong|t[dhr]|table|[duo]l)\b[^<>]*>", re.IGNORECASE
)
_BLOCK_END = re.compile(r"</(?:dd|div|font|h[1-6]|li|p|pre|section)\s*>", re.IGNORECASE)
_FEWEST_TAGS = 4  # in a part of a page
_MOST_WORDS = 60  # to a tag

_ERROR_TITLE = re.compile(r"\b(not found|error|access denied|forbidden|unavailable|40[0-9]|50[0-9])\b", re.IGNORECASE)
_MARKS: dict[str, Mark] = {"head": "heading", "p": "paragraph", "item": "item", "row": "row"}
_FEWEST_WORDS = 60  # an article has more; an error page has fewer

# Words of a report that an article about it does not print.
_REPORT = re.compile(
    r"\b(?:(?:lead|reporting) inspector\b|inspection dates?:|yours sincerely|dear (?:mr|mrs|ms|miss|dr)\b)"
    r"|^(?:judge?ments?\s+grades?|what needs to improve\b|main findings$|headline findings$)",
    re.IGNORECASE | re.MULTILINE,
)
_AREAS = re.compile(
    r"^(?:the )?(?:overall effectiveness|impact of leaders|experiences and progress of)\b", re.IGNORECASE | re.MULTILINE
)
_FEWEST_AREAS = 3
_MOST_OF_PAGE = 0.5  # of a page's words, which its main part has
_MOST_LINKS = 0.5  # of the words of an element in the text
_AROUND = frozenset({"nav", "aside", "footer", "header"})
_TEXT = frozenset({"main", "article", "section"})
_ROLES_AROUND = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog"})


def is_page(text: str) -> bool:
    """Does the text say that it is a web page? Comments of any length may stand before."""
    before = _BEFORE_PAGE.match(text)
    start = before.end() if before else 0
    return bool(_PAGE.search(text, start, start + _SNIFF))


def is_part_of_page(text: str, marks: int) -> bool:
    """Is the text a part of a web page: are there tags of it, more than ``marks`` of another language?"""
    if marks:
        return sum(1 for _ in _BLOCK_END.finditer(text)) > marks
    tags = sum(1 for _ in _TAG.finditer(text))
    return tags >= _FEWEST_TAGS and len(text.split()) < _MOST_WORDS * tags


def read_html(source: str, text: str) -> tuple[str | None, list[RawPage]]:
    """Read the page's title, which may be missing, and its report or article as one page.

    Raises:
        UnreadableReport: if there is neither, or it is an error page.
    """
    root = parse_html(source, text)
    title = _first_element(text, "title")
    lines = markup_lines(_main_part(_without_site(root)))
    if not _is_report(lines):
        article_title, lines = _article(text)
        title = article_title or title
    words = sum(len(line.split()) for line, _ in lines)
    dateline = _first_element(text, "time")
    if dateline and not any(dateline in line for line, _ in lines):
        lines.insert(0, (dateline, "paragraph"))
    if words < _FEWEST_WORDS or (words < 4 * _FEWEST_WORDS and title and _ERROR_TITLE.search(title)):
        named = f" (its title: {title!r})" if title else ""
        raise UnreadableReport(source, f"is a web page without a report in it{named}")
    return title, [single_page(lines)]


def parse_html(source: str, text: str) -> HtmlElement:
    """Parse HTML as a browser does.

    Raises:
        UnreadableReport: if it is nested deeper than a page that is meant to be read.
    """
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(text.encode(errors="replace"), parser=parser)
    except ParserError as error:
        raise UnreadableReport(source, "is a web page without a report in it") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableReport(source, "is a web page that is nested too deep to be read: print it as a PDF")
    return cast(HtmlElement, root)


def _is_report(lines: Iterable[MarkedLine]) -> bool:
    text = "\n".join(words for words, _ in lines)
    return bool(_REPORT.search(text)) or sum(1 for _ in _AREAS.finditer(text)) >= _FEWEST_AREAS


def _without_site(root: HtmlElement) -> HtmlElement:
    """Take away what no browser shows, and what stands around the page's text on every page of its site."""
    for element in list(root.iter()):
        unseen = is_hidden(element) and element.tag != "img"  # which has words that are read aloud
        if element.getparent() is not None and (unseen or _is_around(element)):
            hide(element)
    return root


def _is_around(element: HtmlElement) -> bool:
    """Does an element stand around the text? Within the text, only if most of its words are links."""
    if element.tag not in _AROUND and (element.get("role") or "").lower() not in _ROLES_AROUND:
        return False
    if element.find(".//h1") is not None:
        return False
    inside = element.tag != "nav" and any(outer.tag in _TEXT for outer in element.iterancestors())
    return not inside or _count_words(*element.iter("a")) > _MOST_LINKS * _count_words(element)


def _count_words(*elements: HtmlElement) -> int:
    return sum(len(element.text_content().split()) for element in elements)


def _main_part(root: HtmlElement) -> HtmlElement:
    """Element that has most of the page's words, if the page says which it is; else the page's body."""
    body = root.find("body")
    whole = body if body is not None else root
    count = _count_words(whole)
    for element in whole.iter("main", "article"):
        if _count_words(element) > _MOST_OF_PAGE * count:
            return cast(HtmlElement, element)
    return cast(HtmlElement, whole)


def _article(text: str) -> tuple[str | None, list[MarkedLine]]:
    """Title of a page, if it has one, and the lines of its article."""
    try:
        article = trafilatura.extract(
            text,
            output_format="xml",
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=True,
        )
    except (LxmlError, ValueError):  # of a page whose marks are damaged
        article = None
    root = ElementTree.fromstring(article) if article else None
    return (None, []) if root is None else (root.get("title"), list(_lines(root)))


def _first_element(text: str, tag: str) -> str | None:
    """Words of the first element of a kind: trafilatura drops the day that a news item prints."""
    # A tag ends at the next mark: a search to the next '>' would read on from every '<title' of a page without one.
    element = re.search(rf"<{tag}\b[^<>]*>([^<]*)</{tag}>", text, re.IGNORECASE)
    return " ".join(unescape(element[1]).split()) or None if element else None


def _lines(element: ElementTree.Element) -> Iterator[MarkedLine]:
    """Yield the article's headings, paragraphs, items and table rows in order, each with all that stands inside it."""
    mark = _MARKS.get(element.tag)
    if mark is None:
        for child in element:
            yield from _lines(child)
    elif words := " ".join(" ".join(element.itertext()).split()):
        yield words, mark
