"""The view that the network shows in this session, kept in step with the address."""

from collections.abc import Mapping

import streamlit as st

from caregraph.explorer.state import session
from caregraph.explorer.state.history import ViewHistory
from caregraph.explorer.state.network_view import PARAMETERS, NetworkView


def current_view() -> NetworkView:
    """The view of this session; an address that was typed, shared or gone back to comes first."""
    parameters = {name: value for name, value in st.query_params.to_dict().items() if name in PARAMETERS}
    history = session.HISTORY.get()
    if parameters and parameters != session.VIEW_PARAMETERS.get():
        opened = NetworkView.from_parameters(parameters)
        # Nobody wants to go back to an empty network.
        history = history.push(opened) if history.current.shown else ViewHistory(opened)
        session.HISTORY.set(history)
    elif not parameters and history.current.shown:
        _write_address(history.current.as_parameters())
    session.VIEW_PARAMETERS.set(parameters or history.current.as_parameters())
    return history.current


def change_view(view: NetworkView) -> None:
    """Show another view from now on."""
    _go_to(session.HISTORY.get().push(view))


def undo_view() -> None:
    """Go back to the view before."""
    _go_to(session.HISTORY.get().back())


def redo_view() -> None:
    """Go forward to the view that was undone last."""
    _go_to(session.HISTORY.get().forward())


def _go_to(history: ViewHistory) -> None:
    session.HISTORY.set(history)
    parameters = history.current.as_parameters()
    session.VIEW_PARAMETERS.set(parameters)
    _write_address(parameters)


def _write_address(parameters: Mapping[str, str]) -> None:
    for name in PARAMETERS:
        if name in parameters:
            st.query_params[name] = parameters[name]
        elif name in st.query_params:
            del st.query_params[name]
