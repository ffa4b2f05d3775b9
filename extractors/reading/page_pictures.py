"""Pictures of PDF pages, with the lines that prove something boxed."""

import ctypes
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from caregraph.extractors.reading.pdf.document import PDFIUM_LOCK, load_page, open_document
from caregraph.extractors.reading.pdf.picture_text import word_boxes
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.ontology.report import Page, PicturePage

_FILL = (230, 159, 0, 70)  # amber, through which the words are read
_EDGE = (11, 93, 122, 255)
_FEW = 4  # characters that nobody sees, at most, between two parts of one run
_MARGIN = 3  # pixels between the words and their box

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page, numbered from 1, as a PNG."""

    number: int
    png: bytes


def draw_pages(
    source: str,
    content: bytes,
    start: int,
    end: int,
    *,
    picture_pages: Sequence[PicturePage] | None = None,
    width: int = 1000,
) -> list[PagePicture]:
    """Draw the pages that characters ``start`` to ``end`` of a report's text stand on, with those characters boxed.

    Args:
        picture_pages: those of the report's record, by which it is read as it was; without them, pages that are
            pictures are read again, where text recognition is installed.
        width: of the pictures, in pixels.

    Returns:
        No picture where the report is not a PDF: it has no pages then. Two where a sentence crosses a page.

    Raises:
        UnreadableReport: as `read.read_report`.
    """
    report = report_from_bytes(source, content, picture_pages)
    if report.media != "pdf":
        return []
    runs = {page.number: list(_character_runs(page, start, end)) for page in report.pages}
    read_from_picture = {page.number: page for page in report.picture_pages}
    with PDFIUM_LOCK:
        document = open_document(content)
        try:
            return [
                PagePicture(number, _draw(document, number, runs_on_page, read_from_picture.get(number), width))
                for number, runs_on_page in runs.items()
                if runs_on_page
            ]
        finally:
            document.close()


def _character_runs(page: Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield PDFium's index of the first character of each run on the page, and the number of characters."""
    first: int | None = None
    after = 0
    for piece in page.pieces:
        if max(start, piece.start) >= min(end, piece.end):
            continue
        index = piece.index + max(start - piece.start, 0)
        if first is not None and not 0 <= index - after <= _FEW:
            yield first, after - first
            first = None
        first = index if first is None else first
        after = piece.index + min(end, piece.end) - piece.start
    if first is not None:
        yield first, after - first


def _draw(
    document: pypdfium2.PdfDocument,
    number: int,
    runs: Sequence[tuple[int, int]],
    picture: PicturePage | None,
    width: int,
) -> bytes:
    """Draw a page as a PNG, with a box around each line of the runs of characters.

    Args:
        picture: what was read from a picture of the page, if its characters were.
    """
    if picture:
        page = document[number - 1]
        page.set_rotation(picture.rotation)
    else:
        page, textpage, turn = load_page(document, number - 1)
    bitmap = page.render(scale=width / page.get_width())
    background = bitmap.to_pil().convert("RGBA")
    if picture:
        scale = background.width / picture.width
        words = (box for start, count in runs for box in word_boxes(picture, start, start + count))
        boxes = [
            (left * scale, background.height - top * scale, right * scale, background.height - bottom * scale)
            for left, bottom, right, top in words
        ]
    else:
        to_bitmap = bitmap.get_posconv(page).to_bitmap
        lines = (box for run in runs for box in _line_boxes(textpage, *run, is_lying=turn in (90, 270)))
        boxes = [(*to_bitmap(left, top), *to_bitmap(right, bottom)) for left, top, right, bottom in lines]
    return _with_boxes(background, boxes)


def _with_boxes(background: Image.Image, boxes: Iterable[Rectangle]) -> bytes:
    """Draw boxes, by two corners each, on a picture, and give it as a PNG."""
    layer = Image.new("RGBA", background.size)
    pen = ImageDraw.Draw(layer)
    for x1, y1, x2, y2 in boxes:
        corners = (min(x1, x2) - _MARGIN, min(y1, y2) - _MARGIN, max(x1, x2) + _MARGIN, max(y1, y2) + _MARGIN)
        pen.rectangle(corners, fill=_FILL, outline=_EDGE, width=2)
    target = io.BytesIO()
    Image.alpha_composite(background, layer).convert("RGB").save(target, "PNG")
    return target.getvalue()


def _line_boxes(
    textpage: pypdfium2.PdfTextPage, index: int, count: int, *, is_lying: bool = False
) -> Iterator[Rectangle]:
    """Boxes of the lines that ``count`` characters fill, in points from the page's bottom left corner.

    A line that is ``is_lying`` runs up or down the page, not across it.
    """
    lines: list[list[float]] = []
    for number in range(pdfium.FPDFText_CountRects(textpage, index, count)):
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetRect(textpage, number, *map(ctypes.byref, sides))
        left, top, right, bottom = (side.value for side in sides)
        last = lines[-1] if lines else None
        if last and _is_same_line(last, (left, top, right, bottom), is_lying):
            lines[-1] = [min(last[0], left), max(last[1], top), max(last[2], right), min(last[3], bottom)]
        else:
            lines.append([left, top, right, bottom])
    return ((left, top, right, bottom) for left, top, right, bottom in lines)


def _is_same_line(box: Sequence[float], following: Rectangle, is_lying: bool) -> bool:
    """Does the second box go on with the line of the first, in other type?"""
    left, top, right, bottom = following
    if is_lying:
        return left < (box[0] + box[2]) / 2 < right
    return bottom < (box[1] + box[3]) / 2 < top
