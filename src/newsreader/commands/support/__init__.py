"""Arguments, selections, progress and the runner, shared by all commands."""
