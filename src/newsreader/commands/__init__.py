"""The headless twin: what the screen does, for scripts. One file a subcommand."""
