"""Accuracy of identity decisions, by the hand-labelled pairs of `pairs.jsonl` (see `pairs.md`).

python -m benchmarks.pairs
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caregraph.evaluation.metrics import Metric
from caregraph.graph.resolution.explain import MentionIdentity, explain_identities
from caregraph.graph.resolution.review import pairs_for_review
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

PAIRS = Path(__file__).with_name("pairs.jsonl")
HALVES = {"all": slice(None), "tuning": slice(0, None, 2), "held-out": slice(1, None, 2)}

Key = tuple[str, str]  # a document and the normalized words in it


@dataclass(frozen=True, slots=True)
class PairSide:
    """Words that name something, and the document that has them."""

    document: str
    words: str

    @property
    def key(self) -> Key:
        """Document and normalized words."""
        return self.document, _normalized(self.words)


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A pair of names as an annotator judged it; ``same`` if both mean one thing."""

    left: PairSide
    right: PairSide
    same: bool


def main() -> None:
    """Measure the resolver over a data directory and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=None, help="a data directory; CAREGRAPH_DATA's if not given")
    parser.add_argument(
        "--half",
        choices=HALVES,
        default="all",
        help="the half that is measured; wrong pairs of 'held-out' are not listed",
    )
    options = parser.parse_args()
    workspace = Workspace(options.data or data_directory())
    records = list(workspace.records())
    known = iri_by_words(row for record in records for row in explain_identities(record, workspace.resolver))
    for_review = {
        frozenset((pair.left.iri, pair.right.iri))
        for pair in pairs_for_review(records, workspace.vocabulary, workspace.decisions)
    }
    pairs = read_pairs()[HALVES[options.half]]
    print(f"{len(pairs)} pairs, of which {sum(pair.same for pair in pairs)} are one thing")
    for metric in measure_pairs(pairs, known, for_review):
        print(f"{metric.name:32} {metric.value:8.3f}  {metric.note}")
    for line in wrong_pairs(read_pairs()[HALVES["tuning"]] if options.half != "held-out" else (), known):
        print(line)


def read_pairs(path: Path = PAIRS) -> list[LabelledPair]:
    """Read the pairs, in the order of the file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [LabelledPair(PairSide(**row["left"]), PairSide(**row["right"]), row["same"]) for row in rows]


def iri_by_words(identities: Iterable[MentionIdentity]) -> Mapping[Key, str]:
    """Map each document's words to their IRI; words with several IRIs to the most frequent one."""
    counts: dict[Key, Counter[str]] = {}
    for identity in identities:
        if identity.iri is None:
            continue
        names = (identity.words, identity.name) if identity.type == "person" else (identity.words,)
        for words in {_normalized(name) for name in names}:
            counts.setdefault((identity.document, words), Counter())[identity.iri] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in counts.items()}


def measure_pairs(
    pairs: Sequence[LabelledPair], known: Mapping[Key, str], for_review: set[frozenset[str]]
) -> Iterator[Metric]:
    """Compute pairwise precision and recall, and the pairs left for review.

    Args:
        known: IRIs by document and words.
        for_review: pairs of IRIs that a person is asked about.
    """
    joined = [pair for pair in pairs if _is_joined(pair, known)]
    correct = sum(pair.same for pair in joined)
    same = sum(pair.same for pair in pairs)
    precision, recall = correct / len(joined) if joined else 1.0, correct / same if same else 1.0
    yield Metric("pairwise precision", precision, f"{correct} of {len(joined)} joined; bar 0.98")
    yield Metric("pairwise recall", recall, f"{correct} of {same}; bar 0.92")
    review = [pair for pair in pairs if _pair_iris(pair, known) in for_review]
    yield Metric("left for review", len(review), f"{sum(pair.same for pair in review)} of them one thing")
    yield Metric("words not found", sum(None in _pair_iris(pair, known) for pair in pairs))


def wrong_pairs(pairs: Iterable[LabelledPair], known: Mapping[Key, str]) -> Iterator[str]:
    """Describe each pair that is wrongly joined or wrongly apart, in a line."""
    for pair in pairs:
        if _is_joined(pair, known) != pair.same:
            error = "apart, but one thing" if pair.same else "joined, but two things"
            sides = (
                f"{side.document} '{side.words}' <{_short_iri(known.get(side.key))}>"
                for side in (pair.left, pair.right)
            )
            yield f"{error}: {' | '.join(sides)}"


def _pair_iris(pair: LabelledPair, known: Mapping[Key, str]) -> frozenset[str | None]:
    return frozenset((known.get(pair.left.key), known.get(pair.right.key)))


def _is_joined(pair: LabelledPair, known: Mapping[Key, str]) -> bool:
    iris = _pair_iris(pair, known)
    return len(iris) == 1 and None not in iris


def _normalized(words: str) -> str:
    return " ".join(words.split()).casefold().replace("'", "’")


def _short_iri(iri: str | None) -> str:
    return "/".join(iri.split("/")[-2:]) if iri else "unknown"


if __name__ == "__main__":
    main()
