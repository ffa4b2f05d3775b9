"""State of one reader's session: its entries, the network's view and history, page addresses, cached queries."""
