"""Options and arguments that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from caregraph.cli.terminal import Form

Paths = Annotated[list[Path], typer.Argument(help="Report files, or folders that hold some.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Workers = Annotated[
    int | None, typer.Option(help="Processes that read side by side; one a core if not given.", min=1, max=1000)
]
Host = Annotated[str, typer.Option(help="The address to listen on; who reaches it can read, add and decide.")]
Port = Annotated[
    int | None, typer.Option(help="The port; the first free one from 8501 if not given.", min=1, max=65535)
]
Limit = Annotated[int, typer.Option(help="Rows at most.", min=1, max=1_000_000)]
Parameters = Annotated[list[str] | None, typer.Option("--param", help="A value for the question, as name=value.")]


def output_form(json_: bool, csv: bool) -> Form:
    """Form of the output: a table unless one of the two is asked for.

    Raises:
        typer.BadParameter: if both are.
    """
    if json_ and csv:
        raise typer.BadParameter("choose one of --json and --csv")
    return "json" if json_ else "csv" if csv else "table"


def parameter_values(params: list[str] | None) -> dict[str, str]:
    """Values by name, of options given as name=value.

    Raises:
        typer.BadParameter: if one has no equals sign.
    """
    values = {}
    for text in params or ():
        name, sign, value = text.partition("=")
        if not sign:
            raise typer.BadParameter(f"expected name=value, got {text!r}")
        values[name.strip()] = value
    return values
