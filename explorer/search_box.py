"""The search box that leads to pages: names first, then what reports say."""

import streamlit as st

from caregraph.explorer.figures.dom import Tree, figure, link, tag
from caregraph.explorer.labels import kind_of, sentence_case, title
from caregraph.explorer.network.node_style import look_of, outline
from caregraph.explorer.state.links import address, address_of
from caregraph.explorer.state.store_cache import guarded, kept
from caregraph.graph.queries import neighbourhood, overview, search
from caregraph.graph.queries.nodes import Node

HITS = 8
SUGGESTIONS = 5
TELLING = ("Agency", "Programme", "Service", "Body", "Process")  # what tells most of sharing first: all have processes


@st.fragment
@guarded
def searching() -> None:
    """The box with what it finds, or where to begin; typing reruns nothing else."""
    text = st.text_input(
        "Search councils, services, programmes, people, concepts and the words of reports",
        type="search",
        live=True,
        key="search everywhere",
        placeholder="A council, an adoption agency, a programme, a word of a report",
        icon=":material/search:",
    )
    if text and text.strip():
        _hits(text.strip())
    else:
        _suggestions()


def _hits(text: str) -> None:
    rows = {row["iri"]: row for row in kept(search.search_all, text, limit=HITS)}
    found = kept(neighbourhood.nodes, list(rows))
    if not found:
        st.caption("Nothing in the graph has these words. Fewer words, or only their beginnings, find more.")
        return
    entries = [_hit(node, council=rows[node.iri]["authority"]) for node in found]
    entries.append(tag("li", link(f"All findings with “{text}”", address("findings", words=text))))
    figure(tag("ul", *entries, class_="hits"), key="hits")


def _hit(node: Node, *, council: str | None) -> Tree:
    name = f"{title(node)} ({council})" if council else title(node)
    return tag("li", sign(node), link(name, address_of(node)))


def sign(node: Node) -> Tree:
    """What kind of node it is, by shape, colour and name."""
    look = look_of(node)
    return tag(
        "span",
        tag("i", aria_hidden="true", set_colour=look.colour, set_outline=outline(look)),
        sentence_case(kind_of(node.label)),
        class_="sign kind",
    )


def shaped(node: Node, text: str) -> Tree:
    """A link to a node's page, after the shape of its kind."""
    look = look_of(node)
    shape = tag("i", aria_hidden="true", set_colour=look.colour, set_outline=outline(look))
    kind = sentence_case(kind_of(node.label))
    return tag("span", shape, link(text, address_of(node)), class_="sign", title=kind)


def telling() -> list[Node]:
    """What several councils share, first what tells most of sharing: agencies of a region before what all have."""
    counts = kept(overview.shared_thing_counts)
    found = sorted(counts, key=lambda one: (reach_order(one.scope), TELLING.index(one.thing.label)))
    return [one.thing for one in found]


def reach_order(scope: str | None) -> int:
    """What things are sorted by that tells how much it says that councils share them."""
    return {"regional": 0, "national": 2}.get(scope or "", 1)


def _suggestions() -> None:
    """Where to begin: what many councils share, and those that most was read of."""
    found = [*telling()[:SUGGESTIONS], *kept(overview.most_reported_authorities, limit=SUGGESTIONS)]
    entries = [tag("li", link(sentence_case(node.name), address_of(node))) for node in found]
    figure(tag("ul", tag("li", "Begin with"), *entries, class_="begin"), key="begin")
