"""Widgets that show a value of the network's view, which undo, the address and other widgets change too.

A widget in a closed popover is not on the page: the browser keeps its last value and sends it again with each later
run, as if the reader had chosen it. So where something else has changed the value, the widget is drawn anew, under
another key; its former value then belongs to no widget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from caregraph.explorer.state import session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ViewWidget(Generic[T]):
    """A widget as it is to be drawn: its key, the value to begin with, and what a choice calls."""

    key: str
    first: T
    on_change: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The last drawing of a widget: its number, the value it began with, the value it has, and its options."""

    number: int
    first: Any
    value: Any
    options: tuple[Any, ...]


def view_widget(name: str, value: T, change: Callable[[T], None], *, options: Sequence[Any] = ()) -> ViewWidget[T]:
    """Prepare a widget for a value of the view.

    Args:
        name: tells the widgets apart.
        value: that the view has now.
        change: called with another value that the reader chose.
        options: to choose from; a widget with others is another one.
    """
    drawings = session.VIEW_WIDGETS.get()
    drawing = drawings.get(name)
    if not isinstance(drawing, _Drawing) or (drawing.value, drawing.options) != (value, tuple(options)):
        number = drawing.number + 1 if isinstance(drawing, _Drawing) else 0
        drawing = _Drawing(number, value, value, tuple(options))
        session.VIEW_WIDGETS.set({**drawings, name: drawing})
    key = session.VIEW_VALUE.part(f"{name} {drawing.number}")

    def pass_on() -> None:
        chosen = key.get()
        if chosen != value:
            session.VIEW_WIDGETS.set({**session.VIEW_WIDGETS.get(), name: replace(drawing, value=chosen)})
            change(chosen)

    return ViewWidget(key.name, drawing.first, pass_on)
