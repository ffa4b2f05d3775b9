"""PDF pages by PDFium: their characters, one for one as PDFium counts them, and the position of each line."""

import ctypes
import re
import threading
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from caregraph.extractors.reading.raw_page import RawLine, RawPage
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.records import Line

PDFIUM_LOCK = threading.RLock()  # PDFium must not run in two threads at once, as the explorer's would

# PDFium writes a hyphen at a line's end as U+FFFE, and runs the next line on.
_LINE_END_HYPHEN = "\ufffe"
_TAIL = 4096  # bytes at the end in which a whole file has its end mark
_BOLD = 600  # the weight from which type counts as bold (OpenType: 600 is semi-bold)
_SMALLEST = 4.0  # points: nobody prints smaller
_BOX = 1.2  # a character's loose box is this many times its type size


def read_pdf(source: str, content: bytes) -> tuple[str | None, list[RawPage]]:
    """Read the title in the metadata, which may be missing, and the pages.

    Raises:
        UnreadableReport: if the file is encrypted, damaged, cut short, or has pictures of pages but no text.
    """
    with PDFIUM_LOCK:
        return _read_document(source, content)


def _read_document(source: str, content: bytes) -> tuple[str | None, list[RawPage]]:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, _reason_to_refuse(content, error)) from error
    try:
        if not re.search(rb"%%EOF", content[-_TAIL:]):
            raise UnreadableReport(source, "is a PDF that is cut short: its end is missing")
        pages = [_read_page(source, document, index) for index in range(len(document))]
        title = str(document.get_metadata_value("Title") or "").strip() or None
    finally:
        document.close()
    if not any(page.text.strip() for page in pages):
        raise UnreadableReport(source, f"has {len(pages)} pages of pictures and no text; it must go through OCR first")
    return title, pages


def _reason_to_refuse(content: bytes, error: pypdfium2.PdfiumError) -> str:
    # PDFium keeps its last error, so what it says may be true of an earlier file.
    if "password" in str(error).lower() and b"/Encrypt" in content:
        return "is an encrypted PDF that asks for a password"
    if not re.search(rb"%%EOF", content[-_TAIL:]):
        return "is a PDF that is cut short: its end is missing"
    return "is a damaged PDF that cannot be opened"


def _read_page(source: str, document: pypdfium2.PdfDocument, index: int) -> RawPage:
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, f"is a damaged PDF: page {index + 1} cannot be read") from error
    count = textpage.count_chars()
    text = textpage.get_text_range() if count else ""
    if len(text) != count:  # some control characters are counted but not given
        text = "".join(_character(textpage.raw, character) for character in range(count))
    lines = tuple(_lines(textpage.raw, text, index + 1))
    return RawPage(index + 1, text.replace(_LINE_END_HYPHEN, "-"), lines, float(page.get_height()))


def _character(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _lines(textpage: pdfium.FPDF_TEXTPAGE, text: str, page: int) -> Iterator[RawLine]:
    """Yield the lines of a page; one ends at CR LF or after a line-end hyphen."""
    for match in re.finditer(rf"([^\r\n{_LINE_END_HYPHEN}]*)({_LINE_END_HYPHEN}|\r?\n|\r|\Z)", text):
        if match.start() == match.end():
            continue
        length = len(match[1]) + (match[2] == _LINE_END_HYPHEN)
        yield RawLine(match.start(), match.end(), length, _measure(textpage, match.start(), match[1], page))


def _measure(textpage: pdfium.FPDF_TEXTPAGE, start: int, text: str, page: int) -> Line:
    """Position of a line, by its first and last visible character, and its type."""
    visible = text.strip()
    if not visible:
        return Line(0, 0, page)
    first = start + text.index(visible[0])
    last = first + len(visible) - 1
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharOrigin(textpage, first, ctypes.byref(x), ctypes.byref(y))
    pdfium.FPDFText_GetCharBox(textpage, last, *(ctypes.byref(edge) for edge in (left, right, bottom, top)))
    # A bullet's mark is often set in a type of its own: take the type of a letter.
    letter = next((index for index, sign in enumerate(visible) if sign.isalnum()), 0) + first
    return Line(0, 0, page, x.value, right.value, y.value, _size(textpage, letter), _is_bold(textpage, letter))


def _size(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> float:
    """Type size of a character in points; some writers set size 1 and scale it, and then the box gives the size."""
    size = pdfium.FPDFText_GetFontSize(textpage, index)
    if size >= _SMALLEST:
        return round(float(size), 1)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
    return round(float(box.top - box.bottom) / _BOX, 1)


def _is_bold(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower()
