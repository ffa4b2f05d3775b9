"""SPARQL by anybody, in a process of its own that ends with the query, or when the query's time or memory is up.

Oxigraph cannot be told to stop; a process can. ``python -m caregraph.graph.dataset.sparql_worker FOLDER``
is that process: it takes one request on standard input and gives the answer, or the error, on standard output.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from caregraph.graph.dataset.sparql import Answer
from caregraph.graph.dataset.store import Dataset
from caregraph.ontology.errors import CaregraphError, QueryRefused, StoreError

ROW_LIMIT = 10_000
TIME_LIMIT = 30.0  # seconds
MEMORY = 4 * 2**30  # bytes of data, where the system can hold a process to it


def answer(folder: Path, query: str, *, limit: int = ROW_LIMIT, timeout: float = TIME_LIMIT) -> Answer:
    """Answer a query over the dataset in a folder, as it was at the end of the last build.

    Args:
        limit: how many rows at most.
        timeout: seconds after which the query is ended, with whatever it holds.

    Raises:
        QueryRefused: if it does not only read here, or wants more time or memory.
        StoreError: if the dataset cannot be read.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "caregraph.graph.dataset.sparql_worker", str(folder)],
            input=pickle.dumps((query, limit, MEMORY)),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryRefused(f"ended at its time limit of {timeout:g} seconds") from error
    if done.returncode != 0:
        raise QueryRefused("ended: it wanted more memory than a query may have")
    found = pickle.loads(done.stdout)  # our own process wrote it
    if isinstance(found, CaregraphError):
        raise found
    return found  # type: ignore[no-any-return]


def main() -> None:
    query, limit, memory = pickle.load(sys.stdin.buffer)
    _hold_to(memory)
    try:
        with Dataset.read(Path(sys.argv[1])) as dataset:
            found: Answer | CaregraphError = dataset.sparql(query, limit=limit)
    except (QueryRefused, StoreError) as error:
        found = error
    sys.stdout.buffer.write(pickle.dumps(found))


def _hold_to(memory: int) -> None:
    try:
        import resource
    except ImportError:  # a system without such limits
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    main()
