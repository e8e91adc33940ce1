"""The HTTP client, over loopback sockets only."""
