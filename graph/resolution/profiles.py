"""What all documents together say of each thing and person, before anything is decided across documents.

A profile is about what one document's rules can tell (`Resolver.identify`): one council's name for something, an
inspector's name in one year. Which profiles are one thing is for `resolution.clustering` to say.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from caregraph.graph.resolution.identity import Identity, place_of, year_of
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Mention, Person, Record

# What stands before, between and after two names of one thing.
CALLED = re.compile(
    r"[’'”\"]?,? (?:also |locally )?(?:known|called|named)(?: locally)?(?: as)?(?: the)? [‘“'\"]?", re.IGNORECASE
)
BRACKET = re.compile(r"[’'”\"]? \([‘“'\"]?")
CLOSED = re.compile(r"[’'”\"]?\)")
COMMA = re.compile(r"[’'”\"]?, (?:the )?[‘“'\"]?")
LISTED = re.compile(r"(?:,|\band|\bor|:|;) (?:the )?[‘“'\"]?$")
ASIDE = re.compile(r"[’'”\"]?, (?!and |or |an? |the |as well )[a-z]")
NATIONAL = re.compile(r"\bnational(?:ly \w+)?[ ‘“'\"]*$", re.IGNORECASE)
QUOTES = 3  # quotations of a profile, each from another document where there are several


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words that name something, at characters from 0, end exclusive; ``sentence`` is what they stand in."""

    document: str
    sha256: str
    page: int
    start: int
    end: int
    words: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What documents say of one thing or person.

    ``names`` are those it is given in full, the most used first, ``aliases`` the others that it goes by. ``beside`` are
    the names of the others whom a document names with a person, ``roles`` a person's. ``called`` are the IRIs of what
    a document says that a thing is; ``national`` that one calls it so. ``council`` is the name of the council it is of.
    What the thesaurus has may have no documents.
    """

    identity: Identity
    names: tuple[str, ...]
    documents: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    national: bool = False
    council: str | None = None
    region: str | None = None
    quotes: tuple[Quotation, ...] = field(default=(), repr=False)

    @property
    def iri(self) -> str:
        return self.identity.iri

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def type(self) -> str:
        return self.identity.type


@dataclass(slots=True)
class _Gathered:
    identity: Identity
    names: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    documents: dict[str, int | None] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    national: bool = False
    quotes: list[Quotation] = field(default_factory=list)


def profiles(records: Iterable[Record], resolver: Resolver) -> Mapping[str, Profile]:
    """The profiles of all that records name, by IRI, in the order of their IRIs."""
    gathered: dict[str, _Gathered] = {}
    for record in records:
        record = replace(record, authority=resolver.authority(record))
        place = place_of(record)
        for mention in record.mentions:
            _gather(gathered, record, mention, resolver.identify(mention, place))
        for person in record.people:
            _gather(gathered, record, person, resolver.identify_person(person, record))
        _gather_called(gathered, record, resolver)
    places = sorted({one.identity.place for one in gathered.values() if one.identity.rule == "local-name"})
    for identity, names in resolver.listed(places):
        gathered.setdefault(identity.iri, _Gathered(identity)).names.update(names)
    return {iri: _profile(one, resolver) for iri, one in sorted(gathered.items())}


def _most_used_first(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))


def _gather(gathered: dict[str, _Gathered], record: Record, one: Mention | Person, identity: Identity | None) -> None:
    if identity is None:
        return
    found = gathered.setdefault(identity.iri, _Gathered(identity))
    found.names[one.name] += 1
    if isinstance(one, Mention):
        found.aliases.update(one.aliases)
    if isinstance(one, Person):
        found.roles.add(one.role)
        found.beside |= {other.name for other in record.people} - {one.name}
    if record.source not in found.documents:
        found.documents[record.source] = year_of(record)
        if len(found.quotes) < QUOTES:
            found.quotes.append(_quotation(record, one))


def _gather_called(gathered: dict[str, _Gathered], record: Record, resolver: Resolver) -> None:
    """Note the things that a document says are one, and those it calls national."""
    place = place_of(record)
    passages = sorted(record.passages, key=lambda passage: passage.start)
    starts = [passage.start for passage in passages]
    mentions = sorted(record.mentions, key=lambda mention: mention.start)
    for one, other in pairwise((*mentions, None)):
        index = bisect_right(starts, one.start) - 1 if one else -1
        identity = resolver.identify(one, place) if one else None
        if one is None or identity is None or index < 0 or one.end > passages[index].end:
            continue
        text, begin = passages[index].text, passages[index].start
        gathered[identity.iri].national |= NATIONAL.search(text[: one.start - begin]) is not None
        if other is None or other.end > passages[index].end:
            continue
        before, between, after = (
            text[: one.start - begin],
            text[one.end - begin : other.start - begin],
            text[other.end - begin :],
        )
        named = resolver.identify(other, place)
        if named and named.iri != identity.iri and _one_thing(before, between, after, identity, named):
            gathered[identity.iri].called.add(named.iri)
            gathered[named.iri].called.add(identity.iri)


def _one_thing(before: str, between: str, after: str, one: Identity, other: Identity) -> bool:
    """Whether what stands around two names says that they are one thing's.

    'The MASH (Family Connect)', 'the MASH, known as Family Connect' and, of a kind and a name that no list has, 'the
    MASH, Family Connect, is ...'; but not in a list: 'the board, the MASH, Family Connect and others'.
    """
    if BRACKET.fullmatch(between):
        return CLOSED.match(after) is not None
    if CALLED.fullmatch(between):
        return True
    kind_and_name = (one.kind is None) != (other.kind is None) and "local-name" in (one.rule, other.rule)
    listing = LISTED.search(before) is not None or ASIDE.match(after) is None
    return kind_and_name and COMMA.fullmatch(between) is not None and not listing


def _quotation(record: Record, one: Mention | Person) -> Quotation:
    around = (*record.findings, *record.passages)
    sentence = next((quote.text for quote in around if quote.start <= one.start < quote.end), one.text)
    return Quotation(
        document=record.source,
        sha256=record.sha256,
        page=one.page,
        start=one.start,
        end=one.end,
        words=one.text,
        sentence=sentence,
    )


def _profile(found: _Gathered, resolver: Resolver) -> Profile:
    years = sorted({year for year in found.documents.values() if year is not None})
    council = resolver.council(found.identity.place)
    return Profile(
        identity=found.identity,
        names=_most_used_first(found.names),
        aliases=_most_used_first(Counter({name: n for name, n in found.aliases.items() if name not in found.names})),
        documents=tuple(sorted(found.documents)),
        years=tuple(years),
        roles=frozenset(found.roles),
        beside=frozenset(found.beside),
        called=frozenset(found.called),
        national=found.national,
        council=council.name if council else found.identity.place or None,
        region=council.region if council else None,
        quotes=tuple(found.quotes),
    )
