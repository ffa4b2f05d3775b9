"""Disagreements: where reports on councils of a region speak differently of one thing that they share.

Two reports differ where one tells a strength and the other a concern on the same topic, about the same thing, and
their inspections began at most two years apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.graph.queries.rows import rows_as
from caregraph.graph.readers import Reader

MOST_DAYS = 731  # between two inspections whose reports are held against each other
AGREE, DIFFER = "agree", "differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFinding:
    """A finding's words, where they stand, and the first ISO day of their inspection."""

    iri: str
    text: str
    polarity: str
    started: str | None
    page: int | None
    paragraph: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A strength or a concern that a report on an authority tells of a thing, on a topic."""

    thing: str
    topic: Node
    authority: Node
    finding: DatedFinding


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A strength and a concern on one topic, told of one thing, by its IRI, in reports on two authorities."""

    thing: str
    topic: Node
    strength: Statement
    concern: Statement


def statements_on_things(store: Reader, region: str, things: Sequence[str]) -> list[Statement]:
    """The strengths and concerns that reports on authorities of a region tell of things, the latest first."""
    return rows_as(Statement, store.read(_STATEMENTS, region=region, things=list(things)))


_STATEMENTS = f"""
MATCH (t:{"|".join(NAMED_THING_LABELS)}) WHERE t.iri IN $things
MATCH (t)<-[:INVOLVES]-(f:Finding)<-[:STATES]-(d:Document)<-[:REPORTED_IN]-(i:Inspection)
WHERE f.polarity IN ['strength', 'concern'] AND i.started IS NOT NULL
MATCH (d)-[:REPORTS_ON]->(c:LocalAuthority)-[:IN_REGION]->(:Region {{iri: $region}})
MATCH (f)-[:CONCERNS]->(k:Concept)
WITH DISTINCT t, k, c, f, i
RETURN t.iri AS thing, k {{.iri, .name, label: 'Concept'}} AS topic,
       c {{.iri, .name, label: 'LocalAuthority'}} AS authority,
       f {{.iri, .text, .polarity, .page, .paragraph, started: toString(i.started)}} AS finding
ORDER BY i.started IS NULL, i.started DESC, c.name, f.iri, k.iri
"""


def disagreements(statements: Iterable[Statement]) -> list[Disagreement]:
    """The latest pair of statements that differ on each thing and topic.

    Args:
        statements: the latest first.
    """
    found = []
    for of_topic in _by_thing_and_topic(statements).values():
        strengths, concerns = (
            [said for said in of_topic if said.finding.polarity == polarity] for polarity in ("strength", "concern")
        )
        pairs = (
            Disagreement(strength.thing, strength.topic, strength, concern)
            for strength, concern in product(strengths, concerns)
            if strength.authority != concern.authority and _days_between(strength, concern) <= MOST_DAYS
        )
        found += list(pairs)[:1]
    return found


def agreement_on_things(statements: Iterable[Statement]) -> dict[str, str]:
    """AGREE or DIFFER by the thing's IRI; a thing of which no two reports tell the same is left out."""
    statements = list(statements)
    standing: dict[str, str] = {}
    for (thing, _), of_topic in _by_thing_and_topic(statements).items():
        told = {(said.authority.iri, said.finding.polarity) for said in of_topic}
        if any(count > 1 for count in Counter(polarity for _, polarity in told).values()):
            standing[thing] = AGREE
    return standing | {pair.thing: DIFFER for pair in disagreements(statements)}


def _by_thing_and_topic(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Statement]]:
    grouped: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for said in statements:
        grouped[said.thing, said.topic.iri].append(said)
    return grouped


def _days_between(first: Statement, second: Statement) -> int:
    days = [date.fromisoformat((said.finding.started or "")[:10]) for said in (first, second)]
    return abs((days[0] - days[1]).days)
