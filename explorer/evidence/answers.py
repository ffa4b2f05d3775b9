"""Answers: rows of a query as cards, a table, bars or a network; single rows in full; files of CSV and JSON."""

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import streamlit as st

from caregraph.brief.blocks import Table
from caregraph.explorer import markup
from caregraph.explorer.attribution import ATTRIBUTION, LICENCE, LICENCE_NAME, full_address, source_notes
from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.answer_cards import QUOTATIONS, ROW_EVIDENCE, show_cards
from caregraph.explorer.figures.dom import page_link, show_figure, tag
from caregraph.explorer.figures.grade_mark import SHORT_STATUS
from caregraph.explorer.labels import format_count, scheme_label, scheme_values
from caregraph.explorer.network.first_evidence import show_first_evidence
from caregraph.explorer.network.layout import layout
from caregraph.explorer.network.network import show_network
from caregraph.explorer.pack.button import cited, item_key, show_pack_button, show_picture_downloads
from caregraph.explorer.pack.items import PackItem
from caregraph.explorer.pictures.chart_pictures import bar_picture
from caregraph.explorer.state import session
from caregraph.explorer.state.links import network_address
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.export.spreadsheet import ENCODING, safe_cell
from caregraph.graph.queries import evidence, neighbourhood
from caregraph.graph.queries.name_lookup import look_up_name
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.iris import THINGS

Row = Mapping[str, Any]
CARDS, TABLE, CHART, NETWORK = "Cards", "Table", "Chart", "Network"
# Columns that hold names, with what they are names of, as `name_lookup` says it.
NAME_COLUMNS = {
    "authority": "local authority",
    "neighbour": "local authority",
    "thing": "named thing",
    "person": "person",
    "concept": "concept",
}
EVIDENCE = "evidence"  # the column of IRIs that prove a row
# Columns that hold ids, by their scheme.
SCHEME_COLUMNS = {
    **{name: name for name in ("area", "certainty", "grade", "kind", "polarity", "role", "scope", "standing")},
    **dict.fromkeys(("overall", "before", "after"), "grade"),
    **dict.fromkeys(("meant", "later_polarity"), "polarity"),
    "areas": "area",
}
HEADINGS = {
    "asked_in": "Recommendation date",
    "authority": "Council",
    "authorities": "Councils",
    "concept": "Topic",
    "concepts": "Topics",
    "document": "Report",
    "meant": "Other finding",
    "naming": "Reports mentioning it",
    "polarity": "Strength or concern",
    "scope": "Coverage",
    "standing": "Status",
    "thing": "Service or agency",
    "things": "Services and agencies",
}
NETWORK_LIMIT = 80  # nodes drawn here; a larger network is better opened on its page
PACKED_ROWS = 100  # rows of an answer that go into the pack
NAMED_ROWS = 60  # rows whose names are looked up
CHART_LIMIT = 30  # bars
_ROW_COUNT = "Number of rows"
_POSITIONS = ("page", "start", "end")  # columns of numbers that count nothing


def show_answer(rows: Sequence[Row], *, columns: Mapping[str, str], name: str, asked: str, cut: bool = False) -> None:
    """Show the rows of an answer in the form that the reader chooses.

    Args:
        columns: the meaning of each column, as far as it is known.
        name: of the question; also names the files.
        asked: the question in words, with its values.
        cut: whether there are more rows than these.
    """
    if not rows:
        st.info("No results.", icon=":material/info:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        form = st.segmented_control(
            "Show as",
            (CARDS, TABLE, CHART, NETWORK),
            default=CARDS if QUOTATIONS.keys() & rows[0].keys() else TABLE,
            required=True,
            key=f"form-{name}",
            label_visibility="collapsed",
        )
        _show_downloads(rows, name, asked)
        key = item_key(f"{asked} {rows}")
        show_pack_button(key, lambda: _answer_item(key, rows, asked))
    if form == CHART:
        _show_chart(rows, columns, name, asked)
    elif form == NETWORK:
        _show_answer_network(rows, name)
    elif form == CARDS:
        _show_answer_cards(rows)
    else:
        count = f"The first {format_count(len(rows), 'row')}" if cut else format_count(len(rows), "row")
        st.caption(f"{count}. Select a row for the full text.")
        _show_answer_table(rows, columns, name)


def _show_downloads(rows: Sequence[Row], name: str, asked: str) -> None:
    """Show the buttons that take the rows along, with the question, the day and the licence."""
    address = full_address()
    forms = {
        "CSV": ("text/csv", lambda: rows_as_csv(with_origin(rows, asked)).encode(ENCODING)),
        "JSON": ("application/json", lambda: answer_as_json(rows, asked, address).encode()),
    }
    for form, (mime, make) in forms.items():
        st.download_button(
            form,
            make,  # when it is asked for
            f"{name}.{form.lower()}",
            mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"{form}-{name}",
        )


def with_origin(rows: Sequence[Row], asked: str) -> list[Row]:
    """Rows of a file, each with the question, the day and the licence, which a spreadsheet keeps when it sorts."""
    origin = {
        "caregraph_question": asked,
        "caregraph_asked_on": date.today().isoformat(),
        "caregraph_licence": f"{LICENCE_NAME} {LICENCE}",
    }
    return [{**row, **origin} for row in rows]


def answer_as_json(rows: Sequence[Row], asked: str, address: str) -> str:
    """An answer as JSON, with the question, its address, the day and the licence."""
    answer = {
        "question": asked,
        "address": address,
        "asked_on": date.today(),
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "rows": list(rows),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, default=str)


def _answer_item(key: str, rows: Sequence[Row], asked: str) -> PackItem:
    """The first rows of an answer for the pack, each with the numbers of the sentences that prove it."""
    columns = [column for column in rows[0] if column != EVIDENCE]
    numbers: dict[str, int] = {}
    cells = []
    for row in rows[:PACKED_ROWS]:
        proofs = [iri for iri in iris_in(row.get(EVIDENCE)) if "/finding/" in iri]
        marks = " ".join(f"[{numbers.setdefault(iri, len(numbers) + 1)}]" for iri in proofs)
        cells.append((*(markup.cell_text(readable_cell(column, row[column])) for column in columns), marks))
    table = Table(asked, (*map(column_heading, columns), "Sources"), tuple(cells))
    about = f"The first {PACKED_ROWS} of {format_count(len(rows), 'row')}." if len(rows) > PACKED_ROWS else ""
    return PackItem(key=key, title=asked, about=about, tables=(table,), sources=cited(list(numbers)))


def _show_answer_cards(rows: Sequence[Row]) -> None:
    cells = [{key: readable_cell(key, value) for key, value in row.items()} for row in rows]
    findings = [[iri for iri in iris_in(row.get(EVIDENCE)) if "/finding/" in iri] for row in rows]
    show_cards(cells, findings, {key: column_heading(key) for key in cells[0] if key != EVIDENCE})


def _show_answer_table(rows: Sequence[Row], columns: Mapping[str, str], name: str) -> None:
    numeric = {key for key in rows[0] if any(_is_number(row[key]) for row in rows)}
    cells = [
        {
            # A blank cell for a missing value; in a column of numbers text would make all of them text.
            key: "" if value is None and key not in numeric else readable_cell(key, value)
            for key, value in row.items()
        }
        for row in rows
    ]
    settings = {
        # Nobody reads the IRIs of the evidence: the selected row shows its quotations.
        key: None if key == EVIDENCE else st.column_config.Column(column_heading(key), help=columns.get(key))
        for key in cells[0]
    }
    selection = st.dataframe(
        cells,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"answer-{name}",
        column_config=settings,
        alt=f"The answer to {name}",
        placeholder="",
    )
    selected = selection["selection"]["rows"]
    if selected and selected[0] < len(rows):
        _show_answer_row(rows[selected[0]], cells[selected[0]], key=f"{name}-{selected[0]}")


def column_heading(column: str) -> str:
    """Heading of a column."""
    return HEADINGS.get(column) or sentence_case(column.replace("_", " "))


def _show_answer_row(row: Row, cells: Row, *, key: str) -> None:
    """Show one row in full, with its quotations and their evidence."""
    markup.show_row(
        (column_heading(name), cell, name in QUOTATIONS)
        for name, cell in cells.items()
        if cell not in (None, "") and not iris_in(row[name])  # nodes are shown in the network
    )
    findings = [iri for iri in iris_in(row.get(EVIDENCE)) if "/finding/" in iri][:ROW_EVIDENCE]
    for number, node in enumerate(cached_query(neighbourhood.nodes, findings)):
        for fact in cached_query(evidence.read_evidence, node, "findings", limit=1):
            panel.show_evidence(fact, heading=True, key=f"{key}-{number}")
    iris = _row_nodes(row)
    if iris:
        show_figure(tag("p", page_link("Show in network", network_address(iris))), key=f"row-{key}")


def _show_chart(rows: Sequence[Row], columns: Mapping[str, str], name: str, asked: str) -> None:
    """Show bars: for each value of a column what the question counts, or the number of rows where it counts nothing."""
    texts = [key for key in rows[0] if key not in QUOTATIONS and any(isinstance(row[key], str | bool) for row in rows)]
    numbers = _counted_columns(rows, columns)
    if not texts:
        st.info("A chart needs a column of words, for a bar for each.", icon=":material/bar_chart:")
        return
    left, right = st.columns(2)
    group_by = left.selectbox("Group by", texts, format_func=column_heading, key=f"chart-by-{name}")
    # Where a value has several rows, its numbers may be of the same things: only the rows can be added up safely.
    own = len({str(row[group_by]) for row in rows}) == len(rows)
    measures = [*numbers, _ROW_COUNT] if own else [_ROW_COUNT, *numbers]
    measure = right.selectbox("Measure", measures, format_func=column_heading, key=f"chart-measure-{name}-{group_by}")
    bars = column_totals(rows, group_by, None if measure == _ROW_COUNT else measure)
    caption, drawn = _chart_caption(measure, group_by, columns), bars[:CHART_LIMIT]
    markup.show_bar_chart(caption, drawn)
    rest = f"The {CHART_LIMIT} longest of {len(bars):,}." if len(bars) > CHART_LIMIT else ""
    if rest:
        st.caption(rest)
    _show_chart_tools(drawn, name, asked, f"{caption}. {rest}".strip(), headings=(group_by, measure))


def _show_chart_tools(
    bars: Sequence[tuple[str, float]], name: str, asked: str, about: str, *, headings: tuple[str, str]
) -> None:
    """Show the buttons that put the chart into the pack, and that take a picture of it."""
    key, draw = item_key(f"{asked} {about} {bars}"), partial(bar_picture, asked, bars, notes=(about, *source_notes()))
    rows = tuple((text, f"{number:,.10g}") for text, number in bars)
    group_by, measure = map(column_heading, headings)
    table = Table(about, (group_by, measure), rows)
    with st.container(horizontal=True, gap="xsmall", key=f"take-chart-{name}"):
        show_pack_button(key, lambda: PackItem(key=key, title=asked, about=about, tables=(table,), picture=draw()))
        show_picture_downloads(draw, key=f"chart-{name}")


def _counted_columns(rows: Sequence[Row], columns: Mapping[str, str]) -> list[str]:
    """Columns of numbers that count something, as their meanings say; those of a Cypher statement have none."""
    numeric = (key for key in rows[0] if any(_is_number(row[key]) for row in rows))
    return [key for key in numeric if "how many" in columns.get(key, "how many") and key not in _POSITIONS]


def _chart_caption(measure: str, group_by: str, columns: Mapping[str, str]) -> str:
    """Words that say what the bars count.

    >>> _chart_caption("strengths", "thing", {"strengths": "how many findings are strengths"})
    'Strengths, by service or agency: how many findings are strengths'
    """
    meaning = columns.get(measure)
    return f"{column_heading(measure)}, by {column_heading(group_by).lower()}" + (f": {meaning}" if meaning else "")


def column_totals(rows: Sequence[Row], group_by: str, measure: str | None) -> Sequence[tuple[str, float]]:
    """Number of rows, or sum of the measure's column, for each value of a column, the largest first.

    >>> column_totals([{"of": "Ashmere", "n": 2}, {"of": "Wexholme", "n": 3}, {"of": "Ashmere", "n": 2}], "of", "n")
    [('Ashmere', 4), ('Wexholme', 3)]
    """
    totals: Counter[str] = Counter()
    for row in rows:
        if measure is None or _is_number(row[measure]):
            totals[_bar_name(row, group_by)] += 1 if measure is None else row[measure]
    return totals.most_common()


def _bar_name(row: Row, group_by: str) -> str:
    """Name of the bar that a row is counted in: a grade older than the latest full inspection has one of its own.

    >>> _bar_name({"grade": "good", "status": "older: the latest full inspection gave none"}, "grade")
    'good, older'
    """
    name = str(readable_cell(group_by, row[group_by]) or "Not given")
    mark = SHORT_STATUS.get(str(row.get("status"))) if group_by == "grade" else None
    return f"{name}, {mark}" if mark else name


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _show_answer_network(rows: Sequence[Row], name: str) -> None:
    """Show the nodes that the rows hold or name; a click shows a node's properties."""
    iris = list(dict.fromkeys(iri for row in rows[:NAMED_ROWS] for iri in _row_nodes(row)))
    nodes = cached_query(neighbourhood.nodes, iris[:NETWORK_LIMIT])
    if not nodes:
        st.info("This answer has nothing to draw. In Cypher, return nodes, as in `RETURN a, s`.", icon=":material/hub:")
        return
    edges = cached_query(neighbourhood.edges, [node.iri for node in nodes])
    selected = session.ANSWER_NODE.part(name)
    words = f"Open {format_count(len(nodes), 'item')} in the network"
    link = page_link(words, network_address([node.iri for node in nodes]))
    show_figure(tag("p", link), key=f"open-{name}")
    show_network(
        nodes,
        edges,
        layout(nodes, edges, {}),
        name=name,
        selected=selected.get(),
        on_select=selected.set,
        on_expand=selected.set,
        on_move=lambda iri, position: None,
    )
    for node in nodes:
        if node.iri == selected.get():
            panel.show_node(node)
    show_first_evidence(nodes, edges, name=name, selected=selected.get())


def _row_nodes(row: Row) -> list[str]:
    """IRIs of the nodes that a row holds, or names in a column of names; those of its evidence are left out."""
    iris = iris_in({**row, EVIDENCE: None})
    for column, kind in NAME_COLUMNS.items():
        name = row.get(column)
        if isinstance(name, str) and name:
            try:
                iris += cached_query(look_up_name, kind, name)
            except BadQuestion:  # in this question the column holds something else
                continue
    return list(dict.fromkeys(iris))


def iris_in(value: Any) -> list[str]:
    """IRIs of nodes in a value, however deep, each once."""
    if isinstance(value, str):
        return [value] if value.startswith(THINGS) else []
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return list(dict.fromkeys(iri for part in parts for iri in iris_in(part)))


def readable_cell(column: str, value: Any) -> Any:
    """Value of a cell as the table shows it: ids of schemes by their names, other values as `plain_cell`.

    >>> readable_cell("grade", "requires-improvement")
    'requires improvement to be good'
    """
    if isinstance(value, list) and column in SCHEME_COLUMNS:
        return plain_cell([readable_cell(column, member) for member in value])
    scheme = SCHEME_COLUMNS.get(column)
    if scheme and isinstance(value, str) and value in scheme_values(scheme):
        return scheme_label(scheme, value)
    return plain_cell(value)


def plain_cell(value: Any) -> Any:
    """Value of a cell as plain data: lists of text as one text, what holds more as JSON."""
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return "; ".join(value)
    return value_as_json(value) if isinstance(value, dict | list) else value


def value_as_json(value: Any) -> str:
    """An answer, or a part of one, as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=None if isinstance(value, dict) else 2, default=str)


def rows_as_csv(rows: Sequence[Row]) -> str:
    """Rows as comma-separated values; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(map(safe_cell, rows[0]))
    writer.writerows([safe_cell(plain_cell(value)) for value in row.values()] for row in rows)
    return target.getvalue()
