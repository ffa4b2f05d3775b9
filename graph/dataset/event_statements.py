"""Statements about an inspection besides its own report: its themes, what is due after it, its other witnesses.

A witness is a document that does not speak for the inspection: a copy, another version, or news of it.
"""

from collections.abc import Iterator
from datetime import date

from caregraph.graph.dataset.document_fields import authority_node, document_fields, scheme_value, unlisted_authority
from caregraph.graph.dataset.quotations import Passages, optional_statement, quotation_statements
from caregraph.graph.dataset.terms import CG, DCTERMS, IRI, RDF, Triple, literal_of
from caregraph.graph.resolution.events import Witness
from caregraph.ontology.iris import document_iri, relation_iri
from caregraph.ontology.records import Judgement, Origin, Record
from caregraph.ontology.vocabulary import Vocabulary

_STATED = "stated in the report"


def focus_statements(record: Record, vocabulary: Vocabulary, passages: Passages, inspection: IRI) -> Iterator[Triple]:
    """Yield the themes that an inspection looked at, and the round of a joint one."""
    first_day = record.inspected[0][0] if record.inspected else None
    for focus in record.theme_text:
        for id in focus.themes:
            theme = vocabulary.theme(id)
            iri = IRI(relation_iri("focus", passages.document, focus.start, inspection, theme.iri))
            round = theme.round_on(first_day) if record.kind == "jtai" else None
            yield iri, RDF.type, CG.Focus
            yield iri, CG.inInspection, inspection
            yield iri, CG.onTheme, IRI(theme.iri)
            yield from optional_statement(iri, CG.round, round.label if round else None)
            yield from passages.quotation(iri, focus)


def due_statements(
    record: Record, vocabulary: Vocabulary, passages: Passages, inspection: IRI, authority: IRI
) -> Iterator[Triple]:
    """Yield what is due of an authority, by the report's words or by a rule of its framework."""
    for due in record.due:
        rule = _STATED if due.rule == "stated" else f"rule of the {vocabulary.framework(due.rule).label}"
        iri = IRI(relation_iri("due", passages.document, due.start, inspection, due.action))
        yield iri, RDF.type, CG.Due
        yield iri, CG.inInspection, inspection
        yield iri, CG.dueFor, authority
        yield iri, CG.action, literal_of(due.action)
        yield iri, CG.months, literal_of(due.months)
        yield iri, CG.rule, literal_of(rule)
        yield from optional_statement(iri, CG.by, due.by and date.fromisoformat(due.by))
        yield from passages.quotation(iri, due)


class WitnessStatements:
    """Statements of a document that does not speak for its inspection: its part in it, and the grades that it gives."""

    def __init__(self, record: Record, witness: Witness, *, extractor: str, origin: Origin | None) -> None:
        self.record = record
        self.witness = witness
        self.extractor = extractor
        self.origin = origin
        self.iri = IRI(document_iri(record.sha256))
        self.authority = authority_node(record)

    def __iter__(self) -> Iterator[Triple]:
        record, witness = self.record, self.witness
        yield self.iri, RDF.type, CG.Witness
        yield from document_fields(self.iri, record, self.extractor, self.origin)
        yield self.iri, CG.part, literal_of(witness.role)
        yield self.iri, CG.explanation, literal_of(witness.reason)
        if witness.event:
            yield self.iri, CG.witnessOf, IRI(witness.event)
        if witness.principal and witness.role in ("copy", "version"):
            yield self.iri, CG.sameWordsAs, IRI(document_iri(witness.principal))
        if self.authority is not None:
            yield self.iri, CG.about, self.authority
            yield from unlisted_authority(self.authority, record)
            for judgement in record.judgements:
                yield from self._testimony(judgement, self.authority)

    def _testimony(self, judgement: Judgement, authority: IRI) -> Iterator[Triple]:
        iri = IRI(relation_iri("testimony", self.iri, judgement.start, authority, judgement.area))
        yield iri, RDF.type, CG.Testimony
        yield iri, CG.givenBy, self.iri
        yield iri, CG.givenTo, authority
        yield iri, CG.area, scheme_value("area", judgement.area)
        yield iri, CG.grade, scheme_value("grade", judgement.grade)
        yield from quotation_statements(iri, judgement)
        yield iri, DCTERMS.source, self.iri
