"""The lock of a `TokenSource` for async clients: one for each event loop that uses it."""

from __future__ import annotations

from typing import Any

import anyio
from anyio.lowlevel import current_token

from bindwright.runtime.http.credentials import TokenSource


def lock_of(source: TokenSource) -> Any:
    """The lock of this loop."""
    loop = current_token()
    with source.lock:
        if loop not in source.async_locks:
            source.async_locks[loop] = anyio.Lock()
        return source.async_locks[loop]
