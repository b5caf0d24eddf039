"""Lay out content as lines of spans with roles, for the screen, the prompt and pipes."""
