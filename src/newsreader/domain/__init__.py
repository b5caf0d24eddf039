"""Pure values and rules: no file, clock, network, database or user interface."""
