"""Errors that caregraph raises on purpose.

CaregraphError
├── UnreadableReport      a file that is no report, or that cannot be read: path and reason
│   └── NotACouncilReport     a document that is no report on a council's children's services
├── UnknownTerm           a word that the ontology does not have
├── InvalidRecord         a record made with a value that its field cannot hold
├── InvalidGraph          a graph that breaks the shapes: one line a violation
│   └── InvalidVocabulary     a register or thesaurus that cannot be taken: file and reason
├── BadDecision           decisions about identity that cannot all be true
├── BadQuestion           a named question that is badly written or badly asked
├── BadSnapshot           a snapshot that cannot be read: file, line and reason
├── MissingExtra          a part of caregraph whose packages are not installed
├── UnknownDocument       a document that the dataset does not have
├── ClusterError          a cluster that does not answer, or a worker of it that cannot be used
├── SiteError             the inspectorate's site does not answer, or its pages are not as they were
└── StoreError            the database refused or failed
    ├── ServerUnavailable     no server answers, or it will not let us in
    └── QueryRefused          a statement that is not a plain read
"""

from collections.abc import Callable, Sequence


class CaregraphError(Exception):
    """A failure that is explained to the user in one line, without a traceback."""

    def __reduce__(self) -> tuple[Callable[..., "CaregraphError"], tuple[object, ...], dict[str, object]]:
        return _restored, (type(self), *self.args), vars(self)  # it may cross processes, whatever its constructor takes


def _restored(kind: type[CaregraphError], *args: object) -> CaregraphError:
    return kind.__new__(kind, *args)


class UnreadableReport(CaregraphError):
    """A file that holds no report we can read."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class NotACouncilReport(UnreadableReport):
    """A document that is no report on an English council's children's services; ``seems`` says what it is instead."""

    def __init__(self, source: str, seems: str) -> None:
        super().__init__(source, f"left out: it seems to be {seems}")
        self.seems = seems


class UnknownTerm(CaregraphError):
    """A term, id or scheme that the ontology does not define."""


class InvalidRecord(CaregraphError, ValueError):
    """A value that a record cannot hold; the message gives field, expected and actual."""


class InvalidGraph(CaregraphError):
    """A graph that breaks the shapes."""

    def __init__(self, source: str, violations: Sequence[str]) -> None:
        super().__init__(f"{source}: {len(violations)} statements break the shapes: " + "; ".join(violations[:3]))
        self.source = source
        self.violations = tuple(violations)


class InvalidVocabulary(InvalidGraph):
    """A register or thesaurus that cannot be taken."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, [reason])
        self.args = (f"{source}: {reason}",)


class BadDecision(CaregraphError):
    """Decisions about identity that contradict each other."""


class BadQuestion(CaregraphError):
    """A question's file that lacks what it must say, or a value that its parameter cannot hold."""


class BadSnapshot(CaregraphError):
    """A snapshot that is not of the form of snapshots."""


class MissingExtra(CaregraphError):
    """A part of caregraph whose packages are not installed; the message has the command that adds them."""


class UnknownDocument(CaregraphError):
    """A document that the dataset does not have."""


class ClusterError(CaregraphError):
    """A cluster that does not answer or has no worker, or a worker of it that would not read as this machine does."""


class SiteError(CaregraphError):
    """The inspectorate's site refuses or fails, or a page of it lacks what was looked for there."""


class StoreError(CaregraphError):
    """The database refused a statement or failed."""


class ServerUnavailable(StoreError):
    """No server answers at the address, or it refuses the name, the password or the database."""


class QueryRefused(StoreError):
    """A statement that is not a plain read, or that would outlive its limits."""
