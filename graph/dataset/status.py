"""What the dataset holds, document by document: what was read, what failed and why, what could not be read."""

from collections import defaultdict
from collections.abc import Iterator

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.validation import violations

_ABOUT = """
SELECT ?document ?authority ?kind ?published ?unread {
  ?document a cg:Document .
  OPTIONAL { ?document cg:reportsOn/skos:prefLabel ?authority }
  OPTIONAL { ?document cg:kind ?kind }
  OPTIONAL { ?document dcterms:issued ?published }
  OPTIONAL { ?document cg:unread ?unread }
}
"""


def document_rows(dataset: Dataset) -> list[dict[str, object]]:
    """A row a file, by name. ``unread`` lists what the document gives that could not be read; empty if nothing."""
    about: dict[str, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    for row in dataset.sparql(_ABOUT).rows:
        for column, value in row.items():
            if value is not None:
                about[str(row["document"])][column].add(value)
    return [
        {
            "document": entry.source,
            "status": entry.status,
            "reason": entry.reason,
            "authority": _one(about[entry.document]["authority"]),
            "kind": _last(_one(about[entry.document]["kind"])),
            "published": _one(about[entry.document]["published"]),
            "unread": sorted(map(str, about[entry.document]["unread"])),
            "statements": entry.statements,
        }
        for entry in dataset.documents()
    ]


def violation_rows(dataset: Dataset) -> Iterator[dict[str, object]]:
    """A row for each statement that breaks the shapes, in the documents' order."""
    for entry in dataset.documents():
        if entry.status == "done":
            for line in violations(dataset.graph(entry.document), source=entry.source):
                yield {"document": entry.source, "violation": line}


def _one(values: set[object]) -> object:
    return min(values, key=str, default=None)


def _last(iri: object) -> object:
    return str(iri).rsplit("/", 1)[-1] if iri is not None else None
