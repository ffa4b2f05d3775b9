"""Facets: properties by which a reader narrows a list, each choice kept in the page's address.

Options carry no counts: the browser sends a choice by its words, so one made while counts change would be lost. How
many items each choice leaves stands under the choices, as links.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from caregraph.explorer.figures.dom import Tree, page_link, show_figure, tag
from caregraph.explorer.state.links import choose_option, page_address

T = TypeVar("T")

ANY = ""
COUNTED_VALUES = 12  # of a facet whose counts are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet(Generic[T]):
    """Property of an item by which a reader chooses; an item may have several values of it.

    ``parameter`` keeps the choice in the page's address, ``words`` says a value to the reader, ``order`` is the sort
    key of values where it is not their words.
    """

    parameter: str
    label: str
    values: Callable[[T], Collection[str]]
    words: Callable[[str], str] = str
    any_label: str = "Any"
    order: Callable[[str], object] | None = None


def choose_by_facets(items: Sequence[T], facets: Sequence[Facet[T]], *, page: str, known: Sequence[T] = ()) -> list[T]:
    """Let the reader choose a value of each facet, and say how many items each value leaves.

    Args:
        page: name of the page in addresses.
        known: items whose values are options too, as of those that were there a moment ago.

    Raises:
        UnknownValue: if the address has a value that no item has.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        chosen = {facet.parameter: _choose_value(facet, [*items, *known]) for facet in facets}
    _show_counts(facets, {facet.parameter: _count_values(items, facet, facets, chosen) for facet in facets}, page=page)
    return _matching(items, facets, chosen)


def _choose_value(facet: Facet[T], items: Sequence[T]) -> str:
    values = {value for item in items for value in facet.values(item) if value}
    chosen: str = choose_option(
        st.selectbox,
        facet.label,
        [ANY, *sorted(values, key=facet.order or facet.words)],  # type: ignore[arg-type]  # any sort key
        parameter=facet.parameter,
        default=ANY,
        format_func=lambda value: facet.words(value) if value else facet.any_label,
    )
    return chosen


def _matching(items: Sequence[T], facets: Sequence[Facet[T]], chosen: Mapping[str, str]) -> list[T]:
    """Items that have the chosen value of each facet."""
    wanted = [(facet.values, chosen[facet.parameter]) for facet in facets if chosen[facet.parameter]]
    return [item for item in items if all(value in values(item) for values, value in wanted)]


def _count_values(
    items: Sequence[T], facet: Facet[T], facets: Sequence[Facet[T]], chosen: Mapping[str, str]
) -> Counter[str]:
    """Count the items that each value of a facet would leave, beside what is chosen of the other facets.

    >>> odd = Facet(parameter="odd", label="Odd", values=lambda number: [str(number % 2 == 1)])
    >>> size = Facet(parameter="size", label="Size", values=lambda number: ["big" if number > 3 else "small"])
    >>> dict(_count_values([1, 3, 4, 5], size, [odd, size], {"odd": "True", "size": "big"}))
    {'small': 2, 'big': 1}
    """
    left = _matching(items, facets, {**chosen, facet.parameter: ANY})
    return Counter(value for item in left for value in facet.values(item) if value)


def _show_counts(facets: Sequence[Facet[T]], counts: Mapping[str, Counter[str]], *, page: str) -> None:
    entries = [entry for facet in facets for entry in _count_entries(facet, counts[facet.parameter], page)]
    if entries:
        counted = tag("details", tag("summary", "How many of each"), tag("dl", *entries), class_="counts")
        show_figure(counted, key="facet counts")


def _count_entries(facet: Facet[T], counts: Counter[str], page: str) -> list[Tree]:
    """Term of a facet and its values with their numbers, in an order of their own or those of most items first."""
    order = facet.order or (lambda value: (-counts[value], facet.words(value)))
    ordered = [(value, counts[value]) for value in sorted(counts, key=order)]  # type: ignore[arg-type]  # any sort key
    where = {name: value for name, value in st.query_params.items() if name != facet.parameter}
    links = [
        tag(
            "span",
            page_link(facet.words(value), page_address(page, **where, **{facet.parameter: value})),
            f" {count:,}",
        )
        for value, count in ordered[:COUNTED_VALUES]
    ]
    if len(ordered) > COUNTED_VALUES:
        links.append(tag("span", f"and {len(ordered) - COUNTED_VALUES:,} more"))
    return [tag("dt", facet.label), tag("dd", *links)] if links else []
