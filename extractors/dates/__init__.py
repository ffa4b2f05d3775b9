"""Days of inspections and of publication."""
