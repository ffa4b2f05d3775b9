"""Benchmarks: speed of each stage, accuracy of identity decisions, and recovery from crashes.

Each module is a command that prints one table; docs/benchmarks.md lists them. ``python -m benchmarks.all`` runs the
quick ones over the samples. Not part of the installed package.
"""
