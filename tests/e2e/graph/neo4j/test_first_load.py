"""What Neo4j's own importer makes of a dataset is what a load over the network makes of it."""

from collections.abc import Iterator
from typing import Any

from caregraph.graph.dataset.document_cache import DocumentCache
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.first_load.staging import stage_loads
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.neo4j.sync_plan import plan_sync, planned_loads
from caregraph.graph.server import launcher


def contents(store: Neo4jStore) -> list[str]:
    """All nodes and relationships with their properties, but for stored ledgers and the tokens of loads."""
    nodes = store.stream("MATCH (n) WHERE NOT n:_Ledger RETURN labels(n) AS labels, properties(n) AS properties")
    edges = store.stream("MATCH (a)-[r]->(b) RETURN [a.iri, type(r), b.iri] AS labels, properties(r) AS properties")

    def lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
        for row in rows:
            yield repr(
                (row["labels"], sorted((k, v) for k, v in row["properties"].items() if k not in ("mark", "ledgers")))
            )

    return sorted([*lines(nodes), *lines(edges)])


def test_importer_makes_what_a_load_makes(samples_graph, without_vectors, tmp_path):
    with Dataset.read(samples_graph / "dataset") as dataset:
        plan, refused = plan_sync(dataset), dict[str, str]()
        folder = launcher.import_folder(tmp_path)
        assert folder is not None
        assert stage_loads(planned_loads(dataset, plan, refused, DocumentCache(samples_graph)), folder)
        address = launcher.start(tmp_path, progress=print)
        try:
            with (
                Neo4jStore.connect(address) as imported,
                Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as loaded,
            ):
                assert not folder.exists()
                assert launcher.import_folder(tmp_path) is None  # of a server that has run
                assert contents(imported) == contents(loaded)
                synced = imported.sync(dataset)
                assert (synced.loaded, synced.unchanged) == (0, len(plan) - len(refused))
        finally:
            launcher.stop(tmp_path)
