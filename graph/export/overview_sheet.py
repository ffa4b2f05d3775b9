"""A row a council: its last graded inspection, in the columns of the overview that the sector keeps by hand."""

from collections.abc import Iterator, Mapping
from typing import Any

from caregraph.graph.export.tables import BETWEEN
from caregraph.graph.readers import RowReader

COUNCILS = """
MATCH (c:LocalAuthority) WHERE EXISTS { (c)<-[:REPORTS_ON]-(:Document) }
OPTIONAL MATCH (c)<-[:INSPECTED]-(i:Inspection) WHERE EXISTS { (i)-[:GAVE]->(:Judgement) }
WITH c, i ORDER BY i.started IS NULL, i.started DESC, i.iri
WITH c, head(collect(i)) AS i
RETURN c.iri AS iri, c.name AS name, c.urn AS urn, c.laCode AS laCode, c.gss AS gss,
       head([(c)-[:IN_REGION]->(r) | r.name]) AS region, i.started AS started, i.ended AS ended,
       COLLECT { MATCH (i)-[:GAVE]->(j:Judgement) RETURN [j.area, j.grade] ORDER BY j.area } AS grades,
       COLLECT { MATCH (i)-[:UNDER]->(f:Framework) RETURN f.name ORDER BY f.name } AS frameworks,
       COLLECT { MATCH (i)<-[:LED]-(p:Person) RETURN p.name ORDER BY p.name } AS leads,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) WHERE d.published IS NOT NULL
                 RETURN d.published ORDER BY d.published } AS published,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) RETURN d.source ORDER BY d.source } AS documents,
       COLLECT { MATCH (c)-[n:NEIGHBOUR_OF]->(other) RETURN [other.iri, other.name] ORDER BY n.rank } AS neighbours
ORDER BY region, name
"""
OVERALL = "overall"
Row = dict[str, Any]


def rows(store: RowReader) -> Iterator[Row]:
    """The overview, by region and name. What is not in the graph is an empty cell, of neighbours too."""
    councils = list(store.stream(COUNCILS))
    overall = {one["iri"]: _overall(one) for one in councils}
    areas = sorted({area for one in councils for area, _ in one["grades"]}, key=lambda area: (area != OVERALL, area))
    return (_row(one, areas, overall) for one in councils)


def _row(council: Row, areas: list[str], overall: Mapping[str, str | None]) -> Row:
    grades = dict(council["grades"])
    known = [f"{name}: {grade}" for iri, name in council["neighbours"] if (grade := overall.get(iri))]
    return {
        "URN": council["urn"],
        "LA code": council["laCode"],
        "GSS code": council["gss"],
        "Region": council["region"],
        "Authority": council["name"],
        **{f"Grade: {_words(area)}": _words(grades.get(area)) for area in areas},
        "Framework": BETWEEN.join(council["frameworks"]) or None,
        "Lead inspector": BETWEEN.join(council["leads"]) or None,
        "Inspection start": council["started"],
        "Inspection end": council["ended"],
        "Publication date": min(council["published"], default=None),
        "Statistical neighbours": BETWEEN.join(name for _, name in council["neighbours"]) or None,
        "Neighbours' overall grades": BETWEEN.join(known) or None,
        "Report": BETWEEN.join(council["documents"]) or None,
    }


def _overall(council: Row) -> str | None:
    """The overall grade with the year in which it was given; None where there is none."""
    grade = dict(council["grades"]).get(OVERALL)
    return f"{_words(grade)} ({council['started'].year})" if grade and council["started"] else None


def _words(id: str | None) -> str | None:
    """An id such as "requires-improvement" as it is read."""
    return id.replace("-", " ").capitalize() if id else None
