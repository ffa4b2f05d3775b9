"""Attestations: a report's word on the bodies that serve its authority, beside the memberships of the thesaurus.

Attestations are about things whose members the thesaurus lists: regional agencies, joint services and the like. A
report that names such a thing confirms it for its authority. It contradicts the thing where the sentence says that
the authority has left it. It also contradicts a thing that it does not name, where it names in its place exactly one
other thing of the same kind, which the thesaurus does not list for this authority. Members that no report mentions,
and mentions of no listed member, follow from these; queries find them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from caregraph.graph.resolution.identity import authority_key_of
from caregraph.ontology.records import Mention, Quote, Record
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

_LEFT = re.compile(
    r"\b(?:no longer (?:a |an )?(?:part|member|served|partner)|withdr(?:ew|awn) from"
    r"|(?:council|authority) (?:has |had )?(?:since )?left|(?:left|leaving) the (?:partnership|agency|alliance))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attestation:
    """Confirmation or denial that a thing, by its IRI, serves the report's authority, with the quotation."""

    thing: str
    standing: Literal["confirmed", "contradicted"]
    quote: Quote


def find_attestations(record: Record, vocabulary: Vocabulary) -> Iterator[Attestation]:
    """Yield an attestation for each thing that a resolved record names, in reading order, then the other denials."""
    authority_key = authority_key_of(record)
    if authority_key is None:
        return
    regional = {thing.iri: thing for thing in vocabulary.things if thing.regional}
    named: dict[str, list[Mention]] = {}
    for mention in sorted(record.mentions, key=lambda mention: mention.start):
        if mention.iri in regional:
            named.setdefault(mention.iri, []).append(mention)
    for iri, mentions in named.items():
        sentences = [_sentence(record, mention) for mention in mentions]
        departures = [sentence for sentence in sentences if _LEFT.search(sentence.text)]
        yield Attestation(iri, "contradicted" if departures else "confirmed", (departures or sentences)[0])
    serving = {thing.iri for thing in regional.values() if vocabulary.serves(thing, authority_key)}
    for thing in regional.values():
        if thing.iri in serving - named.keys():
            rivals = [iri for iri in named if _same_kind(regional[iri], thing)]
            if len(rivals) == 1 and serving.isdisjoint(rivals):
                yield Attestation(thing.iri, "contradicted", _sentence(record, named[rivals[0]][0]))


def _same_kind(left: ThingTerm, right: ThingTerm) -> bool:
    return left.kind is not None and left.kind == right.kind


def _sentence(record: Record, mention: Mention) -> Quote:
    """Finding that a mention is in; the mention itself if it is in none."""
    findings = (finding for finding in record.findings if finding.start <= mention.start and mention.end <= finding.end)
    return next(findings, mention)
