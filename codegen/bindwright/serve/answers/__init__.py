"""The response to a request: chosen, sampled, or a problem report."""
