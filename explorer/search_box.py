"""Search box: finds councils, services, people, topics and findings by their words."""

from dataclasses import dataclass

import streamlit as st

from caregraph.explorer.figures.dom import show_figure, tag
from caregraph.explorer.labels import node_title
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import neighbourhood, search
from caregraph.graph.queries.nodes import Node

LABEL = "Search councils, services, programmes, people, topics and the words of reports"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A node that matches a search, and for a finding or a report the name of its council."""

    node: Node
    council: str | None

    @property
    def title(self) -> str:
        """Name of the node, with its council."""
        name = node_title(self.node)
        return f"{name} ({self.council})" if self.council else name


def search_box(key: str) -> str:
    """Draw the search box, which answers at each letter; return the text without spaces around it."""
    text = st.text_input(
        LABEL,
        type="search",
        live=True,
        key=key,
        placeholder="A council, an adoption agency, a programme, a word of a report",
        icon=":material/search:",
    )
    return (text or "").strip()


def find_hits(text: str, *, limit: int) -> list[SearchHit]:
    """Find names and findings with these words, the best first; where there are none, tell the reader."""
    rows = {row["iri"]: row for row in cached_query(search.search_all, text, limit=limit)}
    nodes = cached_query(neighbourhood.nodes, list(rows))
    if not nodes:
        st.caption(
            "These words are only in paragraphs without findings."
            if rows
            else "No results. Use fewer words, or only the beginnings of words."
        )
    return [SearchHit(node, rows[node.iri]["authority"]) for node in nodes]


def end_hits(text: str) -> None:
    """Tell the browser, unseen and after the hits, which words they have: Enter opens the first hit of those typed."""
    show_figure(tag("span", text), key="searched words")
