"""Handlers of the commands typed at the prompt."""
