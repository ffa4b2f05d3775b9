from .answers import Answer, Row
from .api import BuildReport, Graph, open, read
from .assistant.tools import Tools
from .build import Outcome
from .extras import __version__
from .ontology.errors import (
    BadDecision,
    BadQuestion,
    BadSnapshot,
    CaregraphError,
    ClusterError,
    InvalidGraph,
    InvalidRecord,
    MissingExtra,
    QueryRefused,
    ServerUnavailable,
    SiteError,
    StoreError,
    UnknownDocument,
    UnknownTerm,
    UnreadableReport,
)
from .ontology.records import Record

__all__ = [
    "Answer",
    "BadDecision",
    "BadQuestion",
    "BadSnapshot",
    "BuildReport",
    "CaregraphError",
    "ClusterError",
    "Graph",
    "InvalidGraph",
    "InvalidRecord",
    "MissingExtra",
    "Outcome",
    "QueryRefused",
    "Record",
    "Row",
    "ServerUnavailable",
    "SiteError",
    "StoreError",
    "Tools",
    "UnknownDocument",
    "UnknownTerm",
    "UnreadableReport",
    "__version__",
    "open",
    "read",
]
