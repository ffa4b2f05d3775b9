"""Evaluation: agreement of extracted records with hand labels, for `caregraph evaluate`."""
