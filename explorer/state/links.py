"""Addresses: where each thing has its page, and what a page's address says of what it shows.

The address is the state of a page: widgets are set from it and write to it, so that what is seen can be shared,
and going back in the browser goes back here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

from caregraph.graph.queries.nodes import NAMED_THING_LABELS, Node
from caregraph.ontology.iris import short_iri

T = TypeVar("T")

# Label -> its page, and the parameter that names it there; all others are seen in the network.
PAGES = {
    "LocalAuthority": ("authority", "council"),
    "Region": ("shared", "region"),
    "Concept": ("concepts", "concept"),
    "Document": ("documents", "document"),
    "Finding": ("findings", "finding"),
    **dict.fromkeys(NAMED_THING_LABELS, ("service", "thing")),
}


def address(page: str, **parameters: object) -> str:
    """The address of a page; parameters without a value are left out, IRIs are shortened.

    >>> address("findings", council="https://w3id.org/caregraph/id/authority/E09000001", words="early help", year=None)
    'findings?council=authority/E09000001&words=early+help'
    """
    given = {key: short_iri(str(value)) for key, value in parameters.items() if value not in (None, "")}
    return f"{page}?{urlencode(given, safe='/,')}" if given else page


def address_of(node: Node) -> str:
    """The page of a node."""
    if node.label in PAGES:
        page, parameter = PAGES[node.label]
        return address(page, **{parameter: node.iri})
    return address("explore", nodes=node.iri, selected=node.iri)


def follow(target: str) -> None:
    """Turn to the page of an address made here; the script ends.

    Only pages of the explorer can be meant: an address of anything else is not followed.
    """
    parts = urlsplit(target)
    page = st.session_state.get("pages", {}).get(parts.path)
    if page is not None and not parts.netloc:
        st.switch_page(page, query_params=dict(parse_qsl(parts.query)))


def given(name: str, options: Iterable[T], *, default: T, text: Callable[[T], str] = str) -> T:
    """The option that the address names, or the default where it names none of them.

    Args:
        text: how an option is written in the address.
    """
    wanted = st.query_params.get(name)
    return next((option for option in options if wanted is not None and text(option) == wanted), default)


def choose(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[T],
    *,
    name: str,
    default: T,
    text: Callable[[T], str] = str,
    **settings: Any,
) -> T:
    """A widget that offers options and keeps its choice in the address, under ``name``.

    The default is not written there. A choice that the address does not know is the default.
    """
    key = f"{name} chosen"
    st.session_state[key] = given(name, options, default=default, text=text)

    def write() -> None:
        chosen = st.session_state[key]
        if chosen is None or chosen == default:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = text(chosen)

    chosen: T | None = widget(label, options, key=key, on_change=write, **settings)
    return default if chosen is None else chosen
