"""Whether Neo4j holds what the dataset says, graph by graph: ``python -m benchmarks.round_trip DATA``.

What is compared, and what stays in RDF alone, is told in benchmarks/read_back.py. Prints how many statements of each
named graph are in scope, lost or gained, and names each that is; it starts the data directory's own Neo4j if need be.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.read_back import held, told
from caregraph.evaluation.measure import Figure
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher
from caregraph.ontology.iris import VOCABULARY_GRAPH


def main() -> None:
    """Compare, and print one table; the exit code is 1 if a statement is lost or gained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a data directory, as CAREGRAPH_DATA names it")
    data = parser.parse_args().data
    address = launcher.start(data, progress=print)
    with Dataset.read(data / "dataset") as dataset, Neo4jStore.connect(address) as store:
        figures = list(compare(dataset, store))
    for figure in figures:
        print(f"{figure.name:36} {figure.value:>12,.0f}  {figure.note}")
    raise SystemExit(any(figure.value for figure in figures if figure.name in ("lost", "gained")))


def compare(dataset: Dataset, store: Neo4jStore) -> Iterator[Figure]:
    """The statements of all named graphs against those that the database gives back."""
    begun = time.perf_counter()
    documents = {entry.document for entry in dataset.documents() if entry.status == "done"}
    every = scope = lost = gained = 0
    for graph in (VOCABULARY_GRAPH, *sorted(documents)):
        quads = list(dataset.quads(graph))
        said, there = told(quads), held(store, graph)
        every, scope = every + len(quads), scope + len(said)
        lost, gained = lost + len(said - there), gained + len(there - said)
        for word, statements in (("lost", said - there), ("gained", there - said)):
            for statement in sorted(statements, key=str)[:5]:
                print(f"{word} of {graph}: {statement}")
    yield Figure("named graphs", len(documents) + 1, f"compared in {time.perf_counter() - begun:.0f} s")
    yield Figure("statements", every)
    yield Figure("statements in scope", scope, "a list of values counts as its members")
    yield Figure("lost", lost)
    yield Figure("gained", gained)


if __name__ == "__main__":
    main()
