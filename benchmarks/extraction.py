"""How fast reports become records, whether every quotation is what its offsets say, and how right records are.

python -m benchmarks.extraction ../shared/corpus --gold ../shared/gold --workers 2
"""

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from caregraph.build import files_in
from caregraph.evaluation.measure import Figure, Labels
from caregraph.evaluation.measure import measure as measure_labels
from caregraph.extractors.reading.read import read_report
from caregraph.extractors.worker_pool import extract_files
from caregraph.ontology.records import Quote, Record
from caregraph.ontology.vocabulary import load_vocabulary


def main() -> None:
    """Extract, check and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="+")
    parser.add_argument("--workers", type=int, default=None, help="processes; one a core if not given")
    parser.add_argument("--gold", type=Path, help="a folder of labels: the accuracy over them is printed too")
    arguments = parser.parse_args()
    labels = Labels.read(arguments.gold) if arguments.gold else None
    records: list[dict[str, Any]] = []
    for figure in measure(files_in(arguments.reports), labels, records, workers=arguments.workers):
        print(f"{figure.name:36} {figure.value:>12,.1f}  {figure.note}")
    for figures in measure_labels(labels, records, lambda *_: None).values() if labels else ():
        for figure in figures:
            print(f"{figure.name:36} {figure.value:>12.3f}  {figure.note}")


def measure(
    files: list[Path], labels: Labels | None, labelled: list[dict[str, Any]], *, workers: int | None
) -> Iterable[Figure]:
    """Yield the figures: speed first, then what was found and what is wrong. Records with labels join ``labelled``."""
    begun = time.perf_counter()
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    seconds = 0.0
    for one in extract_files(files, vocabulary=load_vocabulary(), workers=workers):
        seconds = time.perf_counter() - begun - counts["checking"] / 1e6
        if one.record is None:
            counts["failed"] += 1
            continue
        checked = time.perf_counter()
        if labels and one.path.stem in labels.documents:
            labelled.append(one.record.as_json())
        counts["words"] += _check(one.path, one.record, wrong)
        counts["done"] += 1
        counts["without an authority or kind"] += one.record.authority is None or one.record.kind is None
        counts["quotations"] += len(_quotes(one.record))
        counts["checking"] += round((time.perf_counter() - checked) * 1e6)
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    yield Figure("words a second", counts["words"] / seconds, f"{counts['words']:,} words in {seconds:.0f} s")
    yield Figure("documents a second", counts["done"] / seconds, f"{counts['done']} documents")
    yield Figure("peak memory of a process, MiB", memory / 1024)
    yield Figure("failed", counts["failed"])
    yield Figure("without an authority or kind", counts["without an authority or kind"])
    yield Figure("quotations that are not their slice", len(wrong), f"of {counts['quotations']:,}: {wrong[:3]}")


def _quotes(record: Record) -> list[Quote]:
    return [*record.judgements, *record.people, *record.mentions, *record.findings, *record.passages]


def _check(path: Path, record: Record, wrong: list[str]) -> int:
    """Compare every quotation with the report read again; return the report's number of words."""
    report = read_report(path)
    for quote in _quotes(record):
        if report.text[quote.start : quote.end] != quote.text or report.page_at(quote.start) != quote.page:
            wrong.append(f"{record.source} at {quote.start}")
    return len(report.text.split())


if __name__ == "__main__":
    main()
