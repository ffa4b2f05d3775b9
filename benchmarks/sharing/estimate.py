"""Estimate of how right and how complete the sharing statements of all reports are, from a sample of their sentences.

    caregraph extract REPORTS --json > records.jsonl
    python -m benchmarks.sharing.estimate records.jsonl

`sharing-estimate.jsonl` has places of sentences as `sharing-sentences.jsonl` has, none of them in that. They are from
strata of all other sentences of 403 reports, read whole or drawn by a seed; each counts for as many sentences as its
stratum has for each that was read. Those in which something had been found were labelled mixed with 1,062 others, by a
reader who did not see which. Where it is doubtful that something is said to be shared, that counts as not said unless
`--doubtful` is given.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from benchmarks.sharing.measure import measure_sharing, read_labels, records_by_hash, show_metrics, statements_at
from caregraph.evaluation.metrics import Metric

LABELS = Path(__file__).parents[1] / "sharing-estimate.jsonl"
# Sentences of each stratum when the sample was made. In the first something had been found. The others have those with
# other councils' names, of the rest those likeliest to share by their words and pairs of words, those with words of
# sharing, those with weaker signs of it, and what remains. The first three were read whole.
SIZES = {"found": 23, "named": 362, "likely": 196, "worded": 5608, "weakly-worded": 14587, "rest": 75047}
DRAWS = 2_000
_SEED = 20261201

Outcome = Literal["right", "wrong", "missed", "silent"]


def outcomes_by_stratum(
    labels: Iterable[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]], *, doubtful: bool = False
) -> dict[str, list[Outcome]]:
    """Outcome of each labelled sentence, by stratum; a labelled document without a record counts as saying nothing.

    ``doubtful``: count those that are labelled as doubtful as sentences that share.
    """
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for label in labels:
        is_found = bool(statements_at(label, records))
        shares = label["says"] or (doubtful and label.get("doubt"))
        outcome: Outcome = "right" if shares else "wrong"
        if not is_found:
            outcome = "missed" if shares else "silent"
        outcomes[label["part"]].append(outcome)
    return outcomes


def estimate(
    outcomes: Mapping[str, Sequence[Outcome]], sizes: Mapping[str, int], *, draws: int = DRAWS
) -> Iterator[Metric]:
    """Yield precision and recall over all sentences, with the middle 95 % of what as many samples drawn anew give."""
    chance = random.Random(_SEED)
    again = [
        _precision_and_recall({part: chance.choices(of, k=len(of)) for part, of in outcomes.items()}, sizes)
        for _ in range(draws)
    ]
    for name, value, values in zip(
        ("precision", "recall"), _precision_and_recall(outcomes, sizes), zip(*again, strict=True), strict=True
    ):
        ordered = sorted(values)
        low, high = ordered[int(draws * 0.025)], ordered[int(draws * 0.975)]
        yield Metric(f"sentences, {name}", value, f"{low:.3f} to {high:.3f}")


def _precision_and_recall(outcomes: Mapping[str, Sequence[Outcome]], sizes: Mapping[str, int]) -> tuple[float, float]:
    weights: dict[Outcome, float] = dict.fromkeys(("right", "wrong", "missed", "silent"), 0)
    for part, drawn in outcomes.items():
        for outcome, count in Counter(drawn).items():
            weights[outcome] += sizes[part] * count / len(drawn)
    right = weights["right"]
    return right / max(right + weights["wrong"], 1), right / max(right + weights["missed"], 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each stratum gave, the estimates, and the things and relations of the sentences found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="the lines that `caregraph extract --json` printed")
    parser.add_argument("--doubtful", action="store_true", help="count doubtful sentences as sharing")
    given = parser.parse_args(arguments)
    records, labels = records_by_hash(given.records), read_labels(LABELS)
    outcomes = outcomes_by_stratum(labels, records, doubtful=given.doubtful)
    for part, size in SIZES.items():
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(Counter(outcomes[part]).items()))
        print(f"{part:14} {size:6,} sentences; of {len(outcomes[part])} drawn {counts}")
    found = [label for label in labels if label["part"] == "found" and label["says"]]
    of_found = [metric for metric in measure_sharing(found, records) if metric.name != "sentences, F1"]
    show_metrics([*estimate(outcomes, SIZES), *of_found])


if __name__ == "__main__":
    main()
