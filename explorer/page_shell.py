"""Page shell: the style and the attribution that every page has, and the way to the network."""

from collections.abc import Callable, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.network.expansion import next_neighbours
from caregraph.explorer.state import session
from caregraph.explorer.state.network_view import NetworkView
from caregraph.explorer.state.store_cache import explain_database_errors
from caregraph.graph.queries.nodes import Node

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_ATTRIBUTION = (
    "Inspection reports: Ofsted, the Care Quality Commission and the inspectorates they inspect with. Contains "
    "public sector information licensed under the ",
    ("Open Government Licence v3.0", LICENCE),
    ". caregraph shows what reports said when they were written, as read by a program that can be wrong: check the "
    "marked words. It is not made or endorsed by any inspectorate.",
)


def with_shell(show: Callable[[], None]) -> Callable[[], None]:
    """A page with the explorer's style, and the attribution under it."""

    def page() -> None:
        markup.show_style()
        explain_database_errors(show)()
        markup.show_footer(_ATTRIBUTION)

    page.__name__ = show.__name__
    return page


def open_in_network(iris: Sequence[str], *, selected: str) -> None:
    """Turn to the network page and show these nodes."""
    view = NetworkView().with_nodes(iris, selected=selected)
    st.switch_page(session.PAGES.get()["explore"], query_params=view.as_parameters())


def show_network_button(node: Node) -> None:
    """Show a button that opens the network with a node and its neighbours."""
    if st.button("Show in network", icon=":material/hub:", type="tertiary"):
        neighbours = next_neighbours(node.iri).nodes
        open_in_network([node.iri, *(neighbour.iri for neighbour in neighbours)], selected=node.iri)
