"""Commands by name, with the module of each, which is imported when the command is called.

So `caregraph --help` starts neither Neo4j's driver nor spaCy. Each module has a typer application called ``app``.
"""

from importlib import import_module
from typing import Any

from typer import Typer
from typer.core import TyperGroup
from typer.main import get_command

COMMANDS = {  # in the order in which --help lists them
    "demo": ("explorer", "Build a graph from the invented samples, apart from your own, and open the explorer."),
    "england": (
        "snapshot",
        "Open the explorer with the facts of real reports on all councils, whose words are fetched when asked for.",
    ),
    "build": (
        "documents",
        "Read reports into the graph: add new ones, replace changed ones, skip known ones.",
    ),
    "fetch": ("fetch", "Fetch reports from the inspectorate's site, a folder a council."),
    "update": ("fetch", "Fetch and read reports that are new on the inspectorate's site, and tell what is new."),
    "extract": ("documents", "Print what reports say, a record a document, without touching the graph."),
    "remove": ("documents", "Retract a document, with every fact that only it supported."),
    "status": ("documents", "List the documents: what was read, what failed and why, what could not be read in each."),
    "ask": ("questions", "Ask a named question of the graph, one of ours or of your own."),
    "query": ("questions", "Ask the graph in Cypher, in a read transaction with limits."),
    "sparql": ("questions", "Ask the RDF dataset in SPARQL, with limits."),
    "search": ("questions", "Find names, however spelled, and findings and passages by their words."),
    "embed": ("questions", 'Make findings ready for search by meaning (needs the extra "meaning").'),
    "explore": ("explorer", "Open the explorer, until Ctrl-C."),
    "export": (
        "export",
        "Export the graph for a spreadsheet, another program or another database.",
    ),
    "snapshot": (
        "snapshot",
        "Write the facts of the graph without any words of the reports to a file, or compare two such files.",
    ),
    "plan": (
        "improvement",
        "Write what inspections asked of a council or a region, and what became of it, as an improvement plan.",
    ),
    "brief": (
        "brief",
        "Write a brief on a council or a region: each sentence is a quotation or a count, with its place or question.",
    ),
    "verify": (
        "brief",
        "Find every quotation of a brief on its page and ask every count again; list what is not proved.",
    ),
    "mentions": ("resolve", "List every place that names a thing or a person, its identity, and why."),
    "resolve": ("resolve", "Decide which names are one thing: list doubtful pairs, decide, undo."),
    "correct": ("correct", "Correct what was read of a sentence or a name, with a reason; list, undo, share."),
    "mcp": (
        "assistant",
        "Serve the graph to an assistant, over standard input and output: it can quote and count, and change nothing.",
    ),
    "evaluate": ("evaluate", "Compare what is extracted with hand labels."),
    "validate": ("documents", "Check every document's statements against the shapes."),
    "neo4j": ("neo4j", "Start, stop and look at our own Neo4j."),
    "doctor": ("doctor", "Check what caregraph needs on this machine, and say what to do where something is missing."),
}


class LazyGroup(TyperGroup):
    """Group of commands whose modules are imported when they are called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """List the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the module of a command and return the command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        application: Typer = import_module(f"caregraph.cli.commands.{module}").app
        command: Any = get_command(application)
        # Of an application with one command, typer makes that command and no group.
        return command.commands[cmd_name] if isinstance(command, TyperGroup) else command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])
