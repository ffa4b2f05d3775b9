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
from graph import overview
from graph.names import named
from graph.neighbourhood import labels
from graph.neo4j_store import Neo4jStore
from graph.questions import Parameter, Question, load_questions
from ontology.errors import BadQuestion, CaregraphError
from ontology.iris import THINGS

Row = Mapping[str, Any]
QUESTIONS, CYPHER = "Questions", "Cypher"
EXAMPLE = """MATCH (a:LocalAuthority)-[:USES]->(s:Agency)
RETURN a.name AS council, s.name AS agency
ORDER BY council, agency LIMIT 50"""
FIRST = "shared-services"
NAMES = {
    "authority": "local authority",
    "neighbour": "local authority",
    "thing": "named thing",
    "person": "person",
    "concept": "concept",
}
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
    wanted = st.query_params.get("question", FIRST)
    name = st.selectbox(
        "Question",
        names,
        index=names.index(wanted) if wanted in names else 0,
        key="question",
        format_func=lambda one: f"{questions[one].group.capitalize()}: {questions[one].heading}",
    )
    st.query_params["question"] = name
    question = questions[name]
    markup.lead(question.description)
    given = _form(question)
    try:
        rows = kept(_asked, name, given)
    except CaregraphError as error:
        st.info(str(error), icon=":material/info:")
        return
    _answer(rows, columns={column.name: column.meaning for column in question.columns}, name=name)


def _asked(opened: Neo4jStore, name: str, given: Mapping[str, str]) -> list[dict[str, Any]]:
    return opened.ask(load_questions()[name], **given)


def _form(question: Question) -> dict[str, str]:
    """What was chosen in the question's form; at first, what gives an answer."""
    if not question.parameters:
        return {}
    with st.form(f"form-{question.name}", border=True):
        columns = st.columns(2 if len(question.parameters) > 1 else 1)
        given = {}
        for number, one in enumerate(question.parameters):
            with columns[number % len(columns)]:
                given[one.name] = _field(question, one)
        st.form_submit_button("Ask", type="primary")
    return {name: value for name, value in given.items() if value}


def _field(question: Question, one: Parameter) -> str | None:
    label, key = f"{sentence_case(one.name)}: {one.meaning}", f"{question.name}-{one.name}"
    first = None if one.default is None else str(one.default)
    if one.choices or one.type in question.names.values():
        options = [*one.choices] or kept(overview.names, one.type)
        if first not in options:
            first = _suggestion(one, options) if one.required or first else None
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


def _suggestion(one: Parameter, options: Sequence[str]) -> str | None:
    """A name that there is something to say of: what most councils share, else the first."""
    shared = [found.thing.name for found in kept(overview.shared)] if one.type == "named thing" else []
    return next(iter((*shared, *options)), None)


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
        plain_rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"answer-{name}",
        column_config=settings,
        alt=f"The answer to {name}",
    )
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
            if cell not in (None, "") and not _iris(row[name])  # nodes are shown in the network
        )
    )
    iris = list(dict.fromkeys([*_iris(row), *_named(row)]))
    if iris and st.button("Show in network", icon=":material/hub:", key=f"row-{key}"):
        open_in_network(iris, selected=iris[0])


def _named(row: Row) -> list[str]:
    """The nodes that a row names in columns that hold names."""
    found: list[str] = []
    for column, kind in NAMES.items():
        name = row.get(column)
        if isinstance(name, str) and name:
            try:
                found += kept(named, kind, name)
            except BadQuestion:  # the column holds something else in this question
                continue
    return found


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
