"""Named questions, and the queries that the explorer and the command line ask through."""
