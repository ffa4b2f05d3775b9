"""Cypher console: statements that can only read, with the schema at hand and the statements that were run before."""

from collections.abc import Iterator, Sequence

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence.answers import show_answer
from caregraph.explorer.state import session
from caregraph.explorer.state.links import write_parameters
from caregraph.explorer.state.store_cache import cached_answer, cached_query, explain_errors
from caregraph.graph.neo4j.read_only import TIME_LIMIT
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import overview
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.schema import ClassTerm, PropertyTerm, curie, load_schema

EXAMPLE = """MATCH (a:LocalAuthority)-[:USES]->(s:Agency)
RETURN a.name AS council, s.name AS agency
ORDER BY council, agency LIMIT 50"""
STATEMENT = "cypher"  # the parameter of the address
HISTORY_LIMIT = 20  # statements


@explain_errors
def show_console() -> None:
    """Show the console and the answer to its statement."""
    markup.show_lead(f"Write a Cypher statement. It is read-only, and stops after {TIME_LIMIT:.0f} seconds.")
    _show_earlier_statements()
    cypher = st.query_params.get(STATEMENT) or EXAMPLE
    session.CYPHER.set(cypher)
    with st.form("console", border=True):
        st.text_area("Cypher", height=160, key=session.CYPHER.name)
        st.form_submit_button("Run", type="primary", on_click=_write_statement)
    _show_schema()
    try:
        answer = cached_answer(_run_statement, cypher)
    except CaregraphError as error:
        st.error(str(error) or "This statement was not run.", icon=":material/block:")
        return
    session.CYPHER_HISTORY.set(with_statement(session.CYPHER_HISTORY.get(), cypher))
    show_answer(answer.rows, columns={}, name="cypher", asked=" ".join(cypher.split()), cut=answer.cut)


def _write_statement() -> None:
    """Put the statement in the address, so that it can be shared and Back leads to the one before."""
    write_parameters({STATEMENT: session.CYPHER.get().strip() or EXAMPLE})


def _run_statement(store: Neo4jStore, cypher: str) -> QueryResult:
    return store.query(cypher)


def with_statement(history: Sequence[str], cypher: str) -> tuple[str, ...]:
    """History with a statement that was run, the last first, each once.

    >>> with_statement(("RETURN 2", "RETURN 1"), "RETURN 1")
    ('RETURN 1', 'RETURN 2')
    """
    return tuple(dict.fromkeys((cypher.strip(), *history)))[:HISTORY_LIMIT]


def _show_earlier_statements() -> None:
    """Offer the statements of this session, to run again or change."""
    history = session.CYPHER_HISTORY.get()
    if len(history) < 2:
        return
    st.selectbox(
        "Earlier statements",
        history,
        index=None,
        placeholder=f"{len(history)} earlier statements",
        label_visibility="collapsed",
        format_func=lambda text: " ".join(text.split()),
        key=session.EARLIER_CYPHER.name,
        on_change=_take_earlier_statement,
    )


def _take_earlier_statement() -> None:
    write_parameters({STATEMENT: session.EARLIER_CYPHER.get() or EXAMPLE})
    session.EARLIER_CYPHER.set(None)


def _show_schema() -> None:
    """Show the labels, properties and relationships of the graph, with the number of nodes."""
    counts, keys = cached_query(overview.label_counts), cached_query(overview.property_keys)
    with st.expander("Schema: labels, relationships, properties", icon=":material/schema:"):
        rows = ((label, ", ".join(names), f"{counts.get(label, 0):,}") for label, names in keys.items())
        markup.show_table("Labels; every node has iri and name", ("Label", "Properties", "Nodes"), rows)
        markup.show_table("Relationships", ("From", "Type", "To", "Meaning"), relationship_types())


def relationship_types() -> Iterator[tuple[str, str, str, str]]:
    """The relationship types of the ontology: label at the start, type, label at the end, meaning."""
    schema = load_schema()
    terms: list[ClassTerm | PropertyTerm] = [*schema.properties.values(), *schema.classes.values()]
    for term in sorted(terms, key=lambda term: term.relationship_type or ""):
        if term.relationship_type:
            yield _term_name(term.starts_at), term.relationship_type, _term_name(term.ends_at), term.definition


def _term_name(iri: str | None) -> str:
    return curie(iri).split(":", 1)[-1] if iri else ""
