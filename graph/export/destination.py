"""Destinations of an export: a file that is whole or not there, or a stream that gets it when it is whole."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from caregraph.graph.dataset.store import FORMATS, Dataset
from caregraph.graph.export.formats import FORMS, VersionedReader, export_graph
from caregraph.graph.export.tables import WHOLE, Selection, Tables
from caregraph.ontology.errors import BadQuestion, StoreError


def form_names() -> tuple[str, ...]:
    """Names of all forms, those of the RDF dataset last."""
    return (*FORMS, *FORMATS)


def write_export(
    form: str,
    to: Path | BinaryIO,
    *,
    dataset_folder: Path,
    store: Callable[[], VersionedReader],
    selection: Selection = WHOLE,
) -> Tables | None:
    """Write one of `form_names` to a file or a stream; return the tables that were written, None for RDF.

    Args:
        store: opens the database, which RDF does not need.

    Raises:
        BadQuestion: if there is no such form, or only a part is wanted as RDF, which is written whole.
        StoreError: if the database, the dataset or the file fails; a file that was there before is still there.
    """
    if form not in form_names():
        raise BadQuestion(f"no format called {form!r}; expected one of {', '.join(form_names())}")
    if form in FORMATS and selection != WHOLE:
        raise BadQuestion(f"{form} has the whole dataset; a part of the graph comes as {', '.join(FORMS)}")
    with whole_file(to) as output:
        if form in FORMATS:
            with Dataset.read(dataset_folder) as dataset:
                dataset.export(output, form)
            return None
        return export_graph(store(), output, form, selection)


@contextmanager
def whole_file(to: Path | BinaryIO) -> Iterator[BinaryIO]:
    """Yield a temporary file whose content goes to its destination when all is written.

    A link is followed. What is no plain file, such as a pipe or a device, is written to and stays what it is.

    Raises:
        StoreError: if it cannot be written.
    """
    part = None
    try:
        # A link such as /dev/stdout may lead to a pipe that has no path: it is not resolved but opened.
        replaced = to.resolve() if isinstance(to, Path) and (to.is_file() or not to.exists()) else None
        folder = replaced.parent if replaced else None
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            part = Path(file.name)
            yield cast(BinaryIO, file)
        if replaced:
            part.chmod(0o644)
            part.replace(replaced)
        else:
            _copy(part, to)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        name = to if isinstance(to, Path) else "standard output"
        raise StoreError(f"{name} cannot be written: {error.strerror or error}") from error
    finally:
        if part:
            part.unlink(missing_ok=True)


def _copy(part: Path, target: Path | BinaryIO) -> None:
    with part.open("rb") as written:
        if isinstance(target, Path):
            with target.open("wb") as stream:
                shutil.copyfileobj(written, stream)
        else:
            shutil.copyfileobj(written, target)
            target.flush()
