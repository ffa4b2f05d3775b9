"""Differences between the graphs that two loaders make."""

import pytest

from benchmarks.load_comparison import differences

OWN = {"nodes Document": {"d1", "d2"}, "relationships REPORTS_ON": {("d1", "d2")}, "Document.name": {("d1", "First")}}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"nodes Document": {"d1", "d2", "d3"}}, ["nodes Document: 1 only rdflib-neo4j ['d3'], 0 only caregraph []"]),
        (
            {"Document.name": {("d1", "Last")}},
            ["Document.name: 1 only rdflib-neo4j [('d1', 'Last')], 1 only caregraph [('d1', 'First')]"],
        ),
        ({"relationships REPORTS_ON": set()}, ["relationships REPORTS_ON: 0 only rdflib-neo4j [], 1 only caregraph"]),
        # A relationship of a node that ours lacks.
        ({"relationships REPORTS_ON": {("d1", "d2"), ("d1", "shape")}}, []),
    ],
)
def test_each_kind_that_differs_has_a_line(changes, expected):
    lines = list(differences(OWN, OWN | changes))

    assert len(lines) == len(expected)
    assert all(line.startswith(start) for line, start in zip(lines, expected, strict=True))
