"""Statements that every document has, whatever its part in an inspection, and the IRIs that they use."""

from collections.abc import Iterator
from functools import cache

from rdflib import DCTERMS, RDF, SKOS, Literal, URIRef

from caregraph.graph.dataset.quotations import CG, Triple, integer, optional_statement
from caregraph.graph.resolution.identity import authority_key_of
from caregraph.ontology.iris import THINGS, authority_iri
from caregraph.ontology.records import Record


def unlisted_authority(authority: URIRef, record: Record) -> Iterator[Triple]:
    """Yield statements about an authority that the register lacks: it has only its name."""
    if record.authority is not None and record.authority.gss is None:
        yield authority, RDF.type, CG.LocalAuthority
        yield authority, SKOS.prefLabel, Literal(record.authority.name)


def document_fields(iri: URIRef, record: Record, extractor: str) -> Iterator[Triple]:
    """Yield the fields of any document, whatever its part: name, hash, source, pages, title, day, kind, notes."""
    yield iri, SKOS.prefLabel, Literal(record.title or record.source)
    yield iri, CG.sha256, Literal(record.sha256)
    yield iri, CG.source, Literal(record.source)
    yield iri, CG.pages, integer(record.pages)
    yield iri, CG.extractor, Literal(extractor)
    yield from optional_statement(iri, DCTERMS.title, record.title)
    yield from optional_statement(iri, DCTERMS.issued, record.published)
    if record.kind:
        yield iri, CG.kind, scheme_value("kind", record.kind)
    for unread in record.unread:
        yield iri, CG.unread, Literal(f"{unread.field}: {unread.reason}")


def authority_node(record: Record) -> URIRef | None:
    """IRI of the authority that a document reports on; None if it names none."""
    authority_key = authority_key_of(record)
    return URIRef(authority_iri(authority_key)) if authority_key else None


@cache
def scheme_value(scheme: str, id: str) -> URIRef:
    """IRI of a value of a closed scheme, such as a grade."""
    return URIRef(f"{THINGS}{scheme}/{id}")
