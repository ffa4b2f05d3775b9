"""Closed schemes of the ontology, such as polarities, grades and scopes, in the order in which they are written."""

from functools import cache
from pathlib import Path

from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.iris import THINGS
from caregraph.ontology.turtle import Statements

FILES = tuple(
    Path(__file__).with_name(name) for name in ("schemes.ttl", "frameworks.ttl", "themes.ttl", "national_framework.ttl")
)


@cache
def _statements() -> Statements:
    return Statements(FILES)


@cache
def scheme_ids(scheme: str) -> tuple[str, ...]:
    """The ids of a scheme's members.

    Raises:
        UnknownTerm: if there is no such scheme.

    >>> scheme_ids("polarities")
    ('strength', 'concern', 'mixed', 'neutral')
    """
    statements, iri = _statements(), f"{THINGS}scheme/{scheme}"
    members = (member for member in statements.subjects() if iri in statements.values(member, "skos:inScheme"))
    ids = tuple(id for member in members for id in statements.values(member, "skos:notation"))
    if not ids:
        raise UnknownTerm(f"no scheme is called {scheme!r}")
    return ids
