"""Membership marks: a council's relation to a shared service, by published lists and by reports."""

from collections.abc import Iterable, Mapping

from caregraph.explorer.figures.dom import Tree, counted_legend, tag
from caregraph.graph.queries.overview import AuthorityUse

MENTIONED, IMPLIED, SHARED, UNLISTED = "mentioned", "implied", "shared", "unlisted"
JOINING, LEFT, CONTRADICTED = "joining", "left", "contradicted"
UNMENTIONED, NO_REPORT = "unmentioned", "no-report"
SYMBOLS = {
    MENTIONED: "●",
    IMPLIED: "◐",
    SHARED: "⇄",
    UNLISTED: "◆",
    JOINING: "→",
    LEFT: "←",
    CONTRADICTED: "≠",
    UNMENTIONED: "○",
    NO_REPORT: "–",
}
MEANINGS = {
    MENTIONED: "mentioned",
    IMPLIED: "its kind is mentioned, not its name",
    SHARED: "a report says that it is shared or handed over",
    UNLISTED: "mentioned, not a listed member",
    JOINING: "a report says that the council is to join",
    LEFT: "a report says that the council has left",
    CONTRADICTED: "listed member, a report names another in its place",
    UNMENTIONED: "listed member, not mentioned",
    NO_REPORT: "listed member, no report since it began",
}


def membership_status(use: AuthorityUse, *, listed: bool) -> str:
    """Status of a council, one of SYMBOLS, as the question `shared-services` gives its standing.

    Args:
        listed: whether a list says whom the service serves; without a list, no council is missing from it.
    """
    is_member = use.member or use.hosts
    for change in (JOINING, LEFT):
        if use.standing == change or (not is_member and use.relation == change):
            return change
    if use.standing == CONTRADICTED and is_member:
        return CONTRADICTED
    if use.relation and not (is_member and use.naming_reports):
        return SHARED
    if use.naming_reports:
        if listed and not is_member:
            return UNLISTED
        return IMPLIED if use.standing == IMPLIED else MENTIONED
    return UNMENTIONED if use.later_documents else NO_REPORT


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
