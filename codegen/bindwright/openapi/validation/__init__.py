"""Checks of a whole document against the OpenAPI specification, each with a place."""
