"""Named things: the vocabulary's phrases, the grammar of names, definitions, mentions."""
