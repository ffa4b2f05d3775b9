"""Untrusted SPARQL, in a process of its own with limits of time and memory.

Oxigraph cannot stop a query; a process can be ended. ``python -m caregraph.graph.dataset.sparql.worker FOLDER``
is that process: it reads one request from standard input, and writes the result or the error to standard output.

Windows cannot limit the memory of a process in this way (Python has no module `resource` there). There only the limit
of time holds.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from caregraph.graph.dataset.store import Dataset
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import CaregraphError, QueryRefused, StoreError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

ROW_LIMIT = 10_000
TIME_LIMIT = 30.0  # seconds
MEMORY_LIMIT = 4 * 2**30  # bytes of data


def run_sparql(folder: Path, query: str, *, limit: int = ROW_LIMIT, timeout: float = TIME_LIMIT) -> QueryResult:
    """Run a query over the dataset in a folder, in the state at the end of the last build.

    Args:
        limit: maximum number of rows.
        timeout: seconds after which the query's process is ended.

    Raises:
        QueryRefused: if it does more than read this dataset, or needs more time or memory.
        StoreError: if the dataset cannot be read.
    """
    try:
        process = subprocess.run(
            [sys.executable, "-P", "-m", "caregraph.graph.dataset.sparql.worker", str(folder)],
            input=pickle.dumps((query, limit, MEMORY_LIMIT)),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryRefused(f"ended at its time limit of {timeout:g} seconds") from error
    if process.returncode != 0:
        raise QueryRefused("ended: it wanted more memory than a query may have")
    result = pickle.loads(process.stdout)  # our own process wrote it
    if isinstance(result, CaregraphError):
        raise result
    return result  # type: ignore[no-any-return]


def main() -> None:
    """Run one query: the worker process."""
    query, limit, memory = pickle.load(sys.stdin.buffer)
    _limit_memory(memory)
    try:
        with Dataset.read(Path(sys.argv[1])) as dataset:
            result: QueryResult | CaregraphError = dataset.sparql(query, limit=limit)
    except (QueryRefused, StoreError) as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _limit_memory(size: int) -> None:
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


if __name__ == "__main__":
    main()
