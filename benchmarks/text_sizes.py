"""Seconds and memory that a text takes, by its size: ``python -m benchmarks.text_sizes``.

The text is the prose of the samples, again and again, in the lines in which it was printed and on one line. Each size
is read into a record in a process of its own. A column each for the processor seconds of a megabyte with everything,
and of a megabyte without the network that reads each sentence, which takes by far the most; and for the memory of the
process beyond what it had before. Equal figures down a column say that the time is linear. Exits with an error where
the largest size takes more than half as much again, a megabyte, as the smallest.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caregraph.extractors.findings.findings import FindingExtractor
from caregraph.extractors.findings.sentence_context import Sentence
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.read import read_report, report_from_text
from caregraph.ontology.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parent.parent / "samples"
SIZES = (1, 2, 4, 8, 16)  # megabytes
LIMIT = 1.5
_PROSE = 60  # characters, at least, of a line in a paragraph


@dataclass(frozen=True, slots=True)
class SizeRun:
    """Processor seconds a megabyte, and megabytes of memory a megabyte, of one text."""

    seconds: float
    memory: float


class NoNetwork:
    """Stand-in for the transformer, with the same scores for every sentence."""

    def __init__(self, columns: int) -> None:
        self._columns = columns

    def scores(self, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
        """Zeros, a row for each sentence."""
        return np.zeros((len(sentences), self._columns), np.float32)


def long_text(megabytes: float, *, lines: bool) -> str:
    """A text of so many million characters."""
    reports = [read_report(path).text.splitlines() for path in sorted(SAMPLES.glob("*_cs_*.pdf"))]
    # Headings would begin a second report, and what follows them would not be read.
    prose = [line for report in reports for line in report if len(line) >= _PROSE]
    text = "\n".join(prose) if lines else " ".join(" ".join(prose).split())
    size = int(megabytes * 1_000_000)
    return (text * (size // len(text) + 1))[:size]


def read_text(megabytes: int, *, lines: bool, network: bool) -> SizeRun:
    """Read a text into a record in this process, which has read nothing yet."""
    reader = ReportReader(load_vocabulary([SAMPLES / "register.ttl"]))
    if not network:
        findings = reader._nlp.get_pipe("findings")
        assert isinstance(findings, FindingExtractor)
        columns = findings.classifier._transformer.scores([Sentence("Leaders know children well.", "", False)]).shape[1]
        findings.classifier._transformer = NoNetwork(columns)  # type: ignore[assignment]
    text = long_text(megabytes, lines=lines)
    before, begun = _memory(), time.process_time()
    reader.record(report_from_text("long.txt", text))
    return SizeRun((time.process_time() - begun) / megabytes, (_memory() - before) / megabytes)


def _memory() -> float:
    """The most memory, in megabytes, that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_in_process(megabytes: int, *, lines: bool, network: bool) -> SizeRun:
    """Result of `read_text` in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(read_text, (megabytes,), {"lines": lines, "network": network})


def main() -> None:
    """Read each size and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="in megabytes")
    parser.add_argument("--network-up-to", type=int, default=4, help="the largest size that is read with everything")
    options = parser.parse_args()
    print("| text | MB | s a MB | s a MB without the network | MB of memory a MB |\n|---|---:|---:|---:|---:|")
    steep = []
    for lines in (True, False):
        bare: list[float] = []
        for size in options.sizes:
            run = run_in_process(size, lines=lines, network=False)
            bare.append(run.seconds)
            whole = run_in_process(size, lines=lines, network=True) if size <= options.network_up_to else None
            name, seconds = "in lines" if lines else "on one line", f"{whole.seconds:.1f}" if whole else ""
            print(f"| {name} | {size} | {seconds} | {run.seconds:.1f} | {run.memory:.0f} |", flush=True)
        if bare[-1] > LIMIT * bare[0]:
            steep.append(name)
    if steep:
        sys.exit(f"not linear: {', '.join(steep)}")


if __name__ == "__main__":
    main()
