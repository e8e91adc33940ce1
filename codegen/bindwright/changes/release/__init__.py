"""Releases of the generated package: the version that a verdict asks for, and what its callers are told."""
