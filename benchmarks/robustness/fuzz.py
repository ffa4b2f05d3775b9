"""Damaged documents, none of which may stop a build: ``python -m benchmarks.robustness.fuzz --mutations 500 --seed 1``.

Each mutation is a sample that is changed at random: bytes, lines, letters, markup, page operators of a PDF, or a token
again and again. It is read into its statements in a process, under the limits of a build, and every quotation is
compared with the text. It may be read or refused by name; a traceback, a crash, a limit that is exceeded, statements
that break the shapes and a wrong quotation are failures. ``--only 17 --write FOLDER`` writes one mutation to a file.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.robustness.mutations import MutationReader, Outcome, make_mutation
from caregraph.extractors.worker_pool import WorkerPool


def run(numbers: Sequence[int], *, seed: int, workers: int | None) -> list[Outcome]:
    """Read mutations, by their numbers, in processes."""
    sizes = {number: len(make_mutation(number, seed=seed).content) for number in numbers}
    with WorkerPool(workers) as pool:
        outcomes = pool.map(
            numbers,
            partial(MutationReader, seed),
            on_failure=lambda number, reason: Outcome(number, make_mutation(number, seed=seed).name, "failed", reason),
            size=sizes.__getitem__,
        )
        return list(outcomes)


def print_table(outcomes: Sequence[Outcome], *, seed: int) -> int:
    """Print the counts, the longest document and the failures; return the number of failures."""
    failures = [outcome for outcome in outcomes if outcome.kind == "failed"]
    longest = max(outcomes, key=lambda outcome: outcome.seconds)
    print(f"| Outcome | Mutations |\n|---|---:|\n| all, of seed {seed} | {len(outcomes)} |")
    for line, count in sorted(Counter(outcome.line for outcome in outcomes).items(), key=lambda item: -item[1]):
        print(f"| {line} | {count} |")
    print(f"| failed | {len(failures)} |\n")
    print(f"Longest: number {longest.number}, {longest.name}: {longest.seconds:.1f} s of {longest.limit:.0f} s.")
    for failure in failures:
        print(f"Failed: --seed {seed} --only {failure.number}: {failure.name}: {failure.reason}")
    return len(failures)


def main() -> None:
    """Read mutations and print one table; exit with an error if one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutations", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None, help="processes; one a core if not given")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of mutations; all if not given")
    parser.add_argument("--write", type=Path, help="a folder into which the mutations are written, and not read")
    options = parser.parse_args()
    numbers = options.only or range(options.mutations)
    if options.write:
        for number in numbers:
            (options.write / f"fuzz-{options.seed}-{number}").write_bytes(
                make_mutation(number, seed=options.seed).content
            )
        return
    if print_table(run(numbers, seed=options.seed, workers=options.workers), seed=options.seed):
        sys.exit(1)


if __name__ == "__main__":
    main()
