"""Extraction: report files are read, segmented and turned into records, with the words that prove each fact."""
