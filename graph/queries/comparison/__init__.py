"""Comparison: the reports that authorities are compared by, what was asked of each, and who does well there."""
