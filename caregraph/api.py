"""The public API: a graph over a data directory, answers with their evidence, and records of single reports.

    import caregraph

    with caregraph.open() as graph:
        graph.build("reports/")
        for row in graph.ask("shared-services", region="North East"):
            print(row["thing"], row["authority"], row.evidence)

The command line and the explorer go through the same functions.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from caregraph import extras
from caregraph.answers import Answer
from caregraph.graph.neo4j.store import Neo4jStore, SyncResult
from caregraph.graph.queries import questions as named_questions
from caregraph.graph.queries import search as searching
from caregraph.graph.queries.name_lookup import look_up_name
from caregraph.graph.queries.quotations import PrintedWords, printed_words, quotations
from caregraph.graph.queries.search import Filter
from caregraph.graph.queries.semantic_search import embedding_counts, similar_findings
from caregraph.graph.server import launcher
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import full_iri
from caregraph.settings import data_directory, external_server

if TYPE_CHECKING:
    from caregraph.build import Outcome, Progress
    from caregraph.dataset_operations import DatasetOperations
    from caregraph.graph.export.tables import Tables
    from caregraph.ontology.records import Record
    from caregraph.workspace import Workspace

PathLike = str | Path
OF_ANOTHER_VERSION = (
    "the graph was made by another version of caregraph, and answers may lack something; "
    "`caregraph resolve apply` makes it anew"
)

log = logging.getLogger("caregraph")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Result of a build: the outcome for each document, what the load into Neo4j changed, and the files not read.

    ``ignored`` are files of kinds that are not read, in the folders that were given.
    """

    outcomes: "tuple[Outcome, ...]"
    synced: SyncResult | None = field(default=None)
    ignored: tuple[str, ...] = ()

    @property
    def failed(self) -> dict[str, str]:
        """Reasons by source, of documents that could not be read or loaded."""
        unread = {outcome.source: outcome.reason or "" for outcome in self.outcomes if outcome.status == "failed"}
        return unread | dict(self.synced.refused if self.synced else {})


class Graph:
    """A graph over one data directory; a context manager that closes the database's driver.

    Nothing is started or opened before it is needed: ``build``, ``ask``, ``query``, ``search`` and ``evidence`` reach
    Neo4j (the one that the environment names, else our own, started if need be); ``sparql`` and ``documents`` do not.
    Our own server outlives the graph; ``caregraph neo4j stop`` stops it.
    """

    def __init__(self, data: PathLike | None = None, *, progress: "Progress" = lambda words: None) -> None:
        self.data = Path(data) if data is not None else data_directory()
        self._progress = progress

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection to the database, if it was opened. Closing twice does nothing."""
        self.__dict__.pop("store", None)
        if "_connected" in self.__dict__:
            self.__dict__.pop("_connected").close()

    @cached_property
    def _dataset(self) -> "DatasetOperations":
        # Imports rdflib, pySHACL and more: a second, which a question need not wait for.
        from caregraph.dataset_operations import DatasetOperations

        return DatasetOperations(self.data)

    @property
    def workspace(self) -> "Workspace":
        """Files of the data directory, and what follows from them."""
        return self._dataset.workspace

    @cached_property
    def store(self) -> Neo4jStore:
        """The database, opened when first asked for; a warning is logged if another version loaded the graph.

        Raises:
            ServerUnavailable: if no server answers or starts.
            MissingExtra: if our own is needed and its packages are not installed.
        """
        if self._connected.is_of_another_version():
            log.warning(OF_ANOTHER_VERSION)
        return self._connected

    @cached_property
    def _connected(self) -> Neo4jStore:
        address = external_server() or launcher.start(self.data, progress=self._progress)
        return Neo4jStore.connect(address)

    def build(
        self,
        *paths: PathLike,
        registers: Iterable[PathLike] = (),
        prune: bool = False,
        workers: int | None = None,
        cluster: str | None = None,
        progress: "Progress" = lambda source: None,
    ) -> BuildReport:
        """Read report files, and folders of them, into the dataset, and bring Neo4j up to date with it.

        Args:
            prune: retract documents whose files are no longer in the folders; else the report names them.
            registers: further registers or thesauri in Turtle, remembered by the data directory.
            workers: processes that read side by side; one a core if not given.
            cluster: address of the scheduler of a Dask cluster that reads, if not the one that the environment names.
            progress: called with the name of each file that has been read.

        Raises:
            UnreadableReport: if a path does not exist. A file that cannot be read is an outcome, not an error.
            ClusterError: if the cluster does not answer, or a worker of it does not read as this machine does.
            MissingExtra: if there is a cluster and the extra for it is not installed.
            BadDecision, StoreError: if decisions contradict each other, or the dataset or database fails.
        """
        outcomes, ignored = self._dataset.build(
            paths, registers=registers, prune=prune, workers=workers, cluster=cluster, progress=progress
        )
        return BuildReport(outcomes, self.sync(), ignored)

    def load_snapshot(self, path: PathLike, *, workers: int | None = None) -> BuildReport:
        """Load a snapshot, the facts of documents without their words; documents that have words stay as they are.

        Raises:
            BadSnapshot: if it cannot be read.
            BadDecision, StoreError: as `build`.
        """
        outcomes = self._dataset.load_snapshot(Path(path), workers=workers)
        report = BuildReport(outcomes, self.sync())
        if not report.failed:
            self._dataset.remember_snapshot(Path(path))
        return report

    def has_snapshot(self, path: PathLike) -> bool:
        """Tell if the last snapshot that was loaded is this one, and nothing that its facts depend on has changed.

        Raises:
            BadSnapshot: if it cannot be read.
        """
        return self._dataset.has_snapshot(Path(path))

    def write_snapshot(self, path: PathLike, *, onto: PathLike | None = None) -> int:
        """Write the facts of the documents as they were read, without their words; return how many documents there are.

        Args:
            onto: an older snapshot: documents that only it has are written too, and its addresses of all.

        Raises:
            BadSnapshot: if the older one cannot be read.
            StoreError: if the dataset cannot be read or the file written.
        """
        return self._dataset.write_snapshot(Path(path), onto=Path(onto) if onto else None)

    def apply_decisions(self, *, workers: int | None = None, progress: "Progress" = lambda source: None) -> BuildReport:
        """Bring the graph up to date with decisions and registers from the cached records. Raises as `build`."""
        return BuildReport(self._dataset.rebuild(workers=workers, progress=progress), self.sync())

    def remove(self, document: str) -> BuildReport:
        """Retract a document, by its source, with every fact that only it supported.

        Raises:
            UnknownDocument: if the dataset has none of that name.
            BadDecision, StoreError: as `build`.
        """
        return BuildReport(self._dataset.remove(document), self.sync())

    def sync(self, *, progress: Callable[[str], None] = lambda name: None) -> SyncResult:
        """Make Neo4j a copy of the dataset, sending only what changed.

        Raises:
            StoreError: if the dataset or the database fails.
        """
        ours = "_connected" not in self.__dict__ and external_server() is None
        imported = self._dataset.stage_first_load(launcher.import_folder(self.data)) if ours else None
        return self._dataset.sync(self._connected, imported=imported, progress=progress)

    def documents(self) -> Answer:
        """Documents of the dataset: what was read, what failed and why, and what could not be read in each."""
        return Answer.of(self._dataset.document_rows(), self)

    def questions(self) -> Answer:
        """Named questions that `ask` answers, with their parameters."""
        questions, _ = named_questions.known_questions()
        return Answer.of(
            {"group": asked.group, "question": asked.name, "asks": asked.heading, "parameters": asked.usage}
            for asked in questions.values()
        )

    def ask(self, question: str, **parameters: object) -> Answer:
        """Answer a named question, ours or a user's.

        Raises:
            BadQuestion: if there is no such question, or a parameter is unknown or has a value that it cannot have.
            StoreError: if the database fails.
        """
        questions, _ = named_questions.known_questions()
        if question not in questions:
            raise BadQuestion(f"no question called {question!r}; `caregraph ask` lists them")
        asked = questions[question]
        columns = tuple(column.name for column in asked.columns)
        return Answer.of(named_questions.answer_question(self.store, asked, **parameters), self, columns=columns)

    def query(self, cypher: str, parameters: Mapping[str, object] | None = None, *, limit: int | None = None) -> Answer:
        """Answer a Cypher statement that only reads, within limits of time and rows.

        Raises:
            QueryRefused: if it could do more than read, or ran into a limit.
            StoreError: if the database cannot make sense of it.
        """
        answer = self.store.query(cypher, parameters, limit=limit)
        return Answer.of(answer.rows, self, columns=answer.columns, cut=answer.cut)

    def sparql(self, query: str) -> Answer:
        """Answer a SPARQL query of the RDF dataset that only reads, in a process with limits of time and memory.

        Raises:
            QueryRefused: if it does not only read, or ran into a limit.
            StoreError: if the dataset cannot be read.
        """
        answer = self._dataset.sparql(query)
        return Answer.of(answer.rows, self, cut=answer.cut)

    def search(self, text: str, *, meaning: bool = False, limit: int = 20, **filters: Any) -> Answer:
        """Find names, however spelled, and findings and passages by their words.

        Args:
            meaning: only findings, by what they mean, in any words.
            filters: fields of `search.Filter`: polarity, concept, authority, region, kind, since, until, theme.

        Raises:
            BadQuestion: if a filter names something that is not there.
            MissingExtra: if ``meaning`` is asked for and the extra is not installed.
        """
        chosen = Filter(**filters)
        if not meaning:
            rows = searching.search_all(self.store, text, chosen, limit=limit)
            return Answer.of(rows, self, columns=tuple(searching.COLUMNS))
        extras.require("meaning", "search by meaning")
        encoder = self.workspace.encoder()
        ready, _ = embedding_counts(self.store)  # before `caregraph embed` there is no index to ask
        rows = (
            similar_findings(self.store, encoder([text])[0].tolist(), chosen, limit=limit) if encoder and ready else []
        )
        return Answer.of(({column: row[column] for column in searching.COLUMNS} for row in rows), self)

    def evidence(self, *iris: str) -> Answer:
        """Quotations about things of the graph, by their IRIs, whole or short: sentence, document, page, paragraph.

        A finding gives its sentence, a passage its text, anything else the sentences that name or prove it.

        Raises:
            StoreError: if the database fails.
        """
        return Answer.of(quotations(self.store, [full_iri(iri) for iri in iris]), self)

    def printed_words(self, document: str) -> tuple[list[str], list[PrintedWords]]:
        """The councils that a document, by its source, reports on, and its findings, grades and passages.

        Raises:
            StoreError: if the database fails.
        """
        return printed_words(self.store, document)

    def export(
        self, form: str, to: PathLike | BinaryIO, *, region: str | None = None, findings: bool = True
    ) -> "Tables | None":
        """Write the graph or its dataset to a file, whole or not at all; `caregraph export --help` lists the forms.

        Args:
            region: only its councils, with their reports and what these name; not of RDF.
            findings: else no finding and no passage, and so no sentence of a report; not of RDF.

        Returns:
            The tables that were written; None of RDF.

        Raises:
            BadQuestion: if there is no such form or region.
            StoreError: if the database, the dataset or the file fails.
        """
        iri = look_up_name(self.store, "region", region)[0] if region else None
        target = Path(to) if isinstance(to, str) else to
        return self._dataset.export(form, target, store=lambda: self.store, region=iri, findings=findings)

    def improvement_plan(self, to: PathLike, **parameters: object) -> int:
        """Write the answer of `improvement-ledger` to an Excel workbook, with blank columns for owner and due date.

        Args:
            parameters: of the question, as ``authority`` or ``region``.

        Returns:
            The number of rows.

        Raises:
            BadQuestion, StoreError: as `ask`, or if the file cannot be written.
        """
        return self._dataset.write_plan(self.ask("improvement-ledger", **parameters), Path(to))


def open(data: PathLike | None = None, *, progress: "Progress" = lambda words: None) -> Graph:
    """Open the graph of a data directory, which is made when something is built into it.

    Args:
        data: the directory; by default the one that `CAREGRAPH_DATA` names, or the platform's place for user data.
        progress: told in short sentences what is being waited for, such as the start of our own Neo4j.
    """
    return Graph(data, progress=progress)


def read(path: PathLike, *, data: PathLike | None = None) -> "Record":
    """Read one report into a record, without touching a graph; its names get the identities that a build would give.

    It is read in this process, without a build's limits of time and memory.

    Args:
        data: a data directory whose registers and decisions count.

    Raises:
        UnreadableReport: if the file holds no report.
    """
    workspace = Graph(data).workspace
    return workspace.resolver.resolve(workspace.reader.read(Path(path)))
