"""`bindwright.testing`."""
