"""SQLite connections, attached databases and transactions."""
