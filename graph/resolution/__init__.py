"""Identity: which names in which documents are one thing or one person, decided by rules and by people."""
