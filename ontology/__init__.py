"""Ontology: classes, schemes, thesaurus and register as Turtle, and the types that the stages hand on."""
