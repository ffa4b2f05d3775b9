"""Days of the inspection and of the publication."""
