"""Rules that a corpus is checked against."""
