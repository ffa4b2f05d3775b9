"""Pages that are pictures of text: they are turned upright, their words recognised, and their lines measured."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import ImageFont

from caregraph.extractors.reading.file_content import MOST_PICTURES
from caregraph.extractors.reading.layout import BULLET
from caregraph.extractors.reading.pdf.document import PDFIUM_LOCK, open_document
from caregraph.extractors.reading.pdf.picture_text import in_reading_order
from caregraph.extractors.reading.pdf.recognition import Picture, RecognisedLine, engine, recognise
from caregraph.ontology.report import PictureLine, PicturePage

_SCALE = 2.0  # pixels for each point of a page
_LONGEST_SIDE = 1700.0  # pixels of a picture: an A4 page at that scale; on a larger page type is larger, too
_TALL = 1.5  # times its width: the height of a line that runs up or down the page
_LONG = 20  # characters of a line whose slope is that of its page
_SURE = 0.8  # the score of a page from which on it is not read again, upside down
_X_HEIGHT, _CAP_HEIGHT = 0.54, 0.72  # of the type size
_BEFORE, _NEAREST = 2.5, 0.25  # times the type size, by which a bullet's mark stands before its line
_SMALLEST_MARK, _LARGEST_MARK = 0.12, 0.75  # of the type size
_FILLED = 0.6  # of the square around a mark
_FAINT = 50  # of 255: pixels that differ less from their ground are no ink
_TYPE_SIZE = 100.0
_TYPE = ImageFont.load_default(_TYPE_SIZE)  # a common type, as wide as those of reports
_WIDEST = 1.05  # times its width: the width of a line that is not bold
_CORE = 0.4  # of the ink in the fullest row of a line's pixels: rows with more are between baseline and x-height


def read_pictures(content: bytes, numbers: Sequence[int]) -> Iterator[PicturePage]:
    """Read pages of a PDF, by their numbers, from pictures of them; none where text recognition is not installed."""
    if not numbers or not (reader := engine()):
        return
    with PDFIUM_LOCK:
        document = open_document(content)
    try:
        for number in numbers[:MOST_PICTURES]:
            yield _read_page(document, number, reader)
    finally:
        with PDFIUM_LOCK:
            document.close()


def _read_page(document: pypdfium2.PdfDocument, number: int, reader: str) -> PicturePage:
    with PDFIUM_LOCK:
        page = document[number - 1]
        turned = page.get_rotation()
        scale = min(_SCALE, _LONGEST_SIDE / max(page.get_width(), page.get_height()))
        picture = np.asarray(page.render(scale=scale).to_pil().convert("RGB"))[:, :, ::-1]
    turn, upright, lines = _upright(np.ascontiguousarray(picture))
    height, width = (side / _SCALE for side in upright.shape[:2])
    slope = _slope(lines)
    measured = in_reading_order([_with_mark(upright, _measured(upright, line, slope)) for line in lines], width, slope)
    return PicturePage(number, reader, (turned + turn) % 360, width, height, round(slope, 5), tuple(measured))


def _upright(picture: Picture) -> tuple[int, Picture, list[RecognisedLine]]:
    """Turn a picture so that its text is upright: degrees of the turn, clockwise, the picture so turned, its lines."""
    best = 0, picture, _lines(picture)
    if not best[2] or (not _is_lying(best[2]) and _score(best[2]) >= _SURE):
        return best
    for turn in (90, 270) if _is_lying(best[2]) else (180,):
        turned = np.ascontiguousarray(np.rot90(picture, -turn // 90))
        lines = _lines(turned)
        if not _is_lying(lines) and (_is_lying(best[2]) or _score(lines) > _score(best[2])):
            best = turn, turned, lines
    return best


def _lines(picture: Picture) -> list[RecognisedLine]:
    """Lines with a letter or figure in them, or a bullet's mark: logos and rules are taken for other signs."""
    lines = recognise(picture)
    return [line for line in lines if any(map(_is_plain, line.text)) or BULLET.fullmatch(line.text)]


def _is_plain(sign: str) -> bool:
    return sign.isalnum() and ord(sign) < 0x250


def _is_lying(lines: Sequence[RecognisedLine]) -> bool:
    """Run most lines of more than a letter or two up or down the page?"""
    sides = [np.ptp(line.corners, axis=0) for line in lines if len(line.text) > 3]
    return 2 * sum(bool(height > _TALL * width) for width, height in sides) > len(sides)


def _score(lines: Sequence[RecognisedLine]) -> float:
    """Usual probability that a letter is right."""
    letters = sum(len(line.text) for line in lines)
    return sum(line.score * len(line.text) for line in lines) / letters if letters else 0.0


def _slope(lines: Iterable[RecognisedLine]) -> float:
    """Points by which the lines of a page rise for each point to the right: a scanned page may lie askew."""
    rises = [line.corners[0] - line.corners[1] for line in lines if len(line.text) > _LONG]
    return float(median(up / -across for across, up in rises)) if rises else 0.0


def _measured(picture: Picture, line: RecognisedLine, slope: float) -> PictureLine:
    """Place a line on its page, and measure its type by its ink."""
    height = picture.shape[0] / _SCALE
    ink, top = _ink(picture, line, slope)
    rows = ink.sum(axis=1)
    first, last = _core(rows)
    small = sum(sign.islower() for sign in line.text)
    share = _X_HEIGHT if 2 * small > sum(map(str.isalnum, line.text)) else _CAP_HEIGHT
    # Rows of many capitals are as full as those of small letters: then the line is shorter than such letters would be.
    size = min((last - first) / share, _widest(line)) / _SCALE
    crossed = np.abs(np.diff(ink, axis=1)).sum() / 2  # edges of strokes
    return PictureLine(
        text=line.text,
        edges=tuple(round(edge / _SCALE, 1) for edge in line.edges),
        bottom=round(height - (top + len(rows)) / _SCALE, 1),
        top=round(height - top / _SCALE, 1),
        baseline=round(height - (top + last) / _SCALE, 2),
        size=round(float(size), 2),
        weight=round(float(ink.sum() / max(crossed, 1.0) / (size * _SCALE * _X_HEIGHT)), 3),
    )


def _widest(line: RecognisedLine) -> float:
    """Largest size of a type in which a line would be no longer than it is, in pixels."""
    return _WIDEST * (line.edges[-1] - line.edges[0]) * _TYPE_SIZE / _TYPE.getlength(line.text)


def _with_mark(picture: Picture, line: PictureLine) -> PictureLine:
    """Put a bullet's mark before a line that has one printed before it, which is seldom recognised."""
    size, left, baseline = line.size * _SCALE, line.edges[0] * _SCALE, picture.shape[0] - line.baseline * _SCALE
    first, last = max(int(left - _BEFORE * size), 0), int(left - _NEAREST * size)
    pixels = picture[max(int(baseline - size), 0) : int(baseline + size / 5), first : max(last, first)].mean(axis=2)
    if not pixels.size or BULLET.match(line.text):
        return line
    contrast = np.abs(pixels - np.median(pixels))
    dark = contrast > max(float(contrast.max()) / 2, _FAINT)
    rows, columns = (np.flatnonzero(dark.any(axis=axis)) for axis in (1, 0))
    if not len(rows) or columns[0] == 0 or columns[-1] == dark.shape[1] - 1:
        return line
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    is_square = 0.6 * height <= width <= 1.6 * height and _SMALLEST_MARK * size <= width <= _LARGEST_MARK * size
    if not is_square or dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean() < _FILLED:
        return line
    edges = (round((first + columns[0]) / _SCALE, 1), round((first + columns[-1] + 1) / _SCALE, 1))
    return replace(line, text=f"• {line.text}", edges=(*map(float, edges), *line.edges))


def _ink(picture: Picture, line: RecognisedLine, slope: float) -> tuple[NDArray[np.float64], float]:
    """How much each pixel of a line differs from its ground, from 0 to 1, and its top where it begins; made level."""
    corners = line.corners
    left, right = int(corners[:, 0].min()), int(np.ceil(corners[:, 0].max()))
    top = float(corners[0, 1])
    count = max(int(np.ceil(corners[3, 1] - top)), 2)
    columns = np.arange(max(left, 0), max(min(right, picture.shape[1]), left + 1))
    rows = np.arange(count)[:, None] + np.round(top - slope * (columns - left)).astype(int)
    pixels = picture[rows.clip(0, picture.shape[0] - 1), columns.clip(0, picture.shape[1] - 1)].mean(axis=2)
    contrast = np.abs(pixels - np.median(pixels))
    return contrast / max(float(contrast.max()), 1.0), top


def _core(rows: NDArray[np.float64]) -> tuple[float, float]:
    """Between which rows small letters stand, to a part of a pixel."""
    least = _CORE * rows.max()
    full = np.flatnonzero(rows >= least)
    first, last = (int(full[0]), int(full[-1])) if len(full) else (0, len(rows) - 1)
    above = (rows[first] - least) / (rows[first] - rows[first - 1]) if first else 1.0
    below = (rows[last] - least) / (rows[last] - rows[last + 1]) if last + 1 < len(rows) else 1.0
    return first + 0.5 - min(float(above), 1.0), last + 0.5 + min(float(below), 1.0)
