"""Findings: what inspectors say, found by words and by topic, council or year, each with its evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.attribution import full_address
from caregraph.explorer.evidence import panel
from caregraph.explorer.evidence.answers import rows_as_csv, with_origin
from caregraph.explorer.evidence.missing_words import show_wordless_reports
from caregraph.explorer.evidence.polarity_chart import show_polarity_chart
from caregraph.explorer.figures.bars import BarRow
from caregraph.explorer.figures.dom import Tree, node_link, page_link, show_figure, tag
from caregraph.explorer.labels import scheme_label, scheme_values
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state import session
from caregraph.explorer.state.links import choose_option, page_address, write_parameter
from caregraph.explorer.state.store_cache import cached_query, explain_errors, require_documents, store
from caregraph.explorer.state.unknown_values import UnknownValue, show_unknown_values
from caregraph.graph.export.spreadsheet import ENCODING
from caregraph.graph.queries import (
    authorities,
    evidence,
    neighbourhood,
    overview,
    polarity_counts,
    search,
    semantic_search,
)
from caregraph.graph.queries.comparison.as_at import ALL, COUNTED
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.queries.search import Filter
from caregraph.graph.queries.semantic_search import Encode
from caregraph.graph.readers import Reader
from caregraph.graph.wording import sentence_case
from caregraph.ontology.iris import full_iri, short_iri
from caregraph.ontology.records import FINDING_KINDS, KINDS
from caregraph.workspace import Workspace

PAGE_SIZE = 10  # findings shown at first, and added with each 'more'
SIMILAR_LIMIT = 20  # findings of similar meaning
FILE_LIMIT = 5000  # findings in a file, some two megabytes
SYMBOLS = {"strength": "▲", "concern": "▼", "mixed": "◆", "neutral": "●"}
ANY = ""
SENTENCES, BY_COUNCIL = "sentences", "councils"
VIEWS = {SENTENCES: "Sentences", BY_COUNCIL: "Number by council"}
_LINKED_FILTERS = {"thing": "Mentions ", "document": "In "}  # set by links; here they can only be removed


def show_findings() -> None:
    """Show the page: the finding that the address names, or all that match."""
    finding = st.query_params.get("finding")
    show_title("Finding" if finding else "Findings")
    if not require_documents():
        return
    markup.show_lead("What inspectors say, sentence by sentence, each with its report and page.")
    if finding:
        _show_single_finding(full_iri(finding))
        return
    words = _show_words_box()
    if words:
        show_wordless_reports(
            "a search for words finds nothing in them. "
            "Choose a topic instead, or get a report first, from any of its findings."
        )
    encode = _choose_meaning_search() if words else None
    filter = _choose_filter()
    if encode:
        _show_similar(encode, words, filter)
    else:
        _show_matches(words, filter)


def _show_single_finding(iri: str) -> None:
    if finding := cached_query(evidence.evidence_of_finding, iri):
        _show_cards([finding])
    else:
        show_unknown_values([short_iri(iri)])
    show_figure(tag("p", page_link("All findings", "findings")), key="all")


def _show_words_box() -> str:
    session.SEARCH_WORDS.set(st.query_params.get("words", ""))
    text: str = st.text_input(
        "Search report text",
        type="search",
        key=session.SEARCH_WORDS.name,
        on_change=lambda: write_parameter("words", session.SEARCH_WORDS.get().strip()),
        placeholder='Any words; use "quotes" for an exact phrase',
        icon=":material/search:",
    )
    return text.strip()


def _choose_meaning_search() -> Encode | None:
    """Offer the search for similar meaning, where findings have vectors; return the encoder if it is chosen."""
    # The model is loaded only where it can be of use.
    if not semantic_search.has_embeddings(store()) or (encode := _load_encoder()) is None:
        return None
    chosen = choose_option(
        st.segmented_control,
        "Search by",
        [ANY, "meaning"],
        parameter="by",
        default=ANY,
        required=True,
        label_visibility="collapsed",
        format_func=lambda option: "Similar meaning" if option else "Exact words",
    )
    return encode if chosen else None


@st.cache_resource(show_spinner=False)
def _load_encoder() -> Encode | None:
    return Workspace.encoder()


def _choose_filter() -> Filter:
    """Let the reader choose filters; those that a link set can be removed."""
    concepts = {
        concept.node.iri: sentence_case(concept.node.name) for concept in cached_query(polarity_counts.concept_scheme)
    }
    councils = {
        council.node.iri: council.node.name
        for council in cached_query(authorities.registered_authorities)
        if council.documents or short_iri(council.node.iri) == st.query_params.get("council")
    }
    regions = {node.iri: node.name for node in cached_query(overview.covered_regions)}
    kinds = {
        kind: sentence_case(scheme_label("kind", kind)) for kinds in (KINDS, FINDING_KINDS) for kind in sorted(kinds)
    }
    coverage = cached_query(overview.coverage)
    themes = {node.iri: sentence_case(node.name) for node in cached_query(overview.looked_at_themes)}
    years = {str(year): str(year) for year in range(coverage.last_year or 0, (coverage.first_year or 1) - 1, -1)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        concept = _choose_filter_value("Topic", concepts, parameter="concept", text=short_iri)
        council = _choose_filter_value("Council", councils, parameter="council", text=short_iri)
        region = _choose_filter_value("Region", regions, parameter="region", text=short_iri, width=180)
        kind = _choose_filter_value("Report or finding type", kinds, parameter="kind")
        theme = _choose_filter_value("Visit theme", themes, parameter="theme", text=short_iri) if themes else None
        since = _choose_filter_value("From year", years, parameter="since", width=130)
        until = _choose_filter_value("To year", years, parameter="until", width=130)
        counted = _choose_filter_value("Reports", _counted_reports(), parameter="counted")
    linked = {name: full_iri(text) for name in _LINKED_FILTERS if (text := st.query_params.get(name))}
    _show_linked_filters(linked)
    return Filter(
        concept=concept,
        authority=council,
        region=region,
        kind=kind,
        theme=theme,
        since=int(since) if since else None,
        until=int(until) if until else None,
        counted=counted,
        **linked,
    )


def _counted_reports() -> dict[str, str]:
    return {counted: sentence_case(scheme_label("counted", counted)) for counted in COUNTED}


def _choose_filter_value(
    label: str, options: Mapping[str, str], *, parameter: str, text: Callable[[str], str] = str, width: int = 220
) -> str | None:
    chosen = choose_option(
        st.selectbox,
        label,
        [ANY, *options],
        parameter=parameter,
        default=ANY,
        text=text,
        width=width,
        format_func=lambda option: options.get(option, "Any"),
    )
    return chosen or None


def _show_linked_filters(linked: Mapping[str, str]) -> None:
    """Show the filters that a link set, each with a button to remove it."""
    nodes = cached_query(neighbourhood.nodes, list(linked.values())) if linked else []
    if unknown := set(linked.values()) - {node.iri for node in nodes}:
        st.button("Clear all", on_click=st.query_params.clear)
        raise UnknownValue(short_iri(min(unknown)))
    for node in nodes:
        name = next(name for name, iri in linked.items() if iri == node.iri)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            show_figure(tag("p", _LINKED_FILTERS[name], node_link(node)), key=f"linked-{name}")
            st.button(
                "Remove",
                key=f"remove-{name}",
                icon=":material/close:",
                type="tertiary",
                on_click=write_parameter,
                args=(name, None),
            )


def _choose_polarity() -> str:
    """Let the reader choose a polarity; empty for all.

    Options carry no counts: the browser sends a choice by its words, so one made while counts change would be lost.
    """
    chosen: str = choose_option(
        st.segmented_control,
        "Strength or concern",
        [ANY, *scheme_values("polarity")],
        parameter="polarity",
        default=ANY,
        required=True,
        label_visibility="collapsed",
        format_func=_polarity_label,
    )
    return chosen


@explain_errors
def _show_similar(encode: Encode, text: str, filter: Filter) -> None:
    """Show findings that mean nearly the same; they are not counted, as similarity is a matter of degree."""
    polarity = _choose_polarity()
    vector = encode([text])[0].tolist()
    rows = cached_query(
        semantic_search.similar_findings, vector, replace(filter, polarity=polarity or None), limit=SIMILAR_LIMIT
    )
    if rows:
        _show_cards(_findings_of(rows))
    else:
        _show_no_matches("No findings have a similar meaning. Remove a filter or use other words.")


@explain_errors
def _show_matches(words: str, filter: Filter) -> None:
    counts = cached_query(search.count_by_polarity, words, filter)
    polarity = _choose_polarity()
    st.caption(" · ".join(f"{_polarity_label(each)} {counts.get(each, 0):,}" for each in scheme_values("polarity")))
    total = counts.get(polarity, 0) if polarity else sum(counts.values())
    if not total:
        _show_no_matches("No findings match. Remove a filter or use fewer words.")
        return
    view = choose_option(
        st.segmented_control,
        "Show",
        list(VIEWS),
        parameter="show",
        default=SENTENCES,
        required=True,
        label_visibility="collapsed",
        format_func=VIEWS.__getitem__,
    )
    if view == BY_COUNCIL:
        _show_by_council(words, filter, polarity)
        return
    narrowed = replace(filter, polarity=polarity or None)
    limit_key = session.EVIDENCE_LIMIT.part(f"{words} {narrowed}")
    limit = limit_key.get() or PAGE_SIZE
    rows = cached_query(search.search_findings, words, narrowed, limit=limit)
    _show_cards(_findings_of(rows))
    if total > len(rows):
        panel.show_more_button(total - len(rows), step=PAGE_SIZE, shown=limit, limit_key=limit_key)
    st.download_button(
        "These findings as CSV" if total <= FILE_LIMIT else f"The first {FILE_LIMIT:,} as CSV",
        partial(_findings_file, store(), words, narrowed, full_address()),  # made when it is asked for
        "findings.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _show_by_council(words: str, filter: Filter, polarity: str) -> None:
    """Show the numbers of the findings that match, council by council, those with most of a polarity first."""
    counts: Mapping[Node, PolarityCounts] = cached_query(search.count_by_authority, words, filter)
    where = {name: value for name, value in st.query_params.items() if name not in ("show", "council", "polarity")}
    rows = [
        BarRow(
            name=node_link(council, council.name),
            counts=of_council,
            strengths=page_address("findings", **where, council=council.iri, polarity="strength"),
            concerns=page_address("findings", **where, council=council.iri, polarity="concern"),
        )
        for council, of_council in sorted(
            counts.items(), key=lambda entry: (-_sort_count(entry[1], polarity), entry[0].name)
        )
    ]
    about = (
        f"Reports counted: {scheme_label('counted', filter.counted or ALL)}. "
        "The counts say how much reports wrote, not how good a council is."
    )
    show_polarity_chart("Findings by council", "Council", rows, key="by-council", about=about)
    st.caption(about)


def _sort_count(counts: PolarityCounts, polarity: str) -> int:
    by_polarity = {"strength": counts.strengths, "concern": counts.concerns, "mixed": counts.mixed}
    return by_polarity.get(polarity, counts.rated)


def _findings_file(store: Reader, words: str, filter: Filter, address: str) -> bytes:
    """Table of the findings that match, one a row, in the order of the page."""
    table = [
        {
            "council": row["authority"],
            "inspected": row["inspected"],
            "polarity": row["polarity"],
            "confidence": row["confidence"],
            "topics": "; ".join(row["concepts"]),
            "quotation": row["text"],
            "document": row["document"],
            "page": row["page"],
            "paragraph": row["paragraph"],
            "finding": row["iri"],
        }
        for row in search.search_findings(store, words, filter, limit=FILE_LIMIT)
    ]
    return rows_as_csv(with_origin(table, address)).encode(ENCODING)


def _show_no_matches(message: str) -> None:
    st.info(message, icon=":material/info:")
    st.button("Clear all", on_click=st.query_params.clear)


def _polarity_label(polarity: str) -> str:
    return f"{SYMBOLS[polarity]} {sentence_case(scheme_label('polarity', polarity))}" if polarity else "All"


def _findings_of(rows: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    found: list[Evidence] = cached_query(evidence.evidence_of_findings, [row["iri"] for row in rows])
    return found


def _show_cards(findings: Sequence[Evidence]) -> None:
    """Show findings with their evidence, each with links to what it is about."""
    topics = cached_query(evidence.subjects_of_findings, [finding.about.iri for finding in findings])
    for number, finding in enumerate(findings):
        panel.show_evidence(finding, heading=True, key=f"finding-{number}")
        show_figure(_related_links(finding, topics.get(finding.about.iri, [])), key=f"around-{number}")


def _related_links(finding: Evidence, topics: Sequence[Node]) -> Tree:
    own = page_link("Link to this finding", page_address("findings", finding=finding.about.iri))
    return tag("p", *map(node_link, topics), own, class_="dotted around")
