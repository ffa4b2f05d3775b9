"""Accuracy of the improvement ledger, on pairs of sentences that were read one by one.

    python -m benchmarks.ledger_pairs.measure          # all sets: precision and recall of each state
    python -m benchmarks.ledger_pairs.measure --wrong  # and the pairs that are decided otherwise than they were read

`chosen-by.jsonl` has 100 pairs that were labelled before the rules were chosen and 120 by which they were mended;
`other-councils.jsonl` has all 56 rows of *improved* and *again a concern* that the rules then gave for four other
councils. `ten-councils.jsonl` has 108 pairs of councils not used before, drawn by words in common and labelled without
the rules' answer; their errors led to the rules on heads and parts. `read-last.jsonl` has 58 pairs, most of them rows
that the rules then gave for others again; its errors led to the last two thresholds. A line has facts only: the hashes
of two documents, the characters of a sentence in each, and the label. A build must have read the documents; pairs of
others are counted as missing.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caregraph.evaluation.metrics import Tally
from caregraph.graph.improvement.ledger import AGAIN, IMPROVED, is_sure_praise, state_of
from caregraph.graph.improvement.matching import Matcher, Statement
from caregraph.ontology.records import Finding, Record
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

SETS = tuple(
    Path(__file__).with_name(f"{name}.jsonl") for name in ("chosen-by", "other-councils", "ten-councils", "read-last")
)
UNMATCHED = "another matter"
Place = tuple[str, int]  # a document's hash and a finding's first character


@dataclass(frozen=True, slots=True)
class ReadPair:
    """Two sentences as a person read them; ``label`` is a state of the ledger, or `UNMATCHED`."""

    asked: Place
    later: Place
    label: str


def read_pairs(path: Path) -> list[ReadPair]:
    """Read the pairs of a file, a JSON object a line."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        ReadPair((row["asked"]["sha256"], row["asked"]["start"]), (row["later"]["sha256"], row["later"]["start"]),
                 row["label"])
        for row in rows
    ]  # fmt: skip


class LedgerRules:
    """Rules of the ledger over the records of a data directory."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._findings: dict[Place, tuple[str, bool, Finding]] = {}
        texts: dict[str, list[str]] = defaultdict(list)
        for record in records:
            authority = record.authority.name if record.authority else ""
            for finding in record.findings:
                self._findings[record.sha256, finding.start] = authority, record.kind == "area-send", finding
                if finding.polarity != "neutral" or finding.kind != "finding":
                    texts[authority].append(finding.text)
        self._matchers = {authority: Matcher(said) for authority, said in texts.items()}

    def decide(self, pair: ReadPair) -> str | None:
        """Decide on a pair: a state, `UNMATCHED`, or None if a document is not there."""
        if pair.asked not in self._findings or pair.later not in self._findings:
            return None
        (authority, of_send, asked), (_, later_send, later) = self._findings[pair.asked], self._findings[pair.later]
        match = self._matchers[authority].match(_statement(asked, of_send), _statement(later, later_send))
        if match is None or (later.polarity == "strength" and not is_sure_praise(match, later.text)):
            return UNMATCHED
        return state_of(asked.text, [(later.polarity, " ".join(later.text.split()))])


def _statement(finding: Finding, send: bool) -> Statement:
    return Statement(" ".join(finding.text.split()), finding.topics, send=send)


def measure_states(labels: Sequence[str], decisions: Sequence[str]) -> Mapping[str, Tally]:
    """Counts for the two states that are claims: a matter has improved, or is a concern again."""
    tallies = {state: Tally() for state in (IMPROVED, AGAIN)}
    for state, tally in tallies.items():
        tally.add(
            {number for number, label in enumerate(labels) if label == state},
            {number for number, decision in enumerate(decisions) if decision == state},
        )
    return tallies


def report(path: Path, rules: LedgerRules, *, wrong: bool) -> Iterator[str]:
    """Lines that say how a set of pairs is decided."""
    decided = [(pair, rules.decide(pair)) for pair in read_pairs(path)]
    known = [(pair, decision) for pair, decision in decided if decision is not None]
    yield f"{path.name}: {len(known)} pairs, {len(decided) - len(known)} of documents that are not there"
    for state, tally in measure_states([pair.label for pair, _ in known], [decision for _, decision in known]).items():
        yield f"  {state}: {tally.metric(state).note}, {tally.true_positives + tally.false_positives} decided so"
    for pair, decision in known if wrong else ():
        if pair.label != decision:
            yield f"  read as {pair.label}, decided as {decision}: {pair.asked} {pair.later}"


def main() -> None:
    """Print the measures of all sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    rules = LedgerRules(Workspace(data_directory()).records())
    for path in SETS:
        print("\n".join(report(path, rules, wrong=options.wrong)))


if __name__ == "__main__":
    main()
