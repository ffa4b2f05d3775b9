"""The `caregraph` command: a module for each group of commands."""
