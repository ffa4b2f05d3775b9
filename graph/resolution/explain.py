"""Explanation of identities: a row for each mention and person, with the thing it means and the reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caregraph.graph.resolution.identity import Identity, authority_key_of
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Mention, Person, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionIdentity:
    """Mention in a document and the identity that the resolver gave it.

    ``words`` are the document's, ``name`` the fullest name it gives there; ``type`` is `person` or the type of the
    mention, ``role`` only a person's. ``iri`` is None where the mention cannot be resolved, and then so are all the
    fields after it but ``reason``: ``thing`` is the thing's name, ``scope`` `national`, `regional` or `local`, None
    for a person, and ``kind`` the IRI of the generic kind where it is an instance of one. ``own_iri`` is the IRI
    before decisions across documents; decisions are about these.
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


def explain_identities(record: Record, resolver: Resolver) -> Iterator[MentionIdentity]:
    """Explain every mention and person of a record from extraction, in reading order."""
    record = replace(record, authority=resolver.authority(record))
    authority_key = authority_key_of(record)
    named: list[tuple[Mention | Person, Identity | None]]
    named = [(mention, resolver.identify(mention, authority_key)) for mention in record.mentions]
    named += [(person, resolver.identify_person(person, record)) for person in record.people]
    for mention, identity in sorted(named, key=lambda pair: (pair[0].start, pair[0].end)):
        yield _explain(record, mention, identity, resolver)


def _explain(record: Record, mention: Mention | Person, own: Identity | None, resolver: Resolver) -> MentionIdentity:
    unresolved = MentionIdentity(
        document=record.source,
        page=mention.page,
        start=mention.start,
        end=mention.end,
        words=mention.text,
        name=mention.name,
        type=mention.type if isinstance(mention, Mention) else "person",
        role=mention.role if isinstance(mention, Person) else None,
        council=record.authority.name if record.authority else None,
    )
    if own is None:
        return unresolved
    identity = resolver.canonical_identity(own)
    return replace(
        unresolved,
        iri=identity.iri,
        own_iri=own.iri,
        thing=identity.name,
        thing_type=identity.type,
        scope=identity.scope,
        kind=identity.kind,
        rule=identity.rule,
        reason=identity.why,
    )
