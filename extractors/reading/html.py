"""HTML pages by trafilatura: the article without the site around it."""

import logging
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

import trafilatura

from caregraph.extractors.reading.raw_page import RawPage, single_page
from caregraph.ontology.errors import UnreadableReport

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports what we report ourselves

_ERROR_TITLE = re.compile(r"\b(not found|error|access denied|forbidden|unavailable|40[0-9]|50[0-9])\b", re.IGNORECASE)
_MARKS = {"head": "heading", "p": "paragraph", "item": "item", "row": "row"}
_FEWEST_WORDS = 60  # an article has more; an error page has fewer


def read_html(source: str, text: str) -> tuple[str | None, list[RawPage]]:
    """Read the page's title, which may be missing, and its article as one page.

    Raises:
        UnreadableReport: if there is no article, or it is an error page.
    """
    article = trafilatura.extract(
        text, output_format="xml", include_comments=False, include_tables=True, favor_recall=True, with_metadata=True
    )
    root = ElementTree.fromstring(article) if article else None
    title = (root.get("title") if root is not None else None) or _first_element(text, "title")
    lines = list(_lines(root)) if root is not None else []
    words = sum(len(line.split()) for line, _ in lines)
    dateline = _first_element(text, "time")
    if dateline and not any(dateline in line for line, _ in lines):
        lines.insert(0, (dateline, "paragraph"))
    if words < _FEWEST_WORDS or (words < 4 * _FEWEST_WORDS and title and _ERROR_TITLE.search(title)):
        named = f" (its title: {title!r})" if title else ""
        raise UnreadableReport(source, f"is a web page without a report in it{named}")
    return title, [single_page(lines)]


def _first_element(text: str, tag: str) -> str | None:
    """Words of the first element of a kind: trafilatura drops the day that a news item prints."""
    # A tag ends at the next mark: a search to the next '>' would read on from every '<title' of a page without one.
    element = re.search(rf"<{tag}\b[^<>]*>([^<]*)</{tag}>", text, re.IGNORECASE)
    return " ".join(unescape(element[1]).split()) or None if element else None


def _lines(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the article's headings, paragraphs, items and table rows in order, each with all that stands inside it."""
    mark = _MARKS.get(element.tag)
    if mark is None:
        for child in element:
            yield from _lines(child)
    elif words := " ".join(" ".join(element.itertext()).split()):
        yield words, mark
