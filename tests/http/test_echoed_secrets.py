"""Servers repeat secrets in any spelling, at any place: no log, error, traceback or token error shows them."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import quote

import pytest
from bindwright.runtime.http import ClientCredentials, HttpError

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

SECRET = 'pa/s+s"w&rd='
SPELLINGS = {
    "raw": SECRET,
    "percent": quote(SECRET, safe=""),
    "lower": quote(SECRET, safe="").replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"),
    "json": json.dumps(SECRET)[1:-1],
    "slashes": json.dumps(SECRET)[1:-1].replace("/", "\\/"),
    "html": escape(SECRET),
}
Answer = Callable[[Wire, str], None]


def _head(line: str) -> Answer:
    return lambda wire, text: wire.send(f"HTTP/1.1 {line}\r\n\r\n".replace("@", text).encode())


ANSWERS: dict[str, Answer] = {
    "problem": lambda wire, text: wire.answer(400, f'{{"title": "no", "detail": "{text}"}}'.encode()),
    "text": lambda wire, text: wire.answer(500, f"no: {text}".encode(), "text/plain"),
    "no json": lambda wire, text: wire.answer(200, f'{{"Name": {text}'.encode()),
    "reason": _head("400 @\r\nContent-Length: 0"),
    "header": _head("400 X\r\nContent-Length: 0\r\nX-Echo: @\r\nWWW-Authenticate: Bearer error=@"),
    "status": _head("abc @"),
    "no http": lambda wire, text: wire.send(f"{text}\r\n\r\n".encode()),
    "length": _head("200 OK\r\nContent-Length: @"),
    "coding": _head("200 OK\r\nTransfer-Encoding: @"),
    "content coding": lambda wire, text: wire.answer(200, b"{}", Content_Encoding=text),
    "charset": lambda wire, text: wire.answer(200, b"{}", f"application/json; charset={text}"),
    "chunk": _head("200 OK\r\nTransfer-Encoding: chunked\r\n\r\n@"),
    "redirect": lambda wire, text: wire.answer(302, b"", None, Location=f"http://127.0.0.1:1/{text}"),
    "later": lambda wire, text: wire.answer(429, b"", None, Retry_After=text),
}


def _shown(error: BaseException, logged: str) -> str:
    return "\n".join((logged, str(error), repr(error), *traceback.format_exception(error)))


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("place", ANSWERS)
@pytest.mark.parametrize("location", ["query", "header", "basic"])
def test_no_secret_is_shown(
    caller: Caller, location: str, place: str, spelling: str, caplog: pytest.LogCaptureFixture
) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        ANSWERS[place](wire, SPELLINGS[spelling])
        wire.sock.close()

    credential: Any = SECRET
    scheme = shop.scheme("key", "apiKey", parameter="X-Odd", location=location)
    if location == "basic":
        scheme, credential = shop.scheme("key", "basic"), ("user", SECRET)
    with caplog.at_level(logging.DEBUG), serve(always(answer)) as server:
        resource = caller.client(server.url, scheme, credentials={"key": credential}, retries=0)
        try:
            caller.call(resource, shop.GET, {"petId": 1})
        except HttpError as error:
            exposed = _shown(error, caplog.text)
        else:
            exposed = caplog.text
    for text in SPELLINGS.values():
        assert text not in exposed


def test_a_token_endpoint_that_repeats_the_secret(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(400, json.dumps({"error": "x", "error_description": f"bad {SECRET}"}).encode())

    with serve(always(answer)) as server:
        source = ClientCredentials("id", SECRET, token_url=f"{server.url}/token")
        resource = caller.client(server.url, shop.scheme("o", "oauth2"), credentials={"o": source}, retries=0)
        with pytest.raises(HttpError) as caught:
            caller.call(resource, shop.GET, {"petId": 1})
    assert SECRET not in _shown(caught.value, repr(vars(caught.value)))
    assert caught.value.error_description == "bad ***"
