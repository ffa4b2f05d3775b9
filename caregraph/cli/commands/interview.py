"""Showing what is doubtful about identity, and taking what people decide."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from caregraph.cli.messages import note
from caregraph.graph.resolution.decisions import Decision, Verdict
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.review import ReviewPair, record_decision
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import full_iri, short_iri

ANSWERS: Mapping[str, Verdict | Literal["next", "quit"]] = {
    "s": "same", "d": "different", "u": "unsure", "n": "next", "q": "quit"
}  # fmt: skip


def doubt_row(doubt: ReviewPair) -> dict[str, object]:
    """A doubt as a row: both sides, what speaks for and against, and the words that reports use."""
    return {
        "left": short_iri(doubt.left.iri),
        "right": short_iri(doubt.right.iri),
        "probability": doubt.probability,
        "reasons": [f"{reason.weight:+.1f} {reason.text}" for reason in doubt.reasons],
        "left_says": _quotes(doubt.left),
        "right_says": _quotes(doubt.right),
        "decision": doubt.decision and f"{doubt.decision.verdict} ({doubt.decision.by}: {doubt.decision.why})",
    }


def decision_row(decision: Decision) -> dict[str, object]:
    """A decision as a row."""
    return {
        "left": short_iri(decision.left),
        "verdict": decision.verdict,
        "right": short_iri(decision.right),
        "by": decision.by,
        "when": decision.when,
        "why": decision.why,
    }


def known(text: str, iris: Iterable[str]) -> str:
    """The IRI that somebody typed, if something has it.

    Raises:
        BadDecision: if nothing does.
    """
    if (iri := full_iri(text)) not in set(iris):
        raise BadDecision(
            f"nothing has the IRI {text!r}; `caregraph mentions` and `caregraph resolve list` tell those there are"
        )
    return iri


def interview(
    doubts: Iterable[ReviewPair], file: Path, *, by: str, when: date, ask: Callable[[str], str]
) -> list[Decision]:
    """Go through what is doubtful, and write down what is answered.

    Args:
        ask: shows words and returns what was typed; an empty line goes on to the next.
    """
    taken: list[Decision] = []
    for doubt in doubts:
        _show(doubt)
        answer = ANSWERS.get(
            ask("one thing? (s)ame, (d)ifferent, (u)nsure, (n)ext, (q)uit").strip().lower()[:1] or "n", "next"
        )
        if answer == "quit":
            break
        if answer == "next":
            continue
        why = ask("why?").strip() or "no reason given"
        try:
            taken.append(record_decision(file, doubt.left.iri, doubt.right.iri, answer, by=by, why=why, when=when))
        except BadDecision as error:
            note(f"caregraph: {error}")
    return taken


def _show(doubt: ReviewPair) -> None:
    note(f"\n{doubt.probability:.2f}  {short_iri(doubt.left.iri)}\n      {short_iri(doubt.right.iri)}")
    for reason in doubt.reasons:
        note(f"      {reason.weight:+.1f} {reason.text}")
    for side in (doubt.left, doubt.right):
        note(f"  {side.name}{f', {side.authority_name}' if side.authority_name else ''}")
        for line in _quotes(side):
            note(f"    {line}")


def _quotes(profile: Profile) -> list[str]:
    if not profile.quotes:
        return ["no report names it; the thesaurus does"]
    return [
        f"“{' '.join(quote.sentence.split())[:300]}” ({quote.document}, page {quote.page})" for quote in profile.quotes
    ]
