"""Accuracy of identity decisions, by hand-labelled pairs of names (see `pairs.md`).

    python -m benchmarks.pairs                          # both sets, at the threshold that is used
    python -m benchmarks.pairs --pairs FILE --thresholds
    python -m benchmarks.pairs --drawing docs/resolution.svg

Identity is decided anew, from the records of a data directory, so that a change of the rules is measured without a
build. A build must have read the documents that the pairs come from.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.pair_curves import OperatingPoint, draw_curves
from caregraph.evaluation.metrics import Metric
from caregraph.graph.resolution.clustering import MATCH_THRESHOLD, combine_decisions, join_pairs, score_pairs
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.explain import MentionIdentity, explain_identities
from caregraph.graph.resolution.profiles import build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Record
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

FIRST, SECOND = Path(__file__).with_name("pairs.jsonl"), Path(__file__).with_name("pairs-second.jsonl")
TITLES = {FIRST: "First set", SECOND: "Second set"}
BARS = {FIRST: (0.98, 0.92), SECOND: (0.97, 0.85)}  # least precision and recall
HALVES = {"all": slice(None), "tuning": slice(0, None, 2), "held-out": slice(1, None, 2)}
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99)

Key = tuple[str, str]  # a document and the normalized words in it
PairOfIris = frozenset[str | None]


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


@dataclass(frozen=True, slots=True)
class DecidedIdentity:
    """Decisions at one threshold: IRIs by document and words, and the pairs of IRIs that a person is asked about."""

    iris: Mapping[Key, str]
    for_review: frozenset[PairOfIris]


class IdentityRules:
    """Rules of identity over the records of a data directory; everything but the threshold is worked out once.

    ``missing`` are the documents of the pairs that the data directory does not have.
    """

    def __init__(self, workspace: Workspace, pairs: Iterable[LabelledPair]) -> None:
        self._workspace = workspace
        records = list(workspace.records())
        undecided = Resolver(workspace.vocabulary, Decisions())
        wanted = {(side.document, side.words) for pair in pairs for side in (pair.left, pair.right)}
        self.missing = {document for document, _ in wanted} - {record.source for record in records}
        self._identities: list[MentionIdentity] = []
        for record in records:
            rows = list(explain_identities(record, undecided))
            words = sorted(words for document, words in wanted if document == record.source)
            self._identities += [*rows, *identities_where_words_stand(words, record, rows)]
        self._profiles = build_profiles(records, undecided)
        self._scored = list(score_pairs(self._profiles, workspace.vocabulary))

    def decide(self, threshold: float = MATCH_THRESHOLD) -> DecidedIdentity:
        """Decide identity with a threshold, in keeping with people's decisions in the data directory."""
        people = self._workspace.decisions
        links = join_pairs(self._scored, self._profiles, people, threshold=threshold)
        canonical = Resolver(self._workspace.vocabulary, combine_decisions(links.decisions, people)).canonical
        rows = (replace(row, iri=canonical(row.own_iri)) for row in self._identities if row.own_iri)
        asked = (frozenset((canonical(pair.left.iri), canonical(pair.right.iri))) for pair in links.undecided)
        return DecidedIdentity(iri_by_words(rows), frozenset(asked))


def main() -> None:
    """Measure the rules of identity over a data directory and print a table for each set of pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=None, help="a data directory; CAREGRAPH_DATA's if not given")
    parser.add_argument(
        "--pairs", type=Path, action="append", help="a file of labelled pairs; may be repeated; both sets if not given"
    )
    parser.add_argument(
        "--half",
        choices=HALVES,
        default="all",
        help="the half that is measured; wrong pairs of 'held-out' are not listed",
    )
    parser.add_argument("--thresholds", action="store_true", help="also print precision and recall over thresholds")
    parser.add_argument("--drawing", type=Path, metavar="SVG", help="also draw precision and recall over thresholds")
    options = parser.parse_args()
    sets = {path.resolve(): read_pairs(path) for path in options.pairs or (FIRST, SECOND)}
    rules = IdentityRules(
        Workspace(options.data or data_directory()), (pair for pairs in sets.values() for pair in pairs)
    )
    if rules.missing:
        print(f"{len(rules.missing)} documents of the pairs are not in the data directory: {min(rules.missing)}, ...")
    for path, pairs in sets.items():
        _print_set(path, pairs, options.half, rules.decide())
    if options.thresholds or options.drawing:
        curves = {
            TITLES.get(path, path.name): over_thresholds(pairs[HALVES[options.half]], rules)
            for path, pairs in sets.items()
        }
        for title, points in curves.items():
            _print_curve(title, points)
        if options.drawing:
            options.drawing.write_text(draw_curves(curves, used=MATCH_THRESHOLD), encoding="utf-8")


def read_pairs(path: Path = FIRST) -> list[LabelledPair]:
    """Read the pairs, in the order of the file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [LabelledPair(PairSide(**row["left"]), PairSide(**row["right"]), row["same"]) for row in rows]


def identities_where_words_stand(
    wanted: Iterable[str], record: Record, identities: Sequence[MentionIdentity]
) -> Iterator[MentionIdentity]:
    """Yield identities of mentions in wanted words that no mention is, with these words in place of the mention's own.

    Extraction may draw a name's bounds otherwise than the pairs do: 'clinical service', 'in-house clinical service'. A
    mention counts that has at least half of the words.
    """
    known = {_normalized(name) for identity in identities for name in (identity.words, identity.name)}
    for words in wanted:
        if _normalized(words) in known:
            continue
        pattern = r"\s+".join(re.escape(part).replace("’", "['’]") for part in words.split())
        spans = [
            (passage.start + match.start(), passage.start + match.end())
            for passage in record.passages
            for match in re.finditer(pattern, passage.text, re.IGNORECASE)
        ]
        for identity in identities:
            overlaps = (min(identity.end, end) - max(identity.start, start) for start, end in spans)
            if max(overlaps, default=0) * 2 >= len(words):
                yield replace(identity, words=words)


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


def over_thresholds(pairs: Sequence[LabelledPair], rules: IdentityRules) -> list[OperatingPoint]:
    """Measure pairs at each of `THRESHOLDS`."""
    return [operating_point(threshold, pairs, rules.decide(threshold)) for threshold in THRESHOLDS]


def operating_point(threshold: float, pairs: Sequence[LabelledPair], decided: DecidedIdentity) -> OperatingPoint:
    """Count the pairs that are one thing, those joined, those joined rightly, and those left for a person."""
    joined = [pair for pair in pairs if _is_joined(pair, decided.iris)]
    return OperatingPoint(
        threshold=threshold,
        same=sum(pair.same for pair in pairs),
        joined=len(joined),
        correct=sum(pair.same for pair in joined),
        review=sum(_pair_iris(pair, decided.iris) in decided.for_review for pair in pairs),
    )


def measure_pairs(
    pairs: Sequence[LabelledPair], decided: DecidedIdentity, bars: tuple[float, float] = BARS[FIRST]
) -> Iterator[Metric]:
    """Compute pairwise precision and recall, and the pairs left for review.

    Args:
        bars: least precision and recall that are wanted.
    """
    point = operating_point(MATCH_THRESHOLD, pairs, decided)
    yield Metric("pairwise precision", point.precision, f"{point.correct} of {point.joined} joined; bar {bars[0]}")
    yield Metric("pairwise recall", point.recall, f"{point.correct} of {point.same}; bar {bars[1]}")
    review = [pair for pair in pairs if _pair_iris(pair, decided.iris) in decided.for_review]
    yield Metric("left for review", len(review), f"{sum(pair.same for pair in review)} of them one thing")
    yield Metric("words not found", sum(None in _pair_iris(pair, decided.iris) for pair in pairs))


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


def _print_set(path: Path, pairs: Sequence[LabelledPair], half: str, decided: DecidedIdentity) -> None:
    measured = pairs[HALVES[half]]
    title = TITLES.get(path, path.name)
    print(f"{title}, {half}: {len(measured)} pairs, of which {sum(pair.same for pair in measured)} are one thing")
    for metric in measure_pairs(measured, decided, BARS.get(path, BARS[FIRST])):
        print(f"{metric.name:32} {metric.value:8.3f}  {metric.note}")
    for line in wrong_pairs(pairs[HALVES["tuning"]] if half != "held-out" else (), decided.iris):
        print(line)


def _print_curve(title: str, points: Iterable[OperatingPoint]) -> None:
    print(f"{title} over thresholds")
    print(f"{'threshold':>9} {'precision':>9} {'recall':>9} {'joined':>9} {'wrongly':>9} {'review':>9}")
    for point in points:
        print(
            f"{point.threshold:9.3f} {point.precision:9.3f} {point.recall:9.3f}"
            f" {point.joined:9} {point.joined - point.correct:9} {point.review:9}"
        )


def _pair_iris(pair: LabelledPair, known: Mapping[Key, str]) -> PairOfIris:
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
