from dataclasses import replace
from datetime import date

import pytest
from rdflib import SKOS, Literal, URIRef

from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.rdf_terms import CG
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.status import future_days, violation_rows
from caregraph.graph.dataset.store import Dataset
from caregraph.ontology.iris import THINGS


@pytest.mark.parametrize(
    ("published", "ended", "expected"),
    [
        (["2026-02-01"], [], ["published: 2026-02-01 is in the future"]),
        (
            [date(2026, 2, 1)],
            [date(2026, 1, 31)],
            [
                "published: 2026-02-01 is in the future",
                "inspected: 2026-01-31 is in the future",
            ],
        ),
        # Today is no future day, and an absent day is none.
        (["2026-01-30"], ["2026-01-30"], []),
        ([], [], []),
    ],
)
def test_days_in_the_future_are_noted(published: list[object], ended: list[object], expected: list[str]) -> None:
    assert list(future_days(published, ended, today=date(2026, 1, 30))) == expected


@pytest.fixture
def violations(tmp_path, vocabulary, record):
    """Lists the violations of two documents of one record, the second of which states more."""

    def violations(*stated):
        with Dataset.open(tmp_path / "dataset") as dataset:
            for source, sha256, more in (("a.pdf", "a" * 64, ()), ("b.pdf", "b" * 64, stated)):
                graph = to_graph(replace(record, source=source, sha256=sha256), vocabulary, extractor="1")
                for triple in more:
                    graph.set(triple)
                dataset.replace(Entry(source=source, sha256=sha256, extractor="1"), graph)
            return [row["violation"] for row in violation_rows(dataset)]

    return violations


def test_documents_that_agree_break_nothing(violations):
    assert violations() == []


@pytest.mark.parametrize(
    ("node", "predicate", "value", "fault"),
    [
        ("person/ann-example-inspector-2022", SKOS.prefLabel, Literal("Ann Examples"), "has no name, or several"),
        ("service/mash-of-e06000047", CG.belongsTo, URIRef(f"{THINGS}authority/E08000035"), "or to several"),
    ],
)
def test_what_documents_add_up_to_is_validated(violations, node, predicate, value, fault):
    (violation,) = violations((URIRef(THINGS + node), predicate, value))

    assert violation.startswith("a.pdf and b.pdf: ")
    assert violation.endswith(fault)
