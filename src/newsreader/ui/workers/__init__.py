"""Background work of the user interface."""
