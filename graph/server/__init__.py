"""Our own Neo4j: its jars, its process, its files in the data directory."""
