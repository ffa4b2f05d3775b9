"""Teams: names in small letters, which end in the noun of a team or a body.

Only words of the vocabulary make such a name ('child exploitation team'), so
that 'a responsive team' is none; and one of them must say more than that the
team works for children.
"""

from collections.abc import Iterator, Sequence

from extractors.names import TEAM_OR_BODY, TYPE_OF_HEAD, Name, parted
from extractors.phrases import Match, Words

_LONGEST = 6  # words before the head
# They say nothing of what a team does, or only that it is one.
_GENERAL = frozenset(
    [
        "adult",
        "agency",
        "area",
        "authority",
        "board",
        "body",
        "care",
        "case",
        "centre",
        "child",
        "children",
        "city",
        "community",
        "core",
        "corporate",
        "council",
        "county",
        "day",
        "department",
        "development",
        "early",
        "effective",
        "family",
        "first",
        "general",
        "good",
        "group",
        "health",
        "help",
        "high",
        "home",
        "hub",
        "individual",
        "internal",
        "joint",
        "leader",
        "leadership",
        "learning",
        "line",
        "local",
        "long",
        "management",
        "manager",
        "member",
        "model",
        "multi",
        "national",
        "need",
        "needs",
        "new",
        "officer",
        "old",
        "operational",
        "order",
        "out",
        "panel",
        "partner",
        "partnership",
        "people",
        "person",
        "placement",
        "plan",
        "planning",
        "police",
        "practice",
        "practitioner",
        "professional",
        "programme",
        "project",
        "protection",
        "public",
        "quality",
        "recruitment",
        "region",
        "regional",
        "review",
        "right",
        "school",
        "senior",
        "service",
        "shared",
        "single",
        "small",
        "social",
        "specialist",
        "staff",
        "statutory",
        "strategic",
        "support",
        "system",
        "targeted",
        "task",
        "team",
        "term",
        "time",
        "training",
        "universal",
        "voluntary",
        "work",
        "worker",
        "working",
        "year",
        "young",
        "youth",
        "audit",
        "early",
        "intervention",
        "parent",
    ]
)


def team_names(words: Words, *, known: Sequence[Match], subjects: frozenset[str]) -> Iterator[Name]:
    """Yield the small-letter names that are not ``known``; ``subjects`` are the words that the vocabulary's
    services and bodies are named with, folded."""
    taken = {place for match in known for place in range(match.first, match.last)}
    for place, head in enumerate(words.folded):
        if (
            head not in TEAM_OR_BODY
            or not words.raw[place].islower()
            or place in taken
            or words.raw[place] == "services"
        ):
            continue
        first = _first(words, place, subjects)
        if {*words.folded[first:place]} & subjects - _GENERAL:
            yield Name(words.starts[first], words.ends[place], "headed", TYPE_OF_HEAD[head])


def _first(words: Words, head: int, subjects: frozenset[str]) -> int:
    first = head
    for place in range(head - 1, max(head - 1 - _LONGEST, -1), -1):
        if parted(words, place + 1) or words.raw[place] in ".,;":
            break
        if words.folded[place] in subjects:
            first = place
        elif words.raw[place] not in ("and", "in", "of"):
            break
    return first
