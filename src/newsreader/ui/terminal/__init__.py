"""The terminal: reading keys and reports from it, writing to it, and giving it back."""
