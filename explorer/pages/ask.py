"""Questions: the named questions as forms, group by group, and the Cypher console."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.evidence.answers import column_heading, show_answer
from caregraph.explorer.evidence.console import EXAMPLE, STATEMENT, show_console
from caregraph.explorer.labels import escape_markdown, scheme_label
from caregraph.explorer.page_shell import name_tab, show_title
from caregraph.explorer.state import session
from caregraph.explorer.state.links import write_parameters
from caregraph.explorer.state.store_cache import cached_answer, cached_query, explain_errors, require_documents
from caregraph.explorer.state.unknown_values import UnknownValue
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries import overview
from caregraph.graph.queries.name_lookup import look_up_name, names_of_kind
from caregraph.graph.queries.questions import Parameter, Question, answer_question, known_questions
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import BadQuestion, CaregraphError

QUESTIONS, CYPHER = "Questions", "Cypher"
FIRST_QUESTION = "shared-services"
CARRIED = ("authority", "region", "concept")  # parameters whose values go along to the next question
FIELD_LABELS = {"most": "Maximum rows", "least": "Minimum", "only": "Show"}


def show_ask() -> None:
    """Show the page."""
    show_title("Questions")
    if not require_documents():
        return
    session.QUESTION_FORM.set(CYPHER if STATEMENT in st.query_params else QUESTIONS)
    form = st.segmented_control(
        "Form",
        (QUESTIONS, CYPHER),
        required=True,
        label_visibility="collapsed",
        key=session.QUESTION_FORM.name,
        on_change=_change_form,
    )
    if form == CYPHER:
        name_tab(CYPHER)
        show_console()
    else:
        _show_questions()


def _change_form() -> None:
    asked = {STATEMENT: session.CYPHER.get() or EXAMPLE} if session.QUESTION_FORM.get() == CYPHER else {}
    write_parameters(asked)


@explain_errors
def _show_questions() -> None:
    questions, faults = known_questions()
    for fault in faults:
        st.warning(escape_markdown(fault), icon=":material/warning:")
    question = _choose_question(questions)
    markup.show_lead(question.description)
    values = _show_form(question)
    try:
        rows = cached_answer(_answer_rows, question.name, values)
    except CaregraphError as error:
        st.info(escape_markdown(str(error)), icon=":material/info:")
        return
    columns = {column.name: column.meaning for column in question.columns}
    show_answer(rows, columns=columns, name=question.name, asked=_in_words(question, values))


def _in_words(question: Question, values: Mapping[str, str]) -> str:
    """A question with what it is asked of."""
    given = (
        f"{_field_label(parameter)}: {_choice_label(parameter, values[parameter.name])}"
        for parameter in question.parameters
        if parameter.name in values
    )
    return " · ".join((question.heading, *given))


def _choice_label(parameter: Parameter, value: str) -> str:
    return scheme_label(parameter.name, value) if parameter.choices else value


def _choose_question(questions: Mapping[str, Question]) -> Question:
    """Let the reader choose a question; the address names it, so that it can be shared."""
    wanted = st.query_params.get("question") or (
        FIRST_QUESTION if FIRST_QUESTION in questions else next(iter(questions))
    )
    question = questions.get(wanted)
    session.QUESTION.set(question.name if question else None)
    st.selectbox(
        "Question (type to search)",
        [*questions],
        key=session.QUESTION.name,
        placeholder="Choose a question",
        format_func=lambda name: f"{questions[name].heading} – {column_heading(questions[name].group).lower()}",
        on_change=lambda: _open_question(questions, session.QUESTION.get()),
    )
    if question is None:
        raise UnknownValue(wanted, "Choose from “Question”.")
    name_tab(question.heading)
    return question


def _open_question(questions: Mapping[str, Question], name: str | None) -> None:
    """Turn to another question, which is asked of the same council, region and topic as the last one."""
    if name:
        asked = {parameter.name for parameter in questions[name].parameters}
        carried = {key: value for key in CARRIED if key in asked and (value := st.query_params.get(key))}
        write_parameters({"question": name, **carried})


def _answer_rows(store: Neo4jStore, name: str, values: Mapping[str, str]) -> list[dict[str, Any]]:
    return answer_question(store, known_questions()[0][name], **values)


def _show_form(question: Question) -> dict[str, str]:
    """Show the question's form; return its values, at first those of the address, or such as give an answer."""
    if not question.parameters:
        return {}
    with st.form(f"form-{question.name}", border=True):
        columns = st.columns(2 if len(question.parameters) > 1 else 1)
        values = {}
        for number, parameter in enumerate(question.parameters):
            with columns[number % len(columns)]:
                values[parameter.name] = _show_field(question, parameter)
        submitted = st.form_submit_button("Show answer", type="primary")
    given = {name: value for name, value in values.items() if value}
    if not submitted and any(values[name] and name not in st.query_params for name in question.name_parameters):
        st.caption("This is an example. Choose a name above for your own answer.")
    asked = {"question": question.name, **given}
    if submitted and st.query_params.to_dict() != asked:
        write_parameters(asked)
        st.rerun()  # the fields are those of the address: what is changed next in those of before would be lost
    for parameter in question.parameters:
        _refuse_unknown_value(question, parameter, given.get(parameter.name))
    return given


def _refuse_unknown_value(question: Question, parameter: Parameter, value: str | None) -> None:
    """Say that a name or a choice is not known, in place of an answer that has nothing of it.

    Raises:
        UnknownValue: if it is not.
    """
    wanted = st.query_params.get(parameter.name)
    if parameter.choices and value is None and wanted and wanted not in parameter.choices:
        raise UnknownValue(wanted, f"Choose from “{_field_label(parameter)}”.")
    if value and parameter.type in question.name_parameters.values():
        try:
            cached_query(look_up_name, parameter.type, value)
        except BadQuestion as error:
            near = str(error).partition("; ")[2]
            raise UnknownValue(value, sentence_case(near) or f"Choose from “{_field_label(parameter)}”.") from error


def _field_label(parameter: Parameter) -> str:
    return FIELD_LABELS.get(parameter.name) or column_heading(parameter.name)


def _show_field(question: Question, parameter: Parameter) -> str | None:
    default = None if parameter.default is None else str(parameter.default)
    wanted = st.query_params.get(parameter.name)
    first = wanted or default
    # Another address is another field: Back shows what was asked then.
    label, key = f"{_field_label(parameter)}: {parameter.meaning}", f"{question.name}-{parameter.name}-{wanted}"
    if parameter.choices or parameter.type in question.name_parameters.values():
        options = [*parameter.choices] or [*cached_query(names_of_kind, parameter.type)]
        if wanted and wanted not in options:
            first = None if parameter.choices else wanted
            options += [] if parameter.choices else [wanted]  # another name by which it goes, or none: the answer tells
        elif first not in options:
            first = _suggest_option(question, parameter, options) if parameter.required or first else None
        chosen: str | None = st.selectbox(
            label,
            options,
            index=options.index(first) if first else None,
            key=key,
            placeholder="Any",
            accept_new_options=not parameter.choices,
            format_func=lambda option: sentence_case(
                scheme_label(parameter.name, option) if parameter.choices else option
            ),
        )
        return chosen
    return st.text_input(label, first or "", key=key, placeholder="Required" if parameter.required else "Any")


def _suggest_option(question: Question, parameter: Parameter, options: Sequence[str]) -> str | None:
    """A name with results: the example's, else what most councils share, else the first."""
    things = cached_query(overview.shared_things) if parameter.type == "named thing" else []
    shared = [thing.thing.name for thing in things]
    example = [name for name in options if name == question.example.get(parameter.name)]
    return next(iter((*example, *shared, *options)), None)
