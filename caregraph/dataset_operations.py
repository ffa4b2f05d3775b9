"""Operations on the dataset of a data directory, which `api.Graph` imports when it needs them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from caregraph import build as building
from caregraph.answers import Answer
from caregraph.build import Outcome, Progress
from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.dataset.sparql.worker import run_sparql
from caregraph.graph.dataset.status import document_rows
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.export.destination import whole_file, write_export
from caregraph.graph.export.improvement_plan import write_plan
from caregraph.graph.export.tables import Selection, Tables
from caregraph.graph.neo4j.first_load.staging import stage_first_load
from caregraph.graph.neo4j.load_transaction import Change
from caregraph.graph.neo4j.store import Neo4jStore, SyncResult
from caregraph.graph.queries.questions import refresh_stored_answers
from caregraph.graph.query_result import QueryResult
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.inputs import find_inputs
from caregraph.snapshot import read_snapshot, snapshot_digest, without_refused_names, write_snapshot
from caregraph.workspace import Workspace


class DatasetOperations:
    """Operations over one data directory. They raise what the methods of `api.Graph` of the same names raise."""

    def __init__(self, data: Path) -> None:
        self.workspace = Workspace(data)

    def build(
        self,
        paths: Iterable[str | Path],
        *,
        registers: Iterable[str | Path],
        prune: bool,
        workers: int | None,
        cluster: str | None,
        progress: Progress,
    ) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:
        """Read files into the dataset; return the outcomes, and the names of files that are not read."""
        for register in registers:
            self.workspace.add_register(Path(register))
        inputs = find_inputs(map(Path, paths))
        outcomes = building.build(
            self.workspace, inputs, prune=prune, workers=workers, cluster=cluster, progress=progress
        )
        return tuple(outcomes), inputs.ignored

    def load_snapshot(self, path: Path, *, workers: int | None) -> tuple[Outcome, ...]:
        """Bring a snapshot into the dataset."""
        return tuple(building.load_snapshot(self.workspace, path, workers=workers))

    def has_snapshot(self, path: Path) -> bool:
        """Tell if the snapshot that was remembered last is this one, and nothing that it depends on has changed."""
        file = self.workspace.snapshot_file
        return file.is_file() and file.read_text() == self._snapshot_state(path)

    def remember_snapshot(self, path: Path) -> None:
        """Remember that a snapshot has been loaded whole."""
        write_atomically(self.workspace.snapshot_file, self._snapshot_state(path).encode())

    def _snapshot_state(self, path: Path) -> str:
        return f"{snapshot_digest(path)} {self.workspace.vocabulary_version}"

    def write_snapshot(self, path: Path, *, onto: Path | None = None) -> int:
        """Write the facts of the documents without their words."""
        workspace = self.workspace
        older = list(read_snapshot(onto)) if onto else []
        resolver = Resolver(workspace.vocabulary, Decisions())
        newer = {record.sha256: record for record in workspace.records(as_read=True)}
        known = without_refused_names([document.record for document in older], newer)
        records = {record.sha256: record for record in known} | newer
        origins = {document.record.sha256: document.origin for document in older} | workspace.origins
        return write_snapshot(path, records.values(), origins, resolver, extractor=workspace.extractor)

    def rebuild(self, *, workers: int | None, progress: Progress) -> tuple[Outcome, ...]:
        """Bring every document up to date with vocabularies and decisions."""
        return tuple(building.rebuild(self.workspace, workers=workers, progress=progress))

    def remove(self, document: str) -> tuple[Outcome, ...]:
        """Retract a document, by its source."""
        return tuple(building.remove(self.workspace, document))

    def stage_first_load(self, folder: Path | None) -> Change | None:
        """Write the files of a first load where that pays; nothing, where there is no folder for them."""
        if folder is None:
            return None
        with Dataset.read(self.workspace.dataset_folder) as dataset:
            return stage_first_load(dataset, self.workspace.cache, folder)

    def sync(self, store: Neo4jStore, *, imported: Change | None, progress: Callable[[str], None]) -> SyncResult:
        """Make a database a copy of the dataset; what the start of its server imported counts as loaded."""
        with Dataset.read(self.workspace.dataset_folder) as dataset:
            result = store.sync(dataset, self.workspace.cache, progress=progress)
        refresh_stored_answers(store)
        if imported is None or result.loaded:  # the importer failed, and all was loaded now
            return result
        return replace(result, loaded=result.unchanged, unchanged=0, change=imported)

    def document_rows(self) -> list[dict[str, object]]:
        """Rows of the documents, by name."""
        with Dataset.read(self.workspace.dataset_folder) as dataset:
            return document_rows(dataset, today=date.today())

    def sparql(self, query: str) -> QueryResult:
        """Answer a SPARQL query in a process with limits."""
        return run_sparql(self.workspace.dataset_folder, query)

    def export(
        self,
        form: str,
        to: Path | BinaryIO,
        *,
        store: Callable[[], Neo4jStore],
        region: str | None,
        findings: bool,
    ) -> Tables | None:
        """Write the graph, or a part of it, or its dataset; ``region`` is an IRI."""
        folder, selection = self.workspace.dataset_folder, Selection(region, findings)
        return write_export(form, to, dataset_folder=folder, store=store, selection=selection)

    def write_plan(self, rows: Answer, to: Path) -> int:
        """Write rows of the improvement ledger to a workbook; return how many there are."""
        with whole_file(to) as output:
            return write_plan(rows, output)
