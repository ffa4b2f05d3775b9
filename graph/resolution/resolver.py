"""What each named thing and person is: from the words of one document to an IRI.

What a thing is by itself depends on its own document and the vocabulary alone.
Which of these are one across documents is decided elsewhere, by rule (see
`resolution.clustering`) or by a person, and those decisions are replayed here.
The rules for a thing, in order:

- regional-member   a regional body, by any spelling, that serves the council
- unnamed-member    'the regional adoption agency', where the council has only one
- national          a national programme, agency or process
- own-instance      a generic kind, of which the council has its own
- kind              the generic kind itself, where the document names no council
- regional-named    a regional body of the council's region, named in full
- local-name        any other name is the council's own; two documents of one
                    council that use it, give or take case and punctuation, mean one thing

A name that none of them fits, in a document that names no council, stays unresolved.

An acronym is trusted only where it means one thing that serves the council:
two agencies are called ATV. Things are never one across councils for having
one name. Inspectors are known by name and year, leaders by name and council.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TypeVar

from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.identity import Identity, name_key, place_of, year_of
from caregraph.ontology.iris import instance_iri, local_iri, person_iri, slug, thing_iri, type_of
from caregraph.ontology.records import INSPECTOR_ROLES, Authority, Finding, Mention, Person, Record
from caregraph.ontology.register import AuthorityTerm
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

Found = TypeVar("Found", Mention, Person)


def resolve(records: Iterable[Record], vocabulary: Vocabulary, decisions: Decisions | None = None) -> Iterator[Record]:
    """Give every mention and person its IRI, and every finding the IRIs of what it involves.

    The words stay as they are; a mention's ``term`` becomes the entry it was taken to be, or None.
    """
    resolver = Resolver(vocabulary, decisions or Decisions())
    return (resolver.resolve(record) for record in records)


class Resolver:
    """The rules of this module over one vocabulary and one set of decisions."""

    def __init__(self, vocabulary: Vocabulary, decisions: Decisions) -> None:
        self._vocabulary = vocabulary
        self._decisions = decisions
        self._councils = {term.gss: term for term in vocabulary.authorities}
        self._listed = {thing.iri: thing for thing in vocabulary.things}
        self._spelled = _index(vocabulary)
        self._of_kind: dict[str, list[ThingTerm]] = defaultdict(list)
        for thing in vocabulary.things:
            if thing.regional and thing.kind:
                self._of_kind[thing.kind].append(thing)
        self._identified: dict[tuple[object, ...], Identity | None] = {}

    def resolve(self, record: Record) -> Record:
        """The record with its council looked up, and its mentions, people and findings resolved."""
        record = replace(record, authority=self.authority(record))
        place = place_of(record)
        mentions = tuple(self._resolved(mention, self.identify(mention, place)) for mention in record.mentions)
        iris = {mention.name: mention.iri for mention in mentions if mention.iri}
        return replace(
            record,
            mentions=mentions,
            people=tuple(self._resolved(person, self.identify_person(person, record)) for person in record.people),
            findings=tuple(_involving(finding, iris) for finding in record.findings),
        )

    def named_in(self, record: Record) -> frozenset[str]:
        """The IRIs of all that a record names, before decisions are replayed."""
        record = replace(record, authority=self.authority(record))
        place = place_of(record)
        found = [self.identify(mention, place) for mention in record.mentions]
        found += [self.identify_person(person, record) for person in record.people]
        return frozenset(identity.iri for identity in found if identity)

    def replayed(self, iris: Iterable[str]) -> str:
        """A digest of what decisions make of some IRIs, and why; the same as none at all if they do nothing to them."""
        moved = (f"{iri} {self.canonical(iri)}" for iri in sorted(iris) if self.canonical(iri) != iri)
        return sha256("\n".join(moved).encode()).hexdigest()[:8]

    def authority(self, record: Record) -> Authority | None:
        """The council of that name that was there when the inspection ran; as the record says if that is not one.

        >>> from datetime import date
        >>> from caregraph.ontology.vocabulary import load_vocabulary
        >>> dorset = Record(source="a.pdf", sha256="0", title=None, kind=None, authority=Authority("Dorset", None))
        >>> resolver = Resolver(load_vocabulary(), Decisions())
        >>> [resolver.authority(replace(dorset, published=date(year, 6, 1))).gss for year in (2016, 2022)]
        ['E10000009', 'E06000059']
        """
        if record.authority is None:
            return None
        when = record.inspected[0][0] if record.inspected else record.published
        named = self._vocabulary.authorities_named(record.authority.name)
        there = [term for term in named if (term.existed_on(when) if when else term.ended is None)]
        meant = there or named  # a council may be reported on after its last day
        return Authority(meant[0].name, meant[0].gss) if len(meant) == 1 else record.authority

    def identify(self, mention: Mention, place: str | None) -> Identity | None:
        """What the mention is, in a report on the council at ``place``; None if that cannot be told."""
        known = (mention.name, mention.text, mention.aliases, mention.term, mention.type, place)
        if known not in self._identified:
            self._identified[known] = self._identify(mention, place)
        return self._identified[known]

    def _identify(self, mention: Mention, place: str | None) -> Identity | None:
        candidates = self._candidates(mention, place)
        serving = [thing for thing in candidates if thing.regional and self._serves(thing, place)]
        if len(serving) == 1:
            return _whole(
                serving[0], "regional-member", f"'{mention.name}' means {serving[0].label}, which serves the council"
            )
        if (general := _general(mention, candidates)) is not None:
            if (meant := self._only_one(general, mention, place)) is not None:
                why = f"'{mention.name}' of a council means {meant.label}, the only one that serves it"
                return _whole(meant, "unnamed-member", why)
            return _general_identity(general, place)
        in_full = [thing for thing in self._spelling(slug(mention.name)) if self._in_region(thing, place)]
        if len(in_full) == 1 and not serving:
            return _whole(
                in_full[0], "regional-named", f"{in_full[0].label} is named in full by a council of its region"
            )
        if place is None:
            return None
        iri = local_iri(place, mention.type, name_key(mention.name))
        why = f"no list has '{mention.name}' as something that serves the council"
        return Identity(iri, mention.name, mention.type, place, "local-name", why, scope="local")

    def identify_person(self, person: Person, record: Record) -> Identity | None:
        """Who the person is: an inspector of that name in that year, or a leader of that name in the council.

        That the inspector of another year is the same one is for `resolution.clustering` to say, or a person.
        """
        key, year, place = name_key(person.name), year_of(record), place_of(record)
        if person.role in INSPECTOR_ROLES:
            iri = person_iri(f"{key} inspector {year or record.sha256[:8]}")
            why = "an inspector is known by name and year"
            return Identity(iri, person.name, "person", "", "inspector-name", why)
        if place is None:
            return None
        why = "a leader is known by name and council"
        return Identity(person_iri(f"{key} of {place}"), person.name, "person", place, "leader-name", why)

    def canonical(self, iri: str) -> str:
        """The IRI that stands for all that were decided to be one thing.

        A listed one does, else a council's instance of a listed kind, else the first in order.
        """
        return min(
            self._decisions.one_with(iri), key=lambda one: (one not in self._listed, self._kind(one) is None, one)
        )

    def taken(self, identity: Identity) -> Identity:
        """What a name is taken for once decisions are replayed."""
        iri = self.canonical(identity.iri)
        if iri == identity.iri:
            return identity
        why = "; ".join(f"{decision.why} ({decision.by})" for decision in self._decisions.between(identity.iri, iri))
        if (thing := self._listed.get(iri)) is not None:
            return _whole(thing, "decision", why)
        if (kind := self._kind(iri)) is not None:
            return replace(_whole(kind, "decision", why), iri=iri, place=identity.place, scope="local", kind=kind.iri)
        return replace(identity, iri=iri, type=type_of(iri), rule="decision", why=why)

    def listed(self, places: Iterable[str]) -> Iterator[tuple[Identity, tuple[str, ...]]]:
        """What the thesaurus has, with its names; of what each council has its own, those of the councils at places."""
        for thing in self._vocabulary.things:
            names = tuple(dict.fromkeys((thing.label, *(spelling.text for spelling in thing.spellings))))
            if thing.scope == "local":
                yield from ((_own(thing, place), names) for place in places)
            else:
                yield _whole(thing, "listed", f"the thesaurus has {thing.label}"), names

    def council(self, place: str) -> AuthorityTerm | None:
        """The council at a place (see `place_of`), if the register has it."""
        return self._councils.get(place)

    def _kind(self, iri: str) -> ThingTerm | None:
        """The generic kind of which an IRI is a council's instance."""
        return self._listed.get(iri.rpartition("-of-")[0])

    def _resolved(self, found: Found, identity: Identity | None) -> Found:
        taken = self.taken(identity) if identity else None
        if isinstance(found, Person):
            return replace(found, iri=taken.iri if taken else None)
        if taken is None:
            return replace(found, iri=None, term=None)
        return replace(found, iri=taken.iri, term=taken.term, type=taken.type)  # of one type, in whatever document

    def _candidates(self, mention: Mention, place: str | None) -> list[ThingTerm]:
        """The entry that matched, those spelled like the mention, the local ones spelled so without the council."""
        found = [self._vocabulary.thing(mention.term)] if mention.term else []
        for name in dict.fromkeys((mention.name, mention.text, *mention.aliases)):
            found += (*self._spelling(name), *self._spelling(slug(name)))
            found += (thing for thing in self._spelling(_hidden(name)) if self._serves(thing, place))
        bare = self._without_council(mention.name, place)
        found += (thing for key in (bare, slug(bare)) for thing in self._spelling(key) if thing.scope == "local")
        return list(dict.fromkeys(found))

    def _spelling(self, key: str) -> Sequence[ThingTerm]:
        return self._spelled.get(key, ())

    def _without_council(self, name: str, place: str | None) -> str:
        """'Durham youth justice service' is, in Durham, 'youth justice service'."""
        spellings = self._councils[place].spellings if place in self._councils else ()
        for spelling in sorted(spellings, key=len, reverse=True):
            if match := re.fullmatch(rf"(?:the )?{re.escape(spelling)}(?:['’]s)? (.+)", name, re.IGNORECASE):
                return match[1]
        return name

    def _only_one(self, kind: ThingTerm, mention: Mention, place: str | None) -> ThingTerm | None:
        """The one agency of a kind that serves the council; of several none, and none for words that mean many.

        Only agencies are asked about: a region's youth council stands beside each council's own.
        """
        many = mention.text.endswith("s") and any(mention.text[:-1] == spelling.text for spelling in kind.spellings)
        if kind.type != "agency" or many:
            return None
        serving = [thing for thing in self._of_kind.get(kind.id, ()) if self._serves(thing, place)]
        return serving[0] if len(serving) == 1 else None

    def _serves(self, thing: ThingTerm, place: str | None) -> bool:
        councils = self._and_successors(place) if place else set()
        members = {member.authority for member in thing.members if member.standing != "contradicted"}
        return thing.host in councils or not members.isdisjoint(councils)

    def _in_region(self, thing: ThingTerm, place: str | None) -> bool:
        members = [self._councils[member.authority] for member in thing.members if member.authority in self._councils]
        return place in self._councils and any(member.region == self._councils[place].region for member in members)

    def _and_successors(self, place: str) -> set[str]:
        """Memberships are of today's councils: what serves Cumberland also counts for Cumbria."""
        term = self._councils.get(place)
        return {place}.union(*(self._and_successors(successor) for successor in term.successors)) if term else {place}


def _index(vocabulary: Vocabulary) -> Mapping[str, Sequence[ThingTerm]]:
    """Things by spelling: acronyms as they are, the others as slugs, hidden ones marked so."""
    spelled: dict[str, list[ThingTerm]] = defaultdict(list)
    for thing in vocabulary.things:
        for spelling in thing.spellings:
            spelled[spelling.text if spelling.acronym else slug(spelling.text)].append(thing)
        for text in thing.hidden if thing.regional else ():
            spelled[_hidden(text)].append(thing)
    return spelled


def _hidden(text: str) -> str:
    return f"hidden: {text}"


def _general(mention: Mention, candidates: list[ThingTerm]) -> ThingTerm | None:
    """The one candidate that is no regional body; of several, the one whose spelling was matched."""
    general = [thing for thing in candidates if not thing.regional]
    matched = [thing for thing in general if thing.id == mention.term]
    return (matched or general)[0] if matched or len(general) == 1 else None


def _general_identity(thing: ThingTerm, place: str | None) -> Identity:
    if thing.scope == "national":
        return _whole(thing, "national", f"{thing.label} is one for the whole country")
    if place is None:
        return _whole(thing, "kind", f"the document names no council whose {thing.label} it could be")
    return _own(thing, place)


def _own(thing: ThingTerm, place: str) -> Identity:
    own = _whole(thing, "own-instance", f"each council has its own {thing.label}")
    return replace(own, iri=instance_iri(thing.iri, place), place=place, scope="local", kind=thing.iri)


def _whole(thing: ThingTerm, rule: str, why: str) -> Identity:
    kind = thing_iri(*thing.kind.split(":", 1)) if thing.kind else None
    return Identity(thing.iri, thing.label, thing.type, "", rule, why, thing.id, thing.scope, kind)


def _involving(finding: Finding, iris: dict[str, str]) -> Finding:
    return replace(finding, involves=tuple(dict.fromkeys(iris[name] for name in finding.involves if name in iris)))
