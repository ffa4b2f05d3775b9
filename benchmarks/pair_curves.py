"""Precision and recall over thresholds, as numbers and as a drawing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 360, 240  # of a panel's plot
LEFT, TOP, GAP = 48, 44, 96
LEAST_THRESHOLD, LEAST_VALUE, MOST = 0.5, 0.3, 1.0  # ends of the axes
COLOURS = {"precision": "#1b5e9e", "recall": "#b3541e"}
TICKS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """Labelled pairs at one threshold: how many are one thing, are joined, joined rightly, and left for a person."""

    threshold: float
    same: int
    joined: int
    correct: int
    review: int = 0

    @property
    def precision(self) -> float:
        """Share of the joined pairs that are one thing; 1 if none is joined."""
        return self.correct / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs of one thing that are joined; 1 if there are none."""
        return self.correct / self.same if self.same else 1.0


def draw_curves(curves: Mapping[str, Sequence[OperatingPoint]], *, used: float) -> str:
    """Draw precision and recall over thresholds as SVG, a panel for each title.

    Args:
        used: the threshold that is marked.
    """
    width = LEFT + len(curves) * (WIDTH + GAP)
    height = TOP + HEIGHT + 56
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="sans-serif" font-size="13" fill="#222">',
        f"<title>{escape(_description(curves, used))}</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (title, points) in enumerate(curves.items()):
        left = LEFT + number * (WIDTH + GAP)
        lines += [f'<g transform="translate({left} {TOP})">', *_panel(title, points, used), "</g>"]
    return "\n".join([*lines, "</svg>", ""])


def _description(curves: Mapping[str, Sequence[OperatingPoint]], used: float) -> str:
    at_used = (
        f"{title}: precision {point.precision:.2f}, recall {point.recall:.2f}"
        for title, points in curves.items()
        for point in points
        if point.threshold == used
    )
    return f"Precision and recall over thresholds. At {used}: {'; '.join(at_used)}."


def _panel(title: str, points: Sequence[OperatingPoint], used: float) -> Iterator[str]:
    yield f'<text x="0" y="-18" font-size="15" font-weight="bold">{escape(title)}</text>'
    for tick in TICKS:
        yield f'<path d="M0 {_y(tick):.1f}H{WIDTH}" stroke="#ddd"/>'
        yield f'<text x="-8" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:.1f}</text>'
        if tick >= LEAST_THRESHOLD:
            yield f'<text x="{_x(tick):.1f}" y="{HEIGHT + 20}" text-anchor="middle">{tick:.1f}</text>'
    yield f'<text x="{WIDTH / 2}" y="{HEIGHT + 42}" text-anchor="middle">probability from which two are joined</text>'
    yield f'<path d="M{_x(used):.1f} 0V{HEIGHT}" stroke="#888" stroke-dasharray="4 3"/>'
    yield f'<text x="{_x(used):.1f}" y="{HEIGHT - 8}" text-anchor="end" fill="#555" dx="-4">used: {used}</text>'
    for name, colour in COLOURS.items():
        values = [(point.threshold, getattr(point, name)) for point in points]
        path = " ".join(f"{_x(threshold):.1f},{_y(value):.1f}" for threshold, value in values)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for threshold, value in values:
            yield f'<circle cx="{_x(threshold):.1f}" cy="{_y(value):.1f}" r="3" fill="{colour}"/>'
        if values:
            threshold, value = values[-1]
            yield f'<text x="{_x(threshold) + 8:.1f}" y="{_y(value) + 4:.1f}" fill="{colour}">{name}</text>'


def _x(threshold: float) -> float:
    return (threshold - LEAST_THRESHOLD) / (MOST - LEAST_THRESHOLD) * WIDTH


def _y(value: float) -> float:
    return (MOST - max(value, LEAST_VALUE)) / (MOST - LEAST_VALUE) * HEIGHT
