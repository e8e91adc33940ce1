"""Reading bodies: content codings undone, sizes limited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from bindwright.runtime.http.model.errors import ProtocolError, ResponseTooLarge
from bindwright.runtime.http.model.message import Request
from bindwright.runtime.http.response.content_coding import BadCoding, decoder_for


async def read_body(reply: Any, request: Request, limit: int | None) -> bytes:
    """The whole body.

    Raises:
        ResponseTooLarge: it is larger than the limit; the connection is given up.
        HttpError: it did not come, or not in the coding that its header names.
    """
    if "content-encoding" not in reply.headers and (limit is None or _is_within(reply, limit)):
        data: bytes = await reply.read()
        return data
    pieces = []
    async for piece in chunks(reply, request, limit):
        pieces.append(piece)
    return b"".join(pieces)


async def chunks(reply: Any, request: Request, limit: int | None) -> AsyncIterator[bytes]:
    """The body as it comes, decompressed."""
    size = 0
    try:
        decoder = decoder_for(reply.headers.get("content-encoding")) if request.method != "HEAD" else None
        if decoder is None:
            _check_length(reply, limit, request)
        async for chunk in reply.chunks():
            for piece in (chunk,) if decoder is None else decoder.feed(chunk):
                room = len(piece) if limit is None else limit - size
                size += len(piece)
                if len(piece) > room:
                    # What is within the limit may hold whole items, lines or events, which whoever reads on has.
                    if room:
                        yield piece[:room]
                    raise ResponseTooLarge(f"the answer is larger than {limit} bytes", request=request)
                yield piece
        if decoder is not None:
            decoder.finish()
    except BadCoding as error:
        await reply.aclose()
        raise ProtocolError(str(error), request=request) from error.__cause__
    except BaseException:
        await reply.aclose()
        raise


def _is_within(reply: Any, limit: int) -> bool:
    """Whether the body says that it is small enough; it cannot be longer than it says (RFC 9112, 6.3)."""
    length = reply.headers.get("content-length", "")
    return len(length) < 20 and length.isascii() and length.isdigit() and int(length) <= limit


def _check_length(reply: Any, limit: int | None, request: Request) -> None:
    length = reply.headers.get("content-length", "")
    # More digits Python makes no integer of.
    is_known = length.isascii() and length.isdigit() and len(length) < 4300
    if limit is not None and request.method != "HEAD" and is_known and int(length) > limit:
        raise ResponseTooLarge(f"the answer has {length} bytes, more than {limit}", request=request)
