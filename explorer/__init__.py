"""The explorer: its pages, a module for each address, and the figures, evidence and network that they show."""
