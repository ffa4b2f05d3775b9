"""Accuracy of sharing statements on labelled sentences of reports (`sharing-sentences.jsonl`).

    caregraph extract REPORTS --json > records.jsonl
    python -m benchmarks.sharing records.jsonl [--borne-out]

The labels have no words: a sentence is a place in a document of a known hash, and so is the thing that it says to be
shared. They were made by reading, before anything had been extracted from these sentences but those of "third-tuning".
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.sharing.borne_out import measure_borne_out
from caregraph.evaluation.metrics import Metric, Tally
from caregraph.ontology.vocabulary import load_vocabulary

LABELS = Path(__file__).parents[1] / "sharing-sentences.jsonl"
# Each set was labelled after the rules for the one before had been made.
PARTS = ("tuning", "held-out", "second", "third-tuning", "third-held-out")
_ALIKE = {"delegated": "hosted", "commissions-jointly": "shares"}


def measure_sharing(labels: Iterable[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]]) -> Iterator[Metric]:
    """Yield precision and recall of sentences and partners, and the shares of things and relations that are right.

    ``records`` are by the hash of their document; a labelled document without one counts as saying nothing.
    """
    sentences, partners = Tally(), Tally()
    things = relations = labelled = 0
    for label in labels:
        statements = statements_at(label, records)
        place = {label["start"]}
        sentences.add(place if label["says"] else set(), place if statements else set())
        labelled += len(label["says"])
        for said in label["says"] if statements else ():
            best = max(statements, key=lambda statement: _alike(statement, said))
            is_thing = _alike(best, said) >= 1 / 2
            things += is_thing
            relations += is_thing and same_relation(best["relation"], said["relation"])
            partners.add(set(said["partners"]), set(best["partners"]))
    yield from (sentences.metric("sentences, F1"), partners.metric("partners, F1"))
    yield Metric("things, recall", things / max(labelled, 1), f"{things} of {labelled}")
    yield Metric("relation of things, recall", relations / max(labelled, 1), f"{relations} of {labelled}")


def statements_at(label: Mapping[str, Any], records: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Statements of a labelled sentence."""
    return [s for s in records.get(label["sha256"], {}).get("sharing", ()) if _overlap(s, label)]


def _overlap(statement: Mapping[str, Any], label: Mapping[str, Any]) -> bool:
    return bool(statement["start"] < label["end"] and label["start"] < statement["end"])


def _alike(statement: Mapping[str, Any], said: Mapping[str, Any]) -> float:
    """Share of the words in common of a statement's thing and a labelled one, which is a place in the same text."""
    if said["thing"] is None:
        return 1 / 2
    start, end = (place - statement["start"] for place in said["thing"])
    return words_in_common(statement["name"] or statement["thing"], statement["text"][max(start, 0) : max(end, 0)])


def words_in_common(left: str, right: str) -> float:
    """Share of the words of the shorter of two phrases that the other has too."""
    words, others = (set(re.findall(r"[a-z0-9]+", text.lower())) for text in (left, right))
    return len(words & others) / max(min(len(words), len(others)), 1)


def same_relation(left: str, right: str) -> bool:
    """Tell if two relations are one to readers, who tell some apart by a hair."""
    return _ALIKE.get(left, left) == _ALIKE.get(right, right)


def records_by_hash(path: Path) -> dict[str, Mapping[str, Any]]:
    """Read the records that `caregraph extract --json` printed, by the hash of their document."""
    read = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("{"))
    return {record["sha256"]: record for record in read}


def read_labels(path: Path) -> list[Mapping[str, Any]]:
    """Read labelled sentences, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def show_metrics(metrics: Iterable[Metric]) -> None:
    """Print each metric in a line of its own."""
    for metric in metrics:
        print(f"  {metric.name:28} {metric.value:.3f}  {metric.note}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print each metric for each part of the labels and for all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, help="the lines that `caregraph extract --json` printed")
    parser.add_argument("--borne-out", action="store_true", help="count also what frames find that others bear out")
    given = parser.parse_args(arguments)
    records, labels = records_by_hash(given.records), read_labels(LABELS)
    for part in (*PARTS, None):
        print(part or "all")
        show_metrics(measure_sharing([label for label in labels if part in (None, label["part"])], records))
    if given.borne_out:
        show_metrics(measure_borne_out(labels, records, load_vocabulary()))
