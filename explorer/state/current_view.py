"""The view that the network shows in this session, kept in step with the address."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from caregraph.explorer.network.expansion import next_neighbours
from caregraph.explorer.state import session
from caregraph.explorer.state.history import ViewHistory
from caregraph.explorer.state.links import write_parameters
from caregraph.explorer.state.network_view import AROUND, PARAMETERS, PLACES, NetworkView, unpack_positions
from caregraph.ontology.iris import full_iri


def current_view() -> NetworkView:
    """The view of this session; an address that was typed, shared or gone back to comes first."""
    parameters = {name: value for name, value in st.query_params.to_dict().items() if name in PARAMETERS}
    history = session.HISTORY.get()
    if parameters and parameters != session.VIEW_PARAMETERS.get():
        history = history.open(_view_of(parameters))
        session.HISTORY.set(history)
        _place_nodes(history.current)
    session.VIEW_PARAMETERS.set(parameters or history.current.as_parameters())
    return history.current


def is_address_complete() -> bool:
    """Tell whether the address says what the network shows; it does not where the menu brought the reader back."""
    return not session.HISTORY.get().current.shown or any(name in st.query_params for name in PARAMETERS)


def _view_of(parameters: Mapping[str, str]) -> NetworkView:
    view = NetworkView.from_parameters(parameters)
    if AROUND not in parameters or view.shown:
        return view
    iri = full_iri(parameters[AROUND])
    return view.with_nodes([iri, *(node.iri for node in next_neighbours(iri).nodes)], selected=iri)


def _place_nodes(view: NetworkView) -> None:
    """Put the nodes of a view that was opened where its address says, or else where all readers see them."""
    others = {iri: position for iri, position in session.NODE_POSITIONS.get().items() if iri not in view.shown}
    session.NODE_POSITIONS.set(others | unpack_positions(view, st.query_params.get(PLACES, "")))


def change_view(view: NetworkView) -> None:
    """Show another view from now on."""
    _go_to(session.HISTORY.get().push(view))


def undo_view() -> None:
    """Go back to the view before."""
    _go_to(session.HISTORY.get().back())


def redo_view() -> None:
    """Go forward to the view that was undone last."""
    _go_to(session.HISTORY.get().forward())


def reset_layout() -> None:
    """Lay the nodes out anew; undo brings the former places back."""
    view = current_view()
    number = max([view.layout, *session.LAYOUTS.get()]) + 1
    change_view(replace(view, layout=number))


def _go_to(history: ViewHistory) -> None:
    left, layout = session.HISTORY.get().current.layout, history.current.layout
    if left != layout:
        layouts = {**session.LAYOUTS.get(), left: session.NODE_POSITIONS.get()}
        session.NODE_POSITIONS.set(layouts.get(layout, {}))
        session.LAYOUTS.set(layouts)
    session.HISTORY.set(history)
    parameters = history.current.as_parameters()
    session.VIEW_PARAMETERS.set(parameters)
    write_parameters(parameters)
