"""What councils share, thing by thing: who is expected to, who does as reports say, and where reports differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

from caregraph.graph.queries.evidence import THINGS
from caregraph.graph.queries.neighbourhood import Node
from caregraph.graph.readers import Reader

Standing = Literal["confirmed", "contradicted", "silent", "asserted", "unlisted", "named"]
YEARS = 2  # inspections that begin at most so many years apart are of overlapping years


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of a report, and where they stand: ``page`` from 1, ``start`` and ``end`` characters of the document."""

    document: str
    file: str
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A council that a thing serves or is said to serve.

    ``standing`` of a listed member is confirmed, contradicted or silent by its reports, or asserted where none was
    read; unlisted is who only its own report names; of a thing without a list of members every council is named.
    ``source`` is the list, ``certainty`` how sure it is; ``reports`` counts the reports on the council, ``naming``
    those that name the thing; ``words`` are what the standing rests on, None where it rests on silence or the list.
    """

    council: Node
    standing: Standing
    source: str | None
    certainty: str | None
    hosts: bool
    reports: int
    naming: int
    words: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A finding that involves a thing. ``day`` is the inspection's first in ISO form, or of publication, if known."""

    finding: Node
    council: Node
    polarity: str
    kind: str
    confidence: float
    day: str | None
    concepts: tuple[Node, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """What reports on two councils say of a thing on one concept, in overlapping years: the same, or the contrary."""

    concept: Node
    agree: bool
    one: Saying
    other: Saying


def members(store: Reader, thing: Node) -> list[Member]:
    """Every council that is a listed member of a thing, or whose reports name it, by name."""
    rows = store.read(_MEMBERS, iri=thing.iri)
    listing = any(row["member"] for row in rows)
    return [_member(row, listing=listing) for row in rows]


_MEMBERS = f"""
MATCH (t:{"|".join(THINGS)} {{iri: $iri}})-[:SERVES|HOSTED_BY|USES|ATTESTED_FOR]-(c:LocalAuthority)
WITH DISTINCT t, c
OPTIONAL MATCH (t)-[m:SERVES]->(c)
WITH t, c, head(collect(m {{.source, .certainty}})) AS member
CALL (t, c) {{
  OPTIONAL MATCH (t)-[a:ATTESTED_FOR]->(c)
  OPTIONAL MATCH (d:Document {{iri: a.document}})
  WITH a, d, head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]) AS started
  ORDER BY coalesce(toString(started), toString(d.published), '') DESC, a.document
  RETURN collect(a {{.standing, .document, .page, .start, .end, .text, file: d.source}})[0] AS said
}}
CALL (t, c) {{
  OPTIONAL MATCH (t)<-[q:MENTIONS]-(p:Passage)-[:PART_OF]->(d:Document)-[:REPORTS_ON]->(c)
  WITH q, p, d ORDER BY d.source, q.start
  WITH p, d, head([(f:Finding)-[:EVIDENCED_BY]->(p) WHERE f.start <= q.start AND q.end <= f.end | f]) AS f
  WITH d, coalesce(f, p) AS held
  RETURN count(DISTINCT d) AS naming,
         collect(held {{document: d.iri, .page, .start, .end, .text, file: d.source}})[0] AS named
}}
RETURN c {{.iri, .name, label: 'LocalAuthority'}} AS council, member, EXISTS {{ (t)-[:HOSTED_BY]->(c) }} AS hosts,
       said, named, naming, COUNT {{ (c)<-[:REPORTS_ON]-(:Document) }} AS reports
ORDER BY c.name
"""


def _member(row: dict[str, Any], *, listing: bool) -> Member:
    member, said = row["member"] or {}, row["said"] or {}
    standing, words = _standing(row, listing=listing), said or row["named"]
    place = {field: words[field] for field in Words.__slots__} if words else None
    return Member(
        council=Node(**row["council"]),
        standing=standing,
        source=member.get("source"),
        certainty=member.get("certainty"),
        hosts=row["hosts"],
        reports=row["reports"],
        naming=row["naming"],
        words=Words(**place) if place else None,
    )


def _standing(row: dict[str, Any], *, listing: bool) -> Standing:
    if not row["member"]:
        return "unlisted" if listing else "named"
    if row["said"] and row["said"]["standing"] == "contradicted":
        return "contradicted"
    if row["naming"]:
        return "confirmed"
    return "silent" if row["reports"] else "asserted"


def sayings(store: Reader, thing: Node) -> list[Saying]:
    """Every finding that involves a thing, by council, the latest first."""
    return [_saying(row) for row in store.read(_SAYINGS, iri=thing.iri)]


_SAYINGS = f"""
MATCH (:{"|".join(THINGS)} {{iri: $iri}})<-[:INVOLVES]-(f:Finding)
MATCH (f)<-[:STATES]-(d:Document)-[:REPORTS_ON]->(c:LocalAuthority)
WITH f, d, c, head([(i:Inspection)-[:REPORTED_IN]->(d) | i.started]) AS started
WITH f, d, c, toString(coalesce(started, d.published)) AS day
RETURN f {{.iri, .name, label: 'Finding'}} AS finding, c {{.iri, .name, label: 'LocalAuthority'}} AS council,
       f.polarity AS polarity, f.kind AS kind, f.confidence AS confidence, day,
       COLLECT {{ MATCH (f)-[:CONCERNS]->(k) RETURN k {{.iri, .name, label: 'Concept'}} ORDER BY k.name }} AS concepts,
       f {{document: d.iri, file: d.source, .page, .start, .end, .text}} AS words
ORDER BY c.name, coalesce(day, '') DESC, d.source, f.start
"""


def _saying(row: dict[str, Any]) -> Saying:
    finding, council, words = Node(**row.pop("finding")), Node(**row.pop("council")), Words(**row.pop("words"))
    concepts = tuple(Node(**concept) for concept in row.pop("concepts"))
    return Saying(finding=finding, council=council, words=words, concepts=concepts, **row)


def comparisons(found: Sequence[Saying], *, years: int = YEARS) -> list[Comparison]:
    """Where reports on two councils speak of one concept in overlapping years, contradictions first.

    Of several findings of one report on a concept with one polarity the surest stands for all. What is mixed, neutral
    or of no day is compared with nothing.
    """
    surest: dict[tuple[str, str, str], tuple[Node, Saying]] = {}
    for saying in sorted(found, key=lambda one: one.confidence):
        if saying.polarity in ("strength", "concern") and saying.day:
            for concept in saying.concepts:
                surest[concept.iri, saying.words.document, saying.polarity] = (concept, saying)
    pairs = combinations(
        sorted(surest.values(), key=lambda one: (one[0].name, one[1].council.name, one[1].day or "")), 2
    )
    compared = [
        Comparison(concept, one.polarity == other.polarity, one, other)
        for (concept, one), (also, other) in pairs
        if concept == also and one.council != other.council and _near(one, other, years)
    ]
    return sorted(compared, key=lambda one: (one.agree, one.concept.name))


def _near(one: Saying, other: Saying, years: int) -> bool:
    first, last = sorted(_days(one, other))
    return (last.year, last.month, last.day) <= (first.year + years, first.month, first.day)


def _days(*said: Saying) -> Iterator[date]:
    return (date.fromisoformat(one.day) for one in said if one.day)
