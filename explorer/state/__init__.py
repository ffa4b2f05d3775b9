"""State of a session: the view, its history, addresses, and the cached database."""
