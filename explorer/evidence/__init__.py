"""Evidence: the panel of a node, pictures of pages, answers with their rows, and comparison with other councils."""
