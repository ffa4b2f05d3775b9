"""Stored ledgers say what the question would say without them, or nothing; after a load only what changed is made."""

from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.improvement.states import IMPROVED, NOT_INSPECTED, STATES
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.comparison import stored_ledgers
from caregraph.graph.queries.questions import LEDGER, answer_question, load_questions, refresh_stored_answers
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.server import launcher
from caregraph.ontology.iris import document_iri
from caregraph.ontology.records import Authority, Finding, Passage

QUESTION = load_questions()[LEDGER]
ASKED = Finding(
    text="The quality of reflective supervision in the MASH.", page=1, start=0, end=50,
    polarity="concern", kind="area-for-improvement", confidence=0.95, topics=("supervision",), involves=("MASH",),
)  # fmt: skip
BETTER = replace(
    ASKED, text="Reflective supervision in the MASH has improved.", end=48, polarity="strength", kind="finding"
)


@pytest.fixture
def load(with_vocabularies, another, vocabulary):
    """Loads a report of one finding on a council, and returns the store."""

    def loaded(digit, finding, year, council="Durham"):
        days = ((date(year, 5, 9), date(year, 5, 20)),)
        passage = Passage(text=finding.text, page=1, start=0, end=finding.end)
        changes = {"inspected": days, "published": None, "findings": (finding,), "passages": (passage,)}
        without = dict.fromkeys(("judgements", "people"), ())
        record = another(f"{digit}.pdf", digit, authority=Authority(council, None), **changes, **without)
        graph = to_graph(Resolver(vocabulary, Decisions()).resolve(record), vocabulary, extractor="1")
        iri = document_iri(digit * 64)
        with_vocabularies.load(f"{year}", graph_rows(iri, quads_of(graph, ox.NamedNode(iri))))
        return with_vocabularies

    return loaded


def stored(store, **values):
    """States of the rows that are stored; None where these are not current."""
    values = {parameter.name: values.get(parameter.name, parameter.default) for parameter in QUESTION.parameters}
    rows = stored_ledgers.stored_rows(store, QUESTION.cypher, values)
    return rows if rows is None else [row["state"] for row in rows]


def test_a_load_makes_stored_ledgers_outdated_until_they_are_refreshed(load):
    store = load("b", ASKED, 2020)
    load("c", ASKED, 2020, "Sunderland")
    assert stored(store) is None
    assert refresh_stored_answers(store) == 2
    assert stored(store) == [NOT_INSPECTED, NOT_INSPECTED]

    load("d", BETTER, 2022)
    assert stored(store) is None
    assert [row["state"] for row in answer_question(store, QUESTION, authority="Durham")] == [IMPROVED]
    assert refresh_stored_answers(store) == 1
    assert refresh_stored_answers(store) == 0
    assert stored(store) == [IMPROVED, NOT_INSPECTED]

    store.retract(document_iri("d" * 64))
    store.retract(document_iri("c" * 64))
    assert refresh_stored_answers(store) == 1
    assert stored(store) == [NOT_INSPECTED]


def test_a_name_that_another_council_changes_makes_a_ledger_anew(load):
    store = load("b", ASKED, 2020)
    refresh_stored_answers(store)
    store.write("MATCH (:Finding)-[:INVOLVES]->(thing) SET thing.name = 'Front Hub'")
    load("c", replace(ASKED, involves=()), 2020, "Sunderland")

    assert refresh_stored_answers(store) == 2


def test_ledgers_of_other_rules_or_of_another_day_are_not_read(load, monkeypatch):
    store = load("b", ASKED, 2020)
    refresh_stored_answers(store)

    assert stored(store, as_of=date(2021, 1, 1)) is None
    monkeypatch.setattr(stored_ledgers, "_rules", lambda cypher: "others")
    assert stored(store) is None
    assert refresh_stored_answers(store) == 1


def test_nothing_is_stored_of_a_graph_that_another_load_has_changed_meanwhile(load):
    store = load("b", ASKED, 2020)

    class Interrupted:
        read = staticmethod(store.read)

        def write(self, cypher, **parameters):
            load("c", BETTER, 2022)
            return store.write(cypher, **parameters)

    refresh_stored_answers(Interrupted())
    assert stored(store) is None


@pytest.mark.parametrize(
    "values",
    [
        {}, {"show": "all"}, {"authority": "Ashmere"}, {"region": "Farrowdale"}, {"concept": "supervision"},
        *({"state": state} for state in STATES),
    ],
)  # fmt: skip
def test_stored_answer_is_that_of_the_question(samples_graph, values, monkeypatch):
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        assert stored(store)  # a build leaves them current
        answer = answer_question(store, QUESTION, **values)
        monkeypatch.setattr(stored_ledgers, "_rules", lambda cypher: "others")

        assert repr(answer) == repr(answer_question(store, QUESTION, **values))


def test_one_of_two_councils_of_a_name_is_answered_without_them(load):
    """Requests to a council that was dissolved are compared with reports on the one that took its name."""
    store = load("b", ASKED, 2018, "Dorset")
    [old, new] = [row["iri"] for row in store.read("MATCH (a:LocalAuthority {name: 'Dorset'}) RETURN a.iri AS iri")]
    store.write("MATCH (d:Document), (a {iri: $iri}) MERGE (d)-[:REPORTS_ON]->(a)", iri=old)
    store.write("MATCH (d:Document), (a {iri: $iri}) MERGE (d)-[:REPORTS_ON]->(a)", iri=new)
    refresh_stored_answers(store)

    assert stored(store, authority=[old]) is None
    assert len(stored(store, authority=[old, new])) == len(answer_question(store, QUESTION, authority="Dorset"))
