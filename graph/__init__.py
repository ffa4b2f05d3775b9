"""What we know: identities, the RDF dataset, and the database that holds a copy of it."""
