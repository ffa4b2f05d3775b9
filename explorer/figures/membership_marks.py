"""Membership marks: a council's relation to a shared service, by published lists and by reports."""

from collections.abc import Iterable, Mapping

from caregraph.explorer.figures.dom import Tree, counted_legend, tag
from caregraph.graph.queries.overview import AuthorityUse

MENTIONED, UNLISTED, UNMENTIONED, NO_REPORT = "mentioned", "unlisted", "unmentioned", "no-report"
SYMBOLS = {MENTIONED: "●", UNLISTED: "◆", UNMENTIONED: "○", NO_REPORT: "–"}
MEANINGS = {
    MENTIONED: "mentioned",
    UNLISTED: "mentioned, not a listed member",
    UNMENTIONED: "listed member, not mentioned",
    NO_REPORT: "listed member, no report",
}


def membership_status(use: AuthorityUse, *, listed: bool) -> str:
    """Status of a council, one of SYMBOLS.

    Args:
        listed: whether a list says whom the service serves; without a list, no council is missing from it.
    """
    if use.naming_reports:
        return UNLISTED if listed and not (use.member or use.hosts) else MENTIONED
    return UNMENTIONED if use.documents else NO_REPORT


def has_list(uses: Iterable[AuthorityUse]) -> bool:
    """Tell whether a list says whom a service serves."""
    return any(use.member or use.hosts for use in uses)


def membership_mark(
    status: str, number: int | None = None, *, description: str | None = None, address: str | None = None
) -> Tree:
    """The mark of a status on its colour, with a number after it; a link if it has an address."""
    words = description or MEANINGS[status]
    return tag(
        "a" if address else "span",
        SYMBOLS[status] if number is None else f"{SYMBOLS[status]} {number}",
        class_=f"tile {status}",
        title=words,
        aria_label=words if address else None,
        href=address,
    )


def membership_legend(counts: Mapping[str, int]) -> Tree:
    """The marks with their meanings, and how many councils have each."""
    return counted_legend({(status, SYMBOLS[status], MEANINGS[status]): number for status, number in counts.items()})
