"""How a client is set up: servers, credentials, security."""
