"""PDF document: opened by PDFium, whatever stands before and behind it, and its pages loaded upright."""

import math
import re
import threading
from collections import Counter

import pypdfium2
import pypdfium2.raw as pdfium

from caregraph.extractors.reading.pdf.form_fields import has_fields

PDFIUM_LOCK = threading.RLock()  # PDFium must not run in two threads at once, as the explorer's would

_HEADER = 1024  # bytes in which PDFium looks for a file's header
_TAIL = 1024  # bytes behind the end mark that PDFium passes over
_END = b"%%EOF"
_NO_TABLE = re.compile(rb"startxref\s+0\s+\Z")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_SAMPLE = 60  # characters of a page whose turn tells that of its text


def open_document(content: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF, before and behind which other bytes may stand. Raises PdfiumError if there is none."""
    end = end_of_file(content) or len(content)
    if end < len(content) - _TAIL:
        content = content[:end]
    if b"%PDF-" not in content[:_HEADER]:
        content = content[content.find(b"%PDF-") :]
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return document


def end_of_file(content: bytes) -> int | None:
    """Offset behind the end mark; None if the file is cut short: there is no mark, or objects go on behind it."""
    mark = content.rfind(_END)
    # A file that is fetched page by page has a mark behind its first page too, with 0 for the place of its table.
    if mark < 0 or _NO_TABLE.search(content, max(mark - _HEADER, 0), mark) or _OBJECT.search(content, mark):
        return None
    return mark + len(_END)


def reason_to_refuse_pdf(content: bytes, error: pypdfium2.PdfiumError) -> str:
    # PDFium keeps its last error, so what it says may be true of an earlier file.
    if "password" in str(error).lower() and b"/Encrypt" in content:
        return "is an encrypted PDF that asks for a password"
    if not end_of_file(content):
        return "is a PDF that is cut short: its end is missing"
    return "is a damaged PDF that cannot be opened"


def load_page(document: pypdfium2.PdfDocument, index: int) -> tuple[pypdfium2.PdfPage, pypdfium2.PdfTextPage, int]:
    """Load a page, turned so that its text is upright, its text, and the degrees by which that is turned on the page.

    The degrees are 0, 90, 180 or 270, clockwise, in the page's own coordinates, which no turn of the page changes.
    """
    page = _load_with_form(document, index)
    textpage = page.get_textpage()
    turn = _text_turn(textpage)
    if page.get_rotation() != -turn % 360 and textpage.count_chars():
        page.set_rotation(-turn % 360)
        textpage.close()
        page.close()
        page = _load_with_form(document, index)
        textpage = page.get_textpage()
    return page, textpage, turn


def _load_with_form(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    """Load a page, with what was typed into its form as the last part of its text."""
    page = document[index]
    if document.formenv and has_fields(page):
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _text_turn(textpage: pypdfium2.PdfTextPage) -> int:
    """Degrees by which most of a page's characters are turned, to the nearest quarter of a turn."""
    count = textpage.count_chars()
    angles: Counter[int] = Counter()
    for index in range(0, count, max(count // _SAMPLE, 1)):
        if chr(pdfium.FPDFText_GetUnicode(textpage.raw, index)).isalnum():
            angle = math.degrees(pdfium.FPDFText_GetCharAngle(textpage.raw, index))
            if math.isfinite(angle):  # that of a damaged page may be no number
                angles[round(angle / 90) * 90 % 360] += 1
    angle, most = next(iter(angles.most_common(1)), (0, 0))
    return angle if 2 * most > angles.total() else 0
