"""The lock of a `TokenSource` for async clients: one for each event loop that uses it."""

from __future__ import annotations

from typing import Any

try:
    import anyio
    from anyio.lowlevel import current_token
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "the async client needs httpx2: install the extra, as in pip install 'bindwright[async]'",
        name=missing.name,
    ) from None

from bindwright.runtime.http.credentials import TokenSource


def ready() -> None:
    """Called before anything else is imported, so that what is missing is told by the words above."""


def lock_of(source: TokenSource) -> Any:
    """The lock of this loop."""
    loop = current_token()
    with source.lock:
        if loop not in source.async_locks:
            source.async_locks[loop] = anyio.Lock()
        return source.async_locks[loop]
