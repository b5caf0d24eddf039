"""Records in forms that others publish: feeds, folders of Markdown, newsletters."""
