"""PDF pages by PDFium: their characters, with the index by which PDFium knows each, and the position of each line."""

import ctypes
import math
import re
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from caregraph.extractors.reading.characters import LINE_END_HYPHEN, visible_characters
from caregraph.extractors.reading.columns import Row, column_bands, common_place
from caregraph.extractors.reading.raw_page import RawLine, RawPage
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.records import Line

PDFIUM_LOCK = threading.RLock()  # PDFium must not run in two threads at once, as the explorer's would

_HEADER = 1024  # bytes in which PDFium looks for a file's header
_TAIL = 1024  # bytes behind the end mark that PDFium passes over
_END = b"%%EOF"
_NO_TABLE = re.compile(rb"startxref\s+0\s+\Z")
_OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
_BOLD = 600  # the weight from which type counts as bold (OpenType: 600 is semi-bold)
_SMALLEST = 4.0  # points: nobody prints smaller
_SAME_HEIGHT = 2.5  # points: what was typed at heights so near may be one line
_FIELD = 0.7  # of the type size: what was typed into a field stands so much higher or lower than its label, at most
_SAMPLE = 60  # characters of a page whose turn tells that of its text
_FEW_WORDS = 12  # on a page that is a picture: its number and its running header may be text
_MOST_OF_PAGE = 0.5  # which a picture fills beside such words
_PART_OF_PAGE = 0.08  # which a picture fills where there are no words: more than a logo
_MANY_SHAPES = 300  # on a page without words, whose letters they may be
_LONG_ROW = 50  # characters of a row that has two columns
_MOST_ROWS = 12  # rows of a page, the longest, that are looked at for a gutter
_MANY_ROWS = 0.5  # of these, which have a gap at one place
_WIDE = 0.7  # of the type size, which a gap between columns is wider than
_AT_GUTTER = 3  # points from the gutter within which a right column's lines begin
_BOX = 1.2  # a character's loose box is this many times its type size


class _UprightText(NamedTuple):
    """Text of a page, the turn of it, and the size of the page when it is upright."""

    textpage: pdfium.FPDF_TEXTPAGE
    turn: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the page so that its text is upright."""
        if self.turn == 270:
            return y, self.height - x
        if self.turn == 180:
            return self.width - x, self.height - y
        return (self.width - y, x) if self.turn == 90 else (x, y)


def read_pdf(source: str, content: bytes) -> tuple[str | None, list[RawPage]]:
    """Read the title in the metadata, which may be missing, and the pages.

    Raises:
        UnreadableReport: if the file is encrypted, damaged, cut short, or has pictures of pages but no text.
    """
    with PDFIUM_LOCK:
        return _read_document(source, content)


def _read_document(source: str, content: bytes) -> tuple[str | None, list[RawPage]]:
    try:
        document = open_document(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, _reason_to_refuse(content, error)) from error
    try:
        if not _end_of_file(content):
            raise UnreadableReport(source, "is a PDF that is cut short: its end is missing")
        pages = [_read_page(source, document, index) for index in range(len(document))]
        title = str(document.get_metadata_value("Title") or "").strip() or None
    finally:
        document.close()
    if not any(page.text.strip() for page in pages):
        raise UnreadableReport(source, f"has {len(pages)} pages of pictures and no text; it must go through OCR first")
    return title, pages


def open_document(content: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF, before and behind which other bytes may stand. Raises PdfiumError if there is none."""
    end = _end_of_file(content) or len(content)
    if end < len(content) - _TAIL:
        content = content[:end]
    if b"%PDF-" not in content[:_HEADER]:
        content = content[content.find(b"%PDF-") :]
    document = pypdfium2.PdfDocument(content)
    document.init_forms()
    return document


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
    if document.formenv and _has_fields(page):
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _printed_characters(document: pypdfium2.PdfDocument, index: int) -> int | None:
    """Number of the characters of a page that has a form, without those typed into it; None if it has none."""
    if not document.formenv or not _has_fields(page := document[index]):
        return None
    return int(page.get_textpage().count_chars())


def _beside_labels(lines: Sequence[RawLine], printed: int) -> Iterator[RawLine]:
    """Yield lines in order, each that was typed into a form behind the printed one beside it, or the last one above it.

    Args:
        printed: number of the characters that were not typed.
    """
    labels = [line for line in lines if line.start < printed]
    typed: dict[int, list[RawLine]] = {}
    for field in lines[len(labels) :]:
        beside = [index for index, label in enumerate(labels) if _is_beside(label.line, field.line)]
        above = [index for index, label in enumerate(labels) if label.line.baseline > field.line.baseline]
        if beside:  # a row of text
            field = replace(field, line=replace(field.line, baseline=labels[beside[-1]].line.baseline))
        typed.setdefault((beside or above or [len(labels) - 1])[-1], []).append(field)
    for index, label in enumerate(labels):
        yield label
        yield from sorted(typed.pop(index, []), key=lambda field: (-field.line.baseline, field.line.left))
    yield from (field for fields in typed.values() for field in fields)


def _by_height(upright: _UprightText, text: str, line: RawLine, printed: int) -> Iterator[RawLine]:
    """Yield the parts of a line that stand at one height each: PDFium joins what was typed into several fields."""
    start, end = line.start, line.start + line.length
    for place in range(max(start, printed) + 1, end):
        if text[place - 1] == " " and abs(_origin(upright, place)[1] - _origin(upright, start)[1]) > _SAME_HEIGHT:
            measured = _measure(upright, start, text[start : place - 1], line.line.page)
            yield RawLine(start, place, place - 1 - start, measured)
            start = place
    measured = line.line if start == line.start else _measure(upright, start, text[start:end], line.line.page)
    yield RawLine(start, line.stop, end - start, measured)


def _is_beside(label: Line, field: Line) -> bool:
    return label.size > 0 and abs(label.baseline - field.baseline) < _FIELD * label.size and label.left < field.left


def _text_turn(textpage: pypdfium2.PdfTextPage) -> int:
    """Degrees by which most of a page's characters are turned, to the nearest quarter of a turn."""
    count = textpage.count_chars()
    angles: Counter[int] = Counter()
    for index in range(0, count, max(count // _SAMPLE, 1)):
        if chr(pdfium.FPDFText_GetUnicode(textpage.raw, index)).isalnum():
            angle = math.degrees(pdfium.FPDFText_GetCharAngle(textpage.raw, index))
            angles[round(angle / 90) * 90 % 360] += 1
    angle, most = next(iter(angles.most_common(1)), (0, 0))
    return angle if 2 * most > angles.total() else 0


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype == pdfium.FPDF_ANNOT_WIDGET:
            return True
    return False


def _end_of_file(content: bytes) -> int | None:
    """Offset behind the end mark; None if the file is cut short: there is no mark, or objects go on behind it."""
    mark = content.rfind(_END)
    # A file that is fetched page by page has a mark behind its first page too, with 0 for the place of its table.
    if mark < 0 or _NO_TABLE.search(content, max(mark - _HEADER, 0), mark) or _OBJECT.search(content, mark):
        return None
    return mark + len(_END)


def _reason_to_refuse(content: bytes, error: pypdfium2.PdfiumError) -> str:
    # PDFium keeps its last error, so what it says may be true of an earlier file.
    if "password" in str(error).lower() and b"/Encrypt" in content:
        return "is an encrypted PDF that asks for a password"
    if not _end_of_file(content):
        return "is a PDF that is cut short: its end is missing"
    return "is a damaged PDF that cannot be opened"


def _read_page(source: str, document: pypdfium2.PdfDocument, index: int) -> RawPage:
    try:
        printed = _printed_characters(document, index)
        page, textpage, turn = load_page(document, index)
    except pypdfium2.PdfiumError as error:
        raise UnreadableReport(source, f"is a damaged PDF: page {index + 1} cannot be read") from error
    count = textpage.count_chars()
    text = textpage.get_text_range() if count else ""
    if len(text) != count:  # some control characters are counted but not given
        text = "".join(_character(textpage.raw, character) for character in range(count))
    upright = _UprightText(textpage.raw, turn, float(page.get_width()), float(page.get_height()))
    lines = tuple(_lines(upright, text, index + 1))
    if printed is None:
        lines = tuple(_by_column(upright, text, lines))
    else:
        parts = (part for line in lines for part in _by_height(upright, text, line, printed))
        lines = tuple(_beside_labels(list(parts), printed))
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


def _lines(upright: _UprightText, text: str, page: int) -> Iterator[RawLine]:
    """Yield the lines of a page; one ends at CR LF or after a line-end hyphen."""
    for match in re.finditer(rf"([^\r\n{LINE_END_HYPHEN}]*)({LINE_END_HYPHEN}|\r?\n|\r|\Z)", text):
        if match.start() == match.end():
            continue
        length = len(match[1]) + (match[2] == LINE_END_HYPHEN)
        yield RawLine(match.start(), match.end(), length, _measure(upright, match.start(), match[1], page))


def _by_column(upright: _UprightText, text: str, lines: Sequence[RawLine]) -> list[RawLine]:
    """Part the lines of a page at the gutter between two columns of text, and put the left column's first."""
    gutter = _gutter(upright, text, lines)
    if gutter is None:
        return list(lines)
    parted = [_part(upright, text, line, gutter) for line in lines]
    rows = [
        Row(_words(text, parts[0]), _words(text, parts[1]), crosses=_crosses(line, parts, gutter))
        for line, parts in zip(lines, parted, strict=True)
    ]
    ordered: list[RawLine] = []
    end = 0
    for start, stop in column_bands(rows):
        ordered.extend(lines[end:start])
        for side in (0, 1):
            parts = (parts[side] for parts in parted[start:stop])
            ordered.extend(replace(part, line=replace(part.line, column=side + 1)) for part in parts if part)
        end = stop
    ordered.extend(lines[end:])
    return ordered


def _gutter(upright: _UprightText, text: str, lines: Sequence[RawLine]) -> int | None:
    """Distance from the left at which a right column would begin, in points; None if the page seems to have none."""
    long = sorted((line for line in lines if line.length > _LONG_ROW), key=lambda line: -line.length)[:_MOST_ROWS]
    places = [place for line in long for place, _ in _gaps(upright, text, line)]
    gutter, count = common_place([place for place in places if 0.3 < place / upright.width < 0.7])
    return gutter if long and count >= max(_MANY_ROWS * len(long), 3) else None


def _gaps(upright: _UprightText, text: str, line: RawLine) -> Iterator[tuple[int, int]]:
    """Yield where words begin behind a gap that is wider than one between two words, and their first character."""
    for index in range(line.start + 1, line.start + line.length - 1):
        if text[index] == " " and text[index + 1] != " ":
            begin = _origin(upright, index + 1)[0]
            if begin - _right_edge(upright, index - 1) > _WIDE * line.line.size:
                yield round(begin), index + 1


def _right_edge(upright: _UprightText, index: int) -> float:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    edges = (ctypes.byref(edge) for edge in (left, right, bottom, top))
    pdfium.FPDFText_GetCharBox(upright.textpage, index, *edges)
    return max(upright.point(left.value, bottom.value)[0], upright.point(right.value, top.value)[0])


def _part(upright: _UprightText, text: str, line: RawLine, gutter: int) -> tuple[RawLine | None, RawLine | None]:
    """Parts of a line on the left and on the right of the gutter."""
    if line.line.left > gutter - _AT_GUTTER:
        return None, line
    if line.line.right < gutter:
        return line, None
    for place, index in _gaps(upright, text, line):
        if abs(place - gutter) <= _AT_GUTTER:
            page, end = line.line.page, line.start + line.length
            left = text[line.start : index].rstrip()
            return (
                RawLine(line.start, index, len(left), _measure(upright, line.start, left, page)),
                RawLine(index, line.stop, end - index, _measure(upright, index, text[index:end], page)),
            )
    return line, None


def _crosses(line: RawLine, parts: tuple[RawLine | None, RawLine | None], gutter: int) -> bool:
    return parts[1] is None and line.line.right > gutter


def _words(text: str, line: RawLine | None) -> str:
    return text[line.start : line.start + line.length].strip() if line else ""


def _measure(upright: _UprightText, start: int, text: str, page: int) -> Line:
    """Position of a line, by its first and last visible character, and its type."""
    visible = text.strip()
    if not visible:
        return Line(0, 0, page)
    first = start + text.index(visible[0])
    last = first + len(visible) - 1
    begin, baseline = _origin(upright, first)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(upright.textpage, last, *(ctypes.byref(edge) for edge in (left, right, bottom, top)))
    # A bullet's mark is often set in a type of its own: take the type of a letter.
    letter = next((index for index, sign in enumerate(visible) if sign.isalnum()), 0) + first
    end = max(upright.point(left.value, bottom.value)[0], upright.point(right.value, top.value)[0])
    return Line(0, 0, page, begin, end, baseline, _size(upright, letter), _is_bold(upright.textpage, letter))


def _origin(upright: _UprightText, index: int) -> tuple[float, float]:
    """Place of a character's origin, from the left and bottom of the page when its text is upright."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(upright.textpage, index, ctypes.byref(x), ctypes.byref(y))
    return upright.point(x.value, y.value)


def _size(upright: _UprightText, index: int) -> float:
    """Type size of a character in points; some writers set size 1 and scale it, and then the box gives the size."""
    size = pdfium.FPDFText_GetFontSize(upright.textpage, index)
    if size >= _SMALLEST:
        return round(float(size), 1)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(upright.textpage, index, ctypes.byref(box))
    height = box.right - box.left if upright.turn in (90, 270) else box.top - box.bottom
    return round(float(height) / _BOX, 1)


def _is_bold(textpage: pdfium.FPDF_TEXTPAGE, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower()
