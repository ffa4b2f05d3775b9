"""Ledger on pages: what inspections asked of a council, what became of each, and who near it does well at it."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from caregraph.explorer.figures.dom import Tree, node_link, page_link, table, tag
from caregraph.explorer.labels import format_count, format_day, scheme_label
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.state.links import page_address
from caregraph.explorer.state.store_cache import cached_query, explain_errors
from caregraph.graph.improvement.states import (
    IMPROVED,
    MENTIONED,
    NOT_COMPARED,
    NOT_INSPECTED,
    PERHAPS,
    PRAISED,
    SILENT,
)
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.authorities import AuthoritySummary
from caregraph.graph.queries.comparison.as_at import LATEST, latest_full_inspections
from caregraph.graph.queries.comparison.strong_authorities import StrongAuthority, strong_authorities
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import concept_scheme
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.wording import join_names, sentence_case, words_not_fetched

Row = Mapping[str, Any]
TITLE = "What must improve, and what became of it"
QUESTION = "improvement-ledger"
WORDLESS_NOTE = (
    f"{sentence_case(NOT_COMPARED)}: the words of that report or of a later one are not here, so nothing is said of "
    "what became of the request. Select a request for its place and to get its report."
)
_CLAIMS = {  # of each state, where its words alone may say more or less
    IMPROVED: "a later report says itself that it has got better",
    PRAISED: "one praises it, or a part of it",
    MENTIONED: "one may speak of it; read both sentences",
    PERHAPS: "no later sentence surely speaks of it; the nearest are shown, on its topic or with words of it",
    SILENT: "no later sentence is even near; it is not that nothing was done",
}
HELPERS = 3  # councils that do well, for each topic
INSPECTIONS = 3  # whose requests a council's page has; the ledger has all


def ledger_of(store: Neo4jStore, *, authority: str | None, region: str | None) -> list[dict[str, Any]]:
    """Rows of the ledger of a council or a region, by its IRI; of everywhere, if neither is given."""
    return answer_question(store, load_questions()[QUESTION], authority=authority, region=region)


@explain_errors
def show_requests(authority: AuthoritySummary) -> None:
    """Show what the latest inspections asked for, what became of it, and who nearby does well at it."""
    st.header(TITLE, anchor=False)
    ledger = cached_query(ledger_of, authority=authority.node.iri, region=None)
    if not ledger:
        st.caption("No inspection that was read asks this council to improve something.")
        return
    groups = [(day, list(rows)) for day, rows in groupby(ledger, key=lambda row: row["inspected"])][:INSPECTIONS]
    topics = _topics([row for _, rows in groups for row in rows])
    nearby = tuple({node.iri: node for node in (*authority.neighbours, *authority.same_region)}.values())
    iris = sorted({topic.iri for topic in topics.values()})
    strong = cached_query(strong_authorities, nearby, iris, limit=HELPERS)
    parts: list[Tree] = []
    latest = cached_query(latest_full_inspections).get(authority.node.iri)
    if latest and latest.started and latest.started > groups[0][0].isoformat():
        st.caption(f"In the latest full inspection, of {format_day(latest.started)}, no request was found.")
    for day, rows in groups:
        title = f"{format_count(len(rows), 'request')} of the inspection of {format_day(day.isoformat())}"
        body = ((asked_cell(row), _became(row), _helpers(topics.get(row["evidence"][0]), strong)) for row in rows)
        head = ("What was asked", "What became of it", "Who near here does well at it")
        figure = table(title, head, body, class_="cards")
        parts.append(tag("details", tag("summary", title), figure, open=len(parts) < 2))
    more = page_link("All requests, and the improvement plan", page_address("improvement", council=authority.node.iri))
    explanation = (
        f"{states_note(ledger)} Councils that do well are the nearest, among statistical neighbours and then the "
        "region, whose latest full inspection finds strengths in the topic and few concerns."
    )
    figure = tag("div", *parts, more, class_="asked")
    show_packed_figure(figure, key="recommendations", title=TITLE, about=explanation)
    st.caption(explanation)


def states_note(rows: Sequence[Row]) -> str:
    """Say what the states that a table of the ledger has claim and what they do not."""
    states = {row["state"] for row in rows}
    if NOT_COMPARED in states and states <= {NOT_COMPARED, NOT_INSPECTED}:
        return WORDLESS_NOTE
    note = " ".join(f"{sentence_case(state)}: {claim}." for state, claim in _CLAIMS.items() if state in states)
    return f"{note} {WORDLESS_NOTE}" if NOT_COMPARED in states else note


def _topics(rows: Sequence[Row]) -> dict[str, Node]:
    """Topic of each request that has any, by its IRI: of its concepts the one that the fewest findings are about."""
    concepts = {concept.node.name: concept for concept in cached_query(concept_scheme)}
    return {
        row["evidence"][0]: min((concepts[name] for name in row["concepts"]), key=lambda known: known.findings).node
        for row in rows
        if row["concepts"]
    }


def asked_cell(row: Row) -> Tree:
    """Words of a request, with its kind and its place; if its words are not fetched, what it is about."""
    source = f" {sentence_case(scheme_label('kind', row['kind']))}, {format_day(row['inspected'].isoformat())}, page "
    words: str = row["quotation"]
    if row["concepts"] and words == words_not_fetched(row["page"], row["paragraph"]):
        words = f"On {join_names(row['concepts'])} {words}"
    return _quotation(words, row["evidence"][0], f"{source}{row['page']}")


def later_cell(row: Row) -> Tree:
    """Words of a later inspection on a request; empty where there are none."""
    if row["later"] is None:
        return tag("span", "")
    perhaps = row["state"] == PERHAPS
    more = f", one of {row['sentences']} sentences" if row["sentences"] > 1 and not perhaps else ""
    source = f" {sentence_case(row['later_polarity'])}, {format_day(row['later_inspected'].isoformat())}, page "
    first = _quotation(row["later"], row["evidence"][1], f"{source}{row['later_page']}{more}")
    if not (perhaps and row["also"]):
        return first
    next_nearest = zip(row["also"], row["evidence"][2:], strict=False)
    return tag("ul", tag("li", first), *(tag("li", _placed_quotation(words, iri)) for words, iri in next_nearest))


def _placed_quotation(text: str, finding: str) -> Tree:
    """Words with their document and page behind them in brackets, as the ledger's column `also` has them."""
    words, _, place = text.rpartition(" (")
    return _quotation(words, finding, f" {place.removesuffix(')')}")


def _quotation(words: str, finding: str, source: str) -> Tree:
    link = page_link(words, page_address("findings", finding=finding), class_="quotation")
    return tag("span", link, tag("small", source))


def _became(row: Row) -> Tree:
    """State of a request with one later sentence: a council's page is one sheet, and the ledger has the others."""
    if row["later"] is None:
        return tag("span", sentence_case(row["state"]), class_="faint")
    return tag("div", tag("b", sentence_case(row["state"])), later_cell({**row, "also": []}))


def _helpers(topic: Node | None, strong: Mapping[str, Sequence[StrongAuthority]]) -> Tree:
    if topic is None or not strong[topic.iri]:
        return tag("span", "None found", class_="faint")
    rows = []
    for helper in strong[topic.iri]:
        address = page_address(
            "findings", council=helper.authority.iri, concept=topic.iri, polarity="strength", counted=LATEST
        )
        counts = f" ▲ {helper.counts.strengths} ▼ {helper.counts.concerns}"
        rows.append(tag("li", page_link(helper.authority.name, address), counts))
    return tag("div", tag("small", node_link(topic)), tag("ul", *rows))
