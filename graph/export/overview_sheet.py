"""Overview sheet: the latest full inspection of each authority, in the columns that the sector keeps by hand.

An area SEND inspection has an outcome and no grade, and is none. The overall grade is never that of an inspection
before: where the latest gives none, as from April 2026, the cell says so. The publication date is the report's own, or
else the day under which the inspectorate lists it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from caregraph.graph.export.tables import LIST_SEPARATOR
from caregraph.graph.readers import RowReader

AUTHORITIES = """
MATCH (c:LocalAuthority) WHERE EXISTS { (c)<-[:REPORTS_ON]-(:Document) }
  AND ($region IS NULL OR EXISTS { (c)-[:IN_REGION]->(:Region {iri: $region}) })
OPTIONAL MATCH (c)<-[:INSPECTED]-(i:Inspection)
WHERE i.kind IN ['ilacs', 'sif', 'pre-2013']
WITH c, i ORDER BY i.started IS NULL, i.started DESC, i.iri
WITH c, head(collect(i)) AS i
RETURN c.iri AS iri, c.name AS name, c.urn AS urn, c.laCode AS laCode, c.gss AS gss,
       head([(c)-[:IN_REGION]->(r) | r.name]) AS region, head([(c)-[:IN_REGION]->(r) | r.gss]) AS regionGss,
       i.started AS started, i.ended AS ended,
       COLLECT { MATCH (i)-[:GAVE]->(j:Judgement) RETURN [j.area, j.grade] ORDER BY j.area } AS grades,
       COLLECT { MATCH (i)-[:UNDER]->(f:Framework) RETURN f.name ORDER BY f.name } AS frameworks,
       COLLECT { MATCH (i)<-[:LED]-(p:Person) RETURN p.name ORDER BY p.name } AS leads,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) WITH coalesce(d.published, d.listed) AS day
                 WHERE day IS NOT NULL RETURN day ORDER BY day } AS published,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) RETURN d.source ORDER BY d.source } AS documents,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) WHERE d.address IS NOT NULL RETURN d.address } AS addresses,
       COLLECT { MATCH (c)-[n:NEIGHBOUR_OF]->(near) RETURN [near.iri, near.name, near.laCode]
                 ORDER BY n.rank } AS neighbours
ORDER BY region, name
"""
OVERALL, NO_OVERALL = "overall", "No overall grade"
Row = dict[str, Any]


def overview_rows(store: RowReader, region: str | None = None) -> Iterator[Row]:
    """Rows of the overview, by region and name, or of one region by its IRI.

    A cell is empty where the graph has no value, and a neighbour without a grade is left out.
    """
    authorities = list(store.stream(AUTHORITIES, region=region))
    overall = {authority["iri"]: _overall(authority) for authority in authorities}
    areas = {area for authority in authorities for area, _ in authority["grades"]}
    ordered = sorted(areas, key=lambda area: (area != OVERALL, area))
    return (_row(authority, ordered, overall) for authority in authorities)


def _row(authority: Row, areas: list[str], overall: Mapping[str, str | None]) -> Row:
    grades = dict(authority["grades"])
    known = [f"{name}: {grade}" for iri, name, _ in authority["neighbours"] if (grade := overall.get(iri))]
    return {
        "URN": authority["urn"],
        "LA code": authority["laCode"],
        "GSS code": authority["gss"],
        "Region": authority["region"],
        "Authority": authority["name"],
        **{f"Grade: {_label(area)}": _label(grades.get(area)) for area in areas},
        **({f"Grade: {_label(OVERALL)}": NO_OVERALL} if grades and OVERALL not in grades else {}),
        "Framework": LIST_SEPARATOR.join(authority["frameworks"]) or None,
        "Lead inspector": LIST_SEPARATOR.join(authority["leads"]) or None,
        "Inspection start": authority["started"],
        "Inspection end": authority["ended"],
        "Publication date": min(authority["published"], default=None),
        "Statistical neighbours": LIST_SEPARATOR.join(name for _, name, _ in authority["neighbours"]) or None,
        "Neighbours' overall grades": LIST_SEPARATOR.join(known) or None,
        "Report": LIST_SEPARATOR.join(authority["documents"]) or None,
    }


def _overall(authority: Row) -> str | None:
    """The overall grade, or that there is none, with the year of the inspection; None where nothing is known."""
    if not authority["grades"] or not authority["started"]:
        return None
    grade = _label(dict(authority["grades"]).get(OVERALL)) or NO_OVERALL
    return f"{grade} ({authority['started'].year})"


def _label(id: str | None) -> str | None:
    """An id such as "requires-improvement" as people write it."""
    return id.replace("-", " ").capitalize() if id else None
