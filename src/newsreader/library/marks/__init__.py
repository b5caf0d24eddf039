"""The marks of stories (read, starred, read later, notes), in a database of their own."""
