"""The database as the explorer has it: opened once for all, its answers kept until the graph changes."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import overview
from caregraph.graph.server import launcher
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import data_directory, external_server

P = ParamSpec("P")
T = TypeVar("T")
_LOOK_EVERY = 5  # seconds between looks at whether the graph has changed


@st.cache_resource(show_spinner="Opening the database", on_release=Neo4jStore.close)
def store() -> Neo4jStore:
    """The store that the environment names, or our own, started if need be.

    Raises:
        ServerUnavailable: if there is none.
    """
    address = external_server()
    return Neo4jStore.connect(address or launcher.start(data_directory(), progress=lambda text: None))


def kept(ask: Callable[..., T], *values: Any, **options: Any) -> T:
    """The answer of a function of the graph room that reads from the store, from memory while the graph is the same."""
    answer: T = _kept(f"{ask.__module__}.{ask.__qualname__}", version(), values, options, ask)
    return answer


@st.cache_data(show_spinner=False, ttl=3600, max_entries=5000)
def _kept(name: str, version: str, values: Any, options: Any, _ask: Callable[..., Any]) -> Any:
    return _ask(store(), *values, **options)


@st.cache_data(show_spinner=False, ttl=_LOOK_EVERY)
def version() -> str:
    """What the graph is now; it changes when a build has changed the graph."""
    return overview.graph_version(store())


def guarded(show: Callable[P, None]) -> Callable[P, None]:
    """A page, or a part of one, that says what to do when the database cannot be reached."""

    def shown(*args: P.args, **options: P.kwargs) -> None:
        try:
            show(*args, **options)
        except ServerUnavailable as error:
            store.clear()
            _explain(error)

    shown.__name__ = show.__name__
    return shown


def _explain(error: ServerUnavailable) -> None:
    with st.container(border=True):
        st.subheader("The database does not answer")
        st.text(str(error))
        st.markdown(
            "`caregraph doctor` says what is missing. If you gave an address in `NEO4J_URI`, check it and the "
            "password; otherwise `caregraph neo4j start` starts our own."
        )
        st.button("Try again", type="primary")


def has_documents() -> bool:
    """Whether there is anything to show; if not, says what to do."""
    if kept(overview.label_counts).get("Document"):
        return True
    with st.container(border=True):
        st.subheader("The graph is empty")
        st.markdown("No report has been read yet, so there is nothing to show. Read some, then come back:")
        st.code("caregraph build PATH", language=None)
        st.markdown(
            "`PATH` is a report (PDF, HTML or text) or a folder of them. "
            "`make demo` builds a graph of invented reports to try."
        )
    return False


def catalogue() -> Dataset:
    """The dataset as the last build left it, which knows what became of each file."""
    return Dataset.read(data_directory() / "dataset")
