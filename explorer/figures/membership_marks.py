"""Membership marks: a council's relation to a shared service, by published lists and by reports."""

from collections.abc import Mapping

from caregraph.explorer.figures.dom import Tree, counted_legend, tag
from caregraph.graph.standings import Standing

SYMBOLS: Mapping[Standing, str] = {
    "confirmed": "●",
    "named": "■",
    "implied": "◐",
    "shared": "⇄",
    "hosted": "⌂",
    "delegated": "⇥",
    "unlisted": "◆",
    "joining": "→",
    "left": "←",
    "contradicted": "≠",
    "silent": "○",
    "asserted": "–",
}
MEANINGS: Mapping[Standing, str] = {
    "confirmed": "listed member, mentioned",
    "named": "mentioned, no list of members",
    "implied": "listed member, its kind is mentioned, not its name",
    "shared": "a report says that it is shared",
    "hosted": "a report says that one council runs it for others",
    "delegated": "a report says that it is handed over",
    "unlisted": "mentioned, not a listed member",
    "joining": "a report says that the council is to join",
    "left": "a report says that the council has left",
    "contradicted": "listed member, a report names another in its place",
    "silent": "listed member, not mentioned",
    "asserted": "listed member, no report since it began",
}


def membership_mark(
    status: Standing, number: int | None = None, *, description: str | None = None, address: str | None = None
) -> Tree:
    """The mark of a standing on its colour, with a number after it; a link if it has an address."""
    words = description or MEANINGS[status]
    return tag(
        "a" if address else "span",
        SYMBOLS[status] if number is None else f"{SYMBOLS[status]} {number}",
        class_=f"tile {status}",
        title=words,
        aria_label=words if address else None,
        href=address,
    )


def membership_legend(counts: Mapping[Standing, int]) -> Tree:
    """The marks with their meanings, and how many councils have each."""
    return counted_legend({(status, SYMBOLS[status], MEANINGS[status]): number for status, number in counts.items()})
