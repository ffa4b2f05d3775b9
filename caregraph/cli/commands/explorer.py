"""Commands that open the explorer: explore, demo."""

import os
from pathlib import Path
from typing import Annotated

import typer

import caregraph
from caregraph import extras
from caregraph.cli.commands.documents import build_into
from caregraph.cli.messages import note, tell
from caregraph.cli.options import Host, Port
from caregraph.cli.serving import LOOPBACK, neo4j_while_needed, serve
from caregraph.ontology.errors import CaregraphError
from caregraph.settings import data_directory, is_read_only

app = typer.Typer(rich_markup_mode=None)

SAMPLES = Path(caregraph.__file__).with_name("samples")
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Nobody adds documents or decides in it.")]


@app.command()
def explore(host: Host = LOOPBACK, port: Port = None, read_only: ReadOnly = False) -> None:
    """Open the explorer, until Ctrl-C."""
    extras.require("explorer", "the explorer")
    if read_only:
        os.environ["CAREGRAPH_READ_ONLY"] = "1"
    if host not in (LOOPBACK, "localhost", "::1"):
        note(_opens_to_others(host, read_only=is_read_only()))
    raise typer.Exit(serve(data_directory(), host=host, port=port, tell=tell, ready=_opened))


@app.command()
def demo(host: Host = LOOPBACK, port: Port = None) -> None:
    """Build a graph from the invented samples, apart from your own, and open the explorer."""
    extras.require("explorer", "the explorer")
    data = data_directory() / "demo"
    note("caregraph: a graph of five invented councils, built from samples/")
    with neo4j_while_needed(data, tell=tell):
        report = build_into(data, [SAMPLES], registers=[SAMPLES / "register.ttl"], workers=1, form=None)
        if report.failed:
            raise CaregraphError(f"{len(report.failed)} samples could not be read")
        raise typer.Exit(serve(data, host=host, port=port, tell=tell, ready=_opened_demo))


def _opens_to_others(host: str, *, read_only: bool) -> str:
    """Words about an explorer that other machines reach."""
    may = "read all reports" if read_only else "read all reports, add some and decide on names (--read-only shuts that)"
    return f"Whoever reaches {host} can {may}: there is no sign-in unless you set one up, as docs/sign-in.md says."


def _opened(address: str) -> None:
    note(f"The explorer is at {address}. Ctrl-C stops it.")


def _opened_demo(address: str) -> None:
    note(f"\nThe explorer is at {address}\n\nThree things to try there:")
    note("  1. Search for “Farrowdale Adoption Alliance”, click it, and read what each council's report says of it.")
    note("  2. Open “Shared services” and see whose reports do not mention a service that they share.")
    note("  3. Search for “Ashmere”, double-click it, and follow its grades over three inspections.")
    note("\nCtrl-C stops everything.")
