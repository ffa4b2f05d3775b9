"""Resolver: gives each named thing and person of one document its IRI.

An identity follows from its own document and the vocabulary alone. Identities of several documents become one by
rule (see `resolution.clustering`) or by a person's decision; the resolver applies those decisions.

The rules for a thing, in order:

- regional-member   a regional body, by any spelling, that serves the authority
- unnamed-member    'the regional adoption agency', where the authority has only one
- national          a national programme, agency or process
- own-instance      a generic kind, of which the authority has its own
- kind              the generic kind itself, where the document names no authority
- regional-named    a regional body of the authority's region, named in full
- local-name        any other name is the authority's own; two documents of one
                    authority that use it, give or take case and punctuation, mean one thing

A name that fits no rule, in a document that names no authority, stays unresolved.

An acronym is trusted only where it means one thing that serves the authority:
two agencies are called ATV. An authority's own thing stays its own: neither a
hidden label nor an acronym that a document gives it beside its name makes it a
regional one, and a regional body or service stands beside its own of the kind.
Things are never one across authorities for having one name. Inspectors are known
by name and year, leaders by name and authority.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.identity import Identity, authority_key_of, day_of, name_slug, year_of
from caregraph.graph.resolution.name_similarity import initials
from caregraph.graph.resolution.sharing import MergedThing, mention_of, partners_of, with_made_mentions
from caregraph.ontology.iris import instance_iri, local_iri, person_iri, slug, thing_iri, type_of
from caregraph.ontology.records import INSPECTOR_ROLES, Authority, Finding, Mention, Person, Record, SharingStatement
from caregraph.ontology.register import AuthorityTerm
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9&]{2,12}")  # one word with two capitals: 'MASH', 'CHub'
NHS_WORDS = frozenset({"nhs", "foundation", "the"})

MentionOrPerson = TypeVar("MentionOrPerson", Mention, Person)


class Resolver:
    """Rules of identity over one vocabulary and one set of decisions.

    ``authority_key`` is everywhere the key of the inspected authority (see `authority_key_of`), None if the document
    names none.
    """

    def __init__(
        self, vocabulary: Vocabulary, decisions: Decisions, merged: Mapping[str, MergedThing] | None = None
    ) -> None:
        """Make a resolver.

        Args:
            merged: things of several names or councils, by their canonical IRIs, as the last build found them.
        """
        self._vocabulary = vocabulary
        self._decisions = decisions
        self._merged = merged or {}
        self._authorities = {term.gss: term for term in vocabulary.authorities}
        self._listed = {thing.iri: thing for thing in vocabulary.things}
        self._by_spelling = _index_spellings(vocabulary)
        self._regional_by_kind: dict[str, list[ThingTerm]] = defaultdict(list)
        for thing in vocabulary.things:
            if thing.regional and thing.kind:
                self._regional_by_kind[thing.kind].append(thing)
        self._identities: dict[tuple[object, ...], Identity | None] = {}

    @property
    def merged(self) -> Mapping[str, MergedThing]:
        """Things of several names or councils, by their canonical IRIs."""
        return self._merged

    def resolve(self, record: Record) -> Record:
        """Return the record with its authority looked up and the IRIs of its mentions, people, findings and statements.

        The words stay as they are. A mention's ``term`` becomes the thesaurus entry of its identity, or None. Things
        that only a sharing statement names become mentions.
        """
        record = with_made_mentions(replace(record, authority=self.authority(record)))
        authority_key = authority_key_of(record)
        mentions = tuple(
            self._with_identity(mention, self.identify(mention, authority_key)) for mention in record.mentions
        )
        people = tuple(self._with_identity(person, self.identify_person(person, record)) for person in record.people)
        iris = {mention.name: mention.iri for mention in mentions if mention.iri}
        findings = tuple(_with_involved_iris(finding, iris) for finding in record.findings)
        references = tuple(replace(reference, iri=iris.get(reference.name)) for reference in record.references)
        sharing = tuple(self._with_shared_iri(statement, record) for statement in record.sharing)
        return replace(
            record, mentions=mentions, people=people, findings=findings, references=references, sharing=sharing
        )

    def named_iris(self, record: Record) -> frozenset[str]:
        """IRIs of everything that a record names, before decisions."""
        record = with_made_mentions(replace(record, authority=self.authority(record)))
        authority_key = authority_key_of(record)
        identities = [self.identify(mention, authority_key) for mention in record.mentions]
        identities += [self.identify_person(person, record) for person in record.people]
        return frozenset(identity.iri for identity in identities if identity)

    def decisions_digest(self, iris: Iterable[str]) -> str:
        """Digest of the canonical IRIs that decisions give to ``iris``, the same for all IRIs that keep their own.

        The names and councils of merged things are part of it, the reasons of the decisions are not.
        """
        known = ((iri, self.canonical(iri)) for iri in sorted(iris))
        changed = (
            f"{iri} {canonical} {self._merged.get(canonical)}"
            for iri, canonical in known
            if canonical != iri or canonical in self._merged
        )
        return sha256("\n".join(changed).encode()).hexdigest()[:8]

    def authority(self, record: Record) -> Authority | None:
        """Authority of the record's name that existed when the inspection ran; as the record says if not just one did.

        >>> from datetime import date
        >>> from caregraph.ontology.vocabulary import load_vocabulary
        >>> dorset = Record(source="a.pdf", sha256="0", title=None, kind=None, authority=Authority("Dorset", None))
        >>> resolver = Resolver(load_vocabulary(), Decisions())
        >>> [resolver.authority(replace(dorset, published=date(year, 6, 1))).gss for year in (2016, 2022)]
        ['E10000009', 'E06000059']
        """
        if record.authority is None:
            return None
        term = self._vocabulary.authority_on(record.authority.name, day_of(record))
        return Authority(term.name, term.gss) if term else record.authority

    def partner_keys(self, statement: SharingStatement, record: Record) -> list[str]:
        """Keys of the councils that a statement names as partners, as they existed when the inspection ran."""
        return [partner.gss for partner in partners_of(statement, record, self._vocabulary)]

    def authority_term(self, authority_key: str) -> AuthorityTerm | None:
        """Entry of the authority in the register; None if it has none."""
        return self._authorities.get(authority_key)

    def identify(self, mention: Mention, authority_key: str | None) -> Identity | None:
        """Identity of a thing before decisions; None if no rule fits."""
        key = (mention.name, mention.text, mention.aliases, mention.term, mention.type, authority_key)
        if key not in self._identities:
            self._identities[key] = self._identify(mention, authority_key)
        return self._identities[key]

    def _identify(self, mention: Mention, authority_key: str | None) -> Identity | None:
        candidates = self._candidates(mention, authority_key)
        serving = [thing for thing in candidates if thing.regional and self._serves(thing, authority_key)]
        if len(serving) == 1:
            why = f"'{mention.name}' means {serving[0].label}, which serves the council"
            return _listed_identity(serving[0], "regional-member", why)
        general = _general_candidate(mention, candidates)
        if general is not None and not self._is_another(general, mention, authority_key):
            if (agency := self._only_agency(general, mention, authority_key)) is not None:
                why = f"'{mention.name}' of a council means {agency.label}, the only one that serves it"
                return _listed_identity(agency, "unnamed-member", why)
            return _general_identity(general, authority_key)
        neighbours = [
            thing
            for thing in self._by_spelling.get(_name_key(mention.name), ())
            if self._in_region(thing, authority_key)
        ]
        if len(neighbours) == 1 and not serving:
            why = f"{neighbours[0].label} is named in full by a council of its region"
            return _listed_identity(neighbours[0], "regional-named", why)
        if authority_key is None:
            return None
        iri = local_iri(authority_key, mention.type, name_slug(mention.name))
        why = f"no list has '{mention.name}' as something that serves the council"
        return Identity(iri, mention.name, mention.type, authority_key, "local-name", why, scope="local")

    def identify_person(self, person: Person, record: Record) -> Identity | None:
        """Identity of an inspector by name and year, of a leader by name and authority; None for lack of either.

        An inspector of another year may be the same person: `resolution.clustering` or a person decides that.
        """
        name, year, authority_key = name_slug(person.name), year_of(record), authority_key_of(record)
        if person.role in INSPECTOR_ROLES:
            iri = person_iri(f"{name} inspector {year or record.sha256[:8]}")
            why = "an inspector is known by name and year"
            return Identity(iri, person.name, "person", "", "inspector-name", why)
        if authority_key is None:
            return None
        why = "a leader is known by name and council"
        iri = person_iri(f"{name} of {authority_key}")
        return Identity(iri, person.name, "person", authority_key, "leader-name", why)

    def canonical(self, iri: str) -> str:
        """IRI that stands for all IRIs that decisions make one thing.

        A thesaurus entry comes first, then an authority's instance of one, then the first in order.
        """
        return min(
            self._decisions.cluster_of(iri),
            key=lambda member: (member not in self._listed, self._kind(member) is None, member),
        )

    def canonical_identity(self, identity: Identity) -> Identity:
        """Identity after decisions; its reason is then the decisions' reasons."""
        iri = self.canonical(identity.iri)
        decided = identity if iri == identity.iri else self._decided(identity, iri)
        if (merged := self._merged.get(iri)) is None:
            return decided
        return replace(decided, name=merged.name, scope="regional" if merged.is_shared else decided.scope)

    def _decided(self, identity: Identity, iri: str) -> Identity:
        """Identity of the thing that decisions make of another, by its IRI."""
        chain = self._decisions.chain_between(identity.iri, iri)
        why = "; ".join(f"{decision.why} ({decision.by})" for decision in chain)
        if (thing := self._listed.get(iri)) is not None:
            return _listed_identity(thing, "decision", why)
        if (kind := self._kind(iri)) is not None:
            instance = _listed_identity(kind, "decision", why)
            return replace(instance, iri=iri, authority_key=identity.authority_key, scope="local", kind=kind.iri)
        return replace(identity, iri=iri, type=type_of(iri), rule="decision", why=why)

    def listed_identities(self, authority_keys: Sequence[str]) -> Iterator[tuple[Identity, tuple[str, ...]]]:
        """Yield the thesaurus entries with their names, and for local kinds an instance of each authority."""
        for thing in self._vocabulary.things:
            names = tuple(dict.fromkeys((thing.label, *(spelling.text for spelling in thing.spellings))))
            if thing.scope == "local":
                yield from ((_instance_identity(thing, authority_key), names) for authority_key in authority_keys)
            else:
                yield _listed_identity(thing, "listed", f"the thesaurus has {thing.label}"), names

    def _kind(self, iri: str) -> ThingTerm | None:
        """Generic kind of which the IRI is an authority's instance."""
        return self._listed.get(iri.rpartition("-of-")[0])

    def identify_shared(self, statement: SharingStatement, record: Record) -> Identity | None:
        """Identity of the thing of a statement in a record, before decisions; None if its words name none."""
        mention = mention_of(statement, record)
        return self.identify(mention, authority_key_of(record)) if mention else None

    def _with_shared_iri(self, statement: SharingStatement, record: Record) -> SharingStatement:
        identity = self.identify_shared(statement, record)
        return replace(statement, iri=self.canonical(identity.iri) if identity else None)

    def _with_identity(self, mention: MentionOrPerson, identity: Identity | None) -> MentionOrPerson:
        canonical = self.canonical_identity(identity) if identity else None
        if isinstance(mention, Person):
            return replace(mention, iri=canonical.iri if canonical else None)
        if canonical is None:
            return replace(mention, iri=None, term=None)
        # A thing has one type, in whatever document.
        return replace(mention, iri=canonical.iri, term=canonical.term, type=canonical.type)

    def _candidates(self, mention: Mention, authority_key: str | None) -> list[ThingTerm]:
        """Entries that extraction matched, that are spelt like the mention, or like it without the authority's name."""
        things = [self._vocabulary.thing(mention.term)] if mention.term else []
        for name in (mention.name, mention.text):
            things += self._spelt(name)
        bare = self._without_authority(mention.name, authority_key)
        things += (thing for thing in self._spelt(bare) if thing.scope == "local")
        things = self._without_swallowers(mention, things)
        return list(dict.fromkeys((*things, *self._by_alias(mention, things))))

    def _without_swallowers(self, mention: Mention, things: Sequence[ThingTerm]) -> list[ThingTerm]:
        """Entries without the regional ones beside a kind of which an authority has its own, if the words are that.

        Agencies are no such kind: 'the regional adoption agency' of a council is the one that serves it.
        """
        spelt = self._spelt(mention.text)
        is_own = any(thing.scope == "local" and thing.type != "agency" for thing in spelt)
        return [thing for thing in things if not (is_own and thing.regional and thing not in spelt)]

    def _by_alias(self, mention: Mention, things: Sequence[ThingTerm]) -> Iterator[ThingTerm]:
        """Yield the entries that the document's other names for the thing lead to.

        What is an authority's own by its name does not become a regional thing by an alias, unless that is the full
        name of an agency of its kind: 'the regional adoption agency (Adopt Us)'. Nor does an acronym that the
        document makes of a name that is in no list.
        """
        general = {thing.id for thing in things if not thing.regional}
        acronyms = {letters for name in (mention.name, mention.text) for letters in initials(name)}
        for alias in mention.aliases:
            is_acronym = ACRONYM.fullmatch(alias) is not None
            for thing in self._spelt(alias):
                is_agency = thing.type == "agency" and thing.kind in general and not is_acronym
                if not thing.regional or is_agency or not (general or alias.lower() in acronyms):
                    yield thing

    def _spelt(self, name: str) -> Sequence[ThingTerm]:
        """Entries of which a name is a spelling; an acronym may have small letters inside it, as 'CHub' has."""
        keys = (name.upper(), _name_key(name)) if ACRONYM.fullmatch(name) else (_name_key(name),)
        return [thing for key in keys for thing in self._by_spelling.get(key, ())]

    def _without_authority(self, name: str, authority_key: str | None, *, of: str = "(?:['’]s)?") -> str:
        """Name without the authority's: 'Durham youth justice service' is, in Durham, 'youth justice service'.

        ``of`` is the pattern of what stands behind the authority's name.
        """
        spellings = self._authorities[authority_key].spellings if authority_key in self._authorities else ()
        for spelling in sorted(spellings, key=len, reverse=True):
            if match := _behind(spelling, of).fullmatch(name):
                return match[1]
        return name

    def _only_agency(self, kind: ThingTerm, mention: Mention, authority_key: str | None) -> ThingTerm | None:
        """Agency of the kind that serves the authority; None if several do, or if the words are a plural.

        Only agencies count: a region's youth council stands beside each authority's own.
        """
        plural = mention.text.endswith("s") and any(mention.text[:-1] == spelling.text for spelling in kind.spellings)
        own = self._without_authority(mention.name, authority_key, of="['’]s")
        if kind.type != "agency" or plural or _is_proper(own, kind):
            return None
        serving = [thing for thing in self._regional_by_kind.get(kind.id, ()) if self._serves(thing, authority_key)]
        return serving[0] if len(serving) == 1 else None

    def _is_another(self, kind: ThingTerm, mention: Mention, authority_key: str | None) -> bool:
        """Tell if a name that ends in a kind of agency is a proper name: 'Tidewater Hospitals NHS Foundation Trust'."""
        own = self._without_authority(mention.name, authority_key)
        return kind.type == "agency" and kind.id in self._regional_by_kind and _is_proper(own, kind)

    def _serves(self, thing: ThingTerm, authority_key: str | None) -> bool:
        return authority_key is not None and self._vocabulary.serves(thing, authority_key)

    def _in_region(self, thing: ThingTerm, authority_key: str | None) -> bool:
        authority = self._authorities.get(authority_key or "")
        members = [
            self._authorities[member.authority] for member in thing.members if member.authority in self._authorities
        ]
        return authority is not None and any(member.region == authority.region for member in members)


def _index_spellings(vocabulary: Vocabulary) -> Mapping[str, Sequence[ThingTerm]]:
    """Things by spelling: acronyms as written, other spellings as slugs. Hidden ones are too common to tell a thing."""
    things: dict[str, list[ThingTerm]] = defaultdict(list)
    for thing in vocabulary.things:
        for spelling in thing.spellings:
            key = spelling.text.upper() if spelling.acronym else _name_key(spelling.text)
            if thing not in things[key]:
                things[key].append(thing)
    return things


@lru_cache(maxsize=2**12)
def _behind(spelling: str, of: str) -> re.Pattern[str]:
    """Pattern of a name that stands behind an authority's."""
    return re.compile(rf"(?:the )?{re.escape(spelling)}{of} (.+)", re.IGNORECASE)


@lru_cache(maxsize=2**14)
def _name_key(name: str) -> str:
    """Slug of a name; of one of the health service, without what reports vary: 'NHS', 'Foundation', plurals.

    >>> _name_key("Coast & Vale Hospitals NHS Foundation Trust"), _name_key("Somerset NHS ICB"), _name_key("NHS trust")
    ('coast-and-vale-hospital-trust', 'somerset-integrated-care-board', 'nhs-trust')
    """
    whole = re.sub("-icb$", "-integrated-care-board", slug(name))
    proper = re.match("(.+)-(trust|integrated-care-board)$", whole)
    words = [word.removesuffix("s") for word in proper[1].split("-") if word not in NHS_WORDS] if proper else []
    return "-".join((*words, proper[2])) if proper and words else slug(name)


def _is_proper(name: str, kind: ThingTerm) -> bool:
    """Tell if a name has capitals of its own beside the words of a kind."""
    known = {word.removesuffix("s") for spelling in kind.spellings for word in slug(spelling.text).split("-")}
    words = re.findall(r"\b[A-Z]\w*", name)
    return any(slug(word).removesuffix("s") not in known for word in words if word != "The")


def _general_candidate(mention: Mention, candidates: list[ThingTerm]) -> ThingTerm | None:
    """The only candidate that is no regional body; of several, the one whose spelling extraction matched."""
    general = [thing for thing in candidates if not thing.regional]
    matched = [thing for thing in general if thing.id == mention.term]
    return (matched or general)[0] if matched or len(general) == 1 else None


def _general_identity(thing: ThingTerm, authority_key: str | None) -> Identity:
    if thing.scope == "national":
        return _listed_identity(thing, "national", f"{thing.label} is one for the whole country")
    if authority_key is None:
        return _listed_identity(thing, "kind", f"the document names no council whose {thing.label} it could be")
    return _instance_identity(thing, authority_key)


def _instance_identity(kind: ThingTerm, authority_key: str) -> Identity:
    identity = _listed_identity(kind, "own-instance", f"each council has its own {kind.label}")
    iri = instance_iri(kind.iri, authority_key)
    return replace(identity, iri=iri, authority_key=authority_key, scope="local", kind=kind.iri)


def _listed_identity(thing: ThingTerm, rule: str, why: str) -> Identity:
    kind = thing_iri(*thing.kind.split(":", 1)) if thing.kind else None
    return Identity(thing.iri, thing.label, thing.type, "", rule, why, thing.id, thing.scope, kind)


def _with_involved_iris(finding: Finding, iris: Mapping[str, str]) -> Finding:
    return replace(finding, involves=tuple(dict.fromkeys(iris[name] for name in finding.involves if name in iris)))
