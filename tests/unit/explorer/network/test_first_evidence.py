"""First evidence of a network's items: sentences with their place, or a note that the words are not here."""

from dataclasses import replace

import pytest

from caregraph.explorer.network import first_evidence
from caregraph.explorer.network.first_evidence import MOST_LINES, evidence_row, facts_of_lines
from caregraph.graph.queries.evidence import Evidence, FactGroup, SourceDocument
from caregraph.graph.queries.nodes import Edge, Node

COUNCIL, HUB = Node("a/council", "Ashmere", "LocalAuthority"), Node("a/hub", "MASH", "Service")
FINDING = Node("a/finding", "Decisions are sound.", "Finding", "strength")
WORDS = "Calls are answered. The MASH <b>decides</b>\nsoundly."
SAID = Evidence(
    about=FINDING,
    role=None,
    passage=WORDS,
    sentence=(20, len(WORDS)),
    words=(),
    page=3,
    paragraph="12",
    section="The front door",
    confidence=0.9,
    source=SourceDocument(document="a/1", name="Letter", authority="Ashmere", address="https://example.org/1"),
)


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    """A data directory without any report."""
    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path))


def test_row_has_the_sentence_as_plain_text_with_its_page():
    assert evidence_row(SAID, heading=True) == {
        "fact": "strength",
        "sentence": "The MASH <b>decides</b> soundly.",
        "place": "Page 3, paragraph 12",
        "report": "Ashmere",
        "link": ("At the inspectorate", "https://example.org/1"),
    }


def test_row_of_words_that_are_not_fetched_says_so_and_where_they_stand():
    row = evidence_row(replace(SAID, passage="", has_words=False, corrections=("no concern",)), heading=False)

    words = "Page 3, paragraph 12 of “Letter”. Its words are not fetched. Corrected by a person: no concern"
    assert row == {"note": words, "report": "Ashmere", "link": ("At the inspectorate", "https://example.org/1")}


def test_long_sentence_ends_after_a_word():
    row = evidence_row(replace(SAID, passage="word " * 200, sentence=(0, 1000)), heading=False)

    assert len(row["sentence"]) <= first_evidence.LONGEST
    assert row["sentence"].endswith("word …")


def test_lines_of_a_network_ask_for_what_ties_their_ends():
    nodes = [COUNCIL, HUB, FINDING, Node("a/region", "North", "Region")]
    edges = [Edge("a/council", end, "TIED") for end in ("a/hub", "a/finding", "a/region", "group Document a/hub")]

    asked = FactGroup(HUB, "things", authority=COUNCIL.iri)
    assert facts_of_lines(nodes, edges) == ({"a/council a/hub": asked, "a/council a/region": None}, True)


def test_large_network_asks_for_the_lines_of_what_is_selected():
    hubs = [Node(f"a/hub{number}", "MASH", "Service") for number in range(MOST_LINES + 1)]
    edges = [Edge("a/council", hub.iri, "USES") for hub in hubs]

    assert facts_of_lines([COUNCIL, *hubs], edges) == ({}, False)
    lines, whole = facts_of_lines([COUNCIL, *hubs], edges, selected=hubs[-1].iri)
    assert (list(lines), whole) == ([f"a/council {hubs[-1].iri}"], False)
