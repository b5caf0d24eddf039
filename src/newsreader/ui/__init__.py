"""The user interface: the only place with Textual and Rich."""
