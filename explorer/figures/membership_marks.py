"""How a council stands to a shared thing, in one mark: what a list says of it, and what reports say."""

from collections.abc import Iterable, Mapping

from caregraph.explorer.figures.dom import Tree, tag
from caregraph.explorer.labels import sentence_case
from caregraph.graph.queries.overview import AuthorityUse

NAMED, UNLISTED, SILENT, EXPECTED = "named", "unlisted", "silent", "expected"
MARKS = {NAMED: "●", UNLISTED: "◆", SILENT: "○", EXPECTED: "–"}
MEANINGS = {
    NAMED: "a report names it",
    UNLISTED: "a report names it, but the list of members does not have it",
    SILENT: "listed, but reports are silent",
    EXPECTED: "listed, no report read",
}


def state(reach: AuthorityUse, *, listed: bool) -> str:
    """Which of the marks a council has.

    Args:
        listed: whether there is a list of whom the thing serves; without one nobody is missing from it.
    """
    if reach.naming_reports:
        return UNLISTED if listed and not (reach.member or reach.hosts) else NAMED
    return SILENT if reach.documents else EXPECTED


def has_list(reaches: Iterable[AuthorityUse]) -> bool:
    """Whether a list says whom a thing serves."""
    return any(reach.member or reach.hosts for reach in reaches)


def mark(kind: str, text: str = "", **attributes: object) -> Tree:
    """The mark on its colour, with a figure after it; a link if it has an ``href``."""
    said = attributes.pop("said", MEANINGS[kind])
    name = "a" if attributes.get("href") else "span"
    shown = f"{MARKS[kind]} {text}".strip()
    return tag(name, shown, class_=f"tile {kind}", title=said, aria_label=said if name == "a" else None, **attributes)


def key(counts: Mapping[str, int]) -> Tree:
    """What the marks mean, with how many councils have each."""
    entries = [
        tag(
            "li",
            tag("i", MARKS[kind], class_=f"tile {kind}", aria_hidden="true"),
            f"{sentence_case(MEANINGS[kind])} {number}",
        )
        for kind, number in counts.items()
    ]
    return tag("ul", *entries, class_="key", aria_label="Legend")
