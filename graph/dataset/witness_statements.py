"""Statements of a document that is only a witness: a copy, another version, or news of an inspection."""

from collections.abc import Iterator

from rdflib import DCTERMS, RDF, Literal, URIRef

from caregraph.graph.dataset.document_fields import authority_node, document_fields, scheme_value, unlisted_authority
from caregraph.graph.dataset.quotations import CG, Triple, quotation_statements
from caregraph.graph.resolution.events import Witness
from caregraph.ontology.iris import document_iri, relation_iri
from caregraph.ontology.records import Judgement, Origin, Record


class WitnessStatements:
    """Statements of a document that does not speak for its inspection: its part in it, and the grades that it gives."""

    def __init__(self, record: Record, witness: Witness, *, extractor: str, origin: Origin | None) -> None:
        self.record = record
        self.witness = witness
        self.extractor = extractor
        self.origin = origin
        self.iri = URIRef(document_iri(record.sha256))
        self.authority = authority_node(record)

    def __iter__(self) -> Iterator[Triple]:
        record, witness = self.record, self.witness
        yield self.iri, RDF.type, CG.Witness
        yield from document_fields(self.iri, record, self.extractor, self.origin)
        yield self.iri, CG.part, Literal(witness.role)
        yield self.iri, CG.explanation, Literal(witness.reason)
        if witness.event:
            yield self.iri, CG.witnessOf, URIRef(witness.event)
        if witness.principal and witness.role in ("copy", "version"):
            yield self.iri, CG.sameWordsAs, URIRef(document_iri(witness.principal))
        if self.authority is not None:
            yield self.iri, CG.about, self.authority
            yield from unlisted_authority(self.authority, record)
            for judgement in record.judgements:
                yield from self._testimony(judgement, self.authority)

    def _testimony(self, judgement: Judgement, authority: URIRef) -> Iterator[Triple]:
        iri = URIRef(relation_iri("testimony", self.iri, judgement.start, authority, judgement.area))
        yield iri, RDF.type, CG.Testimony
        yield iri, CG.givenBy, self.iri
        yield iri, CG.givenTo, authority
        yield iri, CG.area, scheme_value("area", judgement.area)
        yield iri, CG.grade, scheme_value("grade", judgement.grade)
        yield from quotation_statements(iri, judgement)
        yield iri, DCTERMS.source, self.iri
