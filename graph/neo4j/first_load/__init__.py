"""First load of a database of ours: files for Neo4j's own importer, in place of statements to a server."""
