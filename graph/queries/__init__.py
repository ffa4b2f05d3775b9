"""Questions of the database: the named ones, name lookup, search, and those behind the explorer's pages."""
