"""The subject of a document: its council and its kind."""
