"""Fetched pages, and how links fared. Their database stands apart from any index, in the cache."""
