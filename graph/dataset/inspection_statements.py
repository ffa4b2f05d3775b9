"""Statements about what an inspection looked at, and about what is due after it, each with the document's words."""

from collections.abc import Iterator
from datetime import date

from rdflib import DCTERMS, RDF, Literal, URIRef

from caregraph.graph.dataset.quotations import CG, Triple, integer, optional_statement, quotation_statements
from caregraph.ontology.iris import relation_iri
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary

_STATED = "stated in the report"


def focus_statements(record: Record, vocabulary: Vocabulary, document: URIRef, inspection: URIRef) -> Iterator[Triple]:
    """Yield the themes that an inspection looked at, and the round of a joint one."""
    first_day = record.inspected[0][0] if record.inspected else None
    for focus in record.theme_text:
        for id in focus.themes:
            theme = vocabulary.theme(id)
            iri = URIRef(relation_iri("focus", document, focus.start, inspection, theme.iri))
            round = theme.round_on(first_day) if record.kind == "jtai" else None
            yield iri, RDF.type, CG.Focus
            yield iri, CG.inInspection, inspection
            yield iri, CG.onTheme, URIRef(theme.iri)
            yield from optional_statement(iri, CG.round, round and round.label)
            yield from quotation_statements(iri, focus)
            yield iri, DCTERMS.source, document


def due_statements(
    record: Record, vocabulary: Vocabulary, document: URIRef, inspection: URIRef, authority: URIRef
) -> Iterator[Triple]:
    """Yield what is due of an authority, by the report's words or by a rule of its framework."""
    for due in record.due:
        rule = _STATED if due.rule == "stated" else f"rule of the {vocabulary.framework(due.rule).label}"
        iri = URIRef(relation_iri("due", document, due.start, inspection, due.action))
        yield iri, RDF.type, CG.Due
        yield iri, CG.inInspection, inspection
        yield iri, CG.dueFor, authority
        yield iri, CG.action, Literal(due.action)
        yield iri, CG.months, integer(due.months)
        yield iri, CG.rule, Literal(rule)
        yield from optional_statement(iri, CG.by, due.by and date.fromisoformat(due.by))
        yield from quotation_statements(iri, due)
        yield iri, DCTERMS.source, document
