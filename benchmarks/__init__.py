"""What is measured: how right the records are, and how fast things go. Each module prints one table."""
