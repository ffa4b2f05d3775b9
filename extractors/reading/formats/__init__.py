"""Readers of each kind of file but PDF: HTML, Markdown, mail, Word, OpenDocument, and files that are refused."""
