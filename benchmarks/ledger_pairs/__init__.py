"""Pairs of sentences that were read one by one, and the measure of the improvement ledger on them."""
