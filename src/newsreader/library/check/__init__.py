"""Checks of files, of the corpus and of the index."""
