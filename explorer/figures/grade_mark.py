"""Grades in figures: a letter on its colour, so that no colour must be told apart; `style.css` has the colours."""

from collections.abc import Iterable, Mapping

from caregraph.explorer.figures.dom import Tree, legend, tag, tile
from caregraph.explorer.labels import scheme_label, scheme_order
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


def grade_letter(grade: str) -> str:
    """Letter of a grade."""
    return LETTERS.get(grade, "?")


def grade_tile(grade: str) -> Tree:
    """A grade's letter on its colour."""
    return tile(f"grade-{grade}", grade_letter(grade))


def grade_link(grade: str, address: str, *, words: str | None = None) -> Tree:
    """A link from a grade's letter and name to an address.

    Args:
        words: in place of the name, where a legend says what the letter means.
    """
    name = sentence_case(scheme_label("grade", grade))
    return tag(
        "a",
        grade_tile(grade),
        words or name,
        class_="grade",
        href=address,
        aria_label=f"{name}, {words}" if words else None,
        title=name if words else None,
    )


def grade_legend(grades: Iterable[str]) -> Tree:
    """The letters of some grades with their names."""
    ordered = sorted(set(grades), key=lambda grade: scheme_order("grade", grade))
    return legend([(grade_tile(grade), sentence_case(scheme_label("grade", grade))) for grade in ordered])
