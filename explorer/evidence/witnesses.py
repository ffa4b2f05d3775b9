"""Copies, other versions and news of inspections: files whose facts are not counted again, and why."""

from collections.abc import Sequence

import streamlit as st

from caregraph.explorer.labels import scheme_label
from caregraph.explorer.pack.button import show_packed_table
from caregraph.graph.queries.overview import WitnessSummary
from caregraph.graph.wording import sentence_case

PARTS = {
    "copy": "A copy",
    "version": "Another version",
    "news": "News of it",
    "undated": "News, of no inspection that is known",
}


def show_witnesses(witnesses: Sequence[WitnessSummary]) -> None:
    """Show a table of them, if there are any."""
    if not witnesses:
        return
    st.header("Copies, other versions and news", anchor=False)
    st.caption("Their findings are not counted again. Where grades differ, the report that counts decides.")
    show_packed_table(
        "Files that tell of an inspection that another file reports",
        ("File", "What it is", "Council", "Counted as", "Grades it gives", "Why"),
        (
            (
                witness.file,
                PARTS.get(witness.part, witness.part),
                witness.authority or "",
                witness.counted_as or "not counted",
                "; ".join(map(_grade, witness.grades)),
                sentence_case(witness.explanation),
            )
            for witness in witnesses
        ),
    )


def _grade(text: str) -> str:
    area, _, grade = text.partition(": ")
    return f"{scheme_label('area', area)}: {scheme_label('grade', grade)}"
