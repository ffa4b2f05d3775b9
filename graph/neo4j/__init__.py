"""The copy of the dataset in Neo4j: payloads, provenance, sync, indexes, and the guard of Cypher."""
