"""Strengths and concerns side by side: bars that start at a common line, with their counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caregraph.explorer.figures.dom import Tree, table, tag
from caregraph.graph.queries.polarity_counts import PolarityCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: what is counted, and the addresses at which what was counted is seen.

    ``peers`` is the same for those compared with; None where nothing is compared.
    """

    name: Tree
    balance: PolarityCounts
    strengths: str | None = None
    concerns: str | None = None
    peers: PolarityCounts | None = None


def bars(caption: str, first: str, lines: Sequence[Line], *, peers: str | None = None) -> Tree:
    """A table of lines, all bars on one scale.

    Args:
        first: what the lines are, such as "Concept".
        peers: who is compared with; their column is left out without them.
    """
    longest = max((max(line.balance.strengths, line.balance.concerns) for line in lines), default=0) or 1
    head: list[Tree] = [
        first,
        tag("span", "▼ Concerns", class_="left"),
        tag("span", "▲ Strengths"),
        "Mixed",
        "Share of strengths",
    ]
    if peers:
        head[-1] = tag("span", "Share of strengths: ● here, ○ ", peers)
    return table(caption, head, (_cells(line, longest) for line in lines), class_="sides")


def _cells(line: Line, longest: int) -> Iterable[Tree]:
    found = line.balance
    yield line.name
    yield _bar(found.concerns, longest, line.concerns, kind="concern", noun="concerns")
    yield _bar(found.strengths, longest, line.strengths, kind="strength", noun="strengths")
    yield f"{found.mixed:,}" if found.mixed else ""
    yield strip(found, line.peers)


def _bar(count: int, longest: int, address: str | None, *, kind: str, noun: str) -> Tree:
    number = tag("a" if address and count else "span", f"{count:,}", href=address if count else None, title=noun)
    drawn = tag("i", aria_hidden="true", set_share=f"{count / longest:.3f}")
    return tag("span", drawn, number, class_=f"side {kind}")


def strip(here: PolarityCounts, peers: PolarityCounts | None) -> Tree:
    """Where the share of strengths lies between none and all, for here and for those compared with."""
    marks = [_mark("●", here)]
    said = said_share(here)
    if peers is not None:
        marks.insert(0, _mark("○", peers))
        said += f" / {said_share(peers)}"
    line = tag("span", *(mark for mark in marks if mark), class_="strip", aria_hidden="true")
    return tag("span", line, tag("span", said, class_="said"), class_="shared")


def _mark(sign: str, found: PolarityCounts) -> Tree | None:
    return tag("i", sign, set_at=f"{found.strength_share:.3f}") if found.strength_share is not None else None


def said_share(found: PolarityCounts) -> str:
    """A share with its denominator.

    >>> said_share(PolarityCounts(9, 1)), said_share(PolarityCounts())
    ('90% of 10', 'nothing said')
    """
    share = found.strength_share
    return f"{share * 100:.0f}% of {found.rated:,}" if share is not None else "nothing said"
