"""Benchmarks of what grows with the number of documents and of readers."""
