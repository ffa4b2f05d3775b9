"""The RDF dataset: statements of records, their validation, the store on disk, SPARQL."""
