"""What each named thing and person is: from the words of one document to an IRI.

What a thing is depends on its own document, the vocabulary and the written
decisions, never on other documents, so adding a report renames nothing.
The rules for a thing, in order:

- regional-member   a regional body, by any spelling, that serves the council
- national          a national programme, agency or process
- own-instance      a generic kind, of which the council has its own
- kind              the generic kind itself, where the document names no council
- regional-named    a regional body of the council's region, named in full
- local-name        any other name is the council's own; two documents of one
                    council that use it, give or take case and punctuation, mean one thing

A name that none of them fits, in a document that names no council, stays unresolved.

An acronym is trusted only where it means one thing that serves the council:
two agencies are called ATV. Things are never one across councils for having
one name. Inspectors are known by name, leaders by name and council.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz import fuzz

from graph.decisions import Decision, Decisions, Verdict
from ontology.iris import instance_iri, local_iri, person_iri, slug
from ontology.records import INSPECTOR_ROLES, Authority, Finding, Mention, Person, Record
from ontology.terms import Vocabulary
from ontology.thesaurus import ThingTerm

Found = TypeVar("Found", Mention, Person)
ALIKE = 90.0  # of 100, by rapidfuzz's token_sort_ratio; names less alike are not worth a person's time


@dataclass(frozen=True, slots=True)
class Identity:
    """What a name was taken to be, by which rule and why.

    ``place`` is the council whose report it is (see `place_of`), empty for what
    belongs to none; ``term`` the id of the thesaurus entry, None for a name in no list.
    ``scope`` is None for a person; ``kind`` is the IRI of the generic kind where it is a council's instance of that.
    """

    iri: str
    name: str
    type: str
    place: str
    rule: str
    why: str
    term: str | None = None
    scope: str | None = None
    kind: str | None = None


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

    def resolve(self, record: Record) -> Record:
        """The record with its council looked up, and its mentions, people and findings resolved."""
        record = replace(record, authority=self.authority(record))
        place = place_of(record)
        mentions = tuple(self._resolved(mention, self.identify(mention, place)) for mention in record.mentions)
        iris = {mention.name: mention.iri for mention in mentions if mention.iri}
        return replace(
            record,
            mentions=mentions,
            people=tuple(self._resolved(person, self.identify_person(person, place)) for person in record.people),
            findings=tuple(_involving(finding, iris) for finding in record.findings),
        )

    def authority(self, record: Record) -> Authority | None:
        """The council of that name that was there when the inspection ran; as the record says if that is not one.

        >>> from datetime import date
        >>> from ontology.terms import load_vocabulary
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
        candidates = self._candidates(mention, place)
        serving = [thing for thing in candidates if thing.regional and self._serves(thing, place)]
        if len(serving) == 1:
            return _whole(
                serving[0], "regional-member", f"'{mention.name}' means {serving[0].label}, which serves the council"
            )
        if (general := _general(mention, candidates)) is not None:
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

    def identify_person(self, person: Person, place: str | None) -> Identity | None:
        """Who the person is: an inspector of that name, or a leader of that name in the council at ``place``."""
        key = name_key(person.name)
        if person.role in INSPECTOR_ROLES:
            return Identity(
                person_iri(key), person.name, "person", "", "inspector-name", "inspectors are known by name"
            )
        if place is None:
            return None
        why = "leaders are known by name and council"
        return Identity(person_iri(f"{key} of {place}"), person.name, "person", place, "leader-name", why)

    def canonical(self, iri: str) -> str:
        """The IRI that stands for all that were decided to be one thing: a listed one, else the first in order."""
        return min(self._decisions.one_with(iri), key=lambda one: (one not in self._listed, one))

    def taken(self, identity: Identity) -> Identity:
        """What a name is taken for once decisions are replayed."""
        iri = self.canonical(identity.iri)
        if iri == identity.iri:
            return identity
        why = "; ".join(f"{decision.why} ({decision.by})" for decision in self._decisions.between(identity.iri, iri))
        if (thing := self._listed.get(iri)) is not None:
            return _whole(thing, "decision", why)
        return replace(identity, iri=iri, rule="decision", why=why)

    def _resolved(self, found: Found, identity: Identity | None) -> Found:
        iri = self.canonical(identity.iri) if identity else None
        term = identity.term if identity else None
        return replace(found, iri=iri, term=term) if isinstance(found, Mention) else replace(found, iri=iri)

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


def decide(left: Identity, right: Identity) -> Decision:
    """Whether two identities are one thing by the rules alone, and why; `unsure` is for a person to decide.

    >>> durham, leeds = (Identity(x, "Lighthouse", "service", x, "local-name", "in no list") for x in ("e1", "e2"))
    >>> decide(durham, leeds).verdict, decide(leeds, leeds).verdict
    ('unsure', 'same')
    """
    verdict, rule, why = _verdict(left, right)
    return Decision(left=left.iri, right=right.iri, verdict=verdict, by=f"rule:{rule}", why=why)


def name_key(name: str) -> str:
    """A name without what reports vary: case, accents, punctuation, '&' and a leading article.

    >>> name_key("The Children’s Hub & MASH")
    'childrens-hub-and-mash'
    """
    return slug(name).removeprefix("the-")


def place_of(record: Record) -> str | None:
    """What the council's own things are named after: its ONS code, else its name; None where no council is named."""
    if record.authority is None:
        return None
    return record.authority.gss or name_key(record.authority.name)


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
    why = f"each council has its own {thing.label}"
    own = _whole(thing, "own-instance", why)
    return replace(own, iri=instance_iri(thing.iri, place), place=place, scope="local", kind=thing.iri)


def _whole(thing: ThingTerm, rule: str, why: str) -> Identity:
    return Identity(thing.iri, thing.label, thing.type, "", rule, why, thing.id, thing.scope)


def _involving(finding: Finding, iris: dict[str, str]) -> Finding:
    return replace(finding, involves=tuple(dict.fromkeys(iris[name] for name in finding.involves if name in iris)))


def _verdict(left: Identity, right: Identity) -> tuple[Verdict, str, str]:
    names = f"'{left.name}' and '{right.name}'"
    if left.iri == right.iri:
        return "same", left.rule, left.why
    if left.term and left.term == right.term:
        return "different", "own-instance", left.why
    if left.term and right.term:
        return "different", "two-entries", f"{names} are two entries of the thesaurus"
    if fuzz.token_sort_ratio(left.name.casefold(), right.name.casefold()) < ALIKE:
        return "different", "unlike-names", f"{names} are not alike"
    if (left.type == "person") != (right.type == "person"):
        return "different", "unlike-types", f"of {names} one is a person"
    return (
        "unsure",
        "alike-names",
        f"{names} are alike, {'in one council' if left.place == right.place else 'in two places'}",
    )
