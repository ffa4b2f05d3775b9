"""Statements that every document has, whatever its part in an inspection, and the IRIs that they use."""

from collections.abc import Iterator
from functools import cache

from caregraph.graph.dataset.quotations import optional_statement
from caregraph.graph.dataset.terms import CG, DCTERMS, IRI, RDF, SKOS, Triple, literal_of
from caregraph.graph.resolution.identity import authority_key_of
from caregraph.ontology.iris import THINGS, authority_iri
from caregraph.ontology.records import Origin, Record

_NAMES = {  # of documents without a title, by their kind
    "ilacs": "inspection",
    "sif": "inspection",
    "pre-2013": "inspection",
    "focused-visit": "focused visit",
    "monitoring-visit": "monitoring visit",
    "jtai": "joint targeted area inspection",
    "jcpi": "joint inspection",
    "area-send": "area SEND inspection",
}


def unlisted_authority(authority: IRI, record: Record) -> Iterator[Triple]:
    """Yield statements about an authority that the register lacks: it has only its name."""
    if record.authority is not None and record.authority.gss is None:
        yield authority, RDF.type, CG.LocalAuthority
        yield authority, SKOS.prefLabel, literal_of(record.authority.name)


def document_fields(iri: IRI, record: Record, extractor: str, origin: Origin | None = None) -> Iterator[Triple]:
    """Yield the fields of any document, whatever its part: name, hash, source, pages, title, days, kind, origin."""
    yield iri, SKOS.prefLabel, literal_of(document_name(record, origin))
    yield iri, CG.sha256, literal_of(record.sha256)
    yield iri, CG.source, literal_of(record.source)
    yield iri, CG.pages, literal_of(record.pages)
    yield iri, CG.extractor, literal_of(extractor)
    yield from optional_statement(iri, DCTERMS.title, record.title)
    yield from optional_statement(iri, DCTERMS.issued, record.published)
    if record.kind:
        yield iri, CG.kind, scheme_value("kind", record.kind)
    if record.without_words:
        yield iri, CG.withoutWords, literal_of(True)
    if origin:
        yield from optional_statement(iri, CG.address, origin.address)
        yield from optional_statement(iri, CG.councilPage, origin.page)
        yield from optional_statement(iri, CG.listed, origin.listed)
    for unread in record.unread:
        yield iri, CG.unread, literal_of(f"{unread.field}: {unread.reason}")


def document_name(record: Record, origin: Origin | None) -> str:
    """Name of a document: its title, or what it was listed as, or where a snapshot has neither, what it is.

    The name of its file serves where it may be looked up.
    """
    if record.title or record.without_words is None or record.authority is None:
        return record.title or record.source
    kind = origin.title if origin and origin.title else _NAMES.get(record.kind or "", "report")
    day = f", {origin.listed.day} {origin.listed:%B %Y}" if origin and origin.listed else ""
    return f"{kind[:1].upper()}{kind[1:]} of {record.authority.name}{day}"


def authority_node(record: Record) -> IRI | None:
    """IRI of the authority that a document reports on; None if it names none."""
    authority_key = authority_key_of(record)
    return IRI(authority_iri(authority_key)) if authority_key else None


@cache
def scheme_value(scheme: str, id: str) -> IRI:
    """IRI of a value of a closed scheme, such as a grade."""
    return IRI(f"{THINGS}{scheme}/{id}")
