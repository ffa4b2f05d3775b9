"""Ask: the named questions as forms, and a console for Cypher that can only read."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from explorer import markup
from explorer.connection import guarded, has_documents, kept, store
from explorer.frame import open_in_network
from explorer.words import counted, sentence_case
from graph.neighbourhood import labels
from graph.neo4j_store import Neo4jStore
from graph.questions import Parameter, Question, load_questions
from ontology.errors import CaregraphError
from ontology.iris import THINGS

Row = Mapping[str, Any]
QUESTIONS, CYPHER = "Questions", "Cypher"
EXAMPLE = "MATCH (a:LocalAuthority)-[:USES]->(s:Agency)\nRETURN a.name AS council, s.name AS agency\nORDER BY council, agency LIMIT 50"
QUOTED = frozenset({"text", "quotation", "words"})  # columns that hold what a report says
_NONE = "Nothing in the graph answers this."


def ask() -> None:
    st.title("Ask", anchor=False)
    if not has_documents():
        return
    way = st.segmented_control(
        "Way to ask", (QUESTIONS, CYPHER), default=QUESTIONS, required=True, label_visibility="collapsed", key="way"
    )
    if way == CYPHER:
        _console()
    else:
        _questions()


def _questions() -> None:
    questions = load_questions()
    names = list(questions)
    wanted = st.query_params.get("question")
    name = st.selectbox(
        "Question", names, index=names.index(wanted) if wanted in names else 0, key="question",
        format_func=lambda one: f"{questions[one].group.capitalize()}: {questions[one].heading}",
    )  # fmt: skip
    st.query_params["question"] = name
    question = questions[name]
    markup.lead(question.description)
    given = _form(question)
    try:
        values = question.values(given)
        rows = kept(_asked, name, given)
    except CaregraphError as error:
        st.info(str(error), icon=":material/info:")
        return
    st.session_state["asked values"] = values
    _answer(rows, columns={column.name: column.meaning for column in question.columns}, name=name)


def _asked(opened: Neo4jStore, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    return opened.ask(load_questions()[name], **given)


def _form(question: Question) -> dict[str, str]:
    """What was typed into the question's form; at first, its example."""
    if not question.parameters:
        return {}
    with st.form(f"form-{question.name}", border=True):
        given = {one.name: _field(question, one) for one in question.parameters}
        st.form_submit_button("Ask", type="primary")
    return {name: value for name, value in given.items() if value}


def _field(question: Question, one: Parameter) -> str:
    label = f"{sentence_case(one.name.replace('_', ' '))}: {one.meaning}"
    first = str(question.example.get(one.name, "" if one.default is None else one.default))
    key = f"{question.name}-{one.name}"
    if one.choices:
        options = [*one.choices] if one.required else ["", *one.choices]
        return st.selectbox(
            label,
            options,
            index=options.index(first) if first in options else 0,
            key=key,
            format_func=lambda value: value or "any",
        )
    return st.text_input(label, first, key=key, placeholder="must be given" if one.required else "any")


def _answer(rows: Sequence[Row], *, columns: Mapping[str, str], name: str, cut: bool = False) -> None:
    """Rows as a table; a row that is chosen shows its words and leads to the network."""
    if not rows:
        st.info(_NONE, icon=":material/info:")
        return
    more = ", and there are more" if cut else ""
    st.caption(f"{counted(len(rows), 'row')}{more}. Choose a row to read it in full.")
    plain_rows = [{key: _cell(value) for key, value in row.items()} for row in rows]
    settings = {
        key: st.column_config.Column(sentence_case(key.replace("_", " ")), help=columns.get(key))
        for key in plain_rows[0]
    }
    chosen = st.dataframe(
        plain_rows, hide_index=True, on_select="rerun", selection_mode="single-row", key=f"answer-{name}", column_config=settings,
        alt=f"The answer to {name}",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.download_button(
            "CSV", _csv(plain_rows), f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore"
        )
        st.download_button(
            "JSON", _json(rows), f"{name}.json", "application/json", icon=":material/download:", on_click="ignore"
        )
    picked = chosen["selection"]["rows"]
    if picked and picked[0] < len(rows):
        _row(rows[picked[0]], plain_rows[picked[0]], key=f"{name}-{picked[0]}")


def _row(row: Row, cells: Row, *, key: str) -> None:
    """One row in full, its quotation as a quotation."""
    markup.row(
        (
            (sentence_case(name.replace("_", " ")), cell, name in QUOTED)
            for name, cell in cells.items()
            if cell not in (None, "")
        )
    )
    iris = _iris(row)
    if iris and st.button("Show in network", icon=":material/hub:", key=f"row-{key}"):
        open_in_network(iris, selected=iris[0])


def _iris(value: Any) -> list[str]:
    """The nodes that a row names by their IRIs, however deep, each once."""
    if isinstance(value, str):
        return [value] if value.startswith(THINGS) else []
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return list(dict.fromkeys(iri for part in parts for iri in _iris(part)))


def _cell(value: Any) -> Any:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return _json(value) if isinstance(value, dict | list) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None if isinstance(value, dict) else 2, default=str)


def _csv(rows: Sequence[Row]) -> str:
    """Rows as comma-separated values; a cell that a spreadsheet would run as a formula is quoted with an apostrophe."""
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0].keys())
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return target.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


@guarded
def _console() -> None:
    markup.lead("A Cypher statement that only reads: it is refused otherwise, and ended when it takes too long.")
    with st.form("console", border=True):
        cypher = st.text_area("Cypher", EXAMPLE, height=160, key="cypher")
        st.form_submit_button("Run", type="primary")
    with st.expander("Labels"):
        st.text(", ".join(labels()))
        st.caption("About has every label and relationship with what it means.")
    if not cypher.strip():
        return
    try:
        answer = store().query(cypher)
    except CaregraphError as error:
        st.error("This statement was not run." if not str(error) else str(error), icon=":material/block:")
        return
    _answer(answer.rows, columns={}, name="cypher", cut=answer.cut)
