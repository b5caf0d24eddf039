"""The fetch process: its protocol, client and request handlers."""
