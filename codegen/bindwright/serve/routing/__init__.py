"""Which operation a request means, and whether it may be called."""
