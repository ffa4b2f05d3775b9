"""Findings by what they mean: a vector for each, in Neo4j's vector index.

    embed(store, encode)                                        once, and after each build
    alike(store, encode(["too many changes of social worker"])[0], Filter(polarity="concern"))

Meaning alone mixes up what is praised and what is not: 'caseloads are too high'
lies next to 'caseloads are manageable'. So among which findings to look is told
by the labels that these have (`search.Filter`).
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from caregraph.graph.batching import batched
from caregraph.graph.neo4j.values import EMBEDDING
from caregraph.graph.queries.search import Filter, Rows, nearest
from caregraph.graph.readers import Reader

Vectors = NDArray[np.float32]  # a row for each text
Encode = Callable[[Sequence[str]], Vectors]
INDEX = "Finding_meaning"
BATCH = 512  # findings a transaction
LEAST = 0.65  # how near is near, from 0 to 1: what is about something else altogether comes to 0.64 at most
LACKING = f"MATCH (n:Finding) WHERE n.{EMBEDDING} IS NULL"
WRITE = f"""
UNWIND $rows AS row
MATCH (n:Finding {{iri: row[0]}})
CALL db.create.setNodeVectorProperty(n, '{EMBEDDING}', row[1])
"""


class Store(Reader, Protocol):
    """A database that can be written to."""

    def write(self, cypher: str, **parameters: object) -> list[dict[str, Any]]: ...


def embed(store: Store, encode: Encode, *, progress: Callable[[str], None] = lambda _: None) -> int:
    """Give each finding a vector that has none; returns how many these were.

    What is done stays, if this is interrupted.

    Args:
        progress: told after each batch how far this has come.
    """
    lacking = store.read(f"{LACKING} RETURN n.iri AS iri, n.text AS text ORDER BY size(n.text)")
    for number, rows in enumerate(batched(lacking, BATCH)):
        vectors = encode([row["text"] for row in rows])
        store.write(WRITE, rows=[[row["iri"], vector.tolist()] for row, vector in zip(rows, vectors, strict=True)])
        progress(f"{number * BATCH + len(rows):,} of {len(lacking):,} findings")
    size = encode([]).shape[1]
    shape = f"{{indexConfig: {{`vector.dimensions`: {size}, `vector.similarity_function`: 'cosine'}}}}"
    store.write(f"CREATE VECTOR INDEX {INDEX} IF NOT EXISTS FOR (n:Finding) ON n.{EMBEDDING} OPTIONS {shape}")
    store.read("CALL db.awaitIndexes(600)")
    return len(lacking)


def embedded(store: Reader) -> tuple[int, int]:
    """How many findings have a vector, and how many there are."""
    [row] = store.read(f"MATCH (n:Finding) RETURN count(n.{EMBEDDING}) AS some, count(*) AS all")
    return row["some"], row["all"]


def ready(store: Reader) -> bool:
    """Whether findings can be found by meaning: some have been embedded."""
    return bool(store.read("SHOW VECTOR INDEXES YIELD name WHERE name = $name", name=INDEX))


def alike(store: Reader, vector: Sequence[float], among: Filter | None = None, *, limit: int = 20) -> Rows:
    """Findings that mean nearly the same as a text, by its vector, the nearest first; as `search.findings`.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    numbers = [float(number) for number in vector]
    return nearest(store, numbers, among, index=INDEX, key=EMBEDDING, least=LEAST, limit=limit)
