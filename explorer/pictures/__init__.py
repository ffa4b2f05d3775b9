"""Pictures of charts and networks, to be downloaded or put in a pack: SVG, and PNG of the same."""
