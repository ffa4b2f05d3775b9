"""Status of the dataset, document by document: the outcome, the fields that could not be read, the violations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rdflib.term import Node

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.validation import faults_of, find_violations, inverse_predicates
from caregraph.graph.wording import join_names
from caregraph.ontology.iris import VOCABULARY_GRAPH

_DOCUMENTS = """
SELECT ?document ?authority ?kind ?published ?ended ?unread ?part ?explanation {
  VALUES ?class { cg:Document cg:Witness }
  ?document a ?class .
  OPTIONAL { ?document (cg:reportsOn|cg:about)/skos:prefLabel ?authority }
  OPTIONAL { ?document cg:part ?part ; cg:explanation ?explanation }
  OPTIONAL { ?document cg:kind ?kind }
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?inspection cg:reportedIn ?document ; cg:ended ?ended }
  OPTIONAL { ?document cg:unread ?unread }
}
"""


def document_rows(dataset: Dataset, *, today: date) -> list[dict[str, object]]:
    """Rows of the files, by name.

    ``unread`` lists the fields that could not be read, those that a document of its kind should have and has not, and
    the days that lie after ``today``. ``part`` is "copy", "version",
    "news" or "undated" for a document that does not speak for its inspection; ``reason`` then says why.
    """
    fields: dict[str, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for row in dataset.sparql(_DOCUMENTS).rows:
        for column, value in row.items():
            if value is not None:
                fields[str(row["document"])][column].add(value)
    return [
        {
            "document": entry.source,
            "status": entry.status,
            "part": _first(fields[entry.document]["part"]),
            "reason": entry.reason or _first(fields[entry.document]["explanation"]),
            "authority": _first(fields[entry.document]["authority"]),
            "kind": _local_name(_first(fields[entry.document]["kind"])),
            "published": _first(fields[entry.document]["published"]),
            "unread": sorted(_notes(fields[entry.document], today)),
            "statements": entry.statements,
        }
        for entry in dataset.documents()
    ]


def _notes(fields: Mapping[str, set[object]], today: date) -> set[str]:
    """Notes of a document's record, and of its days in the future."""
    return {*map(str, fields["unread"]), *future_days(fields["published"], fields["ended"], today=today)}


def future_days(published: Iterable[object], ended: Iterable[object], *, today: date) -> Iterator[str]:
    """Yield a note for each day of publication, or end of an inspection, that lies after ``today``.

    >>> list(future_days([], ["2031-03-14"], today=date(2026, 1, 1)))
    ['inspected: 2031-03-14 is in the future']
    """
    for field, days in (("published", published), ("inspected", ended)):
        for day in sorted(map(str, days)):
            if day > today.isoformat():
                yield f"{field}: {day} is in the future"


def violation_rows(dataset: Dataset) -> Iterator[dict[str, object]]:
    """Yield a row for each violation of the shapes, in the documents' order; then those of what they add up to.

    Documents that each keep to the shapes may together give a thing two names.
    """
    entries = [entry for entry in dataset.documents() if entry.status == "done"]
    names = {entry.document: entry.source for entry in reversed(entries)}
    described: dict[Node, set[str]] = defaultdict(set)
    for entry in entries:
        graph = dataset.graph(entry.document)
        for node in set(graph.subjects()):
            described[node].add(names[entry.document])
        for line in find_violations(graph, source=entry.source):
            yield {"document": entry.source, "violation": line}
    yield from _merged_violations(dataset, described)


def _merged_violations(dataset: Dataset, described: Mapping[Node, set[str]]) -> Iterator[dict[str, object]]:
    """Yield a row for each violation of the merged graph, by the sources of the documents that describe each node."""
    vocabulary = dataset.graph(VOCABULARY_GRAPH)
    listed = set(vocabulary.subjects())
    shared = sorted(str(node) for node, sources in described.items() if len(sources) + (node in listed) > 1)
    merged = vocabulary + dataset.merged_graph(shared, leading=inverse_predicates())
    for node, fault in sorted(faults_of(merged, source="all documents")):
        sources = join_names(sorted(described.get(node, ()))) or "vocabularies"
        yield {"document": sources, "violation": f"{sources}: {fault}"}


def _first(values: set[object]) -> object:
    return min(values, key=str, default=None)


def _local_name(iri: object) -> object:
    return str(iri).rsplit("/", 1)[-1] if iri is not None else None
