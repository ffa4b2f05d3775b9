"""Reading: from the bytes of documents to their cached records, on this machine or on a cluster."""
