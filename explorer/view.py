"""The view: which nodes the network shows and which is selected; in the address, and with a way back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import streamlit as st

from ontology.iris import THINGS

NODES, SELECTED = "nodes", "selected"
LIMIT = 200  # nodes; more can no longer be told apart


@dataclass(frozen=True, slots=True)
class View:
    """The IRIs of the nodes shown, in the order they came, and of the one that is selected."""

    shown: tuple[str, ...] = ()
    selected: str | None = None

    def adding(self, iris: Iterable[str], *, selected: str | None = None) -> Self:
        """More nodes, up to the limit."""
        shown = tuple(dict.fromkeys((*self.shown, *iris)))[:LIMIT]
        return replace(self, shown=shown, selected=selected or self.selected)

    def keeping(self, iris: Iterable[str]) -> Self:
        """Only these nodes."""
        kept = set(iris)
        shown = tuple(iri for iri in self.shown if iri in kept)
        return replace(self, shown=shown, selected=self.selected if self.selected in kept else None)

    def address(self) -> dict[str, str]:
        """The view as query parameters."""
        values = {NODES: ",".join(_short(iri) for iri in self.shown), SELECTED: _short(self.selected or "")}
        return {key: value for key, value in values.items() if value}

    @classmethod
    def of(cls, address: dict[str, str]) -> Self:
        """The view that query parameters give; IRIs that the graph lacks are found out later."""
        shown = tuple(dict.fromkeys(_long(part) for part in address.get(NODES, "").split(",") if part))[:LIMIT]
        selected = _long(address[SELECTED]) if address.get(SELECTED) else None
        return cls(shown, selected if selected in shown else None)


def current() -> View:
    """The view of this session; an address that was typed, shared or gone back to comes first."""
    address = {key: value for key, value in st.query_params.to_dict().items() if key in (NODES, SELECTED)}
    view: View = st.session_state.get("view", View())
    if address and address != st.session_state.get("address"):
        view = View.of(address)
        _remember(view)
    elif not address and view.shown:
        _write(view)
    st.session_state["address"] = address or view.address()
    return view


def change(view: View) -> None:
    """Show this from now on; selecting is no step to undo, showing and hiding are."""
    before: View = st.session_state.get("view", View())
    if view.shown == before.shown:
        st.session_state["view"] = view
    else:
        _remember(view)
    _write(view)


def undo() -> None:
    """Go back one step."""
    _step("past", "future")


def redo() -> None:
    """Go forward again."""
    _step("future", "past")


def can_undo() -> bool:
    return bool(st.session_state.get("past"))


def can_redo() -> bool:
    return bool(st.session_state.get("future"))


def _remember(view: View) -> None:
    before = st.session_state.get("view")
    if before is not None:
        st.session_state.setdefault("past", []).append(before)
    st.session_state["future"] = []
    st.session_state["view"] = view


def _step(source: str, target: str) -> None:
    if not st.session_state.get(source):
        return
    st.session_state.setdefault(target, []).append(st.session_state["view"])
    st.session_state["view"] = st.session_state[source].pop()
    _write(st.session_state["view"])


def _write(view: View) -> None:
    address = view.address()
    st.session_state["address"] = address
    for key in (NODES, SELECTED):
        if key in address:
            st.query_params[key] = address[key]
        elif key in st.query_params:
            del st.query_params[key]


def _short(iri: str) -> str:
    return iri.removeprefix(THINGS)


def _long(part: str) -> str:
    return part if "://" in part else THINGS + part
