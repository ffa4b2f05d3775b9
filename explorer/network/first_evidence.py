"""First evidence of each item and line of a network: sent to the browser after the drawing, and shown there at a click.

It is what the panel beside the network shows first. It comes as plain data, whose texts `evidence_card.js` makes text
nodes. What was looked up is cached for all readers until the graph changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.evidence.link_panel import link_facts
from caregraph.explorer.evidence.missing_words import with_fetched_words
from caregraph.explorer.figures.script_component import script_component
from caregraph.explorer.labels import fact_label, location_label, source_label, source_link
from caregraph.explorer.network.groups import is_group
from caregraph.explorer.network.network import line_id
from caregraph.explorer.state.network_view import Link
from caregraph.explorer.state.store_cache import cached_graph_version, store
from caregraph.graph.batching import batched
from caregraph.graph.queries.evidence import Evidence, FactGroup, fact_groups, first_evidence
from caregraph.graph.queries.nodes import Edge, Node
from caregraph.graph.wording import sentence_case

SELF_EVIDENT = ("Finding", "Judgement")  # labels of what is itself a sentence's statement, and says why it is tied
LONGEST = 400  # characters of a sentence
MOST_LINES = 120  # of a network whose lines are all looked up; of more, those at what is selected
PART = 100  # items that are sent at a time
_MOST_CACHED = 20_000  # groups of facts

Row = dict[str, Any]


def show_first_evidence(
    nodes: Sequence[Node], edges: Sequence[Edge], *, name: str, selected: str | Link | None = None
) -> None:
    """Give the browser the first evidence of what `show_network` has drawn under the same name, a part at a time.

    Between two parts Streamlit turns to a click that has come meanwhile.

    Args:
        selected: the item, or the ends of the line, that a click has selected.
    """
    items = [node for node in nodes if not is_group(node.iri)]
    for number, part in enumerate(batched(items, PART)):
        _send(f"{name} {number}", {"network": name, "rows": rows_of_items(part)})
    lines, whole = facts_of_lines(items, edges, selected=selected)
    _send(f"{name} lines", {"network": name, "rows": rows_of_lines(lines), "whole": whole})


def rows_of_items(nodes: Sequence[Node]) -> dict[str, Row | None]:
    """Rows of the first evidence of each node by its IRI, None if no report says anything of it."""
    rows: dict[str, Row | None] = {}
    for node, fact in zip(nodes, _first_of_nodes(nodes), strict=True):
        is_own = node.label in SELF_EVIDENT
        heading = fact is not None and (is_own or fact.about.iri != node.iri or fact.role is not None)
        row = evidence_row(fact, heading=heading) if fact else None
        rows[node.iri] = {**row, "own": True} if row and is_own else row
    return rows


def rows_of_lines(lines: Mapping[str, FactGroup | None]) -> dict[str, Row | None]:
    """Rows of the first evidence of each line by its id, None if no sentence says it."""
    first = _look_up(facts for facts in lines.values() if facts)
    return {
        line: evidence_row(fact, heading=fact.role is not None) if facts and (fact := first[facts]) else None
        for line, facts in lines.items()
    }


def facts_of_lines(
    nodes: Sequence[Node], edges: Iterable[Edge], *, selected: str | Link | None = None
) -> tuple[dict[str, FactGroup | None], bool]:
    """The facts that lines stand for, by their ids, and whether these are all lines of the network.

    Lines at a node that is itself evidence are left out.
    """
    by_iri = {node.iri: node for node in nodes}
    near = {selected} if isinstance(selected, str) else {*(selected or ())}
    lines: dict[str, FactGroup | None] = {}
    for edge in sorted(edges, key=lambda edge: -len(near & {edge.start, edge.end})):
        if len(lines) == MOST_LINES:
            return {line: facts for line, facts in lines.items() if near & {*line.split()}}, False
        start, end = by_iri.get(edge.start), by_iri.get(edge.end)
        if start and end and not {start.label, end.label} & {*SELF_EVIDENT}:
            lines[line_id(start.iri, end.iri)] = link_facts(start, end)
    return lines, True


def evidence_row(fact: Evidence, *, heading: bool) -> Row:
    """Evidence as the browser shows it: its sentence or, if that is not here, a note that says so, and where it stands.

    Args:
        heading: whether it says what the sentence is about.
    """
    fact = replace(with_fetched_words(fact), section=None)  # the page and the paragraph are enough to find it
    place, source = sentence_case(location_label(fact)), fact.source
    note = "" if fact.has_words else f"{place} of “{source.name}”. Its words are not fetched."
    values = {
        "fact": fact_label(fact) if heading else "",
        "sentence": shorten(fact.sentence_words) if fact.has_words else "",
        "note": " ".join((note, *(f"Corrected by a person: {words}" for words in fact.corrections))).strip(),
        "place": place if fact.has_words else "",
        "report": source_label(source) or source.name,
        "link": source_link(source),
    }
    return {key: value for key, value in values.items() if value}


def shorten(sentence: str, *, longest: int = LONGEST) -> str:
    """A sentence on one line, cut off after a word if it is longer.

    >>> shorten("The front door  is quick.", longest=20)
    'The front door is …'
    """
    text = " ".join(sentence.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rsplit(' ', 1)[0]} …"


def _first_of_nodes(nodes: Sequence[Node]) -> list[Evidence | None]:
    """First evidence of each node, of the first group that has any."""
    found: dict[str, Evidence] = {}
    groups = {node.iri: fact_groups(node) for node in nodes}
    while waiting := {iri: left for iri, left in groups.items() if left}:
        first = _look_up(left[0] for left in waiting.values())
        found |= {iri: fact for iri, left in waiting.items() if (fact := first[left[0]])}
        groups = {iri: left[1:] for iri, left in waiting.items() if iri not in found}
    return [found.get(node.iri) for node in nodes]


def _look_up(groups: Iterable[FactGroup]) -> dict[FactGroup, Evidence | None]:
    wanted, known = dict.fromkeys(groups), _known(cached_graph_version())
    if missing := [facts for facts in wanted if facts not in known]:
        if len(known) + len(missing) > _MOST_CACHED:
            known.clear()
        known.update(zip(missing, first_evidence(store(), missing), strict=True))
    return {facts: known.get(facts) for facts in wanted}


@st.cache_resource(show_spinner=False, max_entries=1)
def _known(version: str) -> dict[FactGroup, Evidence | None]:
    """Evidence that was looked up in a version of the graph."""
    return {}


def _send(key: str, data: Mapping[str, Any]) -> None:
    _component()(key=f"first evidence {key}", data=data)


@cache
def _component() -> ComponentRenderer:
    return script_component("first_evidence", "<i hidden></i>", [Path(__file__).with_suffix(".js")])
