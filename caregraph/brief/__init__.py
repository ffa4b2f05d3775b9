"""Brief: a document of quotations and counts on one council, and the check that finds each of them again."""
