"""Use cases that more than one front end needs."""
