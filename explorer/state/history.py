"""History of the network's views: undo and redo."""

from dataclasses import dataclass, field, replace
from typing import Self

from caregraph.explorer.state.network_view import NetworkView


@dataclass(frozen=True, slots=True)
class ViewHistory:
    """The current view, those before it and those undone. Selecting a node is no step; all other changes are."""

    current: NetworkView = field(default_factory=NetworkView)
    past: tuple[NetworkView, ...] = ()
    future: tuple[NetworkView, ...] = ()

    def push(self, view: NetworkView) -> Self:
        """History that goes on with another view."""
        if view.with_selected(None) == self.current.with_selected(None):
            return replace(self, current=view)
        return replace(self, current=view, past=(*self.past, self.current), future=())

    def open(self, view: NetworkView) -> Self:
        """History after an address was opened: one that is a step away is gone to, as after the browser's Back."""
        if not self.current.shown:
            return type(self)(view)  # nobody wants to go back to an empty network
        for step in (self.back(), self.forward()):
            view = replace(view, layout=step.current.layout)
            if step is not self and step.current.with_selected(None) == view.with_selected(None):
                return replace(step, current=view)
        view = replace(view, layout=self.current.layout)
        return self.push(view)

    def back(self) -> Self:
        """History after one step back; the same if there is none."""
        if not self.past:
            return self
        return replace(self, current=self.past[-1], past=self.past[:-1], future=(*self.future, self.current))

    def forward(self) -> Self:
        """History after one step forward; the same if there is none."""
        if not self.future:
            return self
        return replace(self, current=self.future[-1], past=(*self.past, self.current), future=self.future[:-1])
