"""A terminal reader for a local corpus of ranked, curated news records."""

__version__ = "0.2.0"
