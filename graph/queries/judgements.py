"""The councils: where they lie, what was read of them, and the latest judgement that each was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class Council:
    """A council of the register. ``ended`` is the ISO day on which a former one ended; ``documents`` were read."""

    node: Node
    region: Node | None
    ended: str | None
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A grade that an inspection gave to an area; ``started`` is an ISO day, ``judgement`` the judgement's IRI."""

    council: Node
    judgement: str
    area: str
    grade: str
    inspection: str
    framework: str | None
    kind: str | None
    started: str | None


@dataclass(frozen=True, slots=True)
class Grade:
    """What a judgement, by its IRI, says of an area."""

    area: str
    grade: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An inspection or visit as a reader meets it in a list. Days are ISO days."""

    node: Node
    council: Node
    kind: str | None
    framework: Node | None
    started: str | None
    ended: str | None
    document: Node | None
    grades: tuple[Grade, ...]


def councils(store: Reader) -> list[Council]:
    """Every council of the register, former ones included, by name."""
    return [
        Council(Node(**row["node"]), Node(**row["region"]) if row["region"] else None, row["ended"], row["documents"])
        for row in store.read(_COUNCILS)
    ]


_COUNCILS = """
MATCH (c:LocalAuthority)
RETURN c {.iri, .name, label: 'LocalAuthority'} AS node,
       head([(c)-[:IN_REGION]->(r:Region) | r {.iri, .name, label: 'Region'}]) AS region,
       toString(c.ended) AS ended, COUNT { (c)<-[:REPORTS_ON]-(:Document) } AS documents
ORDER BY c.name, c.iri
"""


def areas(store: Reader) -> list[str]:
    """The areas that were judged, those judged most often first."""
    rows = store.read("MATCH (j:Judgement) RETURN j.area AS area, count(*) AS count ORDER BY count DESC, area")
    return [row["area"] for row in rows]


def latest(store: Reader, area: str) -> dict[str, Judged]:
    """The latest grade for an area that each council was given, by the council's IRI."""
    return {row["council"]["iri"]: _judged(row) for row in store.read(_LATEST, area=area)}


def latest_of(store: Reader, councils: Sequence[str]) -> dict[tuple[str, str], Judged]:
    """The latest grade for each area that each of these councils was given, by the IRI of the council and the area."""
    rows = store.read(_LATEST_OF, councils=list(councils))
    return {(row["council"]["iri"], row["area"]): _judged(row) for row in rows}


_JUDGED = """
RETURN c {.iri, .name, label: 'LocalAuthority'} AS council, j.iri AS judgement, j.area AS area, j.grade AS grade,
       i.iri AS inspection, i.kind AS kind, toString(i.started) AS started,
       head([(i)-[:UNDER]->(f:Framework) | f.name]) AS framework
"""

_LATEST = f"""
MATCH (j:Judgement {{area: $area}})<-[:GAVE]-(i:Inspection)-[:INSPECTED]->(c:LocalAuthority)
WITH c, j, i ORDER BY i.started IS NULL, i.started DESC, j.iri
WITH c, head(collect([j, i])) AS last
WITH c, last[0] AS j, last[1] AS i
{_JUDGED}
"""

_LATEST_OF = f"""
MATCH (j:Judgement)<-[:GAVE]-(i:Inspection)-[:INSPECTED]->(c:LocalAuthority) WHERE c.iri IN $councils
WITH c, j, i ORDER BY i.started IS NULL, i.started DESC, j.iri
WITH c, j.area AS area, head(collect([j, i])) AS last
WITH c, last[0] AS j, last[1] AS i
{_JUDGED}
"""


def _judged(row: dict[str, Any]) -> Judged:
    return Judged(council=Node(**row.pop("council")), **row)


def visits(store: Reader, *, council: str | None = None, limit: int = 1000) -> list[Visit]:
    """Inspections and visits that documents report, the latest first, of one council if its IRI is given."""
    return [_visit(row) for row in store.read(_VISITS, council=council, limit=limit)]


_VISITS = """
MATCH (i:Inspection)-[:INSPECTED]->(c:LocalAuthority) WHERE $council IS NULL OR c.iri = $council
WITH i, c ORDER BY i.started IS NULL, i.started DESC, c.name, i.iri LIMIT $limit
OPTIONAL MATCH (i)-[:REPORTED_IN]->(d:Document)
WITH i, c, d ORDER BY d.published, d.source
WITH i, c, collect(d) AS documents
RETURN i {.iri, .name, label: 'Inspection'} AS node, c {.iri, .name, label: 'LocalAuthority'} AS council,
       i.kind AS kind, toString(i.started) AS started, toString(i.ended) AS ended,
       head([d IN documents | d {.iri, .name, label: 'Document'}]) AS document,
       head([(i)-[:UNDER]->(f:Framework) | f {.iri, .name, label: 'Framework'}]) AS framework,
       [(i)-[:GAVE]->(j:Judgement) | j {.area, .grade, judgement: j.iri}] AS grades
ORDER BY i.started IS NULL, i.started DESC, c.name, i.iri
"""


def _visit(row: dict[str, Any]) -> Visit:
    document, framework = row.pop("document"), row.pop("framework")
    return Visit(
        node=Node(**row.pop("node")),
        council=Node(**row.pop("council")),
        document=Node(**document) if document else None,
        framework=Node(**framework) if framework else None,
        grades=tuple(Grade(**one) for one in row.pop("grades")),
        **row,
    )
