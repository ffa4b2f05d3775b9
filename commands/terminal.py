"""What the command line shows: results on stdout, progress and remarks on stderr."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

Form = Literal["table", "json", "csv"]
Row = Mapping[str, object]

_errors = Console(stderr=True, highlight=False)
_output = Console(highlight=False)


class Step(Protocol):
    """Called with a few words for each thing that is done."""

    def __call__(self, words: str = "", /) -> None: ...


def note(words: str) -> None:
    """A remark on standard error. Words from reports are printed as they are, never as markup."""
    _errors.print(Text(words))


def tell(words: str) -> None:
    """What is being waited for."""
    _errors.print(Text(f"  {words} …"))


@contextmanager
def working(words: str, *, total: int | None = None) -> Iterator[Step]:
    """Show that work goes on, with a count where its size is known; plain lines where nobody looks at a terminal."""
    if not _errors.is_terminal:
        tell(f"{words} {total} files" if total else words)
        yield lambda words="", /: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    shown = columns if total else columns[:2]
    with Progress(*shown, TimeElapsedColumn(), console=_errors, transient=True) as progress:
        task = progress.add_task(words, total=total)

        def step(what: str = "", /) -> None:
            progress.update(task, advance=1, description=f"{words} {what}"[:60])

        yield step


def show(rows: Sequence[Row], form: Form) -> None:
    """Print rows as a table, as JSON (a list of objects) or as CSV with a header."""
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    elif form == "csv":
        _csv(rows)
    elif rows:
        _table(rows)
    else:
        note("no rows")


def _csv(rows: Sequence[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_words(value) for value in row.values())


def _table(rows: Sequence[Row]) -> None:
    table = Table(show_lines=any(len(_words(value)) > 60 for row in rows for value in row.values()))
    for column in rows[0]:
        numeric = all(isinstance(row[column], int | float) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_words(value)) for value in row.values()))
    _output.print(table)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(inner)}" for key, inner in value.items() if inner not in (None, ""))
    if isinstance(value, list | tuple | set):
        return "\n".join(map(_words, value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)
