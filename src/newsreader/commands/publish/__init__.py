"""Feeds, folders of Markdown files, and newsletters."""
