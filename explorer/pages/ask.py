"""Ask: the named questions as forms, group by group, and the console."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.evidence.answers import answer
from caregraph.explorer.evidence.console import console
from caregraph.explorer.labels import plain, sentence_case
from caregraph.explorer.state.store_cache import guarded, has_documents, kept
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import overview
from caregraph.graph.queries.questions import Parameter, Question, answer_question, known_questions
from caregraph.ontology.errors import CaregraphError

QUESTIONS, CYPHER = "Questions", "Cypher"
FIRST = "shared-services"


def ask() -> None:
    st.title("Ask", anchor=False)
    if not has_documents():
        return
    way = st.segmented_control(
        "Way to ask", (QUESTIONS, CYPHER), default=QUESTIONS, required=True, label_visibility="collapsed", key="way"
    )
    if way == CYPHER:
        console()
    else:
        _questions()


@guarded
def _questions() -> None:
    questions, faults = known_questions()
    for fault in faults:
        st.warning(plain(fault), icon=":material/warning:")
    question = _chosen(questions)
    markup.lead(question.description)
    given = _form(question)
    try:
        rows = kept(_asked, question.name, given)
    except CaregraphError as error:
        st.info(str(error), icon=":material/info:")
        return
    answer(rows, columns={column.name: column.meaning for column in question.columns}, name=question.name)


def _chosen(questions: Mapping[str, Question]) -> Question:
    """The question, of a group; the address names it, and its answers can be shared so."""
    wanted = st.query_params.get("question", FIRST)
    name = wanted if wanted in questions else next(iter(questions))
    counts = Counter(one.group for one in questions.values())
    st.session_state["group"], st.session_state["question"] = questions[name].group, name
    st.pills(
        "About",
        list(counts),
        key="group",
        required=True,
        format_func=lambda group: f"{sentence_case(group)} {counts[group]}",
        on_change=lambda: _turn_to(
            next(name for name, one in questions.items() if one.group == st.session_state["group"])
        ),
    )
    st.selectbox(
        "Question",
        [one.name for one in questions.values() if one.group == questions[name].group],
        key="question",
        format_func=lambda one: questions[one].heading,
        on_change=lambda: _turn_to(st.session_state["question"]),
    )
    st.query_params["question"] = name
    return questions[name]


def _turn_to(name: str) -> None:
    """Another question; what was given to the last one is not its."""
    st.query_params.from_dict({"question": name})


def _asked(opened: Neo4jStore, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    return answer_question(opened, known_questions()[0][name], **given)


def _form(question: Question) -> dict[str, str]:
    """What was chosen in the question's form or given by the address; at first, what gives an answer."""
    if not question.parameters:
        return {}
    with st.form(f"form-{question.name}", border=True):
        columns = st.columns(2 if len(question.parameters) > 1 else 1)
        given = {}
        for number, one in enumerate(question.parameters):
            with columns[number % len(columns)]:
                given[one.name] = _field(question, one)
        asked = st.form_submit_button("Ask", type="primary")
    chosen = {name: value for name, value in given.items() if value}
    if asked:
        st.query_params.from_dict({"question": question.name, **chosen})
    return chosen


def _field(question: Question, one: Parameter) -> str | None:
    label, key = f"{sentence_case(one.name.replace('_', ' '))}: {one.meaning}", f"{question.name}-{one.name}"
    first = st.query_params.get(one.name) or (None if one.default is None else str(one.default))
    if one.choices or one.type in question.name_parameters.values():
        options = [*one.choices] or kept(overview.names_of_kind, one.type)
        if first not in options:
            first = _suggestion(question, one, options) if one.required or first else None
        chosen: str | None = st.selectbox(
            label,
            options,
            index=options.index(first) if first else None,
            key=key,
            placeholder="Any",
            accept_new_options=not one.choices,
            format_func=sentence_case,
        )
        return chosen
    return st.text_input(label, first or "", key=key, placeholder="must be given" if one.required else "Any")


def _suggestion(question: Question, one: Parameter, options: Sequence[str]) -> str | None:
    """A name that there is something to say of: the example's, what most councils share, else the first."""
    shared = [found.thing.name for found in kept(overview.shared_things)] if one.type == "named thing" else []
    example = [name for name in options if name == question.example.get(one.name)]
    return next(iter((*example, *shared, *options)), None)
