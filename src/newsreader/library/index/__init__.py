"""The index: schema and writer."""
