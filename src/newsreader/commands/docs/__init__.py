"""Documentation generated from the command-line parsers."""
