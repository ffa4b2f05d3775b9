"""Worker of a build: from a document to its record, and from a cached record to its statements."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from caregraph.graph.dataset.rdf_terms import fixed_graph
from caregraph.graph.dataset.statements import document_triples
from caregraph.graph.dataset.terms import plain_values, sorted_triples
from caregraph.graph.dataset.validation import validate_graph
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import rows_of
from caregraph.graph.neo4j.sync_plan import payload_version
from caregraph.ontology.errors import InvalidGraph
from caregraph.ontology.iris import document_iri
from caregraph.reading.documents import Result, UnreadDocument, read_document
from caregraph.workspace import Workspace

RECORD_LOST = "its cached record is gone; build it again"


@dataclass(frozen=True, slots=True)
class CachedRecord:
    """Document whose record is cached and whose statements are to be made, with the decisions of a build."""

    source: str
    sha256: str
    build_id: str


def worker_factory(workspace: Workspace) -> Callable[[], "DocumentWorker"]:
    """Make what makes the worker of a process on this machine."""
    return partial(DocumentWorker, workspace, workspace.vocabulary_version)


class DocumentWorker:
    """All stages from a document to its record, and from a cached record to its statements; one to a process."""

    def __init__(self, workspace: Workspace, vocabulary_version: str) -> None:
        """Make a worker; a process makes it anew where the version of the vocabulary is another."""
        self._workspace = workspace
        self._extractor = workspace.extractor  # of this build, even if another version is installed meanwhile
        self._build_id = ""

    def __call__(self, task: UnreadDocument | CachedRecord) -> Result:
        """Do the one or the other."""
        if isinstance(task, UnreadDocument):
            return read_document(self._workspace.reader, task, extractor=self._extractor)
        if task.build_id != self._build_id:
            self._workspace.forget("decisions", "corrections", "resolver", "witnesses", "origins")
            self._build_id = task.build_id
        return self.state(task)

    def state(self, task: CachedRecord) -> Result:
        """Correct and resolve a record, make its statements and validate them."""
        workspace = self._workspace
        record = workspace.cache.current_record(task.sha256, self._extractor)
        if record is None:
            return Result(task.source, task.sha256, reason=RECORD_LOST)
        resolved = workspace.resolver.resolve(workspace.corrections.apply(replace(record, source=task.source)))
        witness = workspace.witnesses.get(record.sha256)
        merged = workspace.resolver.merged
        extractor = record.without_words.extractor if record.without_words else self._extractor
        triples = document_triples(
            resolved,
            workspace.vocabulary,
            extractor=extractor,
            witness=witness,
            merged=merged,
            origin=workspace.origins.get(record.sha256),
            notes=workspace.corrections.notes(record),
        )
        stated = list(triples)
        try:
            if record.without_words is None:  # a snapshot is made of statements that were validated
                validate_graph(fixed_graph(stated, document_iri(record.sha256)), source=task.source)
        except InvalidGraph as error:
            return Result(task.source, task.sha256, reason=str(error))
        counts = tuple(map(len, (record.judgements, record.people, record.mentions, record.findings)))
        statements = sorted_triples(stated)
        result = Result(task.source, task.sha256, statements="".join(statements).encode(), counts=counts)
        with suppress(InvalidGraph):  # the load into Neo4j will report it
            name = document_iri(task.sha256)
            payload = GraphPayload.of(rows_of(name, plain_values(statements.values())))
            workspace.cache.store_payload(task.sha256, payload_version(result.fingerprint), payload.serialize())
        return result
