"""Improvement: what inspections ask of a council, matched to what later ones say of the same matter."""
