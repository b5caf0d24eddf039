"""Values and rules. Standard library only; no files, network, database or user interface."""
