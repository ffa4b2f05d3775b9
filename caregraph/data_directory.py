"""A data directory: what a user added, what is kept of documents, and what follows from both, made when asked for."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from caregraph.graph.atomic_files import write_whole
from caregraph.graph.dataset.document_cache import Kept
from caregraph.graph.dataset.statements import rules
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.resolution.clustering import together
from caregraph.graph.resolution.decisions import Decisions, read_rulings
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

# What reads reports is imported where it is used: it takes seconds, for which whoever shows a page need not wait.
if TYPE_CHECKING:
    from caregraph.extractors.findings.embeddings import Encoder
    from caregraph.extractors.worker_pool import Reader


class Workspace:
    """A data directory: the registers and decisions a user added, the dataset, and what is kept of documents."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.kept = Kept(data)
        self.dataset_folder = data / "dataset"
        self.decisions_file = data / "resolutions.jsonl"  # people's
        self.rulings_file = data / "resolutions-by-rule.jsonl"  # made anew by each build
        self._registers = data / "registers"

    def __reduce__(self) -> tuple[type["Workspace"], tuple[Path]]:
        return Workspace, (self.data,)  # another process makes its own of the same directory

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Our vocabularies with the registers that were added."""
        return load_vocabulary(sorted(self._registers.glob("*.ttl")))

    @cached_property
    def decisions(self) -> Decisions:
        """What people decided about identity.

        Raises:
            BadDecision: if the decisions cannot all be true, or a line is none.
        """
        return Decisions.read(self.decisions_file)

    @cached_property
    def resolver(self) -> Resolver:
        """The rules of identity, with what they and people decided; made once, since it indexes every spelling.

        Raises:
            BadDecision: as ``decisions``.
        """
        return Resolver(self.vocabulary, together(read_rulings(self.rulings_file)[1], self.decisions))

    @cached_property
    def reader(self) -> "Reader":
        """What reads one report after another in this process; a second to make."""
        from caregraph.extractors.worker_pool import Reader

        return Reader(self.vocabulary)

    @staticmethod
    def encoder() -> "Encoder | None":
        """What tells the meanings of texts; None where the package that brings it is not installed."""
        from caregraph.extractors.findings.embeddings import Encoder, available

        return Encoder() if available() else None

    @cached_property
    def extractor(self) -> str:
        """Names everything that a document's record depends on besides its bytes."""
        from caregraph.extractors.pipeline import version

        return version(self.vocabulary)

    @cached_property
    def words(self) -> str:
        """Names the vocabularies, and how statements are made of them."""
        digest = hashlib.sha256(rules().encode())
        for path in self.vocabulary.sources:
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    @cached_property
    def version(self) -> str:
        """Names everything that a document's statements depend on besides its bytes and what is one thing."""
        return f"{self.extractor}-{self.words[:8]}"

    def version_of(self, named: Iterable[str]) -> str:
        """The version of a document that names some IRIs: it tells too which of them are one thing.

        Raises:
            BadDecision: as ``decisions``.
        """
        return f"{self.version}-{self.resolver.replayed(named)}"

    def forget(self, *made: str) -> None:
        """Make some of the properties anew when they are asked for."""
        for name in made:
            self.__dict__.pop(name, None)

    def records(self) -> Iterator[Record]:
        """What extraction made of each document of the dataset, by the name of its file; what others read is left out.

        Raises:
            StoreError: if the dataset cannot be read.
        """
        with Dataset.read(self.dataset_folder) as dataset:
            entries = [entry for entry in dataset.documents() if entry.status == "done"]
        for entry in entries:
            if (record := self.kept.record(entry.sha256, self.extractor)) is not None:
                yield replace(record, source=entry.source)

    def iris(self) -> set[str]:
        """The IRIs of all that documents name, before decisions, and of all that the thesaurus has.

        Raises:
            StoreError: if the dataset cannot be read.
        """
        named = {iri for record in self.records() for iri in self.resolver.named_in(record)}
        return named | {thing.iri for thing in self.vocabulary.things}

    def add_register(self, path: Path) -> None:
        """Keep a copy of a register or thesaurus in Turtle, so that every later command knows it.

        One of the same name is replaced.

        Raises:
            UnreadableReport: if there is no such file.
            InvalidGraph, UnknownTerm: if it cannot be read, or uses terms that the ontology does not have.
            StoreError: if the copy cannot be written.
        """
        if not path.is_file():
            raise UnreadableReport(str(path), "does not exist")
        others = [one for one in sorted(self._registers.glob("*.ttl")) if one.name != path.name]
        load_vocabulary([*others, path])
        write_whole(self._registers / path.name, path.read_bytes())
        self.forget("vocabulary", "resolver", "reader", "extractor", "words", "version")
