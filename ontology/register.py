"""Register of local authorities, present and former."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caregraph.ontology.turtle import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityTerm:
    """An authority. ``spellings`` begins with ``name``; neighbours are ONS codes, the nearest first.

    ``started`` and ``ended`` are its first and last day where known: an authority
    that ended has ``successors``, and may share its name with one of them, as Dorset does.
    """

    iri: str
    gss: str
    name: str
    spellings: tuple[str, ...]
    region: str
    region_name: str
    la_code: str | None = None
    urn: str | None = None
    neighbours: tuple[str, ...] = ()
    started: date | None = None
    ended: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id in the form of other terms, such as "authority:E08000023"."""
        return f"authority:{self.gss}"

    def existed_on(self, day: date) -> bool:
        """True if the authority existed on a day; an unknown beginning counts as long ago."""
        return (self.started or day) <= day <= (self.ended or day)


def read_authorities(statements: Statements) -> Iterator[AuthorityTerm]:
    """Read the authorities in the order written."""
    changes = list(_successions(statements))
    for iri in statements.of_type("cg:LocalAuthority"):
        region = statements.value(iri, "cg:inRegion") or ""
        name = statements.value(iri, "skos:prefLabel") or ""
        yield AuthorityTerm(
            iri=iri,
            gss=statements.value(iri, "cg:gss") or "",
            name=name,
            spellings=(name, *statements.values(iri, "skos:altLabel"), *statements.values(iri, "cg:acronym")),
            region=statements.value(region, "cg:gss") or "",
            region_name=statements.value(region, "skos:prefLabel") or "",
            la_code=statements.value(iri, "cg:laCode"),
            urn=statements.value(iri, "cg:urn"),
            neighbours=tuple(code(neighbour) for neighbour in statements.members(iri, "cg:statisticalNeighbours")),
            started=parse_day(statements.value(iri, "cg:started")),
            ended=parse_day(statements.value(iri, "cg:ended")),
            predecessors=tuple(code(before) for before, after in changes if after == iri),
            successors=tuple(code(after) for before, after in changes if before == iri),
        )


def _successions(statements: Statements) -> Iterator[tuple[str, str]]:
    for event in statements.of_type("cg:Succession"):
        for before in statements.values(event, "org:originalOrganization"):
            for after in statements.values(event, "org:resultingOrganization"):
                yield before, after


def code(iri: str) -> str:
    """The last part of an IRI: an ONS code, or a slug."""
    return iri.rsplit("/", 1)[-1]


def parse_day(text: str | None) -> date | None:
    """Parse an ISO date as Turtle writes it; None gives None."""
    return date.fromisoformat(text) if text else None
