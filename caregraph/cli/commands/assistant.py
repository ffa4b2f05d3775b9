"""The command mcp."""

from importlib import import_module
from typing import Annotated

import typer

from caregraph import extras
from caregraph.api import Graph
from caregraph.cli.messages import tell

app = typer.Typer(rich_markup_mode=None)


@app.command()
def mcp(
    http: Annotated[
        int | None, typer.Option(help="Serve over HTTP on this port of the loopback.", min=1, max=65535)
    ] = None,
    cypher: Annotated[bool, typer.Option("--cypher", help="Offer a tool that takes Cypher that only reads.")] = False,
) -> None:
    """Serve the graph to an assistant, over standard input and output: it can quote and count, and change nothing."""
    extras.require("mcp", "the door for assistants")
    with Graph(progress=tell) as graph:
        import_module("caregraph.assistant.server").serve(graph, port=http, cypher=cypher)
