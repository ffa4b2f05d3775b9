"""A knowledge graph of England's children's services, built from what inspectors publish."""
