"""Findings: the sentences of inspectors with polarity, topics, kind and confidence."""
