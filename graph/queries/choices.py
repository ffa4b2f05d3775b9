"""Closed lists of values, in the order of the ontology, and the choice that a typed text stands for."""

from collections.abc import Collection, Mapping
from functools import cache

from rapidfuzz import fuzz, process

from caregraph.graph.queries.comparison.as_at import COUNTED
from caregraph.graph.queries.nodes import NAMED_THING_LABELS
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import slug
from caregraph.ontology.records import AREAS, FINDING_KINDS, GRADES, KINDS, LEADER_ROLES, POLARITIES
from caregraph.ontology.schema import scheme_ids

AS_AT = "as at"  # the list of what reports may be counted
MAX_SUGGESTIONS = 3
MIN_SIMILARITY = 60  # percent of the letters: with fewer nothing is suggested


@cache
def closed_lists() -> Mapping[str, tuple[str, ...]]:
    """Values of each closed list, by the name that a question's parameter gives as its type."""
    return {
        "area": _in_order("areas", AREAS),
        AS_AT: COUNTED,
        "grade": _in_order("grades", GRADES),
        "kind of document": _in_order("kinds", KINDS),
        "kind of finding": _in_order("finding-kinds", FINDING_KINDS),
        "kind of thing": NAMED_THING_LABELS,
        "polarity": _in_order("polarities", POLARITIES),
        "role of leader": _in_order("roles", LEADER_ROLES),
        "scope": scheme_ids("scopes"),
    }


def _in_order(scheme: str, ids: Collection[str]) -> tuple[str, ...]:
    """Ids in the order in which their scheme is written."""
    return tuple(id for id in scheme_ids(scheme) if id in ids)


def choose(field: str, text: str, choices: Collection[str]) -> str:
    """The choice that a text means, whatever its capitals, spaces and hyphens.

    Args:
        field: the name of what has the value, for the message.

    Raises:
        BadQuestion: if it is none of the choices; with those that are nearest.

    >>> choose("grade", "Requires improvement", ["good", "requires-improvement"])
    'requires-improvement'
    >>> choose("grade", "goood", ["good", "inadequate"])
    Traceback (most recent call last):
    caregraph.ontology.errors.BadQuestion: grade: expected one of good, inadequate, got 'goood'; did you mean good?
    """
    by_slug = {slug(choice): choice for choice in choices}
    if (choice := by_slug.get(slug(text))) is not None:
        return choice
    near = process.extract(
        slug(text), by_slug, scorer=fuzz.ratio, processor=slug, limit=MAX_SUGGESTIONS, score_cutoff=MIN_SIMILARITY
    )
    meant = f"; did you mean {' or '.join(by_slug[key] for _, _, key in near)}?" if near else ""
    raise BadQuestion(f"{field}: expected one of {', '.join(choices)}, got {text!r}{meant}")
