"""The guard for Cypher that nobody of ours wrote.

One wall alone is known to be unsafe: a READ session has been seen to run LOAD
CSV on a local file, and EXPLAIN's query type to be passed through procedures.

1. The words: `neo4j.cypher_guard` refuses what is not one plain read.
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
from threading import Thread
from typing import Any

from neo4j import READ_ACCESS, Driver, Query, Session

from caregraph.graph.neo4j.cypher_guard import PROCEDURES, plain_read
from caregraph.graph.neo4j.errors import explained
from caregraph.graph.neo4j.values import Answer, plain
from caregraph.ontology.errors import QueryRefused

ROW_LIMIT = 1_000
TIME_LIMIT = 30.0  # seconds
PATIENCE = 5.0  # seconds more that the server is waited for
LEFT_RUNNING = 2  # statements that the server could not end in time, after which no other is begun
_left: set[Thread] = set()
COMMANDS = re.compile(r"LoadCSV|Transaction|Show|Terminate|Command|Create|Delete|Merge|Set|Remove|Foreach|Constraint")


def answer(
    driver: Driver,
    database: str,
    cypher: str,
    parameters: Mapping[str, object],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Answer:
    """Run a statement that may only read.

    Args:
        limit: how many rows at most; ROW_LIMIT if not given.
        timeout: seconds after which the server ends the query; TIME_LIMIT if not given.

    Raises:
        QueryRefused: if it could do anything but read, or ran into the time limit.
        ServerUnavailable: if the server does not answer.
        StoreError: if the server cannot make sense of it.
    """
    text = plain_read(cypher)
    limit, timeout = ROW_LIMIT if limit is None else limit, TIME_LIMIT if timeout is None else timeout
    run = partial(_run, driver, database, text, dict(parameters), limit, timeout)
    return _within(2 * timeout + PATIENCE, run)  # planning has a limit of its own


def _run(driver: Driver, database: str, text: str, parameters: dict[str, object], limit: int, timeout: float) -> Answer:
    with explained(text), driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        _check_plan(session, text, parameters, timeout)
        with session.begin_transaction(timeout=timeout) as transaction:
            result = transaction.run(text, parameters)
            rows = [
                dict(zip(record.keys(), map(plain, record.values()), strict=True))
                for record in islice(result, limit + 1)
            ]
            columns = tuple(result.keys())
            transaction.rollback()  # what has not been fetched is not computed
    return Answer(columns, tuple(rows[:limit]), cut=len(rows) > limit)


def _within(limit: float, work: Callable[[], Answer]) -> Answer:
    """What ``work`` gives in so many seconds; after that it is left to itself.

    The server looks at the clock between rows and not inside an expression. `neo4j.cypher_guard` refuses the loops that
    run long there, as far as words tell; nobody shall wait for the rest, and they shall not become many.
    """
    _left.difference_update([one for one in _left if not one.is_alive()])
    if len(_left) >= LEFT_RUNNING:
        raise QueryRefused("the server is still at work on statements that it could not end in time; try again later")
    future: Future[Answer] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        return future.result(timeout=limit)
    except TimeoutError as error:
        _left.add(thread)
        raise QueryRefused(f"the server has not ended the query in {limit:g} seconds") from error


def _check_plan(session: Session, text: str, parameters: dict[str, object], timeout: float) -> None:
    summary = session.run(Query(f"EXPLAIN {text}", timeout=timeout), parameters).consume()
    if summary.query_type != "r":
        raise QueryRefused("only statements that read are allowed")
    for operator, details in _steps(summary.plan or {}):
        if COMMANDS.search(operator):
            raise QueryRefused(f"{operator} is not a read of the graph")
        if operator.startswith("ProcedureCall") and details.split("(")[0].lower() not in PROCEDURES:
            raise QueryRefused(f"the procedure {details.split('(')[0]} is not among those allowed")


def _steps(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The operators of a plan with their details."""
    if plan:
        yield plan["operatorType"].split("@")[0], str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from _steps(child)
