"""Judgements and inspections: the latest grade for each authority and area, and inspections, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.comparison.grade_status import CURRENT, GRADE_STATUS
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestJudgement:
    """The latest grade that an authority was given for an area.

    ``judgement`` and ``inspection`` are IRIs, ``started`` is the inspection's first ISO day. ``status`` and
    ``newer_inspection``, an ISO day, say whether the latest full inspection gave it: see `comparison.grade_status`.
    """

    authority: Node
    judgement: str
    area: str
    grade: str
    inspection: str
    framework: str | None
    kind: str | None
    started: str | None
    status: str
    newer_inspection: str | None

    @property
    def is_current(self) -> bool:
        """Whether the latest full inspection gave it."""
        return self.status == CURRENT


@dataclass(frozen=True, slots=True)
class AreaGrade:
    """The grade that a judgement, by its IRI, gives to an area."""

    area: str
    grade: str
    judgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionSummary:
    """An inspection or visit with its grades; ``document`` is the first that reports it. Days are ISO days."""

    node: Node
    authority: Node
    kind: str | None
    framework: Node | None
    started: str | None
    ended: str | None
    document: Node | None
    grades: tuple[AreaGrade, ...]


def judged_areas(store: Reader) -> list[str]:
    """The areas that were judged, those judged most often first."""
    rows = store.read("MATCH (j:Judgement) RETURN j.area AS area, count(*) AS count ORDER BY count DESC, area")
    return [row["area"] for row in rows]


def latest_judgements(store: Reader, area: str) -> dict[str, LatestJudgement]:
    """The latest judgement of each authority on an area, by the authority's IRI."""
    return {
        judgement.authority.iri: judgement for judgement in rows_as(LatestJudgement, store.read(_ON_AREA, area=area))
    }


def latest_judgements_of(store: Reader, authorities: Sequence[str]) -> dict[tuple[str, str], LatestJudgement]:
    """The latest judgements of these authorities, by the IRI of the authority and the area."""
    rows = store.read(_OF_AUTHORITIES, authorities=list(authorities))
    return {(judgement.authority.iri, judgement.area): judgement for judgement in rows_as(LatestJudgement, rows)}


_LAST = f"""
WITH authority, judgement, inspection ORDER BY inspection.started IS NULL, inspection.started DESC, judgement.iri
WITH authority, judgement.area AS area, head(collect([judgement, inspection])) AS last
WITH authority, last[0] AS judgement, last[1] AS inspection, null AS day
{GRADE_STATUS}
RETURN authority {{.iri, .name, label: 'LocalAuthority'}} AS authority, judgement.iri AS judgement,
       judgement.area AS area, judgement.grade AS grade, inspection.iri AS inspection, inspection.kind AS kind,
       toString(inspection.started) AS started, head([(inspection)-[:UNDER]->(f:Framework) | f.name]) AS framework,
       status, toString(newer_inspection) AS newer_inspection
"""

_ON_AREA = f"""
MATCH (judgement:Judgement {{area: $area}})<-[:GAVE]-(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
{_LAST}
"""

_OF_AUTHORITIES = f"""
MATCH (judgement:Judgement)<-[:GAVE]-(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE authority.iri IN $authorities
{_LAST}
"""


def inspection_summaries(store: Reader, *, authority: str | None = None, limit: int = 1000) -> list[InspectionSummary]:
    """Inspections and visits that documents report, the latest first, of one authority if its IRI is given."""
    return rows_as(InspectionSummary, store.read(_INSPECTIONS, authority=authority, limit=limit))


_INSPECTIONS = """
MATCH (i:Inspection)-[:INSPECTED]->(c:LocalAuthority) WHERE $authority IS NULL OR c.iri = $authority
WITH i, c ORDER BY i.started IS NULL, i.started DESC, c.name, i.iri LIMIT $limit
OPTIONAL MATCH (i)-[:REPORTED_IN]->(d:Document)
WITH i, c, d ORDER BY d.published, d.source
WITH i, c, collect(d) AS documents
RETURN i {.iri, .name, label: 'Inspection'} AS node, c {.iri, .name, label: 'LocalAuthority'} AS authority,
       i.kind AS kind, toString(i.started) AS started, toString(i.ended) AS ended,
       head([d IN documents | d {.iri, .name, label: 'Document'}]) AS document,
       head([(i)-[:UNDER]->(f:Framework) | f {.iri, .name, label: 'Framework'}]) AS framework,
       [(i)-[:GAVE]->(j:Judgement) | j {.area, .grade, judgement: j.iri}] AS grades
ORDER BY i.started IS NULL, i.started DESC, c.name, i.iri
"""
