"""The lock of a `TokenSource` for async clients: one for each event loop that uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

try:
    import anyio
    from anyio.lowlevel import current_token
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "the async client needs httpx2: install the extra, as in pip install 'bindwright[async]'",
        name=missing.name,
    ) from None

from bindwright.runtime.http.config.oauth2 import TokenSource
from bindwright.runtime.http.model.errors import TotalTimeout
from bindwright.runtime.http.model.message import Deadline


def ready() -> None:
    """Called before anything else is imported, so that what is missing is told by the words above."""


@asynccontextmanager
async def lock_of(source: TokenSource, deadline: Deadline) -> AsyncIterator[None]:
    """Hold the lock of this loop.

    Raises:
        TotalTimeout: the call's time was over before it was free.
    """
    loop = current_token()
    with source.lock:
        if loop not in source.async_locks:
            source.async_locks[loop] = anyio.Lock()
        lock = source.async_locks[loop]
    try:
        with anyio.fail_after(deadline.remaining()):
            await lock.acquire()
    except TimeoutError:
        raise TotalTimeout("the call's time was over while another one fetched its token") from None
    try:
        yield
    finally:
        lock.release()
