"""Results of tools: few fields, hard caps on rows and characters, text of reports in fields of that name only."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_ROWS, DEFAULT_ROWS = 50, 10
MAX_TEXT = 900  # characters of one text of a report
MAX_VALUE = 200  # characters of any other value
MAX_ANSWER = 7_000  # characters of all rows of an answer, as JSON: the protocol sends them twice
# Columns of answers that hold words of a report.
REPORT_TEXT = frozenset(
    {
        "quotation",
        "quotation_before",
        "later",
        "also",
        "asked",
        "words",
        "text",
        "partners",
        "section",
        "meant",
        "title",
    }
)
PLACE = frozenset({"document", "page", "paragraph", "evidence", "iri", "confidence", "passage"})


@dataclass(frozen=True)  # the SDK takes slots for defaults
class QuotedRow:
    """One row: what it says, the words of reports that prove it, and where they stand."""

    report_text: dict[str, str]
    document: str
    page: int | None
    paragraph: str | None
    confidence: float | None
    ids: list[str]
    values: dict[str, str | int | float | bool | list[str] | None]


@dataclass(frozen=True)  # the SDK takes slots for defaults
class ToolAnswer:
    """Rows of an answer.

    ``total`` counts all rows that have words of a report, ``cut`` says that some are not here, and ``next`` is the
    offset of the first of them. ``silence`` names why there is nothing: not said, not read, or not inspected.
    ``coverage`` says what was read.
    """

    total: int
    cut: bool
    next: int | None
    coverage: str
    silence: str | None = None
    rows: list[QuotedRow] = field(default_factory=list)


@dataclass(frozen=True)  # the SDK takes slots for defaults
class Candidate:
    """A name of the graph that a text may mean, and why."""

    name: str
    kind: str
    id: str
    reason: str


@dataclass(frozen=True)  # the SDK takes slots for defaults
class Verdict:
    """A quotation as it was found: proved, changed or unproved, with the reason."""

    state: str
    reason: str


@dataclass(frozen=True)  # the SDK takes slots for defaults
class FoundNames:
    """Names like a text, the likeliest first; several are candidates among which the asker chooses."""

    total: int
    coverage: str
    candidates: list[Candidate]


@dataclass(frozen=True)  # the SDK takes slots for defaults
class KnownQuestion:
    """A question that `ask` answers: its name, what it asks, and its parameters, those in brackets optional."""

    name: str
    asks: str
    parameters: str


@dataclass(frozen=True)  # the SDK takes slots for defaults
class KnownQuestions:
    """Questions, as many as an answer may hold; ``next`` is the offset of the first that is not here."""

    total: int
    cut: bool
    next: int | None
    questions: list[KnownQuestion]


@dataclass(frozen=True)  # the SDK takes slots for defaults
class Status:
    """What the graph holds, and under which licence."""

    version: str
    documents: int
    councils: int
    coverage: str
    licence: str


def quoted_row(row: Mapping[str, Any]) -> QuotedRow | None:
    """Make a row of a row of an answer; None if no words of a report prove it."""
    texts = {column: cut_text(_text(row[column])) for column in row if column in REPORT_TEXT and row[column]}
    if not texts or not row.get("document"):
        return None
    hidden = REPORT_TEXT | PLACE | ({"name"} if row.get("kind") == "Finding" else set())  # whose name is its words
    values = {column: _value(value) for column, value in row.items() if column not in hidden}
    ids = row.get("evidence") or [row["iri"]] if row.get("iri") or row.get("evidence") else []
    return QuotedRow(
        texts, row["document"], row.get("page"), row.get("paragraph"), row.get("confidence"), list(ids)[:3], values
    )


def answer_of(rows: Iterable[Mapping[str, Any]], *, offset: int, limit: int, coverage: str, silence: str) -> ToolAnswer:
    """Make an answer of rows, from ``offset`` on, as many as the caps allow.

    Args:
        silence: the name of the silence, if there is no row.
    """
    quoted = [made for row in rows if (made := quoted_row(row)) is not None]
    shown: list[QuotedRow] = []
    room = MAX_ANSWER
    for row in quoted[offset : offset + max(1, min(limit, MAX_ROWS))]:
        room -= len(json.dumps(asdict(row), ensure_ascii=False))
        if room < 0 and shown:
            break
        shown.append(row)
    after = offset + len(shown)
    cut = after < len(quoted)
    return ToolAnswer(len(quoted), cut, after if cut else None, coverage, None if quoted else silence, shown)


def cut_text(text: str) -> str:
    """A text of a report, cut where it is longer than a tool may return."""
    folded = " ".join(text.split())
    return folded if len(folded) <= MAX_TEXT else f"{folded[:MAX_TEXT]}…"


def _text(value: Any) -> str:
    return " / ".join(value) if isinstance(value, list) else str(value)


def _value(value: Any) -> Any:
    """A value as plain data, cut where it is long."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [str(_value(part)) for part in value[:10]]
    text = " ".join(str(value).split())
    return text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}…"
