"""How many strengths and concerns reports find in a part of practice, council by council.

A finding on a narrower concept counts for the broader one too, and once. The counts say how much reports wrote.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from caregraph.graph.queries.evidence import THINGS
from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader


@dataclass(frozen=True, slots=True)
class Balance:
    """Findings by polarity."""

    strengths: int = 0
    concerns: int = 0
    mixed: int = 0
    neutral: int = 0

    @property
    def said(self) -> int:
        """The findings that value what they speak of: the denominator of every share."""
        return self.strengths + self.concerns + self.mixed

    @property
    def share(self) -> float | None:
        """The strengths among them, from 0 to 1; None where there are none.

        >>> Balance(3, 1).share, Balance(neutral=4).share
        (0.75, None)
        """
        return self.strengths / self.said if self.said else None

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.strengths + other.strengths,
            self.concerns + other.concerns,
            self.mixed + other.mixed,
            self.neutral + other.neutral,
        )


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the scheme, with the IRIs of those it is a part of, and how many findings name it itself."""

    node: Node
    definition: str | None
    broader: tuple[str, ...]
    findings: int


def scheme(store: Reader) -> list[Concept]:
    """Every concept, by name."""
    return [
        Concept(Node(**row["node"]), row["definition"], tuple(row["broader"]), row["findings"])
        for row in store.read(_SCHEME)
    ]


_SCHEME = """
MATCH (k:Concept)
RETURN k {.iri, .name, label: 'Concept'} AS node, k.definition AS definition,
       [(k)-[:BROADER]->(b:Concept) | b.iri] AS broader, COUNT { (k)<-[:CONCERNS]-(:Finding) } AS findings
ORDER BY k.name, k.iri
"""


def on_concept(store: Reader, concept: str, *, since: int | None = None) -> dict[str, Balance]:
    """What reports on each council find on a concept, by the council's IRI.

    Args:
        since: only reports of inspections that began in this year or later.
    """
    return _by(store.read(_ON_CONCEPT, concept=concept, since=since), "council")


_SINCE = """($since IS NULL
  OR coalesce(head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]), d.published).year >= $since)"""

_ON_CONCEPT = f"""
MATCH (k:Concept)-[:BROADER*0..]->(:Concept {{iri: $concept}})
WITH DISTINCT k
MATCH (k)<-[:CONCERNS]-(f:Finding)
WITH DISTINCT f
MATCH (f)<-[:STATES]-(d:Document)
WITH d, f.polarity AS polarity, count(*) AS count WHERE {_SINCE}
MATCH (d)-[:REPORTS_ON]->(c:LocalAuthority)
RETURN c.iri AS council, polarity, sum(count) AS count
"""


def of_councils(store: Reader, councils: Sequence[str], *, since: int | None = None) -> dict[tuple[str, str], Balance]:
    """What reports on these councils find on each concept, by the IRIs of council and concept."""
    return _by(store.read(_OF_COUNCILS, councils=list(councils), since=since), "council", "concept")


_OF_COUNCILS = f"""
MATCH (c:LocalAuthority) WHERE c.iri IN $councils
MATCH (c)<-[:REPORTS_ON]-(d:Document) WHERE {_SINCE}
MATCH (d)-[:STATES]->(f:Finding)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(k:Concept)
RETURN c.iri AS council, k.iri AS concept, f.polarity AS polarity, count(DISTINCT f) AS count
"""


def of_thing(store: Reader, thing: str) -> dict[tuple[str, str], Balance]:
    """What findings that involve a thing say of each concept itself, by the IRIs of council and concept."""
    return _by(store.read(_OF_THING, thing=thing), "council", "concept")


_OF_THING = f"""
MATCH (t:{"|".join(THINGS)} {{iri: $thing}})<-[:INVOLVES]-(f:Finding)-[:CONCERNS]->(k:Concept)
MATCH (f)<-[:STATES]-(:Document)-[:REPORTS_ON]->(c:LocalAuthority)
RETURN c.iri AS council, k.iri AS concept, f.polarity AS polarity, count(DISTINCT f) AS count
"""


def reports(store: Reader, councils: Sequence[str], *, since: int | None = None) -> dict[str, int]:
    """How many reports on each of these councils were read."""
    rows = store.read(_REPORTS, councils=list(councils), since=since)
    return {row["council"]: row["count"] for row in rows}


_REPORTS = f"""
MATCH (c:LocalAuthority)<-[:REPORTS_ON]-(d:Document) WHERE c.iri IN $councils AND {_SINCE}
RETURN c.iri AS council, count(d) AS count
"""


def _by(rows: Iterable[dict[str, Any]], *keys: str) -> dict[Any, Balance]:
    """Rows of polarity and count as a balance for each key."""
    counts: dict[Any, Counter[str]] = defaultdict(Counter)
    for row in rows:
        key = tuple(row[key] for key in keys) if len(keys) > 1 else row[keys[0]]
        counts[key][row["polarity"]] += row["count"]
    return {
        key: Balance(found["strength"], found["concern"], found["mixed"], found["neutral"])
        for key, found in counts.items()
    }
