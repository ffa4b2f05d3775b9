"""Strengths and concerns side by side: bars that start at a common line, with their counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caregraph.explorer.figures.dom import Tree, table, tag
from caregraph.graph.queries.polarity_counts import PolarityCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One row of the bars: its name, its counts, and the addresses of the findings that were counted.

    ``peers`` are the counts of those compared with; None where nothing is compared.
    """

    name: Tree
    counts: PolarityCounts
    strengths: str | None = None
    concerns: str | None = None
    peers: PolarityCounts | None = None


def polarity_bars(caption: str, row_heading: str, rows: Sequence[BarRow], *, peers: str | None = None) -> Tree:
    """A table of bars, all on one scale.

    Args:
        row_heading: the noun for the rows, such as "Topic".
        peers: a name for those compared with; without them their column is left out.
    """
    longest = max((max(row.counts.strengths, row.counts.concerns) for row in rows), default=0) or 1
    head: list[Tree] = [
        row_heading,
        tag("span", "▼ Concerns", class_="left"),
        tag("span", "▲ Strengths"),
        "Mixed",
        "Share of strengths",
    ]
    if peers:
        head[-1] = tag("span", "Share of strengths: ● here, ○ ", peers)
    return table(caption, head, (_cells(row, longest) for row in rows), class_="sides")


def _cells(row: BarRow, longest: int) -> Iterable[Tree]:
    counts = row.counts
    yield row.name
    yield _bar(counts.concerns, longest, row.concerns, kind="concern", noun="concerns")
    yield _bar(counts.strengths, longest, row.strengths, kind="strength", noun="strengths")
    yield f"{counts.mixed:,}" if counts.mixed else ""
    yield _share_strip(counts, row.peers)


def _bar(count: int, longest: int, address: str | None, *, kind: str, noun: str) -> Tree:
    number = tag("a" if address and count else "span", f"{count:,}", href=address if count else None, title=noun)
    bar = tag("i", aria_hidden="true", set_share=f"{count / longest:.3f}")
    return tag("span", bar, number, class_=f"side {kind}")


def _share_strip(here: PolarityCounts, peers: PolarityCounts | None) -> Tree:
    """A line from none to all with the share of strengths marked, for here and for those compared with."""
    marks = [_mark("●", here)]
    text = share_text(here)
    if peers is not None:
        marks.insert(0, _mark("○", peers))
        text += f" / {share_text(peers)}"
    strip = tag("span", *(mark for mark in marks if mark), class_="strip", aria_hidden="true")
    return tag("span", strip, tag("span", text, class_="share-text"), class_="share")


def _mark(symbol: str, counts: PolarityCounts) -> Tree | None:
    share = counts.strength_share
    return tag("i", symbol, set_at=f"{share:.3f}") if share is not None else None


def share_text(counts: PolarityCounts) -> str:
    """A share with its denominator.

    >>> share_text(PolarityCounts(9, 1)), share_text(PolarityCounts())
    ('90% of 10', 'no findings')
    """
    share = counts.strength_share
    return f"{share * 100:.0f}% of {counts.rated:,}" if share is not None else "no findings"
