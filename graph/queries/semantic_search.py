"""Semantic search: findings by their meaning, with a vector for each in Neo4j's vector index.

    embed_findings(store, encode)                               once, and after each build
    similar_findings(store, encode(["too many changes of social worker"])[0], Filter(polarity="concern"))

Meaning alone mixes up praise and criticism: 'caseloads are too high' lies next to
'caseloads are manageable'. So a filter (`search.Filter`) says which findings to look at.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from caregraph.graph.batching import batched
from caregraph.graph.neo4j.values import EMBEDDING
from caregraph.graph.queries.search import Filter, ResultRows, nearest_findings
from caregraph.graph.readers import Reader, ReadWriter

if TYPE_CHECKING:  # numpy is imported by whoever makes vectors
    import numpy as np
    from numpy.typing import NDArray

Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]  # a row for each text
INDEX = "Finding_meaning"
BATCH = 512  # findings a transaction
MIN_SIMILARITY = 0.65  # from 0 to 1: a text about something else altogether comes to 0.64 at most
_HAS_WORDS = "NOT EXISTS { (:Document {withoutWords: true})-[:STATES]->(n) }"
WITHOUT_VECTOR = f"MATCH (n:Finding) WHERE n.{EMBEDDING} IS NULL AND {_HAS_WORDS}"
WRITE = f"""
UNWIND $rows AS row
MATCH (n:Finding {{iri: row[0]}})
CALL db.create.setNodeVectorProperty(n, '{EMBEDDING}', row[1])
"""


def embed_findings(store: ReadWriter, encode: Encode, *, progress: Callable[[str], None] = lambda _: None) -> int:
    """Give a vector to each finding that has none, and return their number.

    The batches that are done stay, if this is interrupted.

    Args:
        progress: called after each batch with the number of findings done.
    """
    pending = store.read(f"{WITHOUT_VECTOR} RETURN n.iri AS iri, n.text AS text ORDER BY size(n.text)")
    for number, rows in enumerate(batched(pending, BATCH)):
        vectors = encode([row["text"] for row in rows])
        store.write(WRITE, rows=[[row["iri"], vector.tolist()] for row, vector in zip(rows, vectors, strict=True)])
        progress(f"{number * BATCH + len(rows):,} of {len(pending):,} findings")
    size = encode([]).shape[1]
    shape = f"{{indexConfig: {{`vector.dimensions`: {size}, `vector.similarity_function`: 'cosine'}}}}"
    store.write(f"CREATE VECTOR INDEX {INDEX} IF NOT EXISTS FOR (n:Finding) ON n.{EMBEDDING} OPTIONS {shape}")
    store.read("CALL db.awaitIndexes(600)")
    return len(pending)


def embedding_counts(store: Reader) -> tuple[int, int]:
    """The number of findings that have a vector, and of all findings."""
    [row] = store.read(f"MATCH (n:Finding) RETURN count(n.{EMBEDDING}) AS embedded, count(*) AS findings")
    return row["embedded"], row["findings"]


def has_embeddings(store: Reader) -> bool:
    """True if findings can be searched by meaning, as some have been embedded."""
    return bool(store.read("SHOW VECTOR INDEXES YIELD name WHERE name = $name", name=INDEX))


def similar_findings(
    store: Reader, vector: Sequence[float], filters: Filter | None = None, *, limit: int = 20
) -> ResultRows:
    """Findings that mean nearly the same as a text, by its vector, the nearest first; as `search.search_findings`.

    Raises:
        BadQuestion: if the filter names something that is not there.
    """
    numbers = [float(number) for number in vector]
    return nearest_findings(
        store, numbers, filters, index=INDEX, key=EMBEDDING, min_similarity=MIN_SIMILARITY, limit=limit
    )
