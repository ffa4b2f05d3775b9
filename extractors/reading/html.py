"""HTML pages by trafilatura: the article without the site around it."""

import logging
import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree

import trafilatura

from caregraph.extractors.reading.raw_page import RawPage, one_page
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
    title = (root.get("title") if root is not None else None) or _element(text, "title")
    lines = list(_lines(root)) if root is not None else []
    words = sum(len(line.split()) for line, _ in lines)
    dateline = _element(text, "time")
    if dateline and not any(dateline in line for line, _ in lines):
        lines.insert(0, (dateline, "paragraph"))
    if words < _FEWEST_WORDS or (words < 4 * _FEWEST_WORDS and title and _ERROR_TITLE.search(title)):
        named = f" (its title: {title!r})" if title else ""
        raise UnreadableReport(source, f"is a web page without a report in it{named}")
    return title, [one_page(lines)]


def _element(text: str, tag: str) -> str | None:
    """The words of the first element of its kind: trafilatura drops the day a news item prints."""
    found = re.search(rf"<{tag}\b[^>]*>([^<]*)</{tag}>", text, re.IGNORECASE)
    return " ".join(unescape(found[1]).split()) or None if found else None


def _lines(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the article's headings, paragraphs, items and table rows in order; what stands inside one is part of it."""
    mark = _MARKS.get(element.tag)
    if mark is None:
        for child in element:
            yield from _lines(child)
    elif words := " ".join(" ".join(element.itertext()).split()):
        yield words, mark
