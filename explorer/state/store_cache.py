"""The database as the explorer uses it: opened once for all readers, query results cached until the graph changes."""

import time
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from caregraph.explorer.state.unknown_values import UnknownValue, show_unknown_values
from caregraph.graph.dataset.document_cache import DocumentCache
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import overview
from caregraph.graph.queries.questions import refresh_stored_answers
from caregraph.graph.server import launcher
from caregraph.ontology.errors import ServerUnavailable
from caregraph.settings import data_directory, external_server

P = ParamSpec("P")
T = TypeVar("T")
_VERSION_LIFETIME = 5  # seconds until the graph is asked again for its version
_RETRY = 5.0  # seconds after which a page looks again for a database that did not answer
_PATIENCE = 3.0  # seconds for which a reader waits for a database that has gone before the page says so
_ANSWERS = 8  # of statements that readers wrote, each of up to `query_result.SIZE_LIMIT`


@st.cache_resource(show_spinner="Opening the database", on_release=Neo4jStore.close)
def store() -> Neo4jStore:
    """The store that the environment names, or our own, started if need be.

    Raises:
        ServerUnavailable: if there is none.
    """
    address = external_server()
    address = address or launcher.start(data_directory(), progress=lambda text: None)
    return Neo4jStore.connect(address, patience=_PATIENCE)


def cached_query(query: Callable[..., T], *values: Any, **options: Any) -> T:
    """Result of a function of the graph room that reads the store, cached until the graph's version changes."""
    result: T = _run_query(f"{query.__module__}.{query.__qualname__}", cached_graph_version(), values, options, query)
    return result


def cached_answer(query: Callable[..., T], *values: Any) -> T:
    """Result as of `cached_query` of what readers wrote, which may be large: only a few are cached."""
    result: T = _run_statement(f"{query.__module__}.{query.__qualname__}", cached_graph_version(), values, query)
    return result


@st.cache_data(show_spinner=False, ttl=600, max_entries=_ANSWERS)
def _run_statement(name: str, version: str, values: Any, _query: Callable[..., Any]) -> Any:
    return _query(store(), *values)


@st.cache_data(show_spinner=False, ttl=3600, max_entries=5000, hash_funcs={list: repr})  # lists are of IRIs, maybe many
def _run_query(name: str, version: str, values: Any, options: Any, _query: Callable[..., Any]) -> Any:
    return _query(store(), *values, **options)


@st.cache_data(show_spinner=False, ttl=_VERSION_LIFETIME)
def cached_graph_version() -> str:
    """Version of the graph; it changes when a build has changed the graph."""
    return overview.graph_version(store())


def explain_errors(show: Callable[P, None]) -> Callable[P, None]:
    """Decorate a page, or a part of one, to say what its address names in vain, or what a missing database needs."""

    def show_or_explain(*args: P.args, **options: P.kwargs) -> None:
        try:
            show(*args, **options)
        except ServerUnavailable as error:
            store.clear()
            _show_database_error(error)
        except UnknownValue as error:
            show_unknown_values([error.value], error.advice)

    show_or_explain.__name__ = show.__name__
    return show_or_explain


def _show_database_error(error: ServerUnavailable) -> None:
    with st.container(border=True):
        st.header("The database does not answer")
        st.text(str(error))
        st.markdown(
            "`caregraph doctor` says what is missing. If you set an address in `NEO4J_URI`, check it and the "
            "password; otherwise `caregraph neo4j start` starts the database that comes with caregraph."
        )
        st.button("Try again", type="primary")
        _go_on_once_it_answers(time.monotonic())


@st.fragment(run_every=_RETRY)
def _go_on_once_it_answers(since: float) -> None:
    """Run the page again when the database is back; the first time comes at once, and has nothing to look for."""
    if time.monotonic() - since > _RETRY / 2 and _is_back():
        st.rerun()


def _is_back() -> bool:
    """Tell if a database answers, without starting one."""
    try:
        if external_server() is None and launcher.status(data_directory()).uri is None:
            return False
        Neo4jStore.connect(external_server() or launcher.start(data_directory(), progress=lambda text: None)).close()
    except ServerUnavailable:
        return False
    return True


def require_documents() -> bool:
    """Return True if the graph holds a document; otherwise tell the reader how to build a graph."""
    if cached_query(overview.label_counts).get("Document"):
        return True
    with st.container(border=True):
        st.header("There are no reports yet")
        st.markdown("No report has been read, so there is nothing to show. Read some reports, then come back:")
        st.code("caregraph build PATH", language=None)
        st.markdown(
            "`PATH` is a report (PDF, Word, web page, mail or text) or a folder of reports. "
            "`make demo` builds a graph of invented reports to try."
        )
    return False


def load_dataset(cache: DocumentCache) -> None:
    """Make the database a copy of the dataset, with what it keeps of answers, and forget what version it had.

    Raises:
        CaregraphError: if it cannot be written.
    """
    with open_dataset() as dataset:
        store().sync(dataset, cache)
    refresh_stored_answers(store())
    cached_graph_version.clear()


def open_dataset() -> Dataset:
    """Open the dataset as the last build left it; its catalogue says of each file whether it could be read.

    Raises:
        StoreError: if it cannot be read.
    """
    return Dataset.read(data_directory() / "dataset")
