"""Queries of the index."""
