"""The words: classes, schemes and the register as Turtle, and the types that the stages hand on."""
