"""Bounds in time that slow and busy machines keep, and that hangs do not."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

HANG = 90.0
"""Seconds for which a server hangs that a test wants to hang."""
BOUND = 30.0
"""Seconds within which a client must have given up: far below every hang, far above what the work itself needs."""


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Fails if the block waits for what hangs."""
    start = time.monotonic()
    yield
    took = time.monotonic() - start
    assert took < BOUND, f"{took:.1f} s"
