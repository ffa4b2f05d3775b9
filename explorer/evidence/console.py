"""The console: Cypher that can only read, with the schema at hand and what was run before."""

from collections.abc import Iterator, Sequence

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.evidence.answers import answer
from caregraph.explorer.state.store_cache import guarded, kept
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.neo4j.values import Answer
from caregraph.graph.queries import overview, property_keys
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.schema import ClassTerm, PropertyTerm, curie, load_schema

EXAMPLE = """MATCH (a:LocalAuthority)-[:USES]->(s:Agency)
RETURN a.name AS council, s.name AS agency
ORDER BY council, agency LIMIT 50"""
REMEMBERED = 20
_HISTORY = "cypher history"


@guarded
def console() -> None:
    markup.lead("A Cypher statement that only reads: it is refused otherwise, and ended when it takes too long.")
    _earlier()
    with st.form("console", border=True):
        cypher = st.text_area("Cypher", EXAMPLE, height=160, key="cypher")
        st.form_submit_button("Run", type="primary")
    _schema()
    if not cypher.strip():
        return
    try:
        found = kept(_run, cypher)
    except CaregraphError as error:
        st.error("This statement was not run." if not str(error) else str(error), icon=":material/block:")
        return
    st.session_state[_HISTORY] = remembered(cypher, st.session_state.get(_HISTORY, ()))
    answer(found.rows, columns={}, name="cypher", cut=found.cut)


def _run(opened: Neo4jStore, cypher: str) -> Answer:
    return opened.query(cypher)


def remembered(cypher: str, before: Sequence[str]) -> tuple[str, ...]:
    """The statements that were run, the last first, each once.

    >>> remembered("RETURN 1", ("RETURN 2", "RETURN 1"))
    ('RETURN 1', 'RETURN 2')
    """
    return tuple(dict.fromkeys((cypher.strip(), *before)))[:REMEMBERED]


def _earlier() -> None:
    """What was run before in this session, to be run again or changed."""
    before = st.session_state.get(_HISTORY, ())
    if len(before) < 2:
        return
    st.selectbox(
        "Earlier statements",
        before,
        index=None,
        placeholder=f"{len(before)} run in this session: choose one to have it back",
        label_visibility="collapsed",
        format_func=lambda text: " ".join(text.split()),
        key="earlier",
        on_change=_take_back,
    )


def _take_back() -> None:
    st.session_state["cypher"] = st.session_state["earlier"] or EXAMPLE
    st.session_state["earlier"] = None


def _schema() -> None:
    """What there is to ask for, as the ontology has it, with how much of it."""
    counts, keys = kept(overview.label_counts), kept(property_keys.property_keys)
    with st.expander("Schema: labels, relationships, properties", icon=":material/schema:"):
        rows = ((label, ", ".join(found), f"{counts.get(label, 0):,}") for label, found in keys.items())
        markup.table("Labels; every node has iri and name", ("Label", "Properties", "In the graph"), rows)
        markup.table("Relationships", ("From", "Type", "To", "What it says"), relationships())


def relationships() -> Iterator[tuple[str, str, str, str]]:
    """The relationship types of the ontology, with the labels of their ends."""
    schema = load_schema()
    terms: list[ClassTerm | PropertyTerm] = [*schema.properties.values(), *schema.classes.values()]
    for term in sorted(terms, key=lambda term: term.relationship_type or ""):
        if term.relationship_type:
            yield _name(term.starts_at), term.relationship_type, _name(term.ends_at), term.definition


def _name(iri: str | None) -> str:
    return curie(iri).split(":", 1)[-1] if iri else ""
