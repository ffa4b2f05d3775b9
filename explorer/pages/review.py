"""Review: names that may be one thing or two, for a person to decide, and what people decided before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.labels import counted, day, plain, plural, sentence_case, value
from caregraph.explorer.state import store_cache
from caregraph.explorer.state.store_cache import catalogue, guarded, has_documents, store
from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.decisions import Decision, Verdict
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import ReviewPair, pairs_for_review, record_decision, record_undo
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import data_directory, is_read_only

if TYPE_CHECKING:
    from caregraph.workspace import Workspace

SHOWN = 5  # pairs at a time
_TOLD, _WAITING = "review told", "review waiting"
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "same": ("One and the same", ":material/link:"),
    "different": ("Two", ":material/link_off:"),
    "unsure": ("Leave open", ":material/help:"),
}


@guarded
def review() -> None:
    st.title("Review", anchor=False)
    if not has_documents():
        return
    markup.lead(
        "Where names in different reports may mean one thing, and the rules cannot tell, a person decides. "
        "Each decision is written down with its reason, and can be undone."
    )
    if is_read_only():
        st.info("Here they can be read; whoever runs this explorer decides.", icon=":material/visibility:")
    if told := st.session_state.pop(_TOLD, None):
        st.success(told, icon=":material/check_circle:")
    try:
        _pairs()
        _decided()
    except CaregraphError as error:
        st.error(str(error), icon=":material/error:")


def _workspace() -> "Workspace":
    from caregraph.workspace import Workspace

    return Workspace(data_directory())


@st.cache_data(show_spinner="Comparing names", max_entries=4)
def _doubts(version: str, fingerprint: str) -> Sequence[ReviewPair]:
    """What waits for a decision; it changes with the graph and with the decisions."""
    workspace = _workspace()
    return pairs_for_review(workspace.records(), workspace.vocabulary, workspace.decisions)


def _pairs() -> None:
    decisions = read_decisions(_workspace().decisions_file)
    pairs = _doubts(store_cache.version(), decisions.fingerprint)
    if not pairs:
        st.info(
            "Nothing is in doubt: every name is taken for one thing by a rule or a decision.",
            icon=":material/done_all:",
        )
        return
    kinds = Counter(pair.left.type for pair in pairs)
    kind = st.pills(
        "Kind",
        list(kinds),
        key="review kind",
        format_func=lambda one: f"{sentence_case(plural(one))} {kinds[one]}",
    )
    if not is_read_only():
        st.text_input("Your name, which is written down with each decision", key="reviewer", max_chars=80, width=420)
    wanted = [pair for pair in pairs if kind in (None, pair.left.type)]
    st.caption(f"{counted(len(wanted), 'pair')} in doubt, the likest first.")
    for pair in wanted[:SHOWN]:
        _pair(pair)


def _pair(pair: ReviewPair) -> None:
    """Both sides with what reports print, what speaks for one thing and what for two, and the choice."""
    key = f"{pair.left.iri} {pair.right.iri}"
    with st.container(border=True, key=f"pair-{key}"):
        left, right = st.columns(2, gap="medium")
        with left:
            _side(pair.left)
        with right:
            _side(pair.right)
        markup.reasons([(reason.text, reason.weight > 0) for reason in pair.reasons], f"{pair.probability:.0%}")
        if pair.decision:
            st.caption(plain(f"{pair.decision.by.removeprefix('person:')} left it open on {day(pair.decision.when)}."))
        if not is_read_only():
            _choice(pair, key)


def _choice(pair: ReviewPair, key: str) -> None:
    nobody = not st.session_state.get("reviewer", "").strip()
    with st.container(horizontal=True, gap="small"):
        for verdict, (label, icon) in _VERDICTS.items():
            st.button(
                label,
                icon=icon,
                key=f"{verdict}-{key}",
                disabled=nobody,
                help="Give your name first" if nobody else None,
                on_click=_decide,
                args=(pair, verdict),
            )


def _side(one: Profile) -> None:
    st.subheader(plain(one.name), anchor=False)
    others = [name for name in (*one.names[1:], *one.aliases) if name != one.name]
    years = sorted(set(one.years))
    markup.facts(
        (
            ("Kind", sentence_case(one.type)),
            ("Council", one.authority_name),
            ("Other names", "; ".join(dict.fromkeys(others)) or None),
            ("Roles", "; ".join(sorted(value("role", role) for role in one.roles)) or None),
            ("Years", ", ".join(map(str, years)) or None),
            ("Named in", counted(len(one.documents), "document") if one.documents else "no report: it is in a list"),
        )
    )
    for quote in one.quotes:
        markup.quoted(quote.sentence, quote.words, f"{quote.document}, page {quote.page}")


def _decide(pair: ReviewPair, verdict: Verdict) -> None:
    said = f"{pair.left.name} and {pair.right.name}: {_VERDICTS[verdict][0].lower()}"
    try:
        record_decision(
            _workspace().decisions_file, pair.left.iri, pair.right.iri, verdict,
            by=st.session_state["reviewer"].strip(), why=f"{said}, by their quotations", when=date.today(),
        )  # fmt: skip
    except CaregraphError as error:
        _tell(f"Not written: {error}")
        return
    _tell(f"Decided: {said}.", waiting=verdict == "same")


def _undo(one: Decision) -> None:
    by = st.session_state.get("reviewer", "").strip() or one.by.removeprefix("person:")
    try:
        record_undo(_workspace().decisions_file, one.left, one.right, by=by, why="taken back", when=date.today())
    except CaregraphError as error:
        _tell(f"Not taken back: {error}")
        return
    _tell(f"Taken back: {one.why}.", waiting=one.verdict == "same")


def _tell(text: str, *, waiting: bool = False) -> None:
    st.session_state[_TOLD] = plain(text)
    st.session_state[_WAITING] = waiting or st.session_state.get(_WAITING, False)


def _decided() -> None:
    """What people decided, the latest last, each with a way back; and the way into the graph."""
    standing = [one for one in read_decisions(_workspace().decisions_file).current if one.by.startswith("person:")]
    if st.session_state.get(_WAITING) and not is_read_only():
        st.button("Bring the graph up to date", type="primary", icon=":material/sync:", on_click=_apply)
        st.caption("Decisions count in the graph from then on, or from the next build.")
    if not standing:
        return
    with st.expander(f"{counted(len(standing), 'decision')} by people", key="decided"):
        for number, one in enumerate(standing):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.text(f"{one.why} ({one.by.removeprefix('person:')}, {one.when})")
            if is_read_only():
                continue
            right.button(
                "Undo", key=f"undo-{number}-{one.left}-{one.right}", icon=":material/undo:", on_click=_undo, args=(one,)
            )


def _apply() -> None:
    """Resolve all documents again from what is kept of them, and load what changed."""
    from caregraph.build import rebuild

    try:
        changed = sum(one.status == "replaced" for one in rebuild(_workspace()))
        with catalogue() as dataset:
            store().sync(dataset, _workspace().cache)
    except CaregraphError as error:
        st.session_state[_TOLD] = f"The graph could not be brought up to date: {error}"
        return
    store_cache.version.clear()
    st.session_state.pop(_WAITING, None)
    st.session_state[_TOLD] = f"The graph is up to date: {counted(changed, 'document')} resolved again."
