"""Fixtures of the HTTP tests."""

from tests.http.both import caller

__all__ = ["caller"]
