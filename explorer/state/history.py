"""The way back: the views of a session, the address among them."""

from dataclasses import dataclass, field, replace
from typing import Self

import streamlit as st

from caregraph.explorer.state.view import ADDRESS, View


@dataclass(frozen=True, slots=True)
class History:
    """The view of now, those before it and those undone. Selecting is no step; all other changes are."""

    now: View = field(default_factory=View)
    past: tuple[View, ...] = ()
    future: tuple[View, ...] = ()

    def to(self, view: View) -> Self:
        """With another view."""
        if replace(view, selected=None) == replace(self.now, selected=None):
            return replace(self, now=view)
        return replace(self, now=view, past=(*self.past, self.now), future=())

    def back(self) -> Self:
        """One step back; the same if there is none."""
        if not self.past:
            return self
        return replace(self, now=self.past[-1], past=self.past[:-1], future=(*self.future, self.now))

    def forward(self) -> Self:
        """One step forward again; the same if there is none."""
        if not self.future:
            return self
        return replace(self, now=self.future[-1], past=(*self.past, self.now), future=self.future[:-1])


def history() -> History:
    """The history of this session."""
    found: History = st.session_state.get("history", History())
    return found


def current() -> View:
    """The view of this session; an address that was typed, shared or gone back to comes first."""
    address = {key: value for key, value in st.query_params.to_dict().items() if key in ADDRESS}
    found = history()
    if address and address != st.session_state.get("address"):
        opened = View.of(address)
        found = found.to(opened) if found.now.shown else History(opened)  # nobody wants to go back to nothing
        st.session_state["history"] = found
    elif not address and found.now.shown:
        _write(found.now)
    st.session_state["address"] = address or found.now.address()
    return found.now


def change(view: View) -> None:
    """Show this from now on."""
    _go(history().to(view))


def undo() -> None:
    """Go back one step."""
    _go(history().back())


def redo() -> None:
    """Go forward again."""
    _go(history().forward())


def _go(found: History) -> None:
    st.session_state["history"] = found
    _write(found.now)


def _write(view: View) -> None:
    address = view.address()
    st.session_state["address"] = address
    for key in ADDRESS:
        if key in address:
            st.query_params[key] = address[key]
        elif key in st.query_params:
            del st.query_params[key]
