"""Evidence: the panel, pictures of pages, answers with their rows."""
