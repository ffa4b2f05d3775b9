"""Facets of nodes, by which they are filtered: region, framework, year, grade, polarity, confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.nodes import fill_template
from caregraph.graph.queries.rows import row_as
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Facets of one node; those that its kind does not have are None.

    A document, an inspection, a judgement or a finding has the region of the authority and the framework of the
    inspection that it belongs to; its year is the one in which that inspection began. ``confidence`` is a finding's,
    from 0 to 1.
    """

    iri: str
    region: str | None = None
    framework: str | None = None
    year: int | None = None
    grade: str | None = None
    polarity: str | None = None
    confidence: float | None = None


def facets(store: Reader, iris: Sequence[str]) -> dict[str, Facets]:
    """The facets of the nodes with these IRIs; an IRI that the graph does not have is left out."""
    rows = store.read(fill_template(_FACETS), iris=list(iris))
    return {row["iri"]: row_as(Facets, row) for row in rows}


_FACETS = """
UNWIND $iris AS iri
MATCH (n:$labels {iri: iri})
WITH DISTINCT n
WITH n, CASE WHEN n:Document THEN n WHEN n:Finding THEN head([(d:Document)-[:STATES]->(n) | d]) END AS document
WITH n, document, CASE WHEN n:Inspection THEN n WHEN n:Judgement THEN head([(i:Inspection)-[:GAVE]->(n) | i])
  ELSE head([(i:Inspection)-[:REPORTED_IN]->(document) | i]) END AS inspection
WITH n, document, inspection, CASE WHEN n:LocalAuthority THEN n
  WHEN inspection IS NOT NULL THEN head([(inspection)-[:INSPECTED]->(c) | c])
  ELSE head([(document)-[:REPORTS_ON]->(c) | c]) END AS authority
RETURN n.iri AS iri,
       CASE WHEN n:Region THEN n.name ELSE head([(authority)-[:IN_REGION]->(r:Region) | r.name]) END AS region,
       CASE WHEN n:Framework THEN n.name ELSE head([(inspection)-[:UNDER]->(f:Framework) | f.name]) END AS framework,
       coalesce(inspection.started, document.published).year AS year,
       CASE WHEN n:Judgement THEN n.grade END AS grade, n.polarity AS polarity, n.confidence AS confidence
"""
