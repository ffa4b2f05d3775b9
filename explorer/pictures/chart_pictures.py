"""Pictures of charts: bars, and strengths and concerns side by side."""

from collections.abc import Sequence

from caregraph.explorer.pictures.drawing import Drawing, Part, Text, framed, rectangle, wrapped
from caregraph.graph.queries.polarity_counts import PolarityCounts

WIDTH = 960.0
_MARGIN, _NAMES, _ROW = 24.0, 300.0, 30.0  # pixels: around, for the names, and from one bar to the next
_BAR, _CONCERN, _STRENGTH = "#0b5d7a", "#c2500a", "#00568f"  # as in style.css
_SIZE = 13.0


def bar_picture(title: str, bars: Sequence[tuple[str, float]], *, notes: Sequence[str]) -> Drawing:
    """Picture of a bar for each name, all on one scale."""
    longest = max((number for _, number in bars), default=0) or 1
    room = WIDTH - 2 * _MARGIN - _NAMES - 80
    parts: list[Part] = []
    for number, (name, value) in enumerate(bars):
        top = number * _ROW
        length = room * max(0, value) / longest
        parts += _row_name(name, top)
        parts.append(rectangle(_MARGIN + _NAMES, top + 5, length, 16, _BAR))
        parts.append(Text((_MARGIN + _NAMES + length + 8, top + 4), f"{value:,.10g}", _SIZE))
    return framed(title, WIDTH, len(bars) * _ROW, parts, notes=notes)


def polarity_picture(title: str, rows: Sequence[tuple[str, PolarityCounts]], *, notes: Sequence[str]) -> Drawing:
    """Picture of concerns to the left and strengths to the right of a common line, all on one scale."""
    longest = max((max(counts.strengths, counts.concerns) for _, counts in rows), default=0) or 1
    room = (WIDTH - 2 * _MARGIN - _NAMES) / 2 - 48
    middle = _MARGIN + _NAMES + room + 48
    parts: list[Part] = [
        Text((middle - 6, 0), "Concerns", _SIZE, "end", bold=True),
        Text((middle + 6, 0), "Strengths", _SIZE, bold=True),
    ]
    for number, (name, counts) in enumerate(rows, start=1):
        top = number * _ROW
        left, right = room * counts.concerns / longest, room * counts.strengths / longest
        parts += _row_name(name, top)
        parts += [
            rectangle(middle - 1 - left, top + 5, left, 16, _CONCERN),
            rectangle(middle + 1, top + 5, right, 16, _STRENGTH),
            Text((middle - left - 8, top + 4), f"{counts.concerns:,}", _SIZE, "end"),
            Text((middle + right + 8, top + 4), f"{counts.strengths:,}", _SIZE),
        ]
    return framed(title, WIDTH, (len(rows) + 1) * _ROW, parts, notes=notes)


def _row_name(name: str, top: float) -> list[Part]:
    [line, *_] = wrapped(name, _NAMES - 12, _SIZE, most=1) or [""]
    return [Text((_MARGIN, top + 4), line, _SIZE)]
