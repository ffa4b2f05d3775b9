"""Every query of `graph.queries` runs over the samples' graph and gives rows of its type."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from caregraph.graph import queries
from caregraph.graph.neo4j.property_graph import GraphRows, NodeRow
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import authorities, overview
from caregraph.graph.queries.evidence import fact_groups
from caregraph.graph.queries.neighbourhood import nodes
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.server import launcher
from caregraph.ontology.iris import THINGS, document_iri

ASHMERE = f"{THINGS}authority/E99000001"
OXMARSH = f"{THINGS}authority/E99000003"
ALLIANCE = f"{THINGS}agency/farrowdale-adoption-alliance"
NEGLECT = f"{THINGS}concept/neglect"

Ask = Callable[[Any, Neo4jStore], Any]


def node(store, iri=ALLIANCE):
    return nodes(store, [iri])[0]


def findings(store):
    return [row["iri"] for row in store.read("MATCH (n:Finding) RETURN n.iri AS iri ORDER BY iri LIMIT 3")]


def ashmeres_neighbours(store):
    return authorities.authority_summary(store, ASHMERE).neighbours


# By module and function: the call, whose answer must not be empty.
CALLS: dict[str, Ask] = {
    "as_at.counted_documents": lambda ask, store: ask(store, "latest"),
    "as_at.latest_full_inspections": lambda ask, store: ask(store),
    "authorities.authorities_with_reports": lambda ask, store: ask(store, [ASHMERE]),
    "authorities.authority_summary": lambda ask, store: ask(store, OXMARSH),
    "authorities.posts": lambda ask, store: ask(store, ASHMERE),
    "authorities.registered_authorities": lambda ask, store: ask(store),
    "authorities.report_summaries": lambda ask, store: ask(store, ASHMERE),
    "authorities.thing_uses": lambda ask, store: ask(store, ASHMERE),
    "evidence.sharing_claims": lambda ask, store: ask(store, node(store)),
    "evidence.agency_memberships": lambda ask, store: ask(store, node(store)),
    "evidence.evidence_counts": lambda ask, store: ask(store, node(store, ASHMERE)),
    "evidence.evidence_of_finding": lambda ask, store: [ask(store, findings(store)[0])],
    "evidence.evidence_of_findings": lambda ask, store: ask(store, findings(store)),
    "evidence.first_evidence": lambda ask, store: ask(store, fact_groups(node(store))),
    "evidence.node_properties": lambda ask, store: ask(store, node(store)),
    "evidence.read_evidence": lambda ask, store: ask(store, node(store, ASHMERE), "people"),
    "evidence.subjects_of_findings": lambda ask, store: ask(store, findings(store)),
    "facets.facets": lambda ask, store: ask(store, [ASHMERE, *findings(store)]),
    "judgements.inspection_summaries": lambda ask, store: ask(store),
    "judgements.judged_areas": lambda ask, store: ask(store),
    "judgements.latest_judgements": lambda ask, store: ask(store, "overall"),
    "judgements.latest_judgements_of": lambda ask, store: ask(store, [ASHMERE]),
    "name_lookup.look_up_name": lambda ask, store: ask(store, "local authority", "Ashmere"),
    "name_lookup.search_names": lambda ask, store: ask(store, "Ashmere", limit=3),
    "neighbourhood.connections": lambda ask, store: ask(store, ASHMERE),
    "neighbourhood.neighbour_kinds": lambda ask, store: ask(store, ASHMERE),
    "neighbourhood.edges": lambda ask, store: ask(store, [ASHMERE, ALLIANCE]),
    "neighbourhood.neighbours": lambda ask, store: ask(store, ASHMERE, limit=12).nodes,
    "neighbourhood.nodes": lambda ask, store: ask(store, [ASHMERE, *findings(store)]),
    "neighbourhood.shortest_path": lambda ask, store: ask(store, ASHMERE, OXMARSH),
    "overview.authority_uses": lambda ask, store: ask(store, ALLIANCE),
    "overview.coverage": lambda ask, store: ask(store),
    "overview.covered_regions": lambda ask, store: ask(store),
    "overview.document_summaries": lambda ask, store: ask(store),
    "overview.graph_version": lambda ask, store: ask(store),
    "overview.looked_at_themes": lambda ask, store: ask(store),
    "overview.label_counts": lambda ask, store: ask(store),
    "overview.most_reported_authorities": lambda ask, store: ask(store),
    "name_lookup.names_of_kind": lambda ask, store: ask(store, "region"),
    "overview.property_keys": lambda ask, store: ask(store),
    "overview.shared_thing_counts": lambda ask, store: ask(store),
    "overview.shared_things": lambda ask, store: ask(store),
    "overview.witness_summaries": lambda ask, store: ask(store),
    "polarity_counts.concept_scheme": lambda ask, store: ask(store),
    "polarity_counts.counts_of_authorities": lambda ask, store: ask(store, [ASHMERE]),
    "polarity_counts.counts_on_concept": lambda ask, store: ask(store, NEGLECT),
    "polarity_counts.counts_on_thing": lambda ask, store: ask(store, ALLIANCE),
    "polarity_counts.report_counts": lambda ask, store: ask(store, [ASHMERE]),
    "questions.answer_question": lambda ask, store: ask(store, load_questions()["coverage"]),
    "questions.refresh_stored_answers": lambda ask, store: [ask(store)],
    "quotations.printed_words": lambda ask, store: ask(store, "ashmere_cs_2022-05-16.pdf")[1],
    "quotations.quotations": lambda ask, store: ask(store, [ASHMERE, *findings(store)]),
    "sub_regions.sub_regions": lambda ask, store: ask(store, f"{THINGS}region/E12000001"),
    "disagreements.statements_on_things": lambda ask, store: ask(store, f"{THINGS}region/E99000000", [ALLIANCE]),
    "strong_authorities.strong_authorities": lambda ask, store: ask(
        store, ashmeres_neighbours(store), [NEGLECT], limit=3
    ),
    "search.count_searchable": lambda ask, store: ask(store),
    "search.count_by_authority": lambda ask, store: ask(store, "children"),
    "search.count_by_polarity": lambda ask, store: ask(store, "children"),
    "search.search_all": lambda ask, store: ask(store, "children", limit=5),
    "search.search_findings": lambda ask, store: ask(store, "children"),
    "search.search_passages": lambda ask, store: ask(store, "children"),
    "semantic_search.embedding_counts": lambda ask, store: ask(store),
}
ELSEWHERE = {
    "evidence.contradicting_evidence",  # no sample contradicts the thesaurus: test_attestations
    "stored_ledgers.refresh_ledgers",  # test_stored_ledgers
    "stored_ledgers.stored_rows",
    # test_semantic_search: these need vectors.
    "search.nearest_findings",
    "semantic_search.embed_findings",
    "semantic_search.has_embeddings",
    "semantic_search.similar_findings",
}


def queries_of_the_room() -> dict[str, Any]:
    """Public functions of `graph.queries` that read the database."""
    found = pkgutil.walk_packages(queries.__path__, f"{queries.__name__}.")
    modules = (import_module(module.name) for module in found)
    return {
        f"{module.__name__.rsplit('.', 1)[-1]}.{name}": function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if next(iter(inspect.signature(function).parameters), None) == "store"
    }


@pytest.fixture(scope="module")
def samples(samples_graph: Path) -> Iterator[Neo4jStore]:
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def test_every_query_is_listed():
    assert queries_of_the_room().keys() == CALLS.keys() | ELSEWHERE


@pytest.mark.parametrize("name", CALLS)
def test_query_answers(samples, name):
    assert CALLS[name](queries_of_the_room()[name], samples)


def test_version_changes_with_every_load(store):
    """The counts stay the same, and no document is new: only the name of an authority changes."""
    graph = document_iri("a" * 64)

    def load(version: str, name: str) -> str:
        store.load(version, GraphRows(graph, (NodeRow("LocalAuthority", ASHMERE, {"name": name}),), ()))
        return overview.graph_version(store)

    empty, first, second = overview.graph_version(store), load("1", "Ashmere"), load("2", "Ashmere Forest")

    assert len({empty, first, second}) == 3
    assert overview.graph_version(store) == second


def test_matrix_and_question_give_one_standing(samples):
    """Both call one function, with what two queries read of lists and reports."""
    rows = answer_question(samples, load_questions()["shared-services"], least=1)
    asked = {(row["thing"], row["authority"]): row["standing"] for row in rows}
    found = samples.read(
        "MATCH (t:Agency|Service|Programme|Body) WHERE NOT coalesce(t.generic, false)"
        " RETURN t.iri AS iri, t.name AS name"
    )
    marked = {}
    for row in found:
        uses = overview.authority_uses(samples, row["iri"])
        for use in uses:
            if (row["name"], use.authority.name) in asked:
                marked[row["name"], use.authority.name] = use.find_standing(listing=overview.has_list(uses))

    assert {"confirmed", "named", "silent"} <= set(marked.values())
    assert {key: (asked[key], mark) for key, mark in marked.items() if asked[key] != mark} == {}
