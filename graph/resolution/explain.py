"""What each place that names a thing or a person was taken for, one row a place, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caregraph.graph.resolution.identity import Identity, place_of
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Mention, Person, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place in a document that names something, and what that was taken for.

    ``words`` are the document's, ``name`` the fullest name it gives there; ``type`` is `person` or the type of the
    mention, ``role`` only a person's. ``iri`` is None where it cannot be told what is meant, and so is all that
    follows but ``reason``: ``thing`` is its name, ``scope`` `national`, `regional` or `local`, None for a person, and
    ``kind`` the IRI of the generic kind where it is an instance of one. ``own_iri`` is what it would be but for
    decisions across documents: decisions are about these.
    """

    document: str
    page: int
    start: int
    end: int
    words: str
    name: str
    type: str
    role: str | None
    council: str | None
    iri: str | None = None
    own_iri: str | None = None
    thing: str | None = None
    thing_type: str | None = None
    scope: str | None = None
    kind: str | None = None
    rule: str | None = None
    reason: str = "no list has the name, and the document names no council it could belong to"


def places(record: Record, resolver: Resolver) -> Iterator[Place]:
    """Every mention and person of a record that extraction made, in reading order, as the resolver takes them."""
    record = replace(record, authority=resolver.authority(record))
    place = place_of(record)
    found: list[tuple[Mention | Person, Identity | None]]
    found = [(one, resolver.identify(one, place)) for one in record.mentions]
    found += [(one, resolver.identify_person(one, record)) for one in record.people]
    for one, identity in sorted(found, key=lambda pair: (pair[0].start, pair[0].end)):
        yield _place(record, one, identity, resolver)


def _place(record: Record, one: Mention | Person, identity: Identity | None, resolver: Resolver) -> Place:
    taken = resolver.taken(identity) if identity else None
    place = Place(
        document=record.source,
        page=one.page,
        start=one.start,
        end=one.end,
        words=one.text,
        name=one.name,
        type=one.type if isinstance(one, Mention) else "person",
        role=one.role if isinstance(one, Person) else None,
        council=record.authority.name if record.authority else None,
    )
    if identity is None or taken is None:
        return place
    return replace(
        place,
        iri=taken.iri,
        own_iri=identity.iri,
        thing=taken.name,
        thing_type=taken.type,
        scope=taken.scope,
        kind=taken.kind,
        rule=taken.rule,
        reason=taken.why,
    )
