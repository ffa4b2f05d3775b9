"""PDF: its pages as PDFium gives them, and those that are pictures of text."""
