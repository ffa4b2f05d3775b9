"""Processor time of a build's stages: ``python -m benchmarks.stages REPORTS --every 8``.

Each stage between a file and its validated statements is timed for every so many of the files, in one process, after
one file that is not timed. The other work of a build (clustering names across documents, writing the dataset, loading
Neo4j) is not counted, so that a stage's share of a whole build is smaller than the share printed here.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from caregraph.extractors.pipeline import annotate, make_pipeline
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.reading.sections import segment
from caregraph.extractors.record_builder import build_record
from caregraph.graph.dataset.rdf_terms import fixed_graph
from caregraph.graph.dataset.statements import document_triples
from caregraph.graph.dataset.terms import sorted_triples
from caregraph.graph.dataset.validation import validate_graph
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.inputs import files_in
from caregraph.ontology.iris import document_iri
from caregraph.ontology.vocabulary import load_vocabulary


class StageTimer:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add the processor seconds that the ``with`` block takes."""
        started = time.process_time()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - started


def time_stages(files: Sequence[Path]) -> dict[str, float]:
    """Processor seconds of each stage over files, in the order of the stages."""
    vocabulary = load_vocabulary()
    pipeline, resolver = make_pipeline(vocabulary), Resolver(vocabulary, Decisions())

    def process(path: Path, timer: StageTimer) -> None:
        with timer.time("read the file"):
            reading = segment(read_report(path))
        with timer.time("extract"):
            record = build_record(annotate(pipeline, reading))
        with timer.time("resolve"):
            record = resolver.resolve(record)
        with timer.time("make statements"):
            triples = list(document_triples(record, vocabulary, extractor="timed"))
        with timer.time("validate"):
            validate_graph(fixed_graph(triples, document_iri(record.sha256)), source=path.name)
        with timer.time("serialize"):
            sorted_triples(triples)

    process(files[0], StageTimer())  # which makes everything that is made once
    timer = StageTimer()
    for path in files:
        process(path, timer)
    return timer.seconds


def main() -> None:
    """Time the stages and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=8, help="only every so many of the files")
    options = parser.parse_args()
    files = files_in(options.reports)[:: options.every]
    seconds_by_stage = time_stages(files)
    total = sum(seconds_by_stage.values())
    print(f"{len(files)} files, {total:.1f} s of one core")
    for stage, seconds in seconds_by_stage.items():
        print(f"{stage:16} {seconds:7.1f} s  {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
