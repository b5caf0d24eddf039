"""The reader's marks: read, starred, read later, notes. Their database stands apart from any index."""
