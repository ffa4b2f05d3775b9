"""Where a build's processor time goes: ``python -m benchmarks.stages REPORTS --every 8``.

Each stage between a file and its validated statements is timed for every so many of the files, in one process, after
one file that nothing is timed of. What a build does besides (linking names across documents, writing the dataset,
loading Neo4j) is not counted, so that a stage's share of a whole build is smaller than the share printed here.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from caregraph.build import files_in
from caregraph.extractors.pipeline import annotate, make_pipeline
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.reading.sections import segment
from caregraph.extractors.record_builder import build_record
from caregraph.graph.dataset.rdf_terms import serialize_graph
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.validation import validate_graph
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.vocabulary import load_vocabulary

READ, EXTRACT, RESOLVE, STATE, CHECK, PACK = (
    "read the file", "extract", "resolve", "make statements", "validate", "pack",
)  # fmt: skip


class Clock:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def on(self, stage: str) -> Iterator[None]:
        begun = time.process_time()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - begun


def stages(files: Sequence[Path]) -> dict[str, float]:
    """Processor seconds of each stage over files."""
    vocabulary = load_vocabulary()
    pipeline, resolver = make_pipeline(vocabulary), Resolver(vocabulary, Decisions())

    def through(path: Path, clock: Clock) -> None:
        with clock.on(READ):
            report = segment(read_report(path))
        with clock.on(EXTRACT):
            record = build_record(annotate(pipeline, report))
        with clock.on(RESOLVE):
            record = resolver.resolve(record)
        with clock.on(STATE):
            graph = to_graph(record, vocabulary, extractor="timed")
        with clock.on(CHECK):
            validate_graph(graph, source=path.name)
        with clock.on(PACK):
            serialize_graph(graph)

    through(files[0], Clock())  # which makes everything that is made once
    clock = Clock()
    for path in files:
        through(path, clock)
    return clock.seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=8, help="only every so many of the files")
    options = parser.parse_args()
    files = files_in(options.reports)[:: options.every]
    found = stages(files)
    total = sum(found.values())
    print(f"{len(files)} files, {total:.1f} s of one core")
    for stage, seconds in found.items():
        print(f"{stage:16} {seconds:7.1f} s  {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
