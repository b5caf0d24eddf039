"""Refresh the index: the indexing process, its client and its workers."""
