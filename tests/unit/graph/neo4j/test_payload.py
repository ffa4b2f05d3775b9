"""Payloads: what of a graph is its own, what is shared, and their form on disk."""

from datetime import date

from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.ontology.iris import document_iri

LETTER = document_iri("a" * 64)
PAYLOAD = GraphPayload.of(
    GraphRows(
        LETTER,
        (
            NodeRow("Document", LETTER, {"published": date(2022, 3, 1)}, own=True),
            NodeRow("Inspection", "urn:visit", {"started": date(2022, 3, 1), "periods": ["one", "two"]}),
        ),
        (
            EdgeRow("REPORTED_IN", "urn:visit", LETTER, own=True),
            EdgeRow("MENTIONS", LETTER, "urn:hub", "urn:mention", {"page": 2}, own=True),
            EdgeRow("TOOK_PART_IN", "urn:person", "urn:visit", "urn:part", {"rank": 2}),
        ),
    )
)


def test_payload_is_restored_from_its_bytes():
    assert GraphPayload.deserialize(PAYLOAD.serialize()) == PAYLOAD
