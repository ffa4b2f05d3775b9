"""Evaluation: extracted records against hand labels, for `caregraph evaluate`."""
