"""Linking of records that report the same event into stories."""
