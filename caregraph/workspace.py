"""Workspace: the files of a data directory, and what follows from them, made when asked for.

<data>/registers/*.ttl              registers and thesauri that a user added
<data>/resolutions.jsonl            people's decisions about identity
<data>/corrections.jsonl            people's corrections of what was read
<data>/resolutions-by-rule.jsonl    automatic decisions, written anew by each build
<data>/dataset/                     the RDF dataset
<data>/origins.json                 where the publisher gives the documents
<data>/snapshot-loaded              which snapshot was loaded last
<data>/documents, records, told     the document cache
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.code_version import statement_code_version
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.corrections import (
    Correction,
    Corrections,
    Field,
    append_correction,
    document_and_start,
    read_corrections,
)
from caregraph.graph.dataset.document_cache import WITHOUT_WORDS, DocumentCache
from caregraph.graph.dataset.origins import read_origins, write_origins
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.dataset.validation import validate_vocabulary
from caregraph.graph.resolution.clustering import combine_decisions
from caregraph.graph.resolution.decision_files import (
    read_automatic_decisions,
    read_decisions,
    read_merged_things,
    read_witnesses,
)
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.events import Witness
from caregraph.graph.resolution.resolver import Resolver
from caregraph.inputs import readable
from caregraph.ontology.errors import BadDecision, InvalidVocabulary, UnreadableReport
from caregraph.ontology.records import Origin, Record
from caregraph.ontology.vocabulary import FILES, Vocabulary, load_vocabulary

# Reading reports takes seconds to import, which showing a page need not wait for.
if TYPE_CHECKING:
    from caregraph.extractors.findings.embeddings import Encoder
    from caregraph.extractors.pipeline import ReportReader


class Workspace:
    """Files of a data directory with the vocabulary, decisions, reader and versions that follow from them."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.cache = DocumentCache(data)
        self.dataset_folder = data / "dataset"
        self.decisions_file = data / "resolutions.jsonl"
        self.corrections_file = data / "corrections.jsonl"
        self.automatic_decisions_file = data / "resolutions-by-rule.jsonl"
        self.witnesses_file = data / "witnesses.json"
        self.merged_things_file = data / "merged-things.json"
        self.pairs_file = data / "pairs-to-check.json"
        self.snapshot_file = data / "snapshot-loaded"
        self.origins_file = data / "origins.json"
        self._registers = data / "registers"

    def __reduce__(self) -> tuple[type["Workspace"], tuple[Path]]:
        return Workspace, (self.data,)  # another process opens the same directory

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Our vocabularies with the registers that were added."""
        return load_vocabulary(sorted(self._registers.glob("*.ttl")))

    @cached_property
    def decisions(self) -> Decisions:
        """People's decisions about identity.

        Raises:
            BadDecision: if they contradict each other, or a line cannot be read.
        """
        return read_decisions(self.decisions_file)

    @cached_property
    def corrections(self) -> Corrections:
        """People's corrections of what was read.

        Raises:
            BadDecision: if a line cannot be read.
        """
        return Corrections(read_corrections(self.corrections_file, self.vocabulary.topics))

    def correct(self, about: str, field: Field, value: str, *, by: str, why: str, when: date) -> Correction:
        """Write down a correction of what was read, or undo one; the graph follows with the next build.

        Args:
            about: IRI of a finding, or the place of a mention (`corrections.place_of`).

        Raises:
            BadDecision: if nothing was read there, the value cannot be, or there is nothing to undo.
            StoreError: if it cannot be written.
        """
        document, start = document_and_start(about)
        record = self.cache.record(document, None)
        places = () if record is None else record.mentions if field == "kind" else record.findings
        if start not in {place.start for place in places}:
            raise BadDecision(f"{about}: no document here has it")
        day = when.isoformat()
        correction = Correction(document=document, start=start, field=field, value=value, by=by, why=why, when=day)
        append_correction(self.corrections_file, correction, self.vocabulary.topics)
        self.forget("corrections")
        return correction

    @cached_property
    def resolver(self) -> Resolver:
        """Rules of identity with all decisions, automatic ones and people's; it indexes every spelling once.

        Raises:
            BadDecision: as ``decisions``.
        """
        return Resolver(
            self.vocabulary,
            combine_decisions(read_automatic_decisions(self.automatic_decisions_file).decisions, self.decisions),
            read_merged_things(self.merged_things_file),
        )

    @cached_property
    def witnesses(self) -> dict[str, Witness]:
        """Part of each document in its inspection, by the document's hash, as the last build found it."""
        return read_witnesses(self.witnesses_file)

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Where the publisher gives each document of which that is known, by the document's hash."""
        return read_origins(self.origins_file)

    def add_origins(self, origins: Mapping[str, Origin]) -> None:
        """Remember where the publisher gives documents.

        Raises:
            StoreError: if it cannot be written.
        """
        if known := {**self.origins, **origins}:
            write_origins(self.origins_file, known)
        self.forget("origins")

    @cached_property
    def reader(self) -> "ReportReader":
        """Reader of reports in this process; it takes a second to make."""
        from caregraph.extractors.pipeline import ReportReader

        return ReportReader(self.vocabulary)

    @staticmethod
    def encoder() -> "Encoder | None":
        """Encoder of texts for search by meaning; None where the extra is not installed."""
        from caregraph.extractors.findings.embeddings import Encoder, is_model_installed

        return Encoder() if is_model_installed() else None

    @cached_property
    def extractor(self) -> str:
        """Cache key of a document's record, besides its bytes: a digest of the extractors and their vocabulary."""
        from caregraph.extractors.version import extractor_version

        return extractor_version(self.vocabulary)

    def adopt_extractor(self, version: str) -> None:
        """Take ``extractor`` from a process that has imported the extractors, which would take two seconds here."""
        self.__dict__.setdefault("extractor", version)

    @cached_property
    def vocabulary_version(self) -> str:
        """Digest of the vocabularies and of the code that makes statements."""
        digest = hashlib.sha256(statement_code_version().encode())
        for path in self.vocabulary.sources:
            digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    @cached_property
    def version(self) -> str:
        """Cache key of a document's statements, besides its bytes and identity decisions."""
        return f"{self.extractor}-{self.vocabulary_version[:8]}"

    def version_of(self, iris: Iterable[str], sha256: str) -> str:
        """Cache key of the statements of a document, by its hash, that uses some IRIs.

        Identity decisions about the IRIs count, the document's part in its inspection, its origin, corrections of it,
        and if its words are here.

        Raises:
            BadDecision: as ``decisions``.
        """
        place = self.witnesses.get(sha256), self.origins.get(sha256), self.cache.lacks_words(sha256)
        corrected = self.corrections.digest_of(sha256)
        part = hashlib.sha256((repr(place) + corrected).encode()).hexdigest()[:8]
        return f"{self.version}-{self.resolver.decisions_digest(iris)}-{part}"

    def forget(self, *properties: str) -> None:
        """Drop cached properties, by name, so that they are made again when asked for."""
        for name in properties:
            self.__dict__.pop(name, None)

    def records(self, *, as_read: bool = False) -> Iterator[Record]:
        """Yield the cached record of each document of the dataset; where it is of another version, that one.

        Args:
            as_read: without people's corrections.

        Raises:
            StoreError: if the dataset cannot be read.
            BadDecision: if corrections cannot be read.
        """
        for entry in self._entries():
            record = self.cache.current_record(entry.sha256, self.extractor) or self.cache.record(entry.sha256, None)
            if record is not None:
                record = replace(record, source=entry.source)
                yield record if as_read else self.corrections.apply(record)

    def outdated_documents(self) -> list[str]:
        """Sources of the documents whose records are of another version of the extractors, or are lost.

        So it is after an upgrade, and after a register was added, until a build reads them again.

        Raises:
            StoreError: if the dataset cannot be read.
        """
        current = (self.extractor, WITHOUT_WORDS)
        return [entry.source for entry in self._entries() if self.cache.record_version(entry.sha256) not in current]

    def _entries(self) -> list[Entry]:
        with Dataset.read(self.dataset_folder) as dataset:
            return [entry for entry in dataset.documents() if entry.status == "done"]

    def iris(self) -> set[str]:
        """IRIs of everything that documents name, before decisions, and of everything in the thesaurus.

        Raises:
            StoreError: if the dataset cannot be read.
        """
        named = {iri for record in self.records() for iri in self.resolver.named_iris(record)}
        return named | {thing.iri for thing in self.vocabulary.things}

    def add_register(self, path: Path) -> None:
        """Copy a register or thesaurus in Turtle into the workspace, in place of one of the same name.

        Raises:
            UnreadableReport: if there is no such file.
            InvalidGraph, UnknownTerm: if it is no Turtle, in its name too, uses terms that the ontology does not have,
                or describes something badly.
            StoreError: if the copy cannot be written.
        """
        if not path.is_file():
            raise UnreadableReport(readable(path), "does not exist")
        if path.suffix.lower() != ".ttl":
            raise InvalidVocabulary(path.name, "is no Turtle by its name, which must end with .ttl")
        target = self._registers / f"{readable(Path(path.stem))}.ttl"
        present = [register for register in sorted(self._registers.glob("*.ttl")) if register.name != target.name]
        load_vocabulary([*present, path])
        validate_vocabulary(path, [*FILES, *present])
        write_atomically(target, path.read_bytes())
        self.forget("vocabulary", "resolver", "reader", "extractor", "vocabulary_version", "version")
