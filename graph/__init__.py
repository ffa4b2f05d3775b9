"""Knowledge graph: entity resolution, the RDF dataset, and the Neo4j database with a copy of it."""
