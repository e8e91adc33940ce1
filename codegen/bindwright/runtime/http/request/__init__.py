"""From a call's arguments to a request."""
