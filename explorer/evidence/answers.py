"""An answer: rows as a table, as bars, or as a network; its rows one by one, and as CSV and JSON."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.labels import counted, sentence_case
from caregraph.explorer.network.layout import layout
from caregraph.explorer.network.network import network
from caregraph.explorer.page_shell import open_in_network
from caregraph.explorer.state.store_cache import kept
from caregraph.graph.export.spreadsheet import safe_cell
from caregraph.graph.queries import evidence, neighbourhood
from caregraph.graph.queries.name_lookup import look_up_name
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import THINGS

Row = Mapping[str, Any]
TABLE, CHART, NETWORK = "Table", "Chart", "Network"
NAMES = {
    "authority": "local authority",
    "neighbour": "local authority",
    "thing": "named thing",
    "person": "person",
    "concept": "concept",
}
EVIDENCE = "evidence"  # the column of IRIs that prove a row
PROOFS = 3  # shown of a row
QUOTED = frozenset({"text", "quotation", "words"})  # columns that hold what a report says
DRAWN = 80  # nodes of a network, above which it is better opened in Explore
NAMED_ROWS = 60  # rows whose names are looked up
BARS = 30
_ROWS_COUNTED = "Number of rows"
_NONE = "Nothing in the graph answers this."


def answer(rows: Sequence[Row], *, columns: Mapping[str, str], name: str, cut: bool = False) -> None:
    """Rows as the reader wants to see them.

    Args:
        columns: what each column means, as far as that is known.
        name: of the question; names files, too.
        cut: whether there are more rows than these.
    """
    if not rows:
        st.info(_NONE, icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        way = st.segmented_control(
            "Show as",
            (TABLE, CHART, NETWORK),
            default=TABLE,
            required=True,
            key=f"way-{name}",
            label_visibility="collapsed",
        )
        _take_away(rows, name)
    more = ", and there are more" if cut else ""
    if way == CHART:
        _chart(rows, name)
    elif way == NETWORK:
        _network(rows, name)
    else:
        st.caption(f"{counted(len(rows), 'row')}{more}. Choose a row to read it in full.")
        _table(rows, columns, name)


def _take_away(rows: Sequence[Row], name: str) -> None:
    for form, mime, make in (("CSV", "text/csv", as_csv), ("JSON", "application/json", as_json)):
        st.download_button(
            form,
            make(rows),
            f"{name}.{form.lower()}",
            mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"{form}-{name}",
        )


def _table(rows: Sequence[Row], columns: Mapping[str, str], name: str) -> None:
    cells = [{key: cell(value) for key, value in row.items()} for row in rows]
    settings = {
        # Of the evidence nobody reads the IRIs: the chosen row opens them.
        key: None if key == EVIDENCE else st.column_config.Column(_heading(key), help=columns.get(key))
        for key in cells[0]
    }
    chosen = st.dataframe(
        cells,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"answer-{name}",
        column_config=settings,
        alt=f"The answer to {name}",
    )
    picked = chosen["selection"]["rows"]
    if picked and picked[0] < len(rows):
        _row(rows[picked[0]], cells[picked[0]], key=f"{name}-{picked[0]}")


def _heading(column: str) -> str:
    return sentence_case(column.replace("_", " "))


def _row(row: Row, cells: Row, *, key: str) -> None:
    """One row in full, its quotation as a quotation."""
    markup.row(
        (
            (_heading(name), cell, name in QUOTED)
            for name, cell in cells.items()
            if cell not in (None, "") and not iris_in(row[name])  # nodes are shown in the network
        )
    )
    proofs = kept(neighbourhood.nodes, [iri for iri in iris_in(row.get(EVIDENCE)) if "/finding/" in iri][:PROOFS])
    for number, node in enumerate(proofs):
        for one in kept(evidence.read_evidence, node, "findings", limit=1):
            panel.proof(one, heading=True, key=f"{key}-proof-{number}")
    iris = list(dict.fromkeys([*iris_in({**row, EVIDENCE: None}), *_named(row)]))
    if iris and st.button("Show in network", icon=":material/hub:", key=f"row-{key}"):
        open_in_network(iris, selected=iris[0])


def _chart(rows: Sequence[Row], name: str) -> None:
    """Bars: how many rows have each value of a column, or what a column of numbers adds up to for it."""
    texts = [key for key in rows[0] if key not in QUOTED and any(isinstance(row[key], str | bool) for row in rows)]
    numbers = [
        key for key in rows[0] if any(_is_number(row[key]) for row in rows) and key not in ("page", "start", "end")
    ]
    if not texts:
        st.info("A chart needs a column of words to have a bar for each.", icon=":material/bar_chart:")
        return
    left, right = st.columns(2)
    by = left.selectbox("A bar for each", texts, format_func=_heading, key=f"bars-by-{name}")
    length = right.selectbox("Its length", [_ROWS_COUNTED, *numbers], format_func=_heading, key=f"bars-of-{name}")
    found = totals(rows, by, None if length == _ROWS_COUNTED else length)
    markup.bars(f"{_heading(length)}, by {by.replace('_', ' ')}", found[:BARS])
    if len(found) > BARS:
        st.caption(f"The {BARS} longest of {len(found):,}.")


def totals(rows: Sequence[Row], by: str, of: str | None) -> Sequence[tuple[str, float]]:
    """The number of rows, or the sum of a column, for each value of another, the largest first.

    >>> totals([{"of": "Ashmere", "n": 2}, {"of": "Wexholme", "n": 3}, {"of": "Ashmere", "n": 2}], "of", "n")
    [('Ashmere', 4), ('Wexholme', 3)]
    """
    found: Counter[str] = Counter()
    for row in rows:
        if of is None or _is_number(row[of]):
            found[str(cell(row[by]) or "Not given")] += 1 if of is None else row[of]
    return found.most_common()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _network(rows: Sequence[Row], name: str) -> None:
    """The nodes that the rows hold or name; a click says what one is."""
    iris = list(
        dict.fromkeys(iri for row in rows[:NAMED_ROWS] for iri in [*iris_in({**row, EVIDENCE: None}), *_named(row)])
    )
    found = kept(neighbourhood.nodes, iris[:DRAWN])
    if not found:
        st.info("The answer has no nodes in it: return some, as in `RETURN a, s`.", icon=":material/hub:")
        return
    edges = kept(neighbourhood.edges, [node.iri for node in found])
    key, chosen = f"network-{name}", f"chosen-{name}"
    if st.button(f"Open {counted(len(found), 'node')} in Explore", icon=":material/hub:", key=f"open-{name}"):
        open_in_network([node.iri for node in found], selected=found[0].iri)
    network(
        found,
        edges,
        layout(found, edges, {}),
        key=key,
        selected=st.session_state.get(chosen),
        on_select=lambda iri: st.session_state.update({chosen: iri}),
        on_expand=lambda iri: st.session_state.update({chosen: iri}),
        on_move=lambda iri, place: None,
    )
    for node in found:
        if node.iri == st.session_state.get(chosen):
            panel.about(node)


def _named(row: Row) -> list[str]:
    """The nodes that a row names in columns that hold names."""
    found: list[str] = []
    for column, kind in NAMES.items():
        name = row.get(column)
        if isinstance(name, str) and name:
            try:
                found += kept(look_up_name, kind, name)
            except BadQuestion:  # the column holds something else in this question
                continue
    return found


def iris_in(value: Any) -> list[str]:
    """The nodes that a row names by their IRIs, however deep, each once."""
    if isinstance(value, str):
        return [value] if value.startswith(THINGS) else []
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return list(dict.fromkeys(iri for part in parts for iri in iris_in(part)))


def cell(value: Any) -> Any:
    """What a table shows of a value: lists as text, what holds more as JSON."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return as_json(value) if isinstance(value, dict | list) else value


def as_json(value: Any) -> str:
    """An answer, or a part of one, as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=None if isinstance(value, dict) else 2, default=str)


def as_csv(rows: Sequence[Row]) -> str:
    """Rows as comma-separated values; a cell that a spreadsheet would run as a formula is quoted with an apostrophe."""
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0].keys())
    writer.writeheader()
    writer.writerows({key: safe_cell(cell(value)) for key, value in row.items()} for row in rows)
    return target.getvalue()
