"""From a file to its text: pages, furniture, layout, sections, and pictures of pages."""
