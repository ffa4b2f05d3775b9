"""Read a PDF: the characters of its pages, with the index by which PDFium knows each, and each line's position."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from caregraph import extras
from caregraph.extractors.reading.characters import LINE_END_HYPHEN, visible_characters
from caregraph.extractors.reading.pdf.document import (
    PDFIUM_LOCK,
    end_of_file,
    load_page,
    open_document,
    reason_to_refuse_pdf,
)
from caregraph.extractors.reading.pdf.form_fields import part_by_height, printed_characters, put_beside_labels
from caregraph.extractors.reading.pdf.gutters import order_by_column
from caregraph.extractors.reading.pdf.picture_pages import read_pictures
from caregraph.extractors.reading.pdf.picture_text import raw_pages
from caregraph.extractors.reading.pdf.recognition import EXTRA
from caregraph.extractors.reading.pdf.upright_text import UprightText, measure
from caregraph.extractors.reading.raw_page import RawLine, RawPage
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.report import PicturePage

_FEW_WORDS = 12  # on a page that is a picture: its number and its running header may be text
_MOST_OF_PAGE = 0.5  # which a picture fills beside such words
_PART_OF_PAGE = 0.08  # which a picture fills where there are no words: more than a logo
_MORE_WORDS = 5  # in a picture than the text of its page has
_MANY_SHAPES = 300  # on a page without words, whose letters they may be


def read_pdf(
    source: str, content: bytes, picture_pages: Sequence[PicturePage] | None = None
) -> tuple[str | None, list[RawPage]]:
    """Read the title in the metadata, which may be missing, and the pages.

    Pages that are pictures of text are read too, where text recognition is installed.

    Args:
        picture_pages: what was read from pictures before, if they were looked at: none is read again.

    Raises:
        UnreadableReport: if the file is encrypted, damaged, cut short, or has pictures of pages but no text.
    """
    with PDFIUM_LOCK:
        title, pages = _read_document(source, content)
    if picture_pages is None:
        fresh = read_pictures(content, [page.number for page in pages if page.is_picture])
        pages = _with_pictures(pages, list(fresh), choose=_richer)
    else:
        pages = _with_pictures(pages, picture_pages, choose=lambda _, picture: picture)
    if not any(page.text.strip() for page in pages):
        raise UnreadableReport(source, _reason_without_text(pages))
    return title, pages


def _with_pictures(
    pages: Sequence[RawPage], picture_pages: Sequence[PicturePage], *, choose: Callable[[RawPage, RawPage], RawPage]
) -> list[RawPage]:
    """Choose between each page and what was read from a picture of it, if anything was."""
    read = {page.number: page for page in raw_pages(picture_pages)}
    return [choose(page, read[page.number]) if page.number in read else page for page in pages]


def _richer(page: RawPage, picture: RawPage) -> RawPage:
    """Take the page itself where its picture has no more words than it, as that of a cover."""
    words = len(page.text.split())
    if words and len(picture.text.split()) < words + _MORE_WORDS:
        return replace(page, is_picture=False)
    return picture


def _reason_without_text(pages: Sequence[RawPage]) -> str:
    if any(page.picture for page in pages):
        return f"has {len(pages)} pages of pictures, in which no words were found"
    return (
        f"has {len(pages)} pages of pictures and no text; run {extras.command(EXTRA)} to have them read, or put it "
        "through another program for OCR first"
    )


def _read_document(source: str, content: bytes) -> tuple[str | None, list[RawPage]]:
    try:
        document = open_document(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, reason_to_refuse_pdf(content, error)) from error
    try:
        if not end_of_file(content):
            raise UnreadableReport(source, "is a PDF that is cut short: its end is missing")
        pages = [_read_page(source, document, index) for index in range(len(document))]
        title = str(document.get_metadata_value("Title") or "").strip() or None
    finally:
        document.close()
    return title, pages


def _read_page(source: str, document: pypdfium2.PdfDocument, index: int) -> RawPage:
    try:
        printed = printed_characters(document, index)
        page, textpage, turn = load_page(document, index)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, f"is a damaged PDF: page {index + 1} cannot be read") from error
    count = textpage.count_chars()
    text = textpage.get_text_range() if count else ""
    if len(text) != count:  # some control characters are counted but not given
        text = "".join(_character(textpage.raw, character) for character in range(count))
    upright = UprightText(textpage.raw, turn, float(page.get_width()), float(page.get_height()))
    lines = tuple(_lines(upright, text, index + 1))
    if printed is None:
        lines = tuple(order_by_column(upright, text, lines))
    else:
        parts = (part for line in lines for part in part_by_height(upright, text, line, printed))
        lines = tuple(put_beside_labels(list(parts), printed))
    visible, indexes = visible_characters(text)
    if indexes is not None:
        lines = tuple(_without_invisible(line, indexes) for line in lines)
    is_picture = len(visible.split()) < _FEW_WORDS and _has_picture(page, has_words=bool(visible.strip()))
    return RawPage(index + 1, visible, lines, float(page.get_height()), indexes, is_picture)


def _has_picture(page: pypdfium2.PdfPage, *, has_words: bool) -> bool:
    """Shows a page a picture that may be one of text, or letters that are drawn as shapes?"""
    area = page.get_width() * page.get_height()
    shapes = 0
    for drawn in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH)):
        if drawn.type == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += 1
            continue
        left, bottom, right, top = drawn.get_bounds()
        if (right - left) * (top - bottom) > area * (_MOST_OF_PAGE if has_words else _PART_OF_PAGE):
            return True
    return not has_words and shapes > _MANY_SHAPES


def _character(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> str:
    if pdfium.FPDFText_IsHyphen(textpage, index) == 1:
        return LINE_END_HYPHEN
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _without_invisible(line: RawLine, indexes: Sequence[int]) -> RawLine:
    """Line whose characters are those of the page's text from which some were left out."""
    start, end, stop = (bisect_left(indexes, index) for index in (line.start, line.start + line.length, line.stop))
    return replace(line, start=start, stop=stop, length=end - start)


def _lines(upright: UprightText, text: str, page: int) -> Iterator[RawLine]:
    """Yield the lines of a page; one ends at CR LF or after a line-end hyphen."""
    for match in re.finditer(rf"([^\r\n{LINE_END_HYPHEN}]*)({LINE_END_HYPHEN}|\r?\n|\r|\Z)", text):
        if match.start() == match.end():
            continue
        length = len(match[1]) + (match[2] == LINE_END_HYPHEN)
        yield RawLine(match.start(), match.end(), length, measure(upright, match.start(), match[1], page))
