"""Check names: pairs of names that may be the same, for a person to decide, and the decisions made before."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from caregraph.build import rebuild
from caregraph.explorer import markup
from caregraph.explorer.labels import escape_markdown, format_count, format_day, plural, scheme_label, sentence_case
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state import session, store_cache
from caregraph.explorer.state.store_cache import (
    cached_graph_version,
    explain_errors,
    open_dataset,
    require_documents,
    store,
)
from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.decisions import Decision, Verdict
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import ReviewPair, pairs_for_review, record_decision, record_undo
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import data_directory, is_read_only
from caregraph.workspace import Workspace

PAIRS_SHOWN = 5
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "same": ("Same", ":material/link:"),
    "different": ("Different", ":material/link_off:"),
    "unsure": ("Not sure", ":material/help:"),
}


@explain_errors
def show_review() -> None:
    """Show the page."""
    show_title("Check names")
    if not require_documents():
        return
    markup.show_lead(
        "Where names in different reports may mean the same, and the rules cannot tell, a person decides. "
        "Each decision is recorded, and can be undone."
    )
    if is_read_only():
        st.info("You can read the pairs here, but not decide.", icon=":material/visibility:")
    if message := session.REVIEW_MESSAGE.pop():
        st.success(message, icon=":material/check_circle:")
    try:
        _show_pairs()
        _show_decisions()
    except CaregraphError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def _workspace() -> Workspace:
    return Workspace(data_directory())


@st.cache_data(show_spinner="Comparing names", max_entries=4)
def _load_pairs(version: str, fingerprint: str) -> Sequence[ReviewPair]:
    """Load the pairs to check; they change with the graph's version and with the decisions."""
    workspace = _workspace()
    return pairs_for_review(workspace.records(), workspace.vocabulary, workspace.decisions)


def _show_pairs() -> None:
    decisions = read_decisions(_workspace().decisions_file)
    pairs = _load_pairs(cached_graph_version(), decisions.fingerprint)
    if not pairs:
        st.info("There are no pairs to check.", icon=":material/done_all:")
        return
    counts = Counter(pair.left.type for pair in pairs)
    kind = st.pills(
        "Kind",
        list(counts),
        key="review kind",
        format_func=lambda kind: f"{sentence_case(plural(kind))} {counts[kind]}",
    )
    if not is_read_only():
        st.text_input("Your name (recorded with each decision)", key=session.REVIEWER.name, max_chars=80, width=420)
    matching = [pair for pair in pairs if kind in (None, pair.left.type)]
    st.caption(f"{format_count(len(matching), 'pair')} to check, most similar first.")
    for pair in matching[:PAIRS_SHOWN]:
        _show_pair(pair)


def _show_pair(pair: ReviewPair) -> None:
    """Show both names with their quotations, the reasons for and against, and the buttons to decide."""
    key = f"{pair.left.iri} {pair.right.iri}"
    with st.container(border=True, key=f"pair-{key}"):
        left, right = st.columns(2, gap="medium")
        with left:
            _show_profile(pair.left)
        with right:
            _show_profile(pair.right)
        markup.show_reasons([(reason.text, reason.weight > 0) for reason in pair.reasons], f"{pair.probability:.0%}")
        if pair.decision:
            person, day = pair.decision.by.removeprefix("person:"), format_day(pair.decision.when)
            st.caption(escape_markdown(f"{person} was not sure on {day}."))
        if not is_read_only():
            _show_verdict_buttons(pair, key)


def _show_verdict_buttons(pair: ReviewPair, key: str) -> None:
    unnamed = not session.REVIEWER.get().strip()
    with st.container(horizontal=True, gap="small"):
        for verdict, (label, icon) in _VERDICTS.items():
            st.button(
                label,
                icon=icon,
                key=f"{verdict}-{key}",
                disabled=unnamed,
                help="Give your name first" if unnamed else None,
                on_click=_record_decision,
                args=(pair, verdict),
            )


def _show_profile(profile: Profile) -> None:
    st.subheader(escape_markdown(profile.name), anchor=False)
    names = [name for name in (*profile.names[1:], *profile.aliases) if name != profile.name]
    reports = format_count(len(profile.documents), "report") if profile.documents else "published list"
    markup.show_terms(
        (
            ("Kind", sentence_case(profile.type)),
            ("Council", profile.authority_name),
            ("Other names", "; ".join(dict.fromkeys(names)) or None),
            ("Roles", "; ".join(sorted(scheme_label("role", role) for role in profile.roles)) or None),
            ("Years", ", ".join(map(str, sorted(set(profile.years)))) or None),
            ("Named in", reports),
        )
    )
    for quote in profile.quotes:
        markup.show_sentence(quote.sentence, quote.words, f"{quote.document}, page {quote.page}")


def _record_decision(pair: ReviewPair, verdict: Verdict) -> None:
    summary = f"{pair.left.name} and {pair.right.name}: {_VERDICTS[verdict][0].lower()}"
    try:
        record_decision(
            _workspace().decisions_file, pair.left.iri, pair.right.iri, verdict,
            by=session.REVIEWER.get().strip(), why=f"{summary}, by their quotations", when=date.today(),
        )  # fmt: skip
    except CaregraphError as error:
        _set_message(f"Not recorded: {error}")
        return
    _set_message(f"Decided: {summary}.", changes_graph=verdict == "same")


def _undo_decision(decision: Decision) -> None:
    by = session.REVIEWER.get().strip() or decision.by.removeprefix("person:")
    try:
        record_undo(_workspace().decisions_file, decision.left, decision.right, by=by, why="undone", when=date.today())
    except CaregraphError as error:
        _set_message(f"Not undone: {error}")
        return
    _set_message(f"Undone: {decision.why}.", changes_graph=decision.verdict == "same")


def _set_message(text: str, *, changes_graph: bool = False) -> None:
    """Set the message of the next run, and remember that the graph is to be brought up to date."""
    session.REVIEW_MESSAGE.set(escape_markdown(text))
    session.UNAPPLIED_DECISIONS.set(changes_graph or session.UNAPPLIED_DECISIONS.get())


def _show_decisions() -> None:
    """Show the decisions of people, each with a button to undo it, and the button that applies them to the graph."""
    decisions = read_decisions(_workspace().decisions_file).current
    by_people = [decision for decision in decisions if decision.by.startswith("person:")]
    if session.UNAPPLIED_DECISIONS.get() and not is_read_only():
        st.button("Apply decisions", type="primary", icon=":material/sync:", on_click=_apply_decisions)
        st.caption("The graph changes when you apply decisions, or with the next build.")
    if not by_people:
        return
    with st.expander(f"{format_count(len(by_people), 'decision')} by people", key="decided"):
        for number, decision in enumerate(by_people):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.text(f"{decision.why} ({decision.by.removeprefix('person:')}, {decision.when})")
            if is_read_only():
                continue
            right.button(
                "Undo",
                key=f"undo-{number}-{decision.left}-{decision.right}",
                icon=":material/undo:",
                on_click=_undo_decision,
                args=(decision,),
            )


def _apply_decisions() -> None:
    """Resolve all documents again from their cached records, and load what changed."""
    try:
        changed = sum(outcome.status == "replaced" for outcome in rebuild(_workspace()))
        with open_dataset() as dataset:
            store().sync(dataset, _workspace().cache)
    except CaregraphError as error:
        session.REVIEW_MESSAGE.set(escape_markdown(f"The decisions could not be applied: {error}"))
        return
    store_cache.cached_graph_version.clear()
    session.UNAPPLIED_DECISIONS.pop()
    session.REVIEW_MESSAGE.set(f"Decisions applied: {format_count(changed, 'report')} changed.")
