"""The lock of a `TokenSource` for sync clients."""

from __future__ import annotations

import threading

from bindwright.runtime.http.credentials import TokenSource


def ready() -> None:
    """Nothing can be missing."""


def lock_of(source: TokenSource) -> threading.Lock:
    """Its own."""
    return source.lock
