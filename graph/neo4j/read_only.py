"""Guard for untrusted Cypher, in five layers.

One layer alone is known to be unsafe: a READ session has been seen to run LOAD CSV on a local file, and EXPLAIN's
query type to let procedures pass.

1. The words: `neo4j.cypher_guard` refuses everything but one plain read.
2. The plan: EXPLAIN's query type is "r", and no step of it reads a file, calls a procedure that is not allowed or
   commands the server.
3. The session's access mode is READ.
4. The server ends the transaction at the time limit.
5. No more rows are fetched than the row limit, and that ends the query in the server.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from itertools import islice
from threading import Lock, Thread
from typing import Any

from neo4j import READ_ACCESS, Driver, Query, Session

from caregraph.graph.neo4j.cypher_guard import PROCEDURES, guarded_statement
from caregraph.graph.neo4j.errors import translate_errors
from caregraph.graph.neo4j.values import plain_value
from caregraph.graph.query_result import QueryResult
from caregraph.ontology.errors import QueryRefused

ROW_LIMIT = 1_000
TIME_LIMIT = 30.0  # seconds
GRACE = 5.0  # seconds beyond its limits for which the server is waited for
MAX_ABANDONED = 2  # statements that the server could not end in time, after which no further one is begun
COMMANDS = re.compile(r"LoadCSV|Transaction|Show|Terminate|Command|Create|Delete|Merge|Set|Remove|Foreach|Constraint")

_abandoned: set[Thread] = set()
_abandoned_lock = Lock()


def run_read_only(
    driver: Driver,
    database: str,
    cypher: str,
    parameters: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> QueryResult:
    """Run a statement that may only read.

    Args:
        limit: maximum number of rows; ROW_LIMIT if not given.
        timeout: seconds after which the server ends the query; TIME_LIMIT if not given.

    Raises:
        QueryRefused: if it could do anything but read, or ran into the time limit.
        ServerUnavailable: if the server does not answer.
        StoreError: if the server cannot make sense of it.
    """
    statement = guarded_statement(cypher)
    limit, timeout = ROW_LIMIT if limit is None else limit, TIME_LIMIT if timeout is None else timeout
    run = partial(_run, driver, database, statement, dict(parameters), limit, timeout)
    return _run_within(2 * timeout + GRACE, run)  # planning has a limit of its own


def _run(
    driver: Driver, database: str, statement: str, parameters: dict[str, object], limit: int, timeout: float
) -> QueryResult:
    with translate_errors(statement), driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        _check_plan(session, statement, parameters, timeout)
        with session.begin_transaction(timeout=timeout) as transaction:
            result = transaction.run(statement, parameters)
            rows = [
                dict(zip(record.keys(), map(plain_value, record.values()), strict=True))
                for record in islice(result, limit + 1)
            ]
            columns = tuple(result.keys())
            transaction.rollback()  # rows that have not been fetched are not computed
    return QueryResult(columns, tuple(rows[:limit]), cut=len(rows) > limit)


def _run_within(limit: float, run: Callable[[], QueryResult]) -> QueryResult:
    """Return the answer of ``run`` if it comes within some seconds; after that the thread is abandoned.

    The server looks at the clock between rows and not inside an expression. `neo4j.cypher_guard` refuses most loops
    that run long there. Nobody shall wait for those that pass, and there shall be only few of them.

    Raises:
        QueryRefused: if there is no answer in time, or too many abandoned statements still run.
    """
    if _count_abandoned() >= MAX_ABANDONED:
        raise QueryRefused("the server is still at work on statements that it could not end in time; try again later")
    future: Future[QueryResult] = Future()

    def run_into_future() -> None:
        try:
            future.set_result(run())
        except BaseException as error:
            future.set_exception(error)

    thread = Thread(target=run_into_future, daemon=True)
    thread.start()
    try:
        return future.result(timeout=limit)
    except TimeoutError as error:
        with _abandoned_lock:
            _abandoned.add(thread)
        raise QueryRefused(f"the server has not ended the query in {limit:g} seconds") from error


def _count_abandoned() -> int:
    with _abandoned_lock:
        _abandoned.difference_update([thread for thread in _abandoned if not thread.is_alive()])
        return len(_abandoned)


def _check_plan(session: Session, statement: str, parameters: dict[str, object], timeout: float) -> None:
    summary = session.run(Query(f"EXPLAIN {statement}", timeout=timeout), parameters).consume()
    if summary.query_type != "r":
        raise QueryRefused("only statements that read are allowed")
    for operator, details in _plan_steps(summary.plan or {}):
        if COMMANDS.search(operator):
            raise QueryRefused(f"{operator} is not a read of the graph")
        if operator.startswith("ProcedureCall") and details.split("(")[0].lower() not in PROCEDURES:
            raise QueryRefused(f"the procedure {details.split('(')[0]} is not among those allowed")


def _plan_steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the operators of a plan with their details."""
    if plan:
        yield plan["operatorType"].split("@")[0], str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from _plan_steps(child)
