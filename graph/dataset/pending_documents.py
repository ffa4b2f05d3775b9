"""Documents that are new to a dataset and wait to be written together.

Oxigraph writes sorted files for each call, one for each of its indexes: for a hundred documents at once this takes half
the processor time of a hundred times one, and no statement becomes an object of Python's.
"""

from dataclasses import dataclass, field

import pyoxigraph as ox

from caregraph.graph.dataset.catalogue import Entry, entry_node, entry_quads

MAX_STATEMENTS = 200_000  # that wait; as quads they take a hundred megabytes


@dataclass(slots=True)
class PendingDocuments:
    """Entries of new documents with their serialized statements, in no store yet.

    Attributes:
        entries: nodes of the entries in the catalogue.
        documents: IRIs of the documents.
        statements: number of statements that wait.
    """

    entries: set[ox.NamedNode] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    statements: int = 0
    _parts: list[bytes] = field(default_factory=list)

    def add(self, entry: Entry, statements: bytes) -> None:
        """Add a document with its statements in N-Triples, as `rdf_terms.serialize_graph` gives them."""
        self.entries.add(entry_node(entry.source))
        self.documents.add(entry.document)
        self.statements += entry.statements
        catalogued = [*entry_quads(entry)]
        merged = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in catalogued]
        self._parts.append(ox.serialize([*catalogued, *merged], format=ox.RdfFormat.N_QUADS) or b"")
        # Text in N-Triples has its line ends escaped, so that only the end of a statement looks like one.
        self._parts += [statements, statements.replace(b" .\n", f" <{entry.document}> .\n".encode())]

    def is_full(self) -> bool:
        """Tell whether the documents are to be written before another one is added."""
        return self.statements >= MAX_STATEMENTS

    def quads(self) -> bytes:
        """Write everything as N-Quads: each statement in its named graph and in the merged graph."""
        return b"".join(self._parts)
