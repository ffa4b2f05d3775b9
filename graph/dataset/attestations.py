"""Attestations: a report's word on the bodies that serve its authority, beside the memberships of the thesaurus.

Attestations are about things whose members the thesaurus lists: regional agencies, joint services and the like. A
report that prints the name of such a thing confirms it for its authority; one that only names its kind, such as 'the
regional adoption agency', implies it. Where a sharing statement says that the authority has left the thing, or is to
join it, the attestation says that instead. A report contradicts a thing that it does not name where it names in its
place exactly one other adoption agency or trust, which the thesaurus does not list for this authority. Members that no
report mentions, and mentions of no listed member, follow from these; queries find them.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from caregraph.graph.resolution.identity import authority_key_of
from caregraph.ontology.iris import slug
from caregraph.ontology.records import Mention, Quote, Record, SharingStatement
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

AttestedStanding = Literal["confirmed", "implied", "joining", "left", "contradicted"]
_ONE_TO_A_COUNCIL = frozenset({"agency:regional-adoption-agency", "agency:childrens-trust-company"})
_OF_RELATION: dict[str, AttestedStanding] = {"left": "left", "joining": "joining"}


@dataclass(frozen=True, slots=True)
class Attestation:
    """Word of a report on a thing, by its IRI, that serves its authority or does not, with the quotation."""

    thing: str
    standing: AttestedStanding
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
        statements = [statement for statement in record.sharing if statement.iri == iri]
        yield _attest(record, regional[iri], mentions, statements)
    serving = {thing.iri for thing in regional.values() if vocabulary.serves(thing, authority_key)}
    for thing in regional.values():
        if thing.iri in serving - named.keys():
            rivals = [iri for iri in named if _takes_its_place(regional[iri], thing)]
            if len(rivals) == 1 and serving.isdisjoint(rivals):
                yield Attestation(thing.iri, "contradicted", _sentence(record, named[rivals[0]][0]))


def _attest(
    record: Record, thing: ThingTerm, mentions: Sequence[Mention], statements: Sequence[SharingStatement]
) -> Attestation:
    """Attestation of a thing that is named: by the last statement that its authority left or joins it, else by name."""
    changes = [statement for statement in statements if statement.relation in _OF_RELATION]
    if changes:
        return Attestation(thing.iri, _OF_RELATION[changes[-1].relation], changes[-1])
    names = {slug(name) for name in (thing.label, *(spelling.text for spelling in thing.spellings), *thing.hidden)}
    by_name = [mention for mention in mentions if _prints_one(mention, names)]
    standing: AttestedStanding = "confirmed" if by_name else "implied"
    return Attestation(thing.iri, standing, _sentence(record, (by_name or mentions)[0]))


def _prints_one(mention: Mention, names: Set[str]) -> bool:
    """Tell if a document prints one of a thing's names there, or a short form of one that it printed before."""
    return any(slug(name) in names for name in (mention.text, mention.name, *mention.aliases))


def _takes_its_place(named: ThingTerm, thing: ThingTerm) -> bool:
    """Tell if a council has one of the two at most; a report may well name a neighbour's police or health board."""
    return named.kind == thing.kind and thing.kind in _ONE_TO_A_COUNCIL


def _sentence(record: Record, mention: Mention) -> Quote:
    """Finding that a mention is in; the mention itself if it is in none."""
    findings = (finding for finding in record.findings if finding.start <= mention.start and mention.end <= finding.end)
    return next(findings, mention)
