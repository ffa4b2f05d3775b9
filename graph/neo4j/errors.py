"""Errors of the Neo4j driver, translated into errors of ours that explain in one line what is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from caregraph.graph.bolt_driver import AuthError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired
from caregraph.ontology.errors import CaregraphError, QueryRefused, ServerUnavailable, StoreError

DATABASE_MISSING = "Neo.ClientError.Database.DatabaseNotFound"
LOGIN_REFUSED = {
    "Neo.ClientError.Security.CredentialsExpired": "the server wants its password changed before anything else",
    "Neo.ClientError.Security.AuthenticationRateLimit": "too many wrong passwords: the server wants some seconds' rest",
    "Neo.ClientError.Security.Unauthorized": "the server refuses the user name or the password",
}
DISK_FULL = ("needs to be restarted", "No space left", "OutOfDisk", "TransactionLogError")
FORBIDDEN = ("Neo.ClientError.Statement.AccessMode", "Neo.ClientError.Security.Forbidden")
TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"  # the beginning of several codes
NOT_INDEXED = "There is no such fulltext schema index"
TERMINATED = "Neo.TransientError.Transaction.Terminated"


@contextmanager
def translate_errors(context: str) -> Iterator[None]:
    """Raise an error of the driver in this block as an error of ours.

    Args:
        context: the statement that is run, or the address that is tried; the message quotes its beginning.

    Raises:
        ServerUnavailable: if no server answers, or it refuses the name, the password or the database.
        QueryRefused: if the statement would do more than read, or ran into its time limit.
        StoreError: for every other error of the server or the driver.
    """
    shown = " ".join(context.split())[:200]
    try:
        yield
    except AuthError as error:
        raise ServerUnavailable(f"the server refuses the user name or the password: {shown}") from error
    except (ServiceUnavailable, SessionExpired) as error:
        raise ServerUnavailable(f"no Neo4j answers: {_first_line(error)}") from error
    except Neo4jError as error:
        raise _translated(error, shown) from error
    except UnicodeEncodeError as error:
        raise StoreError(f"a text has half a letter, which cannot be sent: {error.object[:200]!a}") from error
    except ValueError as error:  # raised by the driver for an address without a host, or a host without an address
        if isinstance(error, CaregraphError):
            raise
        raise ServerUnavailable(f"no Neo4j answers: {_first_line(error)}") from error
    except OverflowError as error:
        raise StoreError(f"a number is beyond the 64 bits that Neo4j can hold: {shown}") from error
    except DriverError as error:
        raise StoreError(f"{_first_line(error)}: {shown}") from error


def _translated(error: Neo4jError, shown: str) -> StoreError:
    code, message = error.code or "", (error.message or "").strip()
    if code == DATABASE_MISSING:
        return ServerUnavailable(f"the server has no such database: {message}")
    if code in LOGIN_REFUSED:
        return ServerUnavailable(f"{LOGIN_REFUSED[code]}: {shown}")
    if any(words in f"{code} {message}" for words in DISK_FULL):
        return StoreError(f"Neo4j could not write, perhaps because its disk is full: {message}")
    if code.startswith(TIMED_OUT) or code == TERMINATED:
        return QueryRefused(f"stopped by the server at its time limit: {shown}")
    if NOT_INDEXED in message:
        return StoreError("nothing can be searched before the first build has filled the database")
    if code in FORBIDDEN:
        return QueryRefused(f"only reading is allowed: {message}")
    return StoreError(f"{message or code}\n{shown}" if "Syntax" in code else f"{code}: {message}: {shown}")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
