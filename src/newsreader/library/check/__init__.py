"""Check files, a corpus and its index."""
