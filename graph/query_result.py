"""Result of a query, in Cypher or in SPARQL."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Rows of a query, keyed by column; ``cut`` if there were more rows than the limit."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    cut: bool = False
