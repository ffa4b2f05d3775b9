"""What the command line shows: results on stdout, the progress of work on stderr."""

import csv
import json
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from caregraph.cli.messages import note, tell
from caregraph.graph.export.spreadsheet import ENCODING, safe_cell

Form = Literal["table", "json", "csv"]
Row = Mapping[str, object]

_WIDE = 44  # characters: a longer text is read in lines
_ELSEWHERE = 160  # columns of a table that goes to a file or another program


def _errors() -> Console:
    return Console(file=sys.stderr, highlight=False)


def _output() -> Console:
    """Console of standard output; rich draws with ASCII alone where the stream that it is given takes nothing else."""
    console = Console(file=sys.stdout, highlight=False)
    is_wide = not console.is_terminal and "COLUMNS" not in os.environ
    return Console(file=sys.stdout, highlight=False, width=_ELSEWHERE) if is_wide else console


class Step(Protocol):
    """Called with a few words for each thing that is done."""

    def __call__(self, words: str = "", /) -> None: ...


@contextmanager
def working(words: str, *, total: int | None = None) -> Iterator[Step]:
    """Show that work goes on, with a count where its size is known; plain lines where nobody looks at a terminal."""
    console = _errors()
    if not console.is_terminal:
        yield _plain_steps(words, total)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    shown = columns if total else columns[:2]
    with Progress(*shown, TimeElapsedColumn(), console=console, transient=True) as progress:
        task = progress.add_task(words, total=total)

        def step(what: str = "", /) -> None:
            progress.update(task, advance=1, description=f"{words} {what}"[:60])

        yield step


def _plain_steps(words: str, total: int | None) -> Step:
    """Ten lines at most, however many steps there are."""
    tell(f"{words} {total} files" if total else words)
    done = 0

    def step(what: str = "", /) -> None:
        nonlocal done
        done += 1
        if total and total >= 20 and done % (total // 10) == 0 and done < total:
            tell(f"{words} {done} of {total}")

    return step


def show(rows: Sequence[Row], form: Form) -> None:
    """Print rows as a table, as JSON (a list of objects) or as CSV with a header."""
    if form == "json":
        print(as_json([dict(row) for row in rows], indent=1))
    elif form == "csv":
        _csv(rows)
    elif rows:
        _table(rows)
    else:
        note("no rows")


def as_json(value: object, *, indent: int | None = None) -> str:
    """Write a value as JSON, with its letters as they are where standard output can take them."""
    in_full = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    return json.dumps(value, ensure_ascii=not in_full, indent=indent, default=str)


def _csv(rows: Sequence[Row]) -> None:
    """Print rows as CSV with a header, in which no cell is run as a formula by a spreadsheet."""
    if rows and _begins_file(sys.stdout):
        sys.stdout.reconfigure(encoding=ENCODING, errors="backslashreplace")  # type: ignore[union-attr]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        writer.writerow(map(_csv_cell, rows[0]))
    for row in rows:
        writer.writerow(map(_csv_cell, row.values()))


def _csv_cell(value: object) -> str:
    text = _words(value)
    if isinstance(value, int | float):  # a negative number is no formula
        return text
    return safe_cell(text).replace("\r\n", "\n").replace("\r", "\n")  # the csv module leaves a lone \r unquoted


def _begins_file(stream: TextIO) -> bool:
    """True if a stream is the empty beginning of a file; False for a terminal, a pipe or the end of a longer file."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):  # a stream in memory
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == 0


def _table(rows: Sequence[Row]) -> None:
    """A table where its columns have room, else a row under another, a line a column."""
    cells = [{column: _words(value) for column, value in row.items()} for row in rows]
    console = _output()
    if sum(_room(column, cells) + 3 for column in cells[0]) > console.width:
        _one_under_another(cells, console)
        return
    table = Table(show_lines=any("\n" in cell or len(cell) > _WIDE for row in cells for cell in row.values()))
    for column in rows[0]:
        numeric = all(isinstance(row[column], int | float) for row in rows)
        table.add_column(Text(column), justify="right" if numeric else "left", overflow="fold")
    for row in cells:
        table.add_row(*map(Text, row.values()))
    console.print(table)


def _room(column: str, cells: Sequence[Mapping[str, str]]) -> int:
    """Characters that a column needs to be read with ease: its words whole, a long text in lines."""
    longest = max(len(line) for row in cells for line in (row[column].splitlines() or [""]))
    return max(len(column), min(longest, _WIDE))


def _one_under_another(cells: Sequence[Mapping[str, str]], console: Console) -> None:
    margin = max(map(len, cells[0])) + 2
    for row in cells:
        console.rule(style="dim")
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=margin - 2, style="dim")
        grid.add_column(overflow="fold")
        for column, cell in row.items():
            if cell:
                grid.add_row(Text(column), Text(cell))
        console.print(grid)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(inner)}" for key, inner in value.items() if inner not in (None, ""))
    if isinstance(value, list | tuple | set):
        return "\n".join(map(_words, value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)
