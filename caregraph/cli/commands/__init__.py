"""Commands of caregraph, a module each or one for several that belong together."""
