"""What a report says of who serves its council, against what the thesaurus asserts.

Asked of are things of which the thesaurus lists the members: regional agencies, joint services and the like. A report
that names one confirms it for its council. It contradicts one where the sentence says that the council has left it,
and one that it does not name, but in whose place it names one other of the same kind, which the thesaurus does not
have down for this council. Who is silent, and who is no listed member, follows from these, and is left to whoever asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from caregraph.graph.resolution.identity import place_of
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
    """That a report says, or denies, that a thing, by its IRI, serves its council; ``quote`` are the words."""

    thing: str
    standing: Literal["confirmed", "contradicted"]
    quote: Quote


def attestations(record: Record, vocabulary: Vocabulary) -> Iterator[Attestation]:
    """One for each thing that a resolved record speaks of, in reading order, and one for each that it denies."""
    place = place_of(record)
    if place is None:
        return
    regional = {thing.iri: thing for thing in vocabulary.things if thing.regional}
    named: dict[str, list[Mention]] = {}
    for mention in sorted(record.mentions, key=lambda one: one.start):
        if mention.iri in regional:
            named.setdefault(mention.iri, []).append(mention)
    for iri, mentions in named.items():
        sentences = [_sentence(record, mention) for mention in mentions]
        left = [sentence for sentence in sentences if _LEFT.search(sentence.text)]
        yield Attestation(iri, "contradicted" if left else "confirmed", (left or sentences)[0])
    served = {thing.iri for thing in regional.values() if vocabulary.serves(thing, place)}
    for thing in regional.values():
        if thing.iri in served - named.keys():
            rivals = [iri for iri in named if _same_kind(regional[iri], thing)]
            if len(rivals) == 1 and served.isdisjoint(rivals):
                yield Attestation(thing.iri, "contradicted", _sentence(record, named[rivals[0]][0]))


def _same_kind(one: ThingTerm, other: ThingTerm) -> bool:
    return one.kind is not None and one.kind == other.kind


def _sentence(record: Record, mention: Mention) -> Quote:
    """The finding that a name stands in, or where there is none the name itself."""
    around = (finding for finding in record.findings if finding.start <= mention.start and mention.end <= finding.end)
    return next(around, mention)
