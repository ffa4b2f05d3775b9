"""Check names: pairs of names that may be the same, for a person to decide, and the decisions made before."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from caregraph.build import rebuild
from caregraph.explorer import markup
from caregraph.explorer.evidence.corrections import show_corrections
from caregraph.explorer.facets import choose_by_facets
from caregraph.explorer.figures.review_keys import show_review_keys
from caregraph.explorer.labels import escape_markdown, format_count, format_day, scheme_label
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.review.facets import FACETS
from caregraph.explorer.review.quoted_pages import show_quoted_pages
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import (
    cached_graph_version,
    explain_errors,
    load_dataset,
    require_documents,
)
from caregraph.graph.resolution.decision_files import read_decisions
from caregraph.graph.resolution.decisions import Decision, Verdict
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import (
    ReviewPair,
    alike_pairs,
    open_pairs,
    pairs_for_review,
    read_pairs,
    record_decision,
    record_undo,
)
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import data_directory, is_read_only
from caregraph.workspace import Workspace

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
        show_corrections()
    except CaregraphError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")


def _workspace() -> Workspace:
    return Workspace(data_directory())


@st.cache_data(show_spinner="Comparing names", max_entries=2)
def _load_pairs(version: str) -> Sequence[ReviewPair]:
    """Load the pairs to check, as the graph's version has them: decisions since then only take pairs away."""
    workspace = _workspace()
    written = read_pairs(workspace.pairs_file, workspace.decisions)
    if written is not None:
        return written
    return pairs_for_review(workspace.records(), workspace.vocabulary, workspace.decisions)


def _show_pairs() -> None:
    loaded = _load_pairs(cached_graph_version())
    pairs = open_pairs(loaded, read_decisions(_workspace().decisions_file))
    if not pairs:
        st.info("There are no pairs to check.", icon=":material/done_all:")
        return
    if not is_read_only():
        left, right = st.columns(2)
        left.text_input("Your name (recorded with each decision)", key=session.REVIEWER.name, max_chars=80)
        right.text_input("Reason (optional)", key=session.REVIEW_REASON.name, max_chars=200)
    matching = _find_pairs(choose_by_facets(pairs, FACETS, page="review", known=loaded))
    decided = len(loaded) - len(pairs)
    st.caption(
        f"{format_count(len(matching), 'pair')} to check, those that most reports name first. {decided:,} decided."
    )
    if loaded:
        st.progress(decided / len(loaded))
    skipped = session.SKIPPED_PAIRS.get()
    waiting = [pair for pair in matching if _pair_key(pair) not in skipped] or matching
    if not waiting:
        st.info("No pair is left here. Choose others above, or use fewer words.", icon=":material/done_all:")
    else:
        _show_pair(waiting[0], alike_pairs(waiting[0], matching))
        show_review_keys()


def _find_pairs(pairs: Sequence[ReviewPair]) -> Sequence[ReviewPair]:
    """Let the reader find pairs by words of a name or a council."""
    words = st.text_input("Find a name or a council", key="review words").casefold().split()
    return [pair for pair in pairs if all(word in _searchable(pair) for word in words)]


def _searchable(pair: ReviewPair) -> str:
    profiles = (pair.left, pair.right)
    parts = (part for profile in profiles for part in (*profile.names, profile.authority_name or ""))
    return " ".join(parts).casefold()


def _pair_key(pair: ReviewPair) -> str:
    return f"{pair.left.iri} {pair.right.iri}"


def _show_pair(pair: ReviewPair, alike: Sequence[ReviewPair]) -> None:
    """Show both names with their quotations, the reasons for and against, and the buttons to decide.

    Args:
        alike: pairs of the same names, which may be decided together.
    """
    with st.container(border=True, key="pair"):
        left, right = st.columns(2, gap="medium")
        with left:
            _show_profile(pair.left)
        with right:
            _show_profile(pair.right)
        markup.show_reasons([(reason.text, reason.weight > 0) for reason in pair.reasons], f"{pair.probability:.0%}")
        st.caption(f"The decision is about {format_count(pair.reports, 'report')}.")
        if pair.decision:
            person, day = pair.decision.by.removeprefix("person:"), format_day(pair.decision.when)
            st.caption(escape_markdown(f"{person} was not sure on {day}."))
        if not is_read_only():
            together = len(alike) > 1 and st.checkbox(
                f"Decide all {len(alike)} pairs of these names alike", key=f"alike {_pair_key(pair)}"
            )
            _show_verdict_buttons(pair, alike if together else [pair])
        show_quoted_pages(pair)


def _show_verdict_buttons(pair: ReviewPair, decided: Sequence[ReviewPair]) -> None:
    with st.container(horizontal=True, gap="small"):
        for verdict, (label, icon) in _VERDICTS.items():
            st.button(
                label,
                icon=icon,
                key=f"verdict-{verdict}",
                help=f"Key {label[0]}",
                on_click=_record_decisions,
                args=(decided, verdict),
            )
        st.button("Skip", icon=":material/skip_next:", key="verdict-skip", help="Key J", on_click=_skip, args=(pair,))
        if session.SKIPPED_PAIRS.get():
            st.button("Back to skipped", icon=":material/undo:", key="verdict-back", help="Key K", on_click=_unskip)


def _skip(pair: ReviewPair) -> None:
    session.SKIPPED_PAIRS.set((*session.SKIPPED_PAIRS.get(), _pair_key(pair)))


def _unskip() -> None:
    session.SKIPPED_PAIRS.set(session.SKIPPED_PAIRS.get()[:-1])


def _show_profile(profile: Profile) -> None:
    st.header(escape_markdown(profile.name), anchor=False)
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


def name_with_council(profile: Profile) -> str:
    """Name of a thing or person, with its council if it has one: two names may be the same words."""
    return f"{profile.name} ({profile.authority_name})" if profile.authority_name else profile.name


def _record_decisions(pairs: Sequence[ReviewPair], verdict: Verdict) -> None:
    """Record a verdict on pairs; the graph follows when the decisions are applied."""
    if is_read_only():
        return
    reviewer, reason = session.REVIEWER.get().strip(), session.REVIEW_REASON.get().strip()
    if not reviewer:
        _set_message("Not recorded: give your name first")
        return
    summaries: list[str] = []
    for pair in pairs:
        summary = f"{name_with_council(pair.left)} and {name_with_council(pair.right)}: {_VERDICTS[verdict][0].lower()}"
        why = f"{summary}, {reason or 'by their quotations'}"
        try:
            record_decision(
                _workspace().decisions_file, pair.left.iri, pair.right.iri, verdict,
                by=reviewer, why=why, when=date.today(),
            )  # fmt: skip
        except CaregraphError as error:
            _set_message(f"Not recorded: {error}", changes_graph=verdict == "same" and bool(summaries))
            return
        summaries.append(summary)
    session.REVIEW_REASON.set("")
    more = f", and {len(summaries) - 1} alike" if len(summaries) > 1 else ""
    _set_message(f"Decided: {summaries[0]}{more}.", changes_graph=verdict == "same")


def _undo_decision(decision: Decision) -> None:
    if is_read_only():
        return
    by = session.REVIEWER.get().strip() or decision.by.removeprefix("person:")
    try:
        record_undo(_workspace().decisions_file, decision.left, decision.right, by=by, why="undone", when=date.today())
    except CaregraphError as error:
        _set_message(f"Not undone: {error}")
        return
    if decision.pair not in {
        frozenset((pair.left.iri, pair.right.iri)) for pair in _load_pairs(cached_graph_version())
    }:
        _load_pairs.clear()  # it was decided before they were compared
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
    if is_read_only():
        return
    try:
        changed = sum(outcome.status == "replaced" for outcome in rebuild(_workspace()))
        load_dataset(_workspace().cache)
    except CaregraphError as error:
        session.REVIEW_MESSAGE.set(escape_markdown(f"The decisions could not be applied: {error}"))
        return
    session.UNAPPLIED_DECISIONS.pop()
    session.REVIEW_MESSAGE.set(f"Decisions applied: {format_count(changed, 'report')} changed.")
