"""Addresses of pages: where each node has its page, and choices that stand in a page's address.

The address is the state of a page: widgets are set from it and write to it, so that a reader can share what is seen,
and the browser's back button works.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from caregraph.explorer.state import session
from caregraph.explorer.state.network_view import AROUND, NetworkView
from caregraph.explorer.state.unknown_values import UnknownValue
from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.ontology.iris import short_iri

T = TypeVar("T")

# Neo4j label -> its page, and the parameter that names the node there; nodes of other labels open in the network.
NODE_PAGES = {
    "LocalAuthority": ("authority", "council"),
    "Region": ("shared", "region"),
    "Concept": ("concepts", "concept"),
    "Document": ("documents", "document"),
    "Finding": ("findings", "finding"),
    **dict.fromkeys(NAMED_THING_LABELS, ("service", "thing")),
}


def page_address(page: str, **parameters: object) -> str:
    """Address of a page; parameters without a value are left out, IRIs are shortened.

    >>> page_address("findings", council="https://w3id.org/caregraph/id/authority/E09000001", words="help", year=None)
    'findings?council=authority/E09000001&words=help'
    """
    given = {name: short_iri(str(value)) for name, value in parameters.items() if value not in (None, "")}
    return f"{page}?{urlencode(given, safe='/,')}" if given else page


def node_address(node: Node) -> str:
    """Address of a node's page."""
    if node.label in NODE_PAGES:
        page, parameter = NODE_PAGES[node.label]
        return page_address(page, **{parameter: node.iri})
    return network_address([node.iri])


def network_address(iris: Sequence[str]) -> str:
    """Address of the network of these nodes; the first is selected."""
    return page_address("explore", **NetworkView().with_nodes(iris, selected=iris[0]).as_parameters())


def neighbourhood_address(node: Node) -> str:
    """Address of the network of a node and its neighbours, which are looked up when it is opened."""
    return page_address("explore", **{AROUND: node.iri})


def write_parameters(parameters: Mapping[str, str]) -> None:
    """Write the whole query of the address at once, so that it is one entry of the browser's history."""
    if st.query_params.to_dict() != dict(parameters):
        st.query_params.from_dict(parameters)


def write_parameter(parameter: str, value: str | None) -> None:
    """Write a query parameter, or remove it if the value is empty."""
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)


def choose_option(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[T],
    *,
    parameter: str,
    default: T,
    text: Callable[[T], str] = str,
    clears: Sequence[str] = (),
    **settings: Any,
) -> T:
    """Draw a widget that offers options and keeps the choice in the address; return the choice.

    The default is not written in the address.

    Args:
        parameter: the name of the query parameter.
        text: how an option is written in the address.
        clears: parameters that go out of the address when the choice changes.
        settings: of the widget.

    Raises:
        UnknownValue: if the address has another choice; the widget is drawn, with nothing chosen.
    """
    key = session.CHOICE.part(parameter)
    wanted = st.query_params.get(parameter) or text(default)
    known = {text(option): option for option in (*options, default)}
    key.set(known.get(wanted))

    def write() -> None:
        chosen = key.get()
        value = "" if chosen is None or chosen == default else text(chosen)
        changed = {**st.query_params.to_dict(), parameter: value, **dict.fromkeys(clears, "")}
        write_parameters({name: value for name, value in changed.items() if value})

    chosen: T | None = widget(label, options, key=key.name, on_change=write, **settings)
    if wanted not in known:
        raise UnknownValue(wanted, f"Choose from “{label}”.")
    return default if chosen is None else chosen
