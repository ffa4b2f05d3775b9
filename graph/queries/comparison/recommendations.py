"""Recommendations: what full inspections ask an authority to improve, what later reports find there, and who does well.

A later finding is on the same topic, not always on the very thing that was asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.graph.queries.comparison.as_at import FULL_INSPECTIONS
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts, counts_of_authorities
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader

INSPECTIONS = 2  # full inspections whose recommendations are looked at, the latest first
FEWEST_STRENGTHS = 3  # of an authority that does well; fewer say little
LEAST_SHARE = 0.8  # of strengths among its rated findings


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFinding:
    """A finding's words, where they stand, and the first ISO day of their inspection."""

    iri: str
    text: str
    polarity: str
    started: str | None
    page: int | None
    paragraph: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a full inspection asked for, and what later reports find on the same topic.

    ``topic`` is the one of its concepts that the fewest findings are about, None if it has none. ``strengths`` and
    ``concerns`` count the later findings there; ``latest`` is the nearest of the latest report that has one.
    """

    asked: DatedFinding
    topic: Node | None
    strengths: int
    concerns: int
    latest: DatedFinding | None


@dataclass(frozen=True, slots=True)
class StrongAuthority:
    """An authority whose latest full inspection finds strengths in a topic, and few concerns."""

    authority: Node
    counts: PolarityCounts


def recommendations(store: Reader, authority: str) -> list[Recommendation]:
    """What the latest full inspections of an authority asked for, the latest first, in the order of the report."""
    rows = store.read(_RECOMMENDATIONS, authority=authority, kinds=FULL_INSPECTIONS, inspections=INSPECTIONS)
    return rows_as(Recommendation, rows)


_FINDING = "{.iri, .text, .polarity, .page, .paragraph, started: toString(%s)}"
_RECOMMENDATIONS = f"""
MATCH (c:LocalAuthority {{iri: $authority}})<-[:REPORTS_ON]-(d:Document)<-[:REPORTED_IN]-(i:Inspection)
WHERE d.kind IN $kinds AND i.started IS NOT NULL
WITH c, i, d ORDER BY i.started IS NULL, i.started DESC, d.source
WITH c, i, collect(d) AS documents ORDER BY i.started IS NULL, i.started DESC LIMIT $inspections
UNWIND documents AS d
MATCH (d)-[:STATES]->(asked:Finding) WHERE asked.kind IN ['recommendation', 'priority-action', 'area-for-improvement']
WITH c, i, d, asked, head(COLLECT {{
  MATCH (asked)-[:CONCERNS]->(k:Concept)
  RETURN k ORDER BY COUNT {{ (k)<-[:CONCERNS]-() }}, k.iri LIMIT 1 }}) AS topic
CALL (c, i, topic) {{
  OPTIONAL MATCH (c)<-[:REPORTS_ON]-(later:Document)<-[:REPORTED_IN]-(visit:Inspection)
  WHERE visit.started > i.started
  OPTIONAL MATCH (later)-[:STATES]->(found:Finding)-[:CONCERNS]->(topic) WHERE found.polarity IN ['strength', 'concern']
  WITH found, visit.started AS started ORDER BY started IS NULL, started DESC, found.confidence DESC, found.iri
  RETURN count(CASE found.polarity WHEN 'strength' THEN 1 END) AS strengths,
         count(CASE found.polarity WHEN 'concern' THEN 1 END) AS concerns,
         head(collect(found {_FINDING % "started"})) AS latest
}}
RETURN asked {_FINDING % "i.started"} AS asked, topic {{.iri, .name, label: 'Concept'}} AS topic, strengths, concerns,
       latest
ORDER BY i.started IS NULL, i.started DESC, d.source, asked.start
"""


def strong_authorities(
    store: Reader, authorities: Sequence[Node], topics: Sequence[str], *, limit: int
) -> dict[str, list[StrongAuthority]]:
    """The authorities that do well in each topic by their latest full inspection, in the order given, a few of each.

    Args:
        authorities: those who may help, the nearest first.
        topics: IRIs of concepts.
    """
    counts = counts_of_authorities(store, [authority.iri for authority in authorities])
    strong: dict[str, list[StrongAuthority]] = {}
    for topic in topics:
        able = [
            StrongAuthority(authority, counts[authority.iri, topic])
            for authority in authorities
            if does_well(counts.get((authority.iri, topic), PolarityCounts()))
        ]
        strong[topic] = able[:limit]
    return strong


def does_well(counts: PolarityCounts) -> bool:
    """Tell whether findings are nearly all strengths, and enough of them.

    >>> does_well(PolarityCounts(5, 1)), does_well(PolarityCounts(5, 2)), does_well(PolarityCounts(2))
    (True, False, False)
    """
    return counts.strengths >= FEWEST_STRENGTHS and (counts.strength_share or 0) >= LEAST_SHARE
