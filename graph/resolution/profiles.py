"""Profiles: all documents' words about each thing and person, before decisions across documents.

A profile covers an identity that one document's rules can tell (`Resolver.identify`): one authority's name for
something, an inspector's name in one year. `resolution.clustering` decides which profiles are one thing.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from caregraph.graph.resolution.identity import Identity, authority_key_of, year_of
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.sharing import (
    MergedThing,
    best_name,
    counterpart_iri,
    fullest_name,
    ties_councils,
    with_made_mentions,
)
from caregraph.graph.wording import join_names
from caregraph.ontology.records import Mention, Person, Record, WithoutWords

# Text before, between and after two names of one thing.
CALLED = re.compile(
    r"[’'”\"]?,? (?:also |locally )?(?:known|called|named)(?: locally)?(?: as)?(?: the)? [‘“'\"]?", re.IGNORECASE
)
OPENING_BRACKET = re.compile(r"[’'”\"]? \([‘“'\"]?")
CLOSING_BRACKET = re.compile(r"[’'”\"]?\)")
OWNER = r"(?:the |its |their |(?:the (?:council|local authority)|[A-Z]\w+(?:[ -][A-Z]\w+)*)[’']s )?(?:in-house )?"
COMMA = re.compile(rf"[’'”\"]?, {OWNER}[‘“'\"]?")
LIST_BEFORE = re.compile(r"(?:,|\band|\bor|:|;) (?:the )?[‘“'\"]?$")
SENTENCE_GOES_ON = re.compile(r"[’'”\"]?, (?!and |or |an? |the |as well )[a-z]")
NATIONAL = re.compile(r"\bnational(?:ly \w+)?[ ‘“'\"]*$", re.IGNORECASE)
MAX_QUOTES = 3  # of a profile, each from another document


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that name something, at characters from 0, end exclusive, with the sentence around them and its place."""

    document: str
    sha256: str
    page: int
    start: int
    end: int
    words: str
    sentence: str
    sentence_start: int
    sentence_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Documents' words about one thing or person.

    ``names`` are its full names, the most used first, ``aliases`` its short names. ``roles`` are a person's, and
    ``named_with`` the names of the people in the same documents. ``stated_same`` are the IRIs of things that a
    document says to be this one; ``called_national`` is true if a document calls it national. ``stated_shared`` are
    the IRIs of other councils' things that a report says to be the same, ``shared_with`` the keys of these councils,
    whether reports on them name theirs or not, ``left`` is true if a report says that its council left it.
    ``authority_name`` and ``region`` are those of the authority it belongs to. A thing of the thesaurus may have no
    documents.
    """

    identity: Identity
    names: tuple[str, ...]
    documents: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    named_with: frozenset[str] = frozenset()
    stated_same: frozenset[str] = frozenset()
    called_national: bool = False
    stated_shared: frozenset[str] = frozenset()
    shared_with: frozenset[str] = frozenset()
    left: bool = False
    authority_name: str | None = None
    region: str | None = None
    quotes: tuple[Quotation, ...] = field(default=(), repr=False)

    @property
    def iri(self) -> str:
        """IRI of the identity."""
        return self.identity.iri

    @property
    def name(self) -> str:
        """Most used full name."""
        return self.names[0]

    @property
    def type(self) -> str:
        """Type of the thing, or `person`."""
        return self.identity.type


@dataclass(slots=True)
class _ProfileBuilder:
    identity: Identity
    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    documents: dict[str, int | None] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    named_with: set[str] = field(default_factory=set)
    stated_same: set[str] = field(default_factory=set)
    called_national: bool = False
    stated_shared: set[str] = field(default_factory=set)
    shared_with: set[str] = field(default_factory=set)
    left: bool = False
    quotes: list[Quotation] = field(default_factory=list)

    def add(self, record: Record, mention: Mention | Person) -> None:
        """Count a mention or person of a record."""
        self.names[mention.name] += 1
        if isinstance(mention, Mention):
            self.aliases.update(mention.aliases)
        if isinstance(mention, Person):
            self.roles.add(mention.role)
            self.named_with |= {person.name for person in record.people} - {mention.name}
        if record.source not in self.documents:
            self.documents[record.source] = year_of(record)
            if len(self.quotes) < MAX_QUOTES:
                self.quotes.append(_quotation(record, mention))

    def build(self, resolver: Resolver) -> Profile:
        """Make the profile."""
        years = sorted({year for year in self.documents.values() if year is not None})
        authority = resolver.authority_term(self.identity.authority_key)
        short_names = Counter({name: count for name, count in self.aliases.items() if name not in self.names})
        return Profile(
            identity=self.identity,
            names=_most_used_first(self.names),
            aliases=_most_used_first(short_names),
            documents=tuple(sorted(self.documents)),
            years=tuple(years),
            roles=frozenset(self.roles),
            named_with=frozenset(self.named_with),
            stated_same=frozenset(self.stated_same),
            called_national=self.called_national,
            stated_shared=frozenset(self.stated_shared),
            shared_with=frozenset(self.shared_with),
            left=self.left,
            authority_name=authority.name if authority else self.identity.authority_key or None,
            region=authority.region if authority else None,
            quotes=tuple(self.quotes),
        )


def build_profiles(records: Iterable[Record], resolver: Resolver) -> Mapping[str, Profile]:
    """Build a profile for everything that the records name and the thesaurus lists, by IRI, in the order of IRIs."""
    builders: dict[str, _ProfileBuilder] = {}
    for record in records:
        record = with_made_mentions(replace(record, authority=resolver.authority(record)))
        authority_key = authority_key_of(record)
        for mention in record.mentions:
            _add(builders, record, mention, resolver.identify(mention, authority_key))
        for person in record.people:
            _add(builders, record, person, resolver.identify_person(person, record))
        _add_statements(builders, record, resolver)
        _add_sharing(builders, record, resolver)
    authority_keys = {
        builder.identity.authority_key for builder in builders.values() if builder.identity.rule == "local-name"
    }
    for identity, names in resolver.listed_identities(sorted(authority_keys)):
        builders.setdefault(identity.iri, _ProfileBuilder(identity)).names.update(names)
    return {iri: builder.build(resolver) for iri, builder in sorted(builders.items())}


def merge_profiles(profiles: Mapping[str, Profile], resolver: Resolver) -> dict[str, MergedThing]:
    """Name the people, and the things in no list, that have several names or councils, by canonical IRI.

    Args:
        resolver: with all decisions; its own merged things do not count.
    """
    clusters: dict[str, list[Profile]] = defaultdict(list)
    for iri, profile in profiles.items():
        if profile.documents:
            clusters[resolver.canonical(iri)].append(profile)
    merged: dict[str, MergedThing] = {}
    for iri, members in clusters.items():
        keys = {key for profile in members for key in (profile.identity.authority_key, *profile.shared_with) if key}
        own = profiles.get(iri, members[0])
        if own.type == "person":
            names = {name for profile in members for name in profile.names}
            if len(names) > 1:
                merged[iri] = MergedThing(fullest_name(names), ())
        elif own.identity.authority_key and (len(keys) > 1 or len(members) > 1 or len(own.names) > 1):
            merged[iri] = MergedThing(_name_of(own, keys, resolver), tuple(sorted(keys)))
    return merged


def _name_of(profile: Profile, keys: Iterable[str], resolver: Resolver) -> str:
    """Name of a thing in no list: of an instance the kind with its councils, else the best of its full names."""
    if profile.identity.term is None:
        return best_name(profile.names)
    terms = map(resolver.authority_term, keys)
    return f"{profile.identity.name}, {join_names(sorted(term.name for term in terms if term))}"


def _most_used_first(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _add(
    builders: dict[str, _ProfileBuilder], record: Record, mention: Mention | Person, identity: Identity | None
) -> None:
    if identity is not None:
        builders.setdefault(identity.iri, _ProfileBuilder(identity)).add(record, mention)


def _add_statements(builders: dict[str, _ProfileBuilder], record: Record, resolver: Resolver) -> None:
    """Add the things that a document says are one, and those that it calls national."""
    authority_key = authority_key_of(record)
    by_start = {mention.start: resolver.identify(mention, authority_key) for mention in record.mentions}
    stated = record.without_words or words_on_identity(record, resolver)
    for start in stated.national:
        if identity := by_start.get(start):
            builders[identity.iri].called_national = True
    for first, second in ((by_start.get(first), by_start.get(second)) for first, second in stated.same):
        if first and second and first.iri != second.iri:
            builders[first.iri].stated_same.add(second.iri)
            builders[second.iri].stated_same.add(first.iri)


def words_on_identity(record: Record, resolver: Resolver) -> WithoutWords:
    """Collect what a document's words say of identity: which mentions are one thing's, and which are called national.

    They are mentions of the record with those made for sharing statements.
    """
    authority_key = authority_key_of(record)
    passages = sorted(record.passages, key=lambda passage: passage.start)
    starts = [passage.start for passage in passages]
    mentions = sorted(record.mentions, key=lambda mention: mention.start)
    same, national = [], []
    for mention, following in pairwise((*mentions, None)):
        index = bisect_right(starts, mention.start) - 1 if mention else -1
        identity = resolver.identify(mention, authority_key) if mention else None
        if mention is None or identity is None or index < 0 or mention.end > passages[index].end:
            continue
        text, offset = passages[index].text, passages[index].start
        before = text[: mention.start - offset]
        if NATIONAL.search(before):
            national.append(mention.start)
        if following is None or following.end > passages[index].end:
            continue
        between, after = text[mention.end - offset : following.start - offset], text[following.end - offset :]
        second = resolver.identify(following, authority_key)
        if second and second.iri != identity.iri and _states_one_thing(before, between, after, identity, second):
            same.append((mention.start, following.start))
    return WithoutWords(extractor="", same=tuple(same), national=tuple(national))


def _add_sharing(builders: dict[str, _ProfileBuilder], record: Record, resolver: Resolver) -> None:
    """Add the councils that a record's sharing statements tie to its things, and the things that its council left."""
    for statement in record.sharing:
        identity = resolver.identify_shared(statement, record)
        if identity is None:
            continue
        builder = builders[identity.iri]
        builder.left |= statement.relation == "left"
        if not ties_councils(statement):
            continue
        for key in resolver.partner_keys(statement, record):
            if (counterpart := counterpart_iri(identity, key)) is not None:
                builder.stated_shared.add(counterpart)
                builder.shared_with.add(key)


def _states_one_thing(before: str, between: str, after: str, first: Identity, second: Identity) -> bool:
    """Tell if the text around two names says that they are one thing's.

    'The MASH (Family Connect)', 'the MASH, known as Family Connect' and, of a kind and a name in no list, 'the MASH,
    Family Connect, is ...' and 'Family Connect, the council's MASH, is ...'; but not in an enumeration: 'the board,
    the MASH, Family Connect and others'.
    """
    before, between, after = (re.sub(r"\s+", " ", text) for text in (before, between, after))  # lines of a page
    if OPENING_BRACKET.fullmatch(between):
        return CLOSING_BRACKET.match(after) is not None
    if CALLED.fullmatch(between):
        return True
    kind_and_name = (first.kind is None) != (second.kind is None) and "local-name" in (first.rule, second.rule)
    enumeration = LIST_BEFORE.search(before) is not None or SENTENCE_GOES_ON.match(after) is None
    return kind_and_name and COMMA.fullmatch(between) is not None and not enumeration


def _quotation(record: Record, mention: Mention | Person) -> Quotation:
    quotes = (*record.findings, *record.passages)
    around = next((quote for quote in quotes if quote.text and quote.start <= mention.start < quote.end), mention)
    return Quotation(
        document=record.source,
        sha256=record.sha256,
        page=mention.page,
        start=mention.start,
        end=mention.end,
        words=mention.text or mention.name,
        sentence=around.text or mention.name,
        sentence_start=around.start,
        sentence_end=around.end,
    )
