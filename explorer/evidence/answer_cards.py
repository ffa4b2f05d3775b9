"""Answer cards: the rows of an answer to be read, each with its facts, its quotations, and links to these."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from caregraph.explorer.evidence import panel
from caregraph.explorer.figures.dom import Tree, page_link, show_figure, tag
from caregraph.explorer.labels import format_count, format_day
from caregraph.explorer.state import session
from caregraph.explorer.state.links import page_address

PAGE_SIZE = 25  # cards shown at first, and added with each 'more'
ROW_EVIDENCE = 3  # sentences that a card leads to
# Columns that quote a report, each with those that say where the words stand.
QUOTATIONS: Mapping[str, Sequence[str]] = {
    "asked": (),
    "quotation_before": (),
    "text": (),
    "quotation": ("document", "page", "paragraph"),
    "words": ("source", "leaf"),
}
_PLACES = {"page": "page", "leaf": "page", "paragraph": "paragraph"}
_EMPTY = (None, "", "[]")


def show_cards(
    rows: Sequence[Mapping[str, Any]], findings: Sequence[Sequence[str]], headings: Mapping[str, str]
) -> None:
    """Show rows as cards, a few at a time.

    Args:
        rows: cells as they are to be read.
        findings: for each row the IRIs of the findings that prove it.
        headings: the words for each column; columns without any are left out.
    """
    limit_key = session.EVIDENCE_LIMIT.part(f"cards {' '.join(headings)}")
    limit = limit_key.get() or PAGE_SIZE
    cards = [_card(row, of_row, headings) for row, of_row in zip(rows[:limit], findings[:limit], strict=True)]
    shown = (
        f"{len(cards):,} of {format_count(len(rows), 'row')}"
        if len(cards) < len(rows)
        else format_count(len(rows), "row")
    )
    st.caption(f"{shown}. Select a quotation to see it on its page.")
    show_figure(tag("ol", *cards, class_="answers"), key="answer cards")
    if len(rows) > limit:
        panel.show_more_button(len(rows) - limit, step=PAGE_SIZE, shown=limit, limit_key=limit_key)


def _card(row: Mapping[str, Any], findings: Sequence[str], headings: Mapping[str, str]) -> Tree:
    quoted = [column for column in QUOTATIONS if row.get(column) not in _EMPTY]
    places = {place for column in quoted for place in QUOTATIONS[column]}
    facts = [
        tag("span", tag("small", heading), _text(row[column]))
        for column, heading in headings.items()
        if column not in QUOTATIONS and column not in places and row.get(column) not in _EMPTY
    ]
    parts: list[Tree] = [tag("p", *facts, class_="facts-line")] if facts else []
    for number, column in enumerate(quoted):
        words = " ".join(str(row[column]).split())
        # Where there is one quotation for each finding, the words lead to theirs.
        own = (
            findings[number] if len(quoted) == len(findings) else findings[0] if len(quoted) == 1 and findings else None
        )
        address = page_address("findings", finding=own) if own else None
        source = ", ".join(
            f"{_PLACES.get(place, '')} {row[place]}".strip()
            for place in QUOTATIONS[column]
            if row.get(place) not in _EMPTY
        )
        title = headings.get(column, "") if len(quoted) > 1 else ""
        parts.append(
            tag(
                "div",
                tag("small", title) if title else None,
                page_link(words, address, class_="quotation"),
                tag("small", source) if source else None,
            )
        )
    linked = len(quoted) == len(findings) or len(quoted) == 1
    if findings and not linked:
        links = [
            page_link(f"Sentence {number}", page_address("findings", finding=iri))
            for number, iri in enumerate(findings[:ROW_EVIDENCE], start=1)
        ]
        parts.append(tag("p", *links, class_="dotted"))
    return tag("li", *parts)


def _text(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return format_day(value.isoformat()) or ""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) and value > 9999 else str(value)
