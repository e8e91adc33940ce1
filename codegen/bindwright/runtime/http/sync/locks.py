"""The lock of a `TokenSource` for sync clients."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bindwright.runtime.http.config.oauth2 import TokenSource
from bindwright.runtime.http.model.errors import TotalTimeout
from bindwright.runtime.http.model.message import Deadline


def ready() -> None:
    """Nothing can be missing."""


@contextmanager
def lock_of(source: TokenSource, deadline: Deadline) -> Iterator[None]:
    """Hold it.

    Raises:
        TotalTimeout: the call's time was over before it was free.
    """
    left, lock = deadline.remaining(), source.lock
    if not lock.acquire(timeout=-1 if left is None else min(left, threading.TIMEOUT_MAX)):
        raise TotalTimeout("the call's time was over while another one fetched its token")
    try:
        yield
    finally:
        lock.release()
