"""What one document says, as RDF: its named graph, and the graph of the vocabularies.

Every statement that rests on a document is in that document's graph and
nowhere else, so that removing the graph takes it back; what several documents
say of one thing is in each of their graphs. IRIs and values come from the
record alone: the same record gives the same graph.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import DCTERMS, ORG, PROV, RDF, SKOS, Graph, Literal, URIRef

from caregraph.graph.dataset.attestations import attestations
from caregraph.graph.dataset.quotations import CG, Passages, Triple, first_words, integer, maybe, numbered, quoted
from caregraph.graph.dataset.rdf_terms import graph_of, with_names
from caregraph.graph.resolution.identity import place_of
from caregraph.ontology.iris import (
    THINGS,
    authority_iri,
    document_iri,
    finding_iri,
    inspection_iri,
    judgement_iri,
    relation_iri,
    thing_iri,
)
from caregraph.ontology.records import INSPECTOR_ROLES, Finding, Judgement, Mention, Person, Quote, Record
from caregraph.ontology.schema import cg
from caregraph.ontology.vocabulary import Vocabulary

SOFTWARE = URIRef(thing_iri("software", "caregraph"))
VOCABULARY = thing_iri("graph", "vocabulary")


@cache
def rules() -> str:
    """Names what turns records into statements: a digest of the code of this room."""
    digest = hashlib.sha256()
    room = Path(__file__).parents[1]
    for path in sorted((*(room / "dataset").glob("*.py"), *(room / "resolution").glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def to_graph(record: Record, vocabulary: Vocabulary, *, extractor: str) -> Graph:
    """The named graph of one resolved record, under its document's IRI.

    Args:
        extractor: the version of the extractors that made the record.
    """
    graph = Graph(identifier=document_iri(record.sha256))
    for triple in DocumentStatements(record, vocabulary, extractor=extractor):
        graph.add(triple)
    return graph


class DocumentStatements:
    """The statements of one record, in reading order."""

    def __init__(self, record: Record, vocabulary: Vocabulary, *, extractor: str) -> None:
        self.record = record
        self.vocabulary = vocabulary
        self.extractor = extractor
        self.iri = URIRef(document_iri(record.sha256))
        self.authority = _authority(record)
        self.inspection = _inspection(record)
        self.passages = Passages(self.iri, record.passages)

    def __iter__(self) -> Iterator[Triple]:
        yield from self.document()
        yield from self.council()
        yield from self.inspected()
        yield from self.judgements()
        yield from self.people()
        for person in self.record.people:
            yield from self.part(person)
        yield from self.things()
        yield from self.attestations()
        for mention in self.record.mentions:
            yield from self.mention(mention)
        for finding in self.record.findings:
            yield from self.finding(finding)
        yield from self.passages.statements()

    def document(self) -> Iterator[Triple]:
        """The document itself, and the run that read it, which has no time so that two runs are equal."""
        record, run = self.record, URIRef(relation_iri("extraction", self.iri, 0, self.extractor))
        yield self.iri, RDF.type, CG.Document
        yield self.iri, SKOS.prefLabel, Literal(record.title or record.source)
        yield self.iri, CG.sha256, Literal(record.sha256)
        yield self.iri, CG.source, Literal(record.source)
        yield self.iri, CG.pages, integer(record.pages)
        yield self.iri, CG.extractor, Literal(self.extractor)
        yield from maybe(self.iri, DCTERMS.title, record.title)
        yield from maybe(self.iri, DCTERMS.issued, record.published)
        if record.kind:
            yield self.iri, CG.kind, _value("kind", record.kind)
        for unread in record.unread:
            yield self.iri, CG.unread, Literal(f"{unread.field}: {unread.reason}")
        yield run, RDF.type, PROV.Activity
        yield run, PROV.used, self.iri
        yield run, PROV.wasAssociatedWith, SOFTWARE
        yield SOFTWARE, RDF.type, PROV.SoftwareAgent

    def council(self) -> Iterator[Triple]:
        """Whom the document is about; a council that the register lacks is known by its name alone."""
        if self.authority is None or self.record.authority is None:
            return
        yield self.iri, CG.reportsOn, self.authority
        if self.record.authority.gss is None:
            yield self.authority, RDF.type, CG.LocalAuthority
            yield self.authority, SKOS.prefLabel, Literal(self.record.authority.name)

    def inspected(self) -> Iterator[Triple]:
        """The inspection, if the document gives anything of one."""
        inspection, periods, kind = self.inspection, self.record.inspected, self.record.kind
        if inspection is None:
            return
        year = str(periods[0][0].year) if periods else None
        areas = [judgement.area for judgement in self.record.judgements]
        first_day = periods[0][0] if periods else None
        framework = self.vocabulary.framework_for(kind, first_day, areas=areas) if kind else None
        name = ", ".join(filter(None, (framework.label if framework else "inspection", self._council_name(), year)))
        yield inspection, RDF.type, CG.Inspection
        yield inspection, SKOS.prefLabel, Literal(name)
        yield inspection, CG.reportedIn, self.iri
        if self.authority is not None:
            yield inspection, CG.inspected, self.authority
        for first, last in periods:
            yield inspection, CG.period, Literal(f"{first}/{last}")
        if periods:
            yield inspection, CG.started, Literal(min(first for first, _ in periods))
            yield inspection, CG.ended, Literal(max(last for _, last in periods))
        if kind and kind != "news":  # a news item tells of an inspection, but not of which kind
            yield inspection, CG.kind, _value("kind", kind)
        if framework:
            yield inspection, CG.under, URIRef(framework.iri)

    def judgements(self) -> Iterator[Triple]:
        """One judgement an area, with every place that says so; places that contradict each other give none."""
        by_area: dict[str, list[Judgement]] = defaultdict(list)
        for judgement in self.record.judgements:
            by_area[judgement.area].append(judgement)
        for area, places in by_area.items():
            grades = sorted({place.grade for place in places})
            if len(grades) > 1:
                yield self.iri, CG.unread, Literal(f"judgement of {area}: graded both {' and '.join(grades)}")
            elif self.inspection is not None:
                yield from self._judgement(self.inspection, area, grades[0], places)

    def _judgement(self, inspection: URIRef, area: str, grade: str, places: list[Judgement]) -> Iterator[Triple]:
        iri = URIRef(judgement_iri(inspection, area))
        yield inspection, CG.gave, iri
        yield iri, RDF.type, CG.Judgement
        yield iri, SKOS.prefLabel, Literal(f"{self._area_name(area)}: {grade.replace('-', ' ')}")
        yield iri, CG.area, _value("area", area)
        yield iri, CG.grade, _value("grade", grade)
        for place in places:
            evidence = URIRef(relation_iri("evidence", self.iri, place.start, iri))
            yield evidence, RDF.type, CG.Evidence
            yield evidence, CG.evidenceFor, iri
            yield from self._in_passage(evidence, place)

    def people(self) -> Iterator[Triple]:
        """Who is named; of several names of one person the fullest is the one shown."""
        names: dict[str, set[str]] = defaultdict(set)
        for person in self.record.people:
            if person.iri is not None:  # a leader of a council that the document does not name
                names[person.iri].add(person.name)
        for iri, given in names.items():
            fullest, *others = sorted(given, key=lambda name: (-len(name), name))
            yield URIRef(iri), RDF.type, CG.Person
            yield URIRef(iri), SKOS.prefLabel, Literal(fullest)
            for name in others:
                yield URIRef(iri), SKOS.altLabel, Literal(name)

    def part(self, person: Person) -> Iterator[Triple]:
        """The part that a person took in the inspection or the council, which is said by this document alone."""
        if person.iri is None:
            return
        iri, role = URIRef(person.iri), _value("role", person.role)
        if person.role in INSPECTOR_ROLES and self.inspection is not None:
            part = URIRef(relation_iri("participation", self.iri, person.start, iri, role))
            yield part, RDF.type, CG.Participation
            yield part, PROV.agent, iri
            yield part, CG.inInspection, self.inspection
            if person.role == "lead":
                yield iri, CG.led, self.inspection
        elif person.role not in INSPECTOR_ROLES and self.authority is not None:
            part = URIRef(relation_iri("post", self.iri, person.start, iri, role))
            yield part, RDF.type, CG.Post
            yield part, ORG.member, iri
            yield part, ORG.organization, self.authority
        else:
            return
        yield part, CG.role, role
        yield from quoted(part, person)
        yield part, DCTERMS.source, self.iri

    def things(self) -> Iterator[Triple]:
        """What the document names: that the council uses it and, for what no list has, all that is known of it."""
        listed = {thing.iri for thing in self.vocabulary.things}
        named: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.record.mentions:
            if mention.iri is not None:
                named[mention.iri].append(mention)
        for iri, mentions in named.items():
            yield self.iri, CG.mentions, URIRef(iri)
            if self.authority is not None:
                yield self.authority, CG.uses, URIRef(iri)
            if iri not in listed:
                yield from self._own(URIRef(iri), mentions)

    def _own(self, thing: URIRef, mentions: list[Mention]) -> Iterator[Triple]:
        """A thing of the council's own: named by its kind and the council, or in the document's words."""
        names = list(dict.fromkeys(name for mention in mentions for name in (mention.name, *mention.aliases)))
        kind = next((self.vocabulary.thing(mention.term) for mention in mentions if mention.term), None)
        label = ", ".join(filter(None, (kind.label, self._council_name()))) if kind else names[0]
        yield thing, RDF.type, _class(kind.type if kind else mentions[0].type)
        yield thing, SKOS.prefLabel, Literal(label)
        yield thing, CG.scope, _value("scope", "local")
        for name in names:
            if name != label:
                yield thing, SKOS.altLabel, Literal(name)
        if kind:
            yield thing, CG.instanceOf, URIRef(kind.iri)
        if self.authority is not None:
            yield thing, CG.belongsTo, self.authority

    def attestations(self) -> Iterator[Triple]:
        """What the document says of who serves its council."""
        if self.authority is None:
            return
        for one in attestations(self.record, self.vocabulary):
            iri = URIRef(relation_iri("attestation", self.iri, one.quote.start, one.thing))
            yield iri, RDF.type, CG.Attestation
            yield iri, ORG.organization, URIRef(one.thing)
            yield iri, ORG.member, self.authority
            yield iri, CG.standing, _value("standing", one.standing)
            yield from quoted(iri, one.quote)
            yield iri, DCTERMS.source, self.iri

    def mention(self, mention: Mention) -> Iterator[Triple]:
        """One place that names a thing, in the words it uses there."""
        if mention.iri is None:
            return
        iri = URIRef(relation_iri("mention", self.iri, mention.start, mention.iri))
        yield iri, RDF.type, CG.Mention
        yield iri, CG.mentionOf, URIRef(mention.iri)
        yield from self._in_passage(iri, mention)

    def finding(self, finding: Finding) -> Iterator[Triple]:
        """One thing the inspectors say, with its words and the passage they stand in."""
        iri = URIRef(finding_iri(self.iri, finding.start))
        yield self.iri, CG.states, iri
        yield iri, RDF.type, CG.Finding
        yield iri, SKOS.prefLabel, Literal(first_words(finding.text))
        yield iri, CG.kind, _value("kind", finding.kind)
        yield iri, CG.polarity, _value("polarity", finding.polarity)
        yield iri, CG.confidence, Literal(finding.confidence)
        yield iri, CG.evidencedBy, self.passages.holding(finding)
        for topic in finding.topics:
            yield iri, CG.concerns, URIRef(self.vocabulary.concept(topic).iri)
        for thing in finding.involves:
            yield iri, CG.involves, URIRef(thing)
        yield from numbered(iri, finding)
        yield from quoted(iri, finding)

    def _in_passage(self, iri: URIRef, quote: Quote) -> Iterator[Triple]:
        yield iri, CG.inPassage, self.passages.holding(quote)
        yield iri, DCTERMS.source, self.iri
        yield from quoted(iri, quote)

    def _council_name(self) -> str | None:
        return self.record.authority.name if self.record.authority else None

    def _area_name(self, area: str) -> str:
        return next((term.labels[0] for term in self.vocabulary.spoken_areas if term.id == area), area)


def _authority(record: Record) -> URIRef | None:
    place = place_of(record)
    return URIRef(authority_iri(place)) if place else None


def _inspection(record: Record) -> URIRef | None:
    told = record.inspected or record.judgements or any(person.role in INSPECTOR_ROLES for person in record.people)
    if not told and record.kind in (None, "news"):
        return None
    first_day = min(first for first, _ in record.inspected) if record.inspected else record.sha256
    return URIRef(inspection_iri(place_of(record) or record.sha256, record.kind or "unknown", first_day))


@cache
def _value(scheme: str, id: str) -> URIRef:
    """A value of a closed scheme, such as a grade."""
    return URIRef(f"{THINGS}{scheme}/{id}")


@cache
def _class(type: str) -> URIRef:
    return URIRef(cg(type.capitalize()))


def vocabulary_graph(vocabulary: Vocabulary) -> Graph:
    """The ontology, the schemes, the register and the thesaurus as their files say it; shapes are not among them.

    Nodes that the files leave unnamed, such as those of lists, are named after what they hang on.

    Raises:
        InvalidGraph: if an unnamed node hangs on nothing, or two hang on the same.
    """
    files = (path for path in vocabulary.sources if path.name != "shapes.ttl")
    read = graph_of(quad for path in files for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    return with_names(read, VOCABULARY)
