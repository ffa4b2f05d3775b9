"""Sentences that say of a thing that it is shared between councils."""
