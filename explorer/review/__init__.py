"""Parts of the page on which a person decides if two names are the same."""
