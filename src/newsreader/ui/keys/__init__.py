"""Key bindings, key sequences and the command palette."""
