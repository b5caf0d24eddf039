"""Settings, sources, saved searches and the paths of the program's own files."""
