"""Bodies of requests on their way out: a body that comes in pieces keeps to its announced length."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Request


class _Meter:
    """Counts bytes against ``Content-Length``.

    A surplus would be read as the beginning of the next request; with too few bytes the server would wait for
    ever (RFC 9112, 6.3).
    """

    def __init__(self, request: Request) -> None:
        self._request, self._length = request, request.length
        self._sent = 0

    def take(self, piece: Any) -> bytes:
        data = piece.encode() if isinstance(piece, str) else piece
        self._sent += len(data)
        if self._length is not None and self._sent > self._length:
            raise InvalidRequest(
                f"the body is longer than its Content-Length of {self._length} bytes", request=self._request
            )
        return data

    def finish(self) -> None:
        if self._length is not None and self._sent < self._length:
            raise InvalidRequest(
                f"the body ended after {self._sent} of the {self._length} bytes of its Content-Length",
                request=self._request,
            )


def pieces(request: Request) -> Iterator[bytes]:
    """The pieces of a body.

    Raises:
        InvalidRequest: more or fewer bytes than announced; no surplus is given.
    """
    meter = _Meter(request)
    for piece in request.body:
        yield meter.take(piece)
    meter.finish()


async def async_pieces(request: Request) -> AsyncIterator[bytes]:
    """As `pieces`; a sync iterator blocks the event loop for one piece at a time."""
    from anyio.lowlevel import checkpoint

    meter = _Meter(request)
    if hasattr(request.body, "__aiter__"):
        async for piece in request.body:
            yield meter.take(piece)
    else:
        for piece in request.body:
            yield meter.take(piece)
            await checkpoint()
    meter.finish()
