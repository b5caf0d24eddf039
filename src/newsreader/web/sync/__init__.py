"""Synchronization of sources into a corpus."""
