"""Corrections: the form in which a reader says what was read wrongly, and the list of what people corrected."""

from datetime import date

import streamlit as st

from caregraph.explorer.labels import escape_markdown, format_count, scheme_label, scheme_values
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.dataset.corrections import NO_TOPIC, UNDONE, Correction
from caregraph.graph.queries import evidence
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.polarity_counts import concept_scheme
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import data_directory, is_read_only
from caregraph.workspace import Workspace

_REFUSED = "This explorer takes no corrections."


def show_correct_button(fact: Evidence, *, key: str) -> None:
    """Show the button that opens the form for a finding, unless the explorer takes no corrections."""
    if fact.about.label != "Finding" or is_read_only():
        return
    if st.button("Correct", icon=":material/edit:", type="tertiary", key=f"{key}-correct"):
        _show_form(fact)


@st.dialog("Correct what was read")
def _show_form(fact: Evidence) -> None:
    if not fact.has_words:
        st.info("Get the report first: a correction needs the words.", icon=":material/info:")
        return
    st.text(" ".join(fact.sentence_words.split()))
    [polarity, topics] = _as_read(fact)
    names = {concept.node.iri.rpartition("/")[2]: concept.node.name for concept in cached_query(concept_scheme)}
    with st.form("correct"):
        polarities = scheme_values("polarity")
        right = st.selectbox(
            "It is",
            polarities,
            index=polarities.index(polarity),
            format_func=lambda value: sentence_case(scheme_label("polarity", value)),
        )
        about = st.multiselect("It is about", sorted(_topics() | set(topics), key=lambda id: names.get(id, id)),
                               default=topics, format_func=lambda id: names.get(id, id))  # fmt: skip
        reviewer = st.text_input("Your name (recorded with the correction)", key=session.REVIEWER.name, max_chars=80)
        why = st.text_input("Reason", max_chars=400)
        sent = st.form_submit_button("Record", type="primary")
    if not sent:
        return
    values = {"polarity": right if right != polarity else None,
              "topics": (",".join(about) or NO_TOPIC) if set(about) != set(topics) else None}  # fmt: skip
    _record(fact.about.iri, {field: value for field, value in values.items() if value}, by=reviewer, why=why)


def _as_read(fact: Evidence) -> tuple[str, list[str]]:
    """Polarity of a finding and the ids of its topics, as the graph has them."""
    nodes = cached_query(evidence.subjects_of_findings, (fact.about.iri,)).get(fact.about.iri, [])
    topics = [node.iri.rpartition("/")[2] for node in nodes if node.label == "Concept"]
    return fact.about.polarity or "neutral", topics


@st.cache_data(show_spinner=False, ttl=600)
def _topics() -> frozenset[str]:
    return Workspace(data_directory()).vocabulary.topics


def _record(finding: str, values: dict[str, str], *, by: str, why: str) -> None:
    """Record corrections, and say so in the form."""
    if is_read_only():
        st.error(_REFUSED)
        return
    if not values:
        st.warning("Nothing is changed.")
        return
    if not by.strip() or not why.strip():
        st.warning("Not recorded: give your name and a reason.")
        return
    workspace = Workspace(data_directory())
    try:
        for field, value in values.items():
            workspace.correct(finding, field, value, by=by.strip(), why=why.strip(), when=date.today())  # type: ignore[arg-type]
    except CaregraphError as error:
        st.error(escape_markdown(f"Not recorded: {error}"))
        return
    session.UNAPPLIED_DECISIONS.set(True)
    st.success("Recorded. The graph changes when you apply it on “Check names”, or with the next build.")


def show_corrections() -> None:
    """Show what people corrected, each with a button to undo it."""
    corrections = Workspace(data_directory()).corrections.current
    if not corrections:
        return
    with st.expander(f"{format_count(len(corrections), 'correction')} by people", key="corrected"):
        for number, correction in enumerate(corrections):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.text(f"{correction.field}: {correction.value}. {correction.why} ({correction.by}, {correction.when})")
            if not is_read_only():
                key = f"undo-correction-{number}-{correction.about}"
                right.button("Undo", key=key, icon=":material/undo:", on_click=_undo, args=(correction,))


def _undo(correction: Correction) -> None:
    if is_read_only():
        session.REVIEW_MESSAGE.set(_REFUSED)
        return
    by = session.REVIEWER.get().strip() or correction.by
    try:
        Workspace(data_directory()).correct(
            correction.about, correction.field, UNDONE, by=by, why="undone", when=date.today()
        )
    except CaregraphError as error:
        session.REVIEW_MESSAGE.set(escape_markdown(f"Not undone: {error}"))
        return
    session.UNAPPLIED_DECISIONS.set(True)
    session.REVIEW_MESSAGE.set(escape_markdown(f"Undone: {correction.why}"))
