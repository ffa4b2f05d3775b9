"""Shared services: what reports on two or more councils name, who is silent, and what each report says."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from explorer import markup, panel
from explorer.connection import guarded, has_documents, kept
from explorer.frame import open_in_network
from explorer.words import counted, kind_of, plain, plural, sentence_case, value
from graph import evidence, overview
from graph.neighbourhood import Node
from graph.overview import Reach, Shared
from ontology.iris import THINGS

EVERYWHERE = Node("", "All regions", "Region")
LISTED = 8  # councils named in a sentence
COLUMNS = 14  # councils side by side, above which only their number is shown
UNASKED = "Process"  # what the law gives to all alike says little about sharing: it is shown when asked for
NAMED, SILENT, NO_REPORT = "●", "○", "–"


def shared() -> None:
    st.title("Shared services", anchor=False)
    if not has_documents():
        return
    markup.lead(
        "Agencies, services, programmes, bodies and processes that reports on two or more councils name, "
        "and that are one and the same thing."
    )
    regions = [EVERYWHERE, *kept(overview.regions)]
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        region = st.selectbox("Region", regions, format_func=lambda one: one.name, key="region", width=260)
        found = kept(overview.shared, region=region.iri or None)
        kinds = Counter(one.thing.label for one in found)
        present = [label for label in evidence.THINGS if label in kinds]
        chosen = st.pills(
            "Kind",
            present,
            default=[label for label in present if label != UNASKED] or present,
            selection_mode="multi",
            key="kinds",
            format_func=lambda label: f"{sentence_case(plural(kind_of(label)))} {kinds[label]}",
        )
    rows = [one for one in found if not chosen or one.thing.label in chosen]
    if not rows:
        st.caption("No report on a council here names anything that a report on another names, too.")
        return
    _choose(rows)


@guarded
def _choose(rows: Sequence[Shared]) -> None:
    by_iri = {one.thing.iri: one for one in rows}
    wanted = THINGS + st.query_params.get("thing", "")
    if "shared thing" not in st.session_state or st.session_state["shared thing"] not in by_iri:
        st.session_state["shared thing"] = wanted if wanted in by_iri else rows[0].thing.iri
    _overview(rows)
    iri = st.selectbox(
        "What reports say of",
        list(by_iri),
        key="shared thing",
        format_func=lambda one: _name(by_iri[one]),
    )
    st.query_params["thing"] = iri.removeprefix(THINGS)
    _open(by_iri[iri])


def _name(one: Shared) -> str:
    return f"{sentence_case(one.thing.name)} ({kind_of(one.thing.label)}, {counted(one.users, 'council')})"


def _overview(rows: Sequence[Shared]) -> None:
    """Things by councils; choosing a row opens it."""
    councils = sorted({reach.council.name for one in rows for reach in one.reaches})
    table = [_row(one, councils if len(councils) <= COLUMNS else []) for one in rows]
    key = f"shared-{hash(tuple(one.thing.iri for one in rows))}"  # other rows are another table, with nothing chosen
    narrow = {name: st.column_config.TextColumn(name, width="small") for name in councils}
    st.dataframe(
        table,
        hide_index=True,
        key=key,
        on_select=lambda: _chosen(rows, key),
        selection_mode="single-row",
        column_config={"Name": st.column_config.TextColumn(pinned=True, width="medium"), **narrow},
        height=min(36 * (len(rows) + 1) + 2, 420),
        alt="What is shared, with the councils whose reports name it",
    )
    st.caption(
        f"{NAMED} named, with the number of reports that do · {SILENT} said to be served, but no report names it · "
        f"{NO_REPORT} said to be served, no report read"
    )


def _row(one: Shared, councils: Sequence[str]) -> dict[str, object]:
    signs = {reach.council.name: _sign(reach) for reach in one.reaches}
    row: dict[str, object] = {
        "Name": sentence_case(one.thing.name),
        "Councils": one.users,
        "Kind": sentence_case(kind_of(one.thing.label)),
        "Reach": sentence_case(value("scope", one.scope)) if one.scope else "",
    }
    return row | {name: signs.get(name, "") for name in councils}


def _sign(reach: Reach) -> str:
    if reach.naming:
        return f"{NAMED} {reach.naming}"
    return SILENT if reach.documents else NO_REPORT


def _chosen(rows: Sequence[Shared], key: str) -> None:
    picked = st.session_state[key]["selection"]["rows"]
    if picked:
        st.session_state["shared thing"] = rows[picked[0]].thing.iri


def _open(one: Shared) -> None:
    """What is said of one thing, council by council."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        panel.about(one.thing)
        for line in _findings(one.reaches):
            st.text(line)
        if st.button("Show in network", icon=":material/hub:", key="shared-network"):
            open_in_network([one.thing.iri, *(reach.council.iri for reach in one.reaches)], selected=one.thing.iri)
        panel.memberships(one.thing)
    with right:
        for number, reach in enumerate(sorted(one.reaches, key=lambda reach: (-reach.naming, reach.council.name))):
            _council(one.thing, reach, opened=number == 0)


def _findings(reaches: Sequence[Reach]) -> list[str]:
    """What the reports together say, as counts of what they said; no council is scored."""
    named = [reach for reach in reaches if reach.naming]
    silent = [reach.council.name for reach in reaches if reach.documents and not reach.naming]
    praise = [reach.council.name for reach in named if reach.strengths]
    concern = [reach.council.name for reach in named if reach.concerns]
    lines = [f"Reports on {counted(len(named), 'council')} name it."]
    if praise:
        lines.append(f"Strengths in reports on {_listed(praise)}.")
    if concern:
        lines.append(f"Concerns in reports on {_listed(concern)}.")
    if silent:
        lines.append(f"Reports on {_listed(silent)} are silent about it.")
    return lines


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence; of many, the first and how many more.

    >>> _listed(["Ashmere"]), _listed(["Ashmere", "Brackenford", "Wexholme"])
    ('Ashmere', 'Ashmere, Brackenford and Wexholme')
    """
    if len(names) > LISTED:
        return f"{', '.join(names[:LISTED])} and {len(names) - LISTED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _council(thing: Node, reach: Reach, *, opened: bool) -> None:
    said = [f"named in {reach.naming} of {counted(reach.documents, 'report')}"]
    said += [
        counted(number, word) for number, word in ((reach.strengths, "strength"), (reach.concerns, "concern")) if number
    ]
    said += ["host"] if reach.hosts else ["member"] if reach.member else []
    with st.expander(
        f"**{plain(reach.council.name)}**, {plain(', '.join(said))}",
        expanded=opened,
        key=f"council-{thing.iri}-{reach.council.iri}",
    ):
        total = kept(evidence.groups, thing, council=reach.council.iri).get("things", 0)
        if not total:
            st.caption("No report on this council that was read names it.")
            return
        panel.places(thing, "things", total, council=reach.council.iri, key=f"shared-{thing.iri}-{reach.council.iri}")
