"""Fetching OAuth 2 tokens: one request at a time for one `TokenSource`, whoever asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from bindwright.runtime.http.aio.callables import finish, in_thread
from bindwright.runtime.http.aio.locks import lock_of
from bindwright.runtime.http.config.authorization_code import AuthorizationCode
from bindwright.runtime.http.config.config import Config
from bindwright.runtime.http.config.oauth2 import Scopes, TokenSource
from bindwright.runtime.http.config.security import Chosen
from bindwright.runtime.http.model.errors import InvalidRequest
from bindwright.runtime.http.model.message import Deadline, Request

Exchange = Callable[[Request, Config, Deadline], Any]
"""Sends a request as the client sends its own, with its hooks and retries."""


async def fetch_tokens(
    exchange: Exchange, chosen: Chosen, base: str, config: Config, deadline: Deadline
) -> dict[str, str]:
    """A token for every scheme that has a `TokenSource`; ``base`` is where the API is.

    Raises:
        TokenError: the token endpoint refused.
        HttpError: the token endpoint gave no answer.
    """
    tokens: dict[str, str] = {}
    for scheme, source, needed in chosen:
        if isinstance(source, TokenSource):
            scopes = source.scopes_for(needed)
            token = source.current(scopes)
            if token is None:
                start = time.monotonic()
                async with lock_of(source, deadline):
                    token = source.current(scopes)
                    if token is None and (failure := source.failure_since(start)) is not None:
                        raise failure
                    if token is None:
                        token = await _fetch(exchange, scheme, source, base, scopes, config, deadline)
            tokens[scheme.name] = token
    return tokens


async def _fetch(
    exchange: Exchange,
    scheme: Any,
    source: TokenSource,
    base: str,
    scopes: Scopes,
    config: Config,
    deadline: Deadline,
) -> str:
    url = source.endpoint(scheme, base)
    if url is None:
        status, body = await exchange(_request("GET", scheme.url, config), config, deadline)
        if status != 200:
            raise InvalidRequest(f"the OpenID Connect configuration at {scheme.url} answered {status}")
        url = source.configure(body, scheme.url)
    if isinstance(source, AuthorizationCode) and source.needs_person(scopes):
        start = time.monotonic()
        await in_thread(source.login, scheme, base, scopes)
        deadline.extend(time.monotonic() - start)  # a person's time is not the call's
    request = source.request(url, scopes)
    request.headers.setdefault("User-Agent", _user_agent(config))
    status, body = await exchange(request, config, deadline)
    return source.accept(request, status, body, scopes)


def _request(method: str, url: str, config: Config) -> Request:
    headers = {"Accept": "application/json", "User-Agent": _user_agent(config)}
    return Request(method, url, headers, operation="oauth2.configuration")


def _user_agent(config: Config) -> str:
    return next(
        (value for name, value in config.headers.items() if name.lower() == "user-agent"), "bindwright"
    )


async def called(chosen: Chosen) -> dict[str, str]:
    """What the callables among the credentials give now, by scheme; async clients wait for coroutines.

    Raises:
        InvalidRequest: a callable gave something else than text.
    """
    values: dict[str, str] = {}
    for scheme, credential, _ in chosen:
        function = credential if callable(credential) else getattr(credential, "function", None)
        if function is None:
            continue
        value = await finish(function())
        if not isinstance(value, str):
            raise InvalidRequest(
                f"credentials for {scheme.name!r}: a callable gave {type(value).__name__}, not text"
            )
        values[scheme.name] = value
    return values
