"""Pack: what a reader puts aside for a meeting; its items, the buttons that add them, and its document."""
