from .api import Answer, BuildReport, Graph, Row, open, read
from .build import Outcome
from .ontology.errors import (
    BadDecision,
    BadQuestion,
    CaregraphError,
    InvalidGraph,
    InvalidRecord,
    MissingExtra,
    QueryRefused,
    ServerUnavailable,
    StoreError,
    UnknownDocument,
    UnknownTerm,
    UnreadableReport,
)
from .ontology.records import Record
from .version import __version__

__all__ = [
    "Answer",
    "BadDecision",
    "BadQuestion",
    "BuildReport",
    "CaregraphError",
    "Graph",
    "InvalidGraph",
    "InvalidRecord",
    "MissingExtra",
    "Outcome",
    "QueryRefused",
    "Record",
    "Row",
    "ServerUnavailable",
    "StoreError",
    "UnknownDocument",
    "UnknownTerm",
    "UnreadableReport",
    "__version__",
    "open",
    "read",
]
