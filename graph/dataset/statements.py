"""Statements in RDF: the named graph of one document, and the graph of the vocabularies.

Every statement that rests on a document is in that document's graph and nowhere else, so that removing the graph
removes it. A statement that several documents make is in each of their graphs. IRIs and values come from the record
alone: the same record gives the same graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox
from rdflib import Graph

from caregraph.graph.dataset.attestations import find_attestations
from caregraph.graph.dataset.corrections import Notes
from caregraph.graph.dataset.document_fields import authority_node, document_fields, scheme_value, unlisted_authority
from caregraph.graph.dataset.event_statements import WitnessStatements, due_statements, focus_statements
from caregraph.graph.dataset.quotations import (
    Passages,
    heading_statements,
    optional_statement,
    quotation_name,
    quotation_statements,
)
from caregraph.graph.dataset.rdf_terms import as_graph, skolemize
from caregraph.graph.dataset.terms import CG, IRI, ORG, PROV, RDF, SKOS, Triple, literal_of
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.events import Witness, facts_of, find_witnesses
from caregraph.graph.resolution.sharing import MergedThing, fullest_name, partners_of
from caregraph.graph.wording import join_names
from caregraph.ontology.iris import (
    VOCABULARY_GRAPH,
    document_iri,
    finding_iri,
    judgement_iri,
    relation_iri,
    thing_iri,
)
from caregraph.ontology.records import (
    INSPECTOR_ROLES,
    Finding,
    Judgement,
    Mention,
    Origin,
    Person,
    Record,
    Reference,
    SharingStatement,
)
from caregraph.ontology.schema import cg
from caregraph.ontology.vocabulary import Vocabulary

SOFTWARE = IRI(thing_iri("software", "caregraph"))


def document_triples(
    record: Record,
    vocabulary: Vocabulary,
    *,
    extractor: str,
    witness: Witness | None = None,
    merged: Mapping[str, MergedThing] = MappingProxyType({}),
    origin: Origin | None = None,
    notes: Notes = MappingProxyType({}),
) -> Iterable[Triple]:
    """State one resolved record, in reading order; a statement may come more than once.

    Args:
        extractor: version of the extractors that made the record.
        witness: the document's part in its inspection; by default that of the only document there is.
        merged: things of several names or councils, by IRI, so that all documents give one the same name.
        origin: where the document's publisher gives it, if that is known.
        notes: words on people's corrections of the record.
    """
    part = witness or find_witnesses([facts_of(record)], Decisions())[record.sha256]
    if part.role != "principal":
        return WitnessStatements(record, part, extractor=extractor, origin=origin)
    return DocumentStatements(
        record, vocabulary, extractor=extractor, event=part.event, merged=merged, origin=origin, notes=notes
    )


def to_graph(record: Record, vocabulary: Vocabulary, *, extractor: str, **context: Any) -> Graph:
    """Make the named graph of one resolved record, under its document's IRI; arguments as of `document_triples`."""
    return as_graph(document_triples(record, vocabulary, extractor=extractor, **context), document_iri(record.sha256))


class DocumentStatements:
    """Statements of one record, in reading order."""

    def __init__(
        self,
        record: Record,
        vocabulary: Vocabulary,
        *,
        extractor: str,
        event: str | None,
        merged: Mapping[str, MergedThing],
        origin: Origin | None,
        notes: Notes,
    ) -> None:
        self.record = record
        self.vocabulary = vocabulary
        self.extractor = extractor
        self.merged = merged
        self.origin = origin
        self.notes = notes
        self.iri = IRI(document_iri(record.sha256))
        self.authority = authority_node(record)
        self.inspection = IRI(event) if event else None
        self.passages = Passages(self.iri, record.passages)

    def __iter__(self) -> Iterator[Triple]:
        yield from self._document()
        yield from self._inspected_authority()
        yield from self._inspection()
        yield from self._judgements()
        yield from self._people()
        for person in self.record.people:
            yield from self._role(person)
        if self.inspection is not None:
            yield from focus_statements(self.record, self.vocabulary, self.passages, self.inspection)
        if self.inspection is not None and self.authority is not None:
            yield from due_statements(self.record, self.vocabulary, self.passages, self.inspection, self.authority)
        yield from self._things()
        yield from self._attestations()
        for reference in self.record.references:
            yield from self._reference(reference)
        for statement in self.record.sharing:
            yield from self._sharing(statement)
        for mention in self.record.mentions:
            yield from self._mention(mention)
        for finding in self.record.findings:
            yield from self._finding(finding)
        yield from self.passages.statements()

    def _document(self) -> Iterator[Triple]:
        """Yield the document, and the run that read it; the run has no time, so that two runs are equal."""
        record, run = self.record, IRI(relation_iri("extraction", self.iri, 0, self.extractor))
        yield self.iri, RDF.type, CG.Document
        yield from document_fields(self.iri, record, self.extractor, self.origin)
        yield run, RDF.type, PROV.Activity
        yield run, PROV.used, self.iri
        yield run, PROV.wasAssociatedWith, SOFTWARE
        yield SOFTWARE, RDF.type, PROV.SoftwareAgent

    def _inspected_authority(self) -> Iterator[Triple]:
        """Yield the inspected authority; one that the register lacks has only its name."""
        if self.authority is None or self.record.authority is None:
            return
        yield self.iri, CG.reportsOn, self.authority
        yield from unlisted_authority(self.authority, self.record)

    def _inspection(self) -> Iterator[Triple]:
        """Yield the inspection, if the document tells of one."""
        inspection, periods, kind = self.inspection, self.record.inspected, self.record.kind
        if inspection is None:
            return
        year = str(periods[0][0].year) if periods else None
        areas = [judgement.area for judgement in self.record.judgements]
        first_day = periods[0][0] if periods else None
        framework = self.vocabulary.framework_for(kind, first_day, areas=areas) if kind else None
        name = ", ".join(filter(None, (framework.label if framework else "inspection", self._authority_name(), year)))
        yield inspection, RDF.type, CG.Inspection
        yield inspection, SKOS.prefLabel, literal_of(name)
        yield inspection, CG.reportedIn, self.iri
        if self.authority is not None:
            yield inspection, CG.inspected, self.authority
        for first, last in periods:
            yield inspection, CG.period, literal_of(f"{first}/{last}")
        if periods:
            yield inspection, CG.started, literal_of(min(first for first, _ in periods))
            yield inspection, CG.ended, literal_of(max(last for _, last in periods))
        if kind and kind != "news":  # a news item tells of an inspection, but not of which kind
            yield inspection, CG.kind, scheme_value("kind", kind)
        if framework:
            yield inspection, CG.under, IRI(framework.iri)

    def _judgements(self) -> Iterator[Triple]:
        """Yield a judgement for each area with all its quotations; none where quotations contradict each other."""
        by_area: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.record.judgements:
            by_area[judgement.area].append(judgement)
        for area, quotations in by_area.items():
            grades = sorted({judgement.grade for judgement in quotations})
            if len(grades) > 1:
                yield self.iri, CG.unread, literal_of(f"judgement of {area}: graded both {' and '.join(grades)}")
            elif self.inspection is not None:
                yield from self._judgement(self.inspection, area, grades[0], quotations)

    def _judgement(self, inspection: IRI, area: str, grade: str, quotations: list[Judgement]) -> Iterator[Triple]:
        iri = IRI(judgement_iri(inspection, area, grade))
        yield inspection, CG.gave, iri
        yield iri, RDF.type, CG.Judgement
        yield iri, SKOS.prefLabel, literal_of(f"{self._area_name(area)}: {grade.replace('-', ' ')}")
        yield iri, CG.area, scheme_value("area", area)
        yield iri, CG.grade, scheme_value("grade", grade)
        for quote in quotations:
            evidence = IRI(relation_iri("evidence", self.iri, quote.start, iri))
            yield evidence, RDF.type, CG.Evidence
            yield evidence, CG.evidenceFor, iri
            yield from self.passages.quotation(evidence, quote)

    def _people(self) -> Iterator[Triple]:
        """Yield the people that are named; of a person's several names, in all documents, the fullest is the label."""
        names: dict[str, set[str]] = defaultdict(set)
        for person in self.record.people:
            if person.iri is not None:  # a leader of a council that the document does not name
                names[person.iri].add(person.name)
        for iri, given in names.items():
            merged = self.merged.get(iri)
            label = merged.name if merged else fullest_name(given)
            yield IRI(iri), RDF.type, CG.Person
            yield IRI(iri), SKOS.prefLabel, literal_of(label)
            for name in sorted(given - {label}):
                yield IRI(iri), SKOS.altLabel, literal_of(name)

    def _role(self, person: Person) -> Iterator[Triple]:
        """Yield the person's role in the inspection, or post in the authority, on this document's word alone."""
        if person.iri is None:
            return
        iri, role = IRI(person.iri), scheme_value("role", person.role)
        if person.role in INSPECTOR_ROLES and self.inspection is not None:
            node = IRI(relation_iri("participation", self.iri, person.start, iri, role))
            yield node, RDF.type, CG.Participation
            yield node, PROV.agent, iri
            yield node, CG.inInspection, self.inspection
            if person.role == "lead":
                yield iri, CG.led, self.inspection
        elif person.role not in INSPECTOR_ROLES and self.authority is not None:
            node = IRI(relation_iri("post", self.iri, person.start, iri, role))
            yield node, RDF.type, CG.Post
            yield node, ORG.member, iri
            yield node, ORG.organization, self.authority
        else:
            return
        yield node, CG.role, role
        yield from self.passages.quotation(node, person)

    def _things(self) -> Iterator[Triple]:
        """Yield the things that are named: that the authority uses them, and everything known of those in no list."""
        listed = {thing.iri for thing in self.vocabulary.things}
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.record.mentions:
            if mention.iri is not None:
                named[mention.iri].append(mention)
        for iri, mentions in named.items():
            yield self.iri, CG.mentions, IRI(iri)
            if self.authority is not None:
                yield self.authority, CG.uses, IRI(iri)
            if iri not in listed:
                yield from self._local_thing(IRI(iri), mentions)

    def _local_thing(self, thing: IRI, mentions: list[Mention]) -> Iterator[Triple]:
        """Yield a thing of the authority's own, or of several; its label is its kind and the authority, or its name."""
        names = list(dict.fromkeys(name for mention in mentions for name in (mention.name, *mention.aliases)))
        kind = next((self.vocabulary.thing(mention.term) for mention in mentions if mention.term), None)
        label = ", ".join(filter(None, (kind.label, self._authority_name()))) if kind else names[0]
        merged = self.merged.get(str(thing))
        label = merged.name if merged else label
        is_shared = merged is not None and merged.is_shared
        yield thing, RDF.type, _class(kind.type if kind else mentions[0].type)
        yield thing, SKOS.prefLabel, literal_of(label)
        yield thing, CG.scope, scheme_value("scope", "regional" if is_shared else "local")
        for name in names:
            if name != label:
                yield thing, SKOS.altLabel, literal_of(name)
        if kind:
            yield thing, CG.instanceOf, IRI(kind.iri)
        if merged is not None and is_shared:
            yield thing, SKOS.definition, literal_of(self._definition(merged, mentions[0].type))
        elif self.authority is not None:
            yield thing, CG.belongsTo, self.authority

    def _attestations(self) -> Iterator[Triple]:
        """Yield the attestations of bodies that serve the authority."""
        if self.authority is None:
            return
        for attestation in find_attestations(self.record, self.vocabulary):
            quote, thing = attestation.quote, attestation.thing
            iri = IRI(relation_iri("attestation", self.iri, quote.start, thing))
            yield iri, RDF.type, CG.Attestation
            yield iri, ORG.organization, IRI(thing)
            yield iri, ORG.member, self.authority
            yield iri, CG.standing, scheme_value("standing", attestation.standing)
            yield from self.passages.quotation(iri, quote)

    def _sharing(self, statement: SharingStatement) -> Iterator[Triple]:
        """Yield a sharing statement for the document's own authority, and for each that it names and the register has.

        Whoever left or joins, it is the document's own authority alone.
        """
        if statement.iri is None or self.authority is None:
            return
        own_alone = statement.relation in ("left", "joining")
        partners = [] if own_alone else partners_of(statement, self.record, self.vocabulary)
        named = [IRI(partner.iri) for partner in partners]
        for authority in dict.fromkeys((self.authority, *named)):
            iri = IRI(relation_iri("sharing", self.iri, statement.start, statement.iri, authority))
            yield iri, RDF.type, CG.Sharing
            yield iri, ORG.organization, IRI(statement.iri)
            yield iri, ORG.member, authority
            yield iri, CG.relation, literal_of(statement.relation)
            yield iri, CG.time, literal_of(statement.time)
            yield from optional_statement(iri, CG.host, statement.host)
            yield from optional_statement(iri, CG.partners, statement.partners_text)
            yield from self.passages.quotation(iri, statement)

    def _mention(self, mention: Mention) -> Iterator[Triple]:
        """Yield a mention of a thing, in the document's words."""
        if mention.iri is None:
            return
        iri = IRI(relation_iri("mention", self.iri, mention.start, mention.iri))
        yield iri, RDF.type, CG.Mention
        yield iri, CG.mentionOf, IRI(mention.iri)
        for note in self.notes.get((Mention, mention.start), ()):
            yield iri, CG.correction, literal_of(note)
        yield from self.passages.quotation(iri, mention)

    def _finding(self, finding: Finding) -> Iterator[Triple]:
        """Yield a finding with its words and its passage."""
        iri = IRI(finding_iri(self.iri, finding.start))
        yield self.iri, CG.states, iri
        yield iri, RDF.type, CG.Finding
        yield iri, SKOS.prefLabel, literal_of(quotation_name(finding))
        yield iri, CG.kind, scheme_value("kind", finding.kind)
        yield iri, CG.polarity, scheme_value("polarity", finding.polarity)
        yield iri, CG.confidence, literal_of(finding.confidence)
        for note in self.notes.get((Finding, finding.start), ()):
            yield iri, CG.correction, literal_of(note)
        yield iri, CG.evidencedBy, self.passages.passage_of(finding)
        for topic in finding.topics:
            yield iri, CG.concerns, IRI(self.vocabulary.concept(topic).iri)
        for expectation in finding.expectations:
            yield iri, CG.crossReferences, scheme_value("expectation", expectation)
        for thing in finding.involves:
            yield iri, CG.involves, IRI(thing)
        yield from heading_statements(iri, finding)
        yield from quotation_statements(iri, finding)

    def _reference(self, reference: Reference) -> Iterator[Triple]:
        """Yield what a finding says of a thing that the sentences before it name, unless it names it, too."""
        findings = (finding for finding in self.record.findings if finding.start == reference.finding)
        finding = next(findings, None)
        if finding is None or reference.iri is None or reference.iri in finding.involves:
            return
        iri = IRI(relation_iri("reference", self.iri, reference.start, reference.iri))
        yield iri, RDF.type, CG.Reference
        yield iri, CG.referring, IRI(finding_iri(self.iri, finding.start))
        yield iri, CG.referringTo, IRI(reference.iri)
        yield iri, CG.confidence, literal_of(reference.confidence)
        yield from self.passages.quotation(iri, reference)

    def _authority_name(self) -> str | None:
        return self.record.authority.name if self.record.authority else None

    def _definition(self, merged: MergedThing, type: str) -> str:
        """Definition of a thing of several councils, which no list has."""
        names = sorted(self._council_names.get(key, key) for key in merged.authorities)
        return f"{type.capitalize()} of {join_names(names)}, as reports say."

    @cached_property
    def _council_names(self) -> Mapping[str, str]:
        return {term.gss: term.name for term in self.vocabulary.authorities}

    def _area_name(self, area: str) -> str:
        return next((term.labels[0] for term in self.vocabulary.spoken_areas if term.id == area), area)


@cache
def _class(type: str) -> IRI:
    return IRI(cg(type.capitalize()))


def vocabulary_quads(vocabulary: Vocabulary) -> list[ox.Quad]:
    """Read the ontology, the schemes, the register and the thesaurus from their files, without shapes, as one graph.

    Blank nodes, such as those of lists, get IRIs made of their parents'.

    Raises:
        InvalidGraph: if a blank node has no parent, or two have the same parent and property.
    """
    files = (path for path in vocabulary.sources if path.name != "shapes.ttl")
    read = (statement for path in files for statement in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    return skolemize(ox.Quad(one.subject, one.predicate, one.object, graph) for one in read)
