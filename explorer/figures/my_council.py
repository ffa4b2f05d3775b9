"""My council: remembered in the reader's browser, and in no session or database of ours."""

from functools import cache
from pathlib import Path

from streamlit.components.v2.types import ComponentRenderer

from caregraph.explorer.figures.script_component import script_component
from caregraph.explorer.state.links import node_address
from caregraph.graph.queries.nodes import Node


def show_my_council() -> None:
    """Show a link to the reader's council, if the browser remembers one."""
    _component()(key="my council", data={})


def show_council_choice(council: Node) -> None:
    """Show a button that makes a council the reader's own, or that forgets it."""
    _component()(key=f"my council {council.iri}", data={"name": council.name, "address": node_address(council)})


@cache
def _component() -> ComponentRenderer:
    return script_component("my_council", "<p class='my-council'></p>", [Path(__file__).with_suffix(".js")])
