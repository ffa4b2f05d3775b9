"""Entity resolution: the names in documents that mean one thing or one person, decided by rules and by people."""
