"""Findings: what inspectors say, found by words and by what it is about, each with its evidence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from caregraph.explorer.evidence import markup, panel
from caregraph.explorer.figures.dom import Tree, figure, link, tag
from caregraph.explorer.labels import sentence_case, value
from caregraph.explorer.network.node_style import POLARITIES
from caregraph.explorer.state.links import address, address_of, choose
from caregraph.explorer.state.store_cache import guarded, has_documents, kept, store
from caregraph.graph.queries import (
    authorities,
    evidence,
    neighbourhood,
    overview,
    polarity_counts,
    search,
    semantic_search,
)
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.search import Filter
from caregraph.graph.queries.semantic_search import Encode
from caregraph.ontology.iris import full_iri, short_iri
from caregraph.ontology.records import FINDING_KINDS, KINDS
from caregraph.workspace import Workspace

PAGE = 10  # findings shown at first, and with each 'more'
NEAREST = 20  # findings shown of those that mean nearly the same
SHAPES = {"strength": "▲", "concern": "▼", "mixed": "◆", "neutral": "●"}
ANY = ""
_FIXED = ("thing", "document")  # filters that links bring, and that can only be taken away here


def findings() -> None:
    st.title("Findings", anchor=False)
    if not has_documents():
        return
    markup.lead("What inspectors say, sentence by sentence. Each is shown where it stands in its report.")
    one = st.query_params.get("finding")
    if one:
        _one(full_iri(one))
        return
    words = _words()
    encode = _by_meaning() if words else None
    among = _filters()
    if encode:
        _alike(encode, words, among)
    else:
        _results(words, among)


def _one(iri: str) -> None:
    """The finding that the address names, alone."""
    if kept(evidence.evidence_of_findings, [iri]):
        _cards([iri])
    else:
        st.info("The graph does not have this finding (any more).", icon=":material/info:")
    figure(tag("p", link("All findings", "findings")), key="all")


def _words() -> str:
    st.session_state["words chosen"] = st.query_params.get("words", "")

    def write() -> None:
        _write("words", st.session_state["words chosen"].strip())

    text: str = st.text_input(
        "Words of the report",
        type="search",
        key="words chosen",
        on_change=write,
        placeholder="Any words; those in double quotes stand together",
        icon=":material/search:",
    )
    return text.strip()


def _by_meaning() -> Encode | None:
    """What tells meanings, if the reader seeks findings that mean nearly the same; asked only where they can be."""
    if (
        not semantic_search.has_embeddings(store()) or (encode := _encoder()) is None
    ):  # the model is loaded where it can be of use
        return None
    by = choose(
        st.segmented_control,
        "Found by",
        [ANY, "meaning"],
        name="by",
        default=ANY,
        required=True,
        label_visibility="collapsed",
        format_func=lambda one: "Nearly this meaning" if one else "These words",
    )
    return encode if by else None


@st.cache_resource(show_spinner=False)
def _encoder() -> Encode | None:
    return Workspace.encoder()


def _write(name: str, text: str | None) -> None:
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def _filters() -> Filter:
    """What the reader chose to see only."""
    concepts = {one.node.iri: sentence_case(one.node.name) for one in kept(polarity_counts.concept_scheme)}
    places = {one.node.iri: one.node.name for one in kept(authorities.registered_authorities) if one.documents}
    regions = {node.iri: node.name for node in kept(overview.covered_regions)}
    kinds = {kind: value("kind", kind) for kind in sorted(KINDS)}
    kinds |= {kind: sentence_case(kind.replace("-", " ")) for kind in sorted(FINDING_KINDS)}
    coverage = kept(overview.coverage)
    years = {str(year): str(year) for year in range(coverage.last_year or 0, (coverage.first_year or 1) - 1, -1)}
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        concept = _one_of("Concept", concepts, name="concept", text=short_iri)
        council = _one_of("Council", places, name="council", text=short_iri)
        region = _one_of("Region", regions, name="region", text=short_iri, width=180)
        kind = _one_of("Kind of report or finding", kinds, name="kind")
        since = _one_of("Inspected from", years, name="since", width=130)
        until = _one_of("Inspected until", years, name="until", width=130)
    fixed = {name: full_iri(text) for name in _FIXED if (text := st.query_params.get(name))}
    _brought(fixed)
    return Filter(
        concept=concept,
        authority=council,
        region=region,
        kind=kind,
        since=int(since) if since else None,
        until=int(until) if until else None,
        **fixed,
    )


def _one_of(
    label: str, options: Mapping[str, str], *, name: str, text: Callable[[str], str] = str, width: int = 220
) -> str | None:
    chosen = choose(
        st.selectbox,
        label,
        [ANY, *options],
        name=name,
        default=ANY,
        text=text,
        width=width,
        format_func=lambda one: options.get(one, "Any"),
    )
    return chosen or None


def _brought(fixed: Mapping[str, str]) -> None:
    """The filters that a link brought, with a way to be rid of them."""
    for node in kept(neighbourhood.nodes, list(fixed.values())) if fixed else []:
        name = next(name for name, iri in fixed.items() if iri == node.iri)
        words = "naming" if name == "thing" else "in"
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            figure(tag("p", f"Only {words} ", link(sentence_case(node.name), address_of(node))), key=f"fixed-{name}")
            st.button("Any", key=f"free-{name}", type="tertiary", on_click=_write, args=(name, None))


def _polarity(named: Callable[[str], str]) -> str:
    """The polarity that the reader chose, if any; what each is called is told by ``named``."""
    chosen: str = choose(
        st.segmented_control,
        "Meant as",
        [ANY, *POLARITIES],
        name="polarity",
        default=ANY,
        required=True,
        label_visibility="collapsed",
        format_func=named,
    )
    return chosen


@guarded
def _alike(encode: Encode, text: str, among: Filter) -> None:
    """Findings that mean nearly what the reader wrote; they are not counted, as it is a matter of more or less."""
    polarity = _polarity(_called)
    vector = encode([text])[0].tolist()
    rows = kept(semantic_search.similar_findings, vector, replace(among, polarity=polarity or None), limit=NEAREST)
    if rows:
        _cards([row["iri"] for row in rows])
    else:
        st.info("No finding means nearly this. Take a filter away, or say it otherwise.", icon=":material/info:")


@guarded
def _results(words: str, among: Filter) -> None:
    counts = kept(search.count_by_polarity, words, among)
    polarity = _polarity(lambda one: _tallied(one, counts))
    total = counts.get(polarity, 0) if polarity else sum(counts.values())
    if not total:
        st.info("No finding has all of this. Take a filter away, or a word.", icon=":material/info:")
        return
    narrowed = replace(among, polarity=polarity or None)
    many_key = f"many {words} {narrowed}"
    many = st.session_state.get(many_key, PAGE)
    rows = kept(search.search_findings, words, narrowed, limit=many)
    _cards([row["iri"] for row in rows])
    if total > len(rows):
        st.button(
            f"Show {min(PAGE, total - len(rows))} more of {total - len(rows):,}",
            icon=":material/expand_more:",
            on_click=lambda: st.session_state.update({many_key: many + PAGE}),
        )


def _tallied(polarity: str, counts: Mapping[str, int]) -> str:
    return f"{_called(polarity)} {counts.get(polarity, 0) if polarity else sum(counts.values()):,}"


def _called(polarity: str) -> str:
    return f"{SHAPES[polarity]} {sentence_case(value('polarity', polarity))}" if polarity else "All"


def _cards(iris: Sequence[str]) -> None:
    """Findings where they stand, each with the ways on from it."""
    around = kept(evidence.subjects_of_findings, list(iris))
    for number, found in enumerate(kept(evidence.evidence_of_findings, list(iris))):
        panel.proof(found, heading=True, key=f"finding-{number}")
        figure(_ways_on(found, around.get(found.about.iri, [])), key=f"around-{number}")


def _ways_on(found: Evidence, about: Sequence[Node]) -> Tree:
    links = [link(sentence_case(node.name), address_of(node)) for node in about]
    own = link("Address of this finding", address("findings", finding=found.about.iri))
    return tag("p", *links, own, class_="dotted around")
