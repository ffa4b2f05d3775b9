"""Pages of the explorer, a module for each address."""
