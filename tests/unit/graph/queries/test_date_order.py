"""An absent date is the latest nowhere: Neo4j sorts it as the greatest, so every order must say otherwise."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
ORDER = re.compile(r"ORDER BY\s+((?:[^\n`]|\n(?=[^\n]*\bDESC\b))*)")
DATE = re.compile(r"((?:\w+\.)?(?:started|ended|inspected|published|day|began|last|then|date|when))")
TERM = re.compile(r"(.+?)\s+DESC\b")


def queries() -> list[tuple[str, str]]:
    folders = ("graph", "explorer", "commands", "benchmarks", "docs")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    files = [path for path in files if path.suffix in (".cypher", ".py", ".md")]
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in files]
    return [(name, match[1]) for name, text in texts for match in ORDER.finditer(text)]


def undated_first(order: str) -> list[str]:
    """The dates by which this sorts the latest first, with what has none before them all."""
    flat = order
    while flat != (flat := re.sub(r"\(([^()]*)\)", lambda inner: f"<{inner[1].replace(',', ';')}>", flat)):
        pass  # from the innermost brackets outwards
    terms = [term.strip() for term in flat.split(",")]
    descending = [match[1] for term in terms if (match := TERM.match(term))]
    return [
        date
        for date in descending
        if (DATE.fullmatch(date) or re.fullmatch(r"toString<.*>", date)) and f"{date} IS NULL" not in terms
    ]


def test_no_query_sorts_an_absent_date_first():
    assert len(queries()) > 100
    assert [(name, order) for name, order in queries() if undated_first(order)] == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("inspection.started DESC, inspection.iri LIMIT 1", ["inspection.started"]),
        ("inspection.started IS NULL, inspection.started DESC LIMIT 1", []),
        ("rank, toString(coalesce(i.started, d.published)) DESC", ["toString<coalesce<i.started; d.published>>"]),
        ("coalesce(toString(started), '') DESC, document.source", []),
        ("started, name", []),
    ],
)
def test_an_absent_date_is_noticed(order, expected):
    assert undated_first(order) == expected
