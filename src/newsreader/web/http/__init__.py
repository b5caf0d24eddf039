"""A bounded, polite HTTP client."""
