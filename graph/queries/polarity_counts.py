"""Polarity counts: the strengths and concerns that reports find in a part of practice, authority by authority.

A finding on a narrower concept counts for the broader one too, and once. The counts say how much reports wrote. Those
that compare authorities rest on each one's latest full inspection, unless the caller counts
more (`queries.comparison.as_at`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.comparison.as_at import LATEST, counted_documents
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class PolarityCounts:
    """Numbers of findings by polarity."""

    strengths: int = 0
    concerns: int = 0
    mixed: int = 0
    neutral: int = 0

    @property
    def rated(self) -> int:
        """Findings that are not neutral: the denominator of every share."""
        return self.strengths + self.concerns + self.mixed

    @property
    def strength_share(self) -> float | None:
        """Strengths among the rated findings, from 0 to 1; None where there are none.

        >>> PolarityCounts(3, 1).strength_share, PolarityCounts(neutral=4).strength_share
        (0.75, None)
        """
        return self.strengths / self.rated if self.rated else None

    def __add__(self, added: "PolarityCounts") -> "PolarityCounts":
        return PolarityCounts(
            self.strengths + added.strengths,
            self.concerns + added.concerns,
            self.mixed + added.mixed,
            self.neutral + added.neutral,
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the scheme, with the IRIs of its broader concepts; ``findings`` counts those on itself alone."""

    node: Node
    definition: str | None
    broader: tuple[str, ...]
    findings: int


def concept_scheme(store: Reader) -> list[Concept]:
    """Every concept, by name."""
    return rows_as(Concept, store.read(_SCHEME))


_SCHEME = """
MATCH (k:Concept)
RETURN k {.iri, .name, label: 'Concept'} AS node, k.definition AS definition,
       [(k)-[:BROADER]->(b:Concept) | b.iri] AS broader, COUNT { (k)<-[:CONCERNS]-(:Finding) } AS findings
ORDER BY k.name, k.iri
"""


def counts_on_concept(
    store: Reader, concept: str, *, counted: str = LATEST, since: int | None = None
) -> dict[str, PolarityCounts]:
    """Findings of each authority's reports on a concept, by the authority's IRI.

    Args:
        counted: which reports, one of `as_at.COUNTED`.
        since: only reports of inspections that began in this year or later.
    """
    documents = counted_documents(store, counted)
    return _counts_by(store.read(_ON_CONCEPT, concept=concept, documents=documents, since=since), "authority")


_COUNTED = """($documents IS NULL OR d.iri IN $documents) AND ($since IS NULL
  OR coalesce(head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]), d.published).year >= $since)"""

_ON_CONCEPT = f"""
MATCH (k:Concept)-[:BROADER*0..]->(:Concept {{iri: $concept}})
WITH DISTINCT k
MATCH (k)<-[:CONCERNS]-(f:Finding)
WITH DISTINCT f
MATCH (f)<-[:STATES]-(d:Document)
WITH d, f.polarity AS polarity, count(*) AS count WHERE {_COUNTED}
MATCH (d)-[:REPORTS_ON]->(c:LocalAuthority)
RETURN c.iri AS authority, polarity, sum(count) AS count
"""


def counts_of_authorities(
    store: Reader, authorities: Sequence[str], *, counted: str = LATEST, since: int | None = None
) -> dict[tuple[str, str], PolarityCounts]:
    """Findings of these authorities' reports on each concept, by the IRIs of authority and concept."""
    documents = counted_documents(store, counted)
    rows = store.read(_OF_AUTHORITIES, authorities=list(authorities), documents=documents, since=since)
    return _counts_by(rows, "authority", "concept")


_OF_AUTHORITIES = f"""
MATCH (c:LocalAuthority) WHERE c.iri IN $authorities
MATCH (c)<-[:REPORTS_ON]-(d:Document) WHERE {_COUNTED}
MATCH (d)-[:STATES]->(f:Finding)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(k:Concept)
RETURN c.iri AS authority, k.iri AS concept, f.polarity AS polarity, count(DISTINCT f) AS count
"""


def counts_on_thing(store: Reader, thing: str) -> dict[tuple[str, str], PolarityCounts]:
    """Findings that involve a thing, on each concept itself, by the IRIs of authority and concept."""
    return _counts_by(store.read(_ON_THING, thing=thing), "authority", "concept")


_ON_THING = f"""
MATCH (t:{"|".join(NAMED_THING_LABELS)} {{iri: $thing}})<-[:INVOLVES]-(f:Finding)-[:CONCERNS]->(k:Concept)
MATCH (f)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c:LocalAuthority)
RETURN c.iri AS authority, k.iri AS concept, f.polarity AS polarity, count(DISTINCT f) AS count
"""


def report_counts(
    store: Reader, authorities: Sequence[str], *, counted: str = LATEST, since: int | None = None
) -> dict[str, int]:
    """The number of reports on each of these authorities that are counted; an authority without any is left out."""
    documents = counted_documents(store, counted)
    rows = store.read(_REPORTS, authorities=list(authorities), documents=documents, since=since)
    return {row["authority"]: row["count"] for row in rows}


_REPORTS = f"""
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document) WHERE c.iri IN $authorities AND {_COUNTED}
RETURN c.iri AS authority, count(d) AS count
"""


def _counts_by(rows: Iterable[Mapping[str, Any]], *columns: str) -> dict[Any, PolarityCounts]:
    """Rows of polarity and count as polarity counts for each value of a column, or of several together."""
    by_key: dict[Any, Counter[str]] = defaultdict(Counter)
    for row in rows:
        key = tuple(row[column] for column in columns) if len(columns) > 1 else row[columns[0]]
        by_key[key][row["polarity"]] += row["count"]
    return {
        key: PolarityCounts(counts["strength"], counts["concern"], counts["mixed"], counts["neutral"])
        for key, counts in by_key.items()
    }
