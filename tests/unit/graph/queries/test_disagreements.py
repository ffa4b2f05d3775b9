"""Two reports differ on one topic of one thing, of two councils, and in nearby years alone."""

import pytest

from caregraph.graph.queries.comparison.disagreements import (
    AGREE,
    DIFFER,
    DatedFinding,
    Statement,
    agreement_on_things,
    disagreements,
)
from caregraph.graph.queries.nodes import Node


def said(council: str, polarity: str, started: str, *, topic: str = "adoption", thing: str = "alliance") -> Statement:
    finding = DatedFinding(
        iri=f"{council} {polarity} {started}", text="Words.", polarity=polarity, started=started, page=1, paragraph="1"
    )
    return Statement(thing, Node(topic, topic, "Concept"), Node(council, council, "LocalAuthority"), finding)


PRAISE = said("Ashmere", "strength", "2024-05-01")


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        (said("Wexholme", "concern", "2023-05-01"), DIFFER),
        (said("Wexholme", "strength", "2023-05-01"), AGREE),
        (said("Wexholme", "concern", "2019-05-01"), None),  # too long ago to be held against it
        (said("Ashmere", "concern", "2023-05-01"), None),
        (said("Wexholme", "concern", "2023-05-01", topic="matching"), None),
        (said("Wexholme", "concern", "2023-05-01", thing="hub"), None),
    ],
)
def test_reports_agree_or_differ(other, standing):
    assert agreement_on_things([PRAISE, other]).get("alliance") == standing
    assert [(pair.strength, pair.concern) for pair in disagreements([PRAISE, other])] == (
        [(PRAISE, other)] if standing == DIFFER else []
    )


def test_latest_pair_of_a_topic_is_shown_once():
    latest, earlier = said("Wexholme", "concern", "2024-03-01"), said("Pellmouth", "concern", "2023-03-01")

    assert [pair.concern for pair in disagreements([PRAISE, latest, earlier])] == [latest]
    assert disagreements([]) == []
