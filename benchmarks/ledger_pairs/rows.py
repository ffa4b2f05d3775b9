"""Rows of the ledger over the records of a data directory, as its question gives them, without a database.

Of named things, which raise the score of a pair a little, these rows know nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.ledger_pairs.pairs import Place, ReadPair
from caregraph.graph.improvement.ledger import ledger_rows
from caregraph.ontology.records import Record

NO_ROW = "no row"  # has both sentences


class LedgerRows:
    """States of the ledger's rows, by the request and each later sentence; ``states`` are those of all rows.

    ``by_request`` has the state of the latest inspection that speaks of a request.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        said: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            for row in _findings(record):
                said[row["authority"]].append(row)
        self._places = {row["iri"] for rows in said.values() for row in rows}
        self._by_pair: dict[tuple[Place, Place], str] = {}
        self.by_request: dict[Place, str] = {}
        self.states: list[str] = []
        for rows in said.values():
            rows.sort(key=lambda row: (-row["inspected"].toordinal(), row["document"], row["start"]))
            for row in ledger_rows(rows, {"show": "all", "state": None}):
                asked, *others = row["evidence"]
                self._by_pair |= {(asked, later): row["state"] for later in others}
                self.by_request.setdefault(asked, row["state"])
                self.states.append(row["state"])

    def decide(self, pair: ReadPair) -> str | None:
        """State of the row that has both sentences, or `NO_ROW`; None if a document is not there."""
        if not {pair.asked, pair.later} <= self._places:
            return None
        return self._by_pair.get((pair.asked, pair.later), NO_ROW)


def _findings(record: Record) -> Iterator[dict[str, Any]]:
    """Rows of a record, as `questions/improvement-ledger.cypher` returns them; a place stands for an IRI."""
    if record.authority is None or not record.inspected:
        return
    for finding in record.findings:
        yield {
            "authority": record.authority.name, "inspected": min(first for first, _ in record.inspected),
            "document": record.source, "send": record.kind == "area-send", "iri": (record.sha256, finding.start),
            "text": finding.text, "start": finding.start, "end": finding.end, "kind": finding.kind,
            "polarity": finding.polarity, "confidence": finding.confidence, "page": finding.page,
            "paragraph": finding.paragraph, "concepts": sorted(finding.topics), "things": [], "wanted": True,
            "has_words": True,
        }  # fmt: skip
