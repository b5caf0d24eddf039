"""The panes and bars of the main screen. They know neither each other nor the library."""
