"""Exports of the graph: a module for each form."""
