"""Guard for untrusted Cypher, in six layers.

One layer alone is known to be unsafe: a READ session has been seen to run LOAD CSV on a local file, and EXPLAIN's
query type to let procedures pass.

1. The words: `neo4j.cypher_guard` refuses everything but one plain read, EXPLAIN or PROFILE before one, and SHOW for
   four lists.
2. The plan: EXPLAIN's query type is "r", and no step of it reads a file, calls a procedure that is not allowed or
   commands the server, but to list what SHOW may.
3. The session's access mode is READ.
4. The server ends the transaction at the time limit.
5. No more rows are fetched than the row limit, and that ends the query in the server.
6. Nor more bytes than the size limit of an answer, as few rows are fetched at a time.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from itertools import islice
from threading import Lock, Thread
from typing import Any

from caregraph.graph.bolt_driver import READ_ACCESS, Driver, Query, Session
from caregraph.graph.neo4j.cypher_guard import PROCEDURES, GuardedStatement, guarded_statement
from caregraph.graph.neo4j.errors import translate_errors
from caregraph.graph.neo4j.values import plain_value
from caregraph.graph.query_result import QueryResult, within_size
from caregraph.ontology.errors import QueryRefused

ROW_LIMIT = 1_000
FETCHED = 10  # rows at a time, so that little is in memory when an answer turns out to be too large
TIME_LIMIT = 30.0  # seconds
GRACE = 5.0  # seconds beyond its limits for which the server is waited for
MAX_ABANDONED = 2  # statements that the server could not end in time, after which no further one is begun
LISTING = frozenset({"ShowIndexes", "ShowConstraints", "ShowFunctions", "ShowProcedures"})
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
    """Run a statement that may only read. EXPLAIN and PROFILE give the steps of its plan, a row each.

    Args:
        limit: maximum number of rows; ROW_LIMIT if not given.
        timeout: seconds after which the server ends the query; TIME_LIMIT if not given.

    Raises:
        QueryRefused: if it could do anything but read, ran into the time limit, or has too large an answer.
        ServerUnavailable: if the server does not answer.
        StoreError: if the server cannot make sense of it.
    """
    statement = guarded_statement(cypher)
    limit, timeout = ROW_LIMIT if limit is None else limit, TIME_LIMIT if timeout is None else timeout
    run = partial(_run, driver, database, statement, dict(parameters), limit, timeout)
    return _run_within(2 * timeout + GRACE, run)  # planning has a limit of its own


def _run(
    driver: Driver,
    database: str,
    statement: GuardedStatement,
    parameters: dict[str, object],
    limit: int,
    timeout: float,
) -> QueryResult:
    text = statement.text
    with (
        translate_errors(text),
        driver.session(database=database, default_access_mode=READ_ACCESS, fetch_size=FETCHED) as session,
    ):
        plan = _checked_plan(session, statement, parameters, timeout)
        if statement.mode == "explain":
            return _plan_result(plan)
        with session.begin_transaction(timeout=timeout) as transaction:
            if statement.mode == "profile":
                return _plan_result(transaction.run(f"PROFILE {text}", parameters).consume().profile or {})
            result = transaction.run(text, parameters)
            plain_rows = (dict(zip(record.keys(), map(plain_value, record.values()), strict=True)) for record in result)
            rows = list(islice(within_size(plain_rows), limit + 1))
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


def _checked_plan(
    session: Session, statement: GuardedStatement, parameters: dict[str, object], timeout: float
) -> Mapping[str, Any]:
    """Plan of a statement, if it only reads.

    Raises:
        QueryRefused: if it does more.
    """
    summary = session.run(Query(f"EXPLAIN {statement.text}", timeout=timeout), parameters).consume()
    if summary.query_type != "r":
        raise QueryRefused("only statements that read are allowed")
    plan = summary.plan or {}
    for _, step in _plan_steps(plan):
        operator, details = _operator(step), _details(step)
        is_listing = statement.mode == "show" and operator in LISTING
        if COMMANDS.search(operator) and not is_listing:
            raise QueryRefused(f"{operator} is not a read of the graph")
        if operator.startswith("ProcedureCall") and details.split("(")[0].lower() not in PROCEDURES:
            raise QueryRefused(f"the procedure {details.split('(')[0]} is not among those allowed")
    return plan


def _plan_result(plan: Mapping[str, Any]) -> QueryResult:
    """Steps of a plan as rows, the last one first; with the rows and database hits of each where it was profiled."""
    rows = []
    for depth, step in _plan_steps(plan):
        arguments = step["args"]
        row = {"step": f"{'  ' * depth}{_operator(step)}", "details": _details(step)}
        row |= {"estimated_rows": arguments.get("EstimatedRows")}
        if "Rows" in arguments:
            row |= {"rows": arguments["Rows"], "database_hits": arguments.get("DbHits")}
        rows.append(row)
    return QueryResult(tuple(rows[0]) if rows else (), tuple(rows))


def _operator(step: Mapping[str, Any]) -> str:
    return str(step["operatorType"].split("@")[0])


def _details(step: Mapping[str, Any]) -> str:
    return str(step["args"].get("Details", ""))


def _plan_steps(plan: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the steps of a plan, each after the step that takes its rows, with its depth."""
    if plan:
        yield depth, plan
    for child in plan.get("children", ()):
        yield from _plan_steps(child, depth + 1)
