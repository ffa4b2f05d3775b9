"""Text of a page that is turned so that it is upright, with the position and the type of its lines."""

import ctypes
import math
from typing import NamedTuple

import pypdfium2.raw as pdfium

from caregraph.ontology.report import Line

_BOLD = 600  # the weight from which type counts as bold (OpenType: 600 is semi-bold)
_SMALLEST = 4.0  # points: nobody prints smaller
_BOX = 1.2  # a character's loose box is this many times its type size


class UprightText(NamedTuple):
    """Text of a page, the turn of it, and the size of the page when it is upright."""

    textpage: pdfium.FPDF_TEXTPAGE
    turn: int
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the page so that its text is upright; a damaged page may place a character nowhere: at 0."""
        x, y = x if math.isfinite(x) else 0.0, y if math.isfinite(y) else 0.0
        if self.turn == 270:
            return y, self.height - x
        if self.turn == 180:
            return self.width - x, self.height - y
        return (self.width - y, x) if self.turn == 90 else (x, y)


def measure(upright: UprightText, start: int, text: str, page: int) -> Line:
    """Position of a line, by its first and last visible character, and its type."""
    visible = text.strip()
    if not visible:
        return Line(0, 0, page)
    first = start + text.index(visible[0])
    last = first + len(visible) - 1
    begin, baseline = origin(upright, first)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(upright.textpage, last, *(ctypes.byref(edge) for edge in (left, right, bottom, top)))
    # A bullet's mark is often set in a type of its own: take the type of a letter.
    letter = next((index for index, sign in enumerate(visible) if sign.isalnum()), 0) + first
    end = max(upright.point(left.value, bottom.value)[0], upright.point(right.value, top.value)[0])
    return Line(0, 0, page, begin, end, baseline, _size(upright, letter), _is_bold(upright.textpage, letter))


def origin(upright: UprightText, index: int) -> tuple[float, float]:
    """Place of a character's origin, from the left and bottom of the page when its text is upright."""
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(upright.textpage, index, ctypes.byref(x), ctypes.byref(y))
    return upright.point(x.value, y.value)


def right_edge(upright: UprightText, index: int) -> float:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    edges = (ctypes.byref(edge) for edge in (left, right, bottom, top))
    pdfium.FPDFText_GetCharBox(upright.textpage, index, *edges)
    return max(upright.point(left.value, bottom.value)[0], upright.point(right.value, top.value)[0])


def _size(upright: UprightText, index: int) -> float:
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
