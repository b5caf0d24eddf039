"""Which keys do what: the actions, the presets, and what the user's settings make of them."""
