"""Speed of extraction, and checks of its records: quotations against the reports, fields against hand labels.

python -m benchmarks.extraction REPORTS --gold FOLDER --workers 2
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caregraph.evaluation.labels import Labels
from caregraph.evaluation.measure import measure_extraction
from caregraph.evaluation.metrics import Metric
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.worker_pool import WorkerPool, extract_files
from caregraph.inputs import files_in
from caregraph.ontology.records import Quote, Record
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary


@dataclass(slots=True)
class ExtractionRun:
    """Counts of one run over files, and the records of labelled documents.

    ``seconds`` of the clock, without the time that the checks took. ``wrong_quotations`` are those whose words, or
    whose page, are not those of the report at their offsets.
    """

    seconds: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    wrong_quotations: list[str] = field(default_factory=list)
    labelled: list[dict[str, Any]] = field(default_factory=list)

    def metrics(self) -> Iterator[Metric]:
        """Yield speed first, then the checks."""
        counts = self.counts
        yield Metric("words a second", counts["words"] / self.seconds, f"{counts['words']:,} in {self.seconds:.0f} s")
        yield Metric("documents a second", counts["documents"] / self.seconds, f"{counts['documents']} documents")
        yield Metric("peak memory of a process, MiB", _peak_memory())
        yield Metric("failed", counts["failed"])
        yield Metric("without an authority or kind", counts["incomplete"])
        note = f"of {counts['quotations']:,}: {self.wrong_quotations[:3]}"
        yield Metric("quotations that are not their slice", len(self.wrong_quotations), note)


def run_extraction(
    files: Sequence[Path],
    *,
    vocabulary: Vocabulary,
    pool: WorkerPool,
    labelled_documents: set[str] | None = None,
) -> ExtractionRun:
    """Extract files, and compare every quotation with the report.

    Args:
        pool: the processes; their memory is known when the pool has been closed.
        labelled_documents: file stems of the documents whose records are kept.
    """
    run, checking, started = ExtractionRun(), 0.0, time.perf_counter()
    for extraction in extract_files(files, vocabulary=vocabulary, pool=pool):
        run.seconds = time.perf_counter() - started - checking
        record = extraction.record
        if record is None:
            run.counts["failed"] += 1
            continue
        check_started = time.perf_counter()
        if extraction.path.stem in (labelled_documents or ()):
            run.labelled.append(record.as_json())
        run.counts["words"] += _check_quotations(extraction.path, record, run.wrong_quotations)
        run.counts["documents"] += 1
        run.counts["incomplete"] += record.authority is None or record.kind is None
        run.counts["quotations"] += len(_quotations(record))
        checking += time.perf_counter() - check_started
    return run


def _peak_memory() -> float:
    """The largest memory, in MiB, that this process or a child of it that has ended has had."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024


def _quotations(record: Record) -> list[Quote]:
    return [*record.judgements, *record.people, *record.mentions, *record.findings, *record.passages]


def _check_quotations(path: Path, record: Record, wrong: list[str]) -> int:
    """Compare every quotation with the report, read again; return the report's number of words."""
    report = read_report(path)
    for quote in _quotations(record):
        if report.text[quote.start : quote.end] != quote.text or report.page_at(quote.start) != quote.page:
            wrong.append(f"{record.source} at {quote.start}")
    return len(report.text.split())


def main() -> None:
    """Extract, check and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--workers", type=int, default=None, help="processes; one a core if not given")
    parser.add_argument("--register", type=Path, action="append", default=[], help="a further register, in Turtle")
    parser.add_argument("--gold", type=Path, help="a folder of labels: the accuracy over them is printed too")
    options = parser.parse_args()
    labels = Labels.read(options.gold) if options.gold else None
    with WorkerPool(options.workers) as pool:
        run = run_extraction(
            files_in(options.reports),
            vocabulary=load_vocabulary(options.register),
            pool=pool,
            labelled_documents=labels.documents if labels else None,
        )
    for metric in run.metrics():
        print(f"{metric.name:36} {metric.value:>12,.1f}  {metric.note}")
    for metrics in measure_extraction(labels, run.labelled).values() if labels else ():
        for metric in metrics:
            print(f"{metric.name:36} {metric.value:>12.3f}  {metric.note}")


if __name__ == "__main__":
    main()
