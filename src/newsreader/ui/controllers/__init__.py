"""Controllers: keys and messages to use cases, results to widgets."""
