"""SPARQL over the dataset: queries that only read, answered in a process that can be ended."""
