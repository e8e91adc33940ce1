"""Tokens at the edge: where they are fetched, what answers say, and calls that wait for each other's token."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest
from bindwright.runtime.http import ClientCredentials, HttpError, InvalidRequest, TotalTimeout

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Server, Wire, always, serve
from tests.http.patience import BOUND, HANG, in_time


def scheme(token_url: str) -> Any:
    return shop.scheme("o", "oauth2", flows={"clientCredentials": {"tokenUrl": token_url, "scopes": {}}})


def tells(answer: Any) -> Any:
    """A server that gives tokens, and elsewhere the authorization that it got."""

    def give(wire: Wire, heard: Heard) -> None:
        if "token" in heard.target:
            wire.answer(body=json.dumps(answer).encode())
        else:
            wire.answer(body=json.dumps({"Name": heard.header("Authorization")}).encode())

    return always(give)


@pytest.mark.parametrize(
    ("url", "target"), [("/token", "/token"), ("token", "/base/token"), ("../a/token", "/a/token")]
)
def test_a_token_url_is_relative_to_the_api(caller: Caller, url: str, target: str) -> None:
    with serve(tells({"access_token": "T"})) as server:
        resource = caller.client(
            f"{server.url}/base", scheme(url), credentials={"o": ClientCredentials("id", "s")}
        )
        assert caller.call(resource, shop.GET, {"petId": 1}).name == "Bearer T"
        assert server.heard[0].target == target


@pytest.mark.parametrize("lifetime", [None, "soon", "", float("nan"), float("inf"), [], "3600", 3600.5])
def test_lifetimes_as_servers_tell_them(caller: Caller, lifetime: Any) -> None:
    with serve(tells({"access_token": "T", "expires_in": lifetime})) as server:
        resource = caller.client(
            server.url, scheme("/token"), credentials={"o": ClientCredentials("id", "s")}
        )
        for _ in range(2):
            assert caller.call(resource, shop.GET, {"petId": 1}).name == "Bearer T"
        assert len(server.heard) == 3, "the token is kept"


def test_waiting_for_the_token_of_another_call_ends_in_time(caller: Caller) -> None:
    arrived = threading.Event()

    def silent(wire: Wire) -> None:
        wire.request()
        arrived.set()
        wire.stop.wait(HANG)

    def client(server: Server) -> Any:
        source = ClientCredentials("id", "s")
        return caller.client(server.url, scheme("/token"), credentials={"o": source}, retries=0)

    with serve(silent) as server, in_time():
        resource = client(server)
        if caller.kind == "sync":

            def first() -> None:
                with pytest.raises(HttpError):
                    shop.call(resource, shop.GET, {"petId": 1}, timeout=HANG)

            threading.Thread(target=first, daemon=True).start()
            assert arrived.wait(BOUND)
            with pytest.raises(TotalTimeout):
                shop.call(resource, shop.GET, {"petId": 2}, timeout=0.3)
            return

        async def both() -> None:
            hanging = asyncio.create_task(shop.acall(resource, shop.GET, {"petId": 1}, timeout=HANG))
            await asyncio.to_thread(arrived.wait, BOUND)
            with pytest.raises(TotalTimeout):
                await shop.acall(resource, shop.GET, {"petId": 2}, timeout=0.3)
            hanging.cancel()
            await asyncio.gather(hanging, return_exceptions=True)

        caller.run(both())


def test_a_cookie_that_would_be_two(caller: Caller) -> None:
    cookie = shop.scheme("sid", "apiKey", parameter="sid", location="cookie")
    resource = caller.client("http://127.0.0.1:9", cookie, credentials={"sid": "s3cret; admin=1"}, retries=0)
    with pytest.raises(InvalidRequest, match="cookie sid") as caught:
        caller.call(resource, shop.GET, {"petId": 1})
    assert "s3cret" not in str(caught.value)
