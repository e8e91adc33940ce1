"""Calls of lists in pages: the first page is there already, and goes on to the others itself."""

from __future__ import annotations

from typing import Any

from bindwright.runtime.http.sync.paging import Page

__all__ = ["Page", "paged"]


def paged(call: Any) -> Any:
    """The first page."""
    return call
