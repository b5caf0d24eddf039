"""Translate the keys of other programs' content folders into those of the record format."""
