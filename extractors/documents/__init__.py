"""Subject of a document: its authority and its kind."""
