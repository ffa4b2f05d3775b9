"""Grades in figures: a letter on its colour, so that no colour must be told apart; `style.css` has the colours."""

from collections.abc import Iterable, Mapping

from caregraph.explorer.figures.dom import Tree, legend, tag, tile
from caregraph.explorer.labels import NO_DATE, format_day, scheme_label, scheme_order
from caregraph.graph.queries.comparison.grade_status import CURRENT, NOT_READ, OLDER, UNDATED
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.wording import sentence_case

LETTERS: Mapping[str, str] = {
    "outstanding": "O",
    "good": "G",
    "requires-improvement": "R",
    "adequate": "A",
    "inadequate": "I",
    "positive": "P",
    "inconsistent": "N",
    "systemic-failings": "S",
}


# Where a grade is not that of the latest full inspection, by its status: what a legend says.
SHORT_STATUS: Mapping[str, str] = {OLDER: "older", NOT_READ: "older", UNDATED: "date not given"}


def grade_class(grade: str, status: str = CURRENT) -> str:
    """Class of a grade's tile in `style.css`; only the outline has the colour if it is not current."""
    return f"grade-{grade}" if status == CURRENT else f"grade-{grade} older"


def status_words(judged: LatestJudgement) -> str:
    """Words that say that a grade is not that of the latest full inspection; empty if it is."""
    newer = f"the inspection of {format_day(judged.newer_inspection)}" if judged.newer_inspection else ""
    if judged.status == OLDER:
        return f"older: {newer} gave no grade for it"
    if judged.status == NOT_READ:
        return f"older: no grade was read in {newer}"
    if judged.is_current:
        return ""
    return NO_DATE.lower() + (f", so it may be older than {newer}" if newer else "")


def grade_letter(grade: str) -> str:
    """Letter of a grade."""
    return LETTERS.get(grade, "?")


def grade_tile(grade: str, status: str = CURRENT) -> Tree:
    """A grade's letter on its colour, or outlined in it if the grade is not that of the latest full inspection."""
    return tile(grade_class(grade, status), grade_letter(grade))


def grade_link(grade: str, address: str) -> Tree:
    """A link from a grade's letter and name to an address."""
    return tag("a", grade_tile(grade), sentence_case(scheme_label("grade", grade)), class_="grade", href=address)


def latest_grade_link(judged: LatestJudgement, address: str) -> Tree:
    """A link from a latest grade's letter and year to an address; a legend says what the letter means."""
    year = judged.started[:4] if judged.started else NO_DATE
    title = ", ".join(filter(None, (sentence_case(scheme_label("grade", judged.grade)), year, status_words(judged))))
    short = SHORT_STATUS.get(judged.status) if judged.started else None
    mark = tag("span", year, tag("small", short) if short else None)
    return tag(
        "a", grade_tile(judged.grade, judged.status), mark, class_="grade", href=address, aria_label=title, title=title
    )


def grade_legend(judgements: Iterable[LatestJudgement]) -> Tree:
    """The letters of some latest grades with their names, those of the latest full inspections first."""
    kinds = {(judged.grade, judged.status) for judged in judgements}
    ordered = sorted(kinds, key=lambda kind: (kind[1] != CURRENT, scheme_order("grade", kind[0])))
    return legend([(grade_tile(*kind), sentence_case(legend_words(*kind))) for kind in ordered])


def legend_words(grade: str, status: str) -> str:
    """Name of a grade, and that it is not that of the latest full inspection."""
    return ", ".join(filter(None, (scheme_label("grade", grade), SHORT_STATUS.get(status))))
