"""``caregraph export``: the graph or its dataset in a file, whole or not at all."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from caregraph.cli.terminal import note
from caregraph.graph.dataset.store import FORMATS, Dataset
from caregraph.graph.export.formats import FORMS, Store
from caregraph.graph.export.formats import export as write_graph
from caregraph.ontology.errors import StoreError

Connect = Callable[[], AbstractContextManager[Store]]


def forms() -> tuple[str, ...]:
    """The names of all forms, those of the RDF dataset last."""
    return (*FORMS, *FORMATS)


def export(dataset_folder: Path, connect: Connect, form: str, to: Path | None) -> None:
    """Write one of `forms` to a file, or to standard output.

    Raises:
        StoreError: if the database, the dataset or the file fails; a file that was there before is still there.
    """
    if to is None and form in FORMS and form != "cypher" and sys.stdout.isatty():
        raise StoreError(f"{form} is not for a terminal: name a file with --to graph{FORMS[form].suffix}")
    with _whole(to) as output:
        if form in FORMATS:
            with Dataset.read(dataset_folder) as dataset:
                dataset.export(output, form)
            return
        with connect() as store:
            tables = write_graph(store, output, form)
    nodes, edges = (sum(table.count for table in those) for those in (tables.nodes, tables.edges))
    note(f"{nodes} nodes and {edges} relationships{f' in {to}' if to else ''}")


@contextmanager
def _whole(to: Path | None) -> Iterator[BinaryIO]:
    """A file that takes its name, or goes to standard output, when all is written."""
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=to.parent if to else None, suffix=".part", delete=False) as file:
            part = Path(file.name)
            yield cast(BinaryIO, file)
        if to:
            part.chmod(0o644)
            part.replace(to)
        else:
            with part.open("rb") as written:
                shutil.copyfileobj(written, sys.stdout.buffer)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StoreError(f"{to or 'standard output'} cannot be written: {error.strerror or error}") from error
    finally:
        if part:
            part.unlink(missing_ok=True)
