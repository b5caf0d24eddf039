"""The screens: the main one, which owns the state, and those that come over it."""
