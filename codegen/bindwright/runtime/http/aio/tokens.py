"""Fetching OAuth 2 tokens: one request at a time for one `TokenSource`, whoever asks."""

from __future__ import annotations

from typing import Any

import anyio

from bindwright.runtime.http.aio.body import read_body
from bindwright.runtime.http.aio.locks import lock_of
from bindwright.runtime.http.config.credentials import TokenSource
from bindwright.runtime.http.config.security import Chosen
from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Deadline

_LIMIT = 1 << 20
_TRIES = 3


async def fetch_tokens(transport: Any, chosen: Chosen, base: str, deadline: Deadline) -> dict[str, str]:
    """A token for every scheme that has a `TokenSource`; ``base`` is where the API is.

    Raises:
        HttpError: the token endpoint gave none.
    """
    tokens: dict[str, str] = {}
    for scheme, source in chosen:
        if isinstance(source, TokenSource):
            token = source.current()
            if token is None:
                async with lock_of(source, deadline):
                    token = source.current() or await _fetch(transport, scheme, source, base, deadline)
            tokens[scheme.name] = token
    return tokens


async def _fetch(transport: Any, scheme: Any, source: TokenSource, base: str, deadline: Deadline) -> str:
    request = source.request(scheme, base)
    for attempt in range(_TRIES):
        reply = await transport.send(request, deadline)
        body = await read_body(reply, request, _LIMIT)
        if reply.status not in (429, 502, 503, 504) or attempt == _TRIES - 1:
            break
        await anyio.sleep(min(0.2 * 2**attempt, deadline.remaining() or 0.2))
    try:
        return source.accept(reply.status, body)
    except ValueError as error:
        raise InvalidRequest(f"no token for {scheme.name!r}: {error}", request=request) from None
