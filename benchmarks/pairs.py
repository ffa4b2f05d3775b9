"""How well names and people are told apart and brought together, by the pairs of `pairs.jsonl` (see `pairs.md`).

python -m benchmarks.pairs
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caregraph.data_directory import Workspace
from caregraph.evaluation.measure import Figure
from caregraph.graph.resolution.explain import Place, places
from caregraph.graph.resolution.review import doubtful
from caregraph.settings import data_directory

PAIRS = Path(__file__).with_name("pairs.jsonl")
HALVES = {"all": slice(None), "tuning": slice(0, None, 2), "kept": slice(1, None, 2)}

Key = tuple[str, str]  # a document and the words in it, folded


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair."""

    document: str
    words: str

    @property
    def key(self) -> Key:
        return self.document, _folded(self.words)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair that somebody read: whether both sides mean one thing."""

    left: Side
    right: Side
    same: bool


def main() -> None:
    """Measure the resolver over a data directory and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=None, help="a data directory; CAREGRAPH_DATA's if not given")
    parser.add_argument("--half", choices=HALVES, default="all", help="of the other half, errors are told")
    arguments = parser.parse_args()
    workspace = Workspace(arguments.data or data_directory())
    records = list(workspace.records())
    found = [place for record in records for place in places(record, workspace.resolver)]
    asked = {
        frozenset((one.left.iri, one.right.iri)) for one in doubtful(records, workspace.vocabulary, workspace.decisions)
    }
    pairs = read_pairs()[HALVES[arguments.half]]
    print(f"{len(pairs)} pairs, of which {sum(pair.same for pair in pairs)} are one thing")
    for figure in measure(pairs, iris(found), asked):
        print(f"{figure.name:32} {figure.value:8.3f}  {figure.note}")
    for line in errors(read_pairs()[HALVES["tuning"]] if arguments.half != "kept" else (), iris(found)):
        print(line)


def read_pairs(path: Path = PAIRS) -> list[Labelled]:
    """The pairs in the order of the file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Labelled(Side(**row["left"]), Side(**row["right"]), row["same"]) for row in rows]


def iris(found: Iterable[Place]) -> Mapping[Key, str]:
    """What each document's words were taken for; of words taken for several things, the one most often meant."""
    counts: dict[Key, Counter[str]] = {}
    for place in found:
        for words in {_folded(place.words), _folded(place.name)} if place.type == "person" else {_folded(place.words)}:
            if place.iri is not None:
                counts.setdefault((place.document, words), Counter())[place.iri] += 1
    return {key: counted.most_common(1)[0][0] for key, counted in counts.items()}


def measure(pairs: Sequence[Labelled], known: Mapping[Key, str], asked: set[frozenset[str]]) -> Iterator[Figure]:
    """Pairwise precision and recall, and what is left to review.

    Args:
        asked: the pairs of IRIs about which a person is asked.
    """
    joined = [pair for pair in pairs if _joined(pair, known)]
    right = sum(pair.same for pair in joined)
    same = sum(pair.same for pair in pairs)
    yield Figure(
        "pairwise precision", right / len(joined) if joined else 1.0, f"{right} of {len(joined)} joined; bar 0.98"
    )
    yield Figure("pairwise recall", right / same if same else 1.0, f"{right} of {same}; bar 0.92")
    left = [pair for pair in pairs if _iris(pair, known) in asked]
    yield Figure("left to review", len(left), f"{sum(pair.same for pair in left)} of them one thing")
    unknown = sum(len(_iris(pair, known)) == 0 or None in _iris(pair, known) for pair in pairs)
    yield Figure("words not found", unknown)


def errors(pairs: Iterable[Labelled], known: Mapping[Key, str]) -> Iterator[str]:
    """A line for each pair that is wrong."""
    for pair in pairs:
        if _joined(pair, known) != pair.same:
            what = "apart, but one" if pair.same else "one, but two"
            sides = (
                f"{side.document} '{side.words}' <{_tail(known.get(side.key))}>" for side in (pair.left, pair.right)
            )
            yield f"{what}: {' | '.join(sides)}"


def _iris(pair: Labelled, known: Mapping[Key, str]) -> frozenset[str | None]:
    return frozenset((known.get(pair.left.key), known.get(pair.right.key)))


def _joined(pair: Labelled, known: Mapping[Key, str]) -> bool:
    found = _iris(pair, known)
    return len(found) == 1 and None not in found


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().replace("'", "’")


def _tail(iri: str | None) -> str:
    return "/".join(iri.split("/")[-2:]) if iri else "unknown"


if __name__ == "__main__":
    main()
