"""The marks of stories (read, starred, read later, notes, tags), in a database of their own."""
