"""Credentials: where they go, where they never go, and where they never show."""

from __future__ import annotations

import base64
import json
import logging
import threading
from typing import Any
from urllib.parse import parse_qs

import pytest
from bindwright.runtime.http import (
    ApiKey,
    Basic,
    Bearer,
    ClientCredentials,
    Hooks,
    HttpError,
    InvalidRequest,
    RefreshToken,
    Request,
    Unauthorized,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

ANY = shop.operation()
SECRET = "s3cr3t-v4lue"


def heard_of(caller: Caller, *schemes: Any, **options: Any) -> Heard:
    with serve(always(lambda wire, heard: wire.answer())) as server:
        caller.call(caller.client(server.url, *schemes, **options), ANY)
        return server.heard[0]


KEY = shop.scheme("key", "apiKey", parameter="X-Key", location="header")
QUERY = shop.scheme("query", "apiKey", parameter="api key", location="query")
COOKIE = shop.scheme("cookie", "apiKey", parameter="session", location="cookie")
BASIC = shop.scheme("basic", "http", scheme="basic")
BEARER = shop.scheme("bearer", "http", scheme="bearer")
OAUTH = shop.scheme("oauth", "oauth2", flows={"clientCredentials": {"tokenUrl": "", "scopes": {}}})


def test_api_keys(caller: Caller) -> None:
    heard = heard_of(
        caller, KEY, QUERY, COOKIE, credentials={"key": "k", "query": "q&r", "cookie": ApiKey(lambda: "c")}
    )
    assert heard.header("X-Key") == "k"
    assert heard.target == "/x?api%20key=q%26r"
    assert heard.header("Cookie") == "session=c"


@pytest.mark.parametrize("credential", [Basic("me", "p:w"), ("me", "p:w"), "me:p:w"])
def test_basic(caller: Caller, credential: Any) -> None:
    header = heard_of(caller, BASIC, credentials={"basic": credential}).header("Authorization")
    assert header == "Basic " + base64.b64encode(b"me:p:w").decode()


@pytest.mark.parametrize("credential", ["t", lambda: "t", Bearer("t"), Bearer(lambda: "t")])
def test_bearer(caller: Caller, credential: Any) -> None:
    assert heard_of(caller, BEARER, credentials={"bearer": credential}).header("Authorization") == "Bearer t"


def test_the_first_alternative_with_all_credentials(caller: Caller) -> None:
    alternatives = ((("key", ()), ("basic", ())), (("bearer", ()),), ())
    schemes = (KEY, BASIC, BEARER)
    heard = heard_of(caller, *schemes, security=alternatives, credentials={"bearer": "t", "key": "k"})
    assert (heard.header("Authorization"), heard.header("X-Key")) == ("Bearer t", None)
    heard = heard_of(caller, *schemes, security=alternatives, credentials={"basic": ("u", "p"), "key": "k"})
    assert heard.header("X-Key") == "k"
    assert heard_of(caller, *schemes, security=alternatives).header("Authorization") is None


def test_operations_without_security(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer())) as server:
        resource = caller.client(server.url, KEY, credentials={"key": "k"})
        caller.call(resource, shop.operation(security=((),)))
        assert server.heard[0].header("X-Key") is None


def test_credentials_of_one_call(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer())) as server:
        resource = caller.client(server.url, KEY, credentials={"key": "k"})
        caller.call(resource, ANY, credentials={"key": "other"})
        assert server.heard[0].header("X-Key") == "other"


def test_a_credential_that_breaks_a_header_is_refused_and_not_shown(caller: Caller) -> None:
    with pytest.raises(InvalidRequest) as caught:
        heard_of(caller, KEY, credentials={"key": f"{SECRET}\r\nX: y"})
    assert SECRET not in repr(caught.value) + str(caught.value)


def test_secrets_show_nowhere(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bindwright.http")
    requests: list[str] = []
    hooks = Hooks(
        lambda request: requests.append(repr(request)),
        None,
        lambda request, error: requests.append(repr(request)),
    )
    with serve(always(lambda wire, heard: wire.answer(500, b"{}", Set_Cookie=f"a={SECRET}"))) as server:
        schemes = (KEY, QUERY, COOKIE, BEARER)
        values = {scheme.name: SECRET for scheme in schemes}
        resource = caller.client(
            server.url.replace("//", f"//me:{SECRET}@"), *schemes, credentials=values, hooks=hooks
        )
        with pytest.raises(HttpError) as caught:
            caller.call(resource, ANY, retries=0)
    texts = [
        str(caught.value),
        repr(caught.value),
        repr(caught.value.headers),
        repr(resource._client),
        *requests,
        caplog.text,
    ]
    assert not [text for text in texts if SECRET in text]
    assert "api%20key=***" in str(caught.value)
    assert "'X-Key': '***'" in caplog.text
    assert requests


def test_a_redirect_that_repeats_a_credential_does_not_show_it(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target.startswith("/moved"):
            wire.answer(500)
        else:
            wire.answer(302, b"", None, Location=f"/moved?api%20key={SECRET}&token={SECRET}")

    with serve(always(answer)) as server:
        resource = caller.client(server.url, QUERY, credentials={QUERY.name: SECRET}, retries=0)
        with pytest.raises(HttpError) as caught:
            caller.call(resource, ANY)
    assert "/moved" in caplog.text
    assert SECRET not in caplog.text + str(caught.value)


def test_hidden_objects() -> None:
    for hidden in (
        ApiKey(SECRET),
        Bearer(SECRET),
        Basic("a", SECRET),
        ClientCredentials("a", SECRET),
        RefreshToken(SECRET, "a"),
    ):
        assert SECRET not in repr(hidden)


def test_signing_sees_the_finished_request_on_each_attempt(caller: Caller) -> None:
    requests: list[tuple[str, Any]] = []

    def sign(request: Request) -> Request:
        requests.append((request.url, request.body))
        request.set_header("x-signature", str(len(requests)))
        return request

    answers = iter([503, 200])
    with serve(always(lambda wire, heard: wire.answer(next(answers), Retry_After="0"))) as server:
        resource = caller.client(server.url, KEY, credentials={"key": "k"}, sign=sign)
        operation = shop.operation("PUT", body=shop.body("Any"))
        caller.call(resource, operation, body={"a": 1})
        assert requests == [(f"{server.url}/x", b'{"a":1}')] * 2
        assert [request.header("X-Signature") for request in server.heard] == ["1", "2"]


class TokenServer:
    """An OAuth 2 token endpoint, and an API that takes its tokens."""

    def __init__(self, lifetime: int = 3600) -> None:
        self.lifetime, self.issued, self.revoked = lifetime, 0, set[str]()
        self.lock = threading.Lock()

    def __call__(self, wire: Wire, heard: Heard) -> None:
        if heard.target == "/token":
            with self.lock:
                self.issued += 1
                token = f"t{self.issued}"
            answer = {"access_token": token, "expires_in": self.lifetime, "refresh_token": f"r{self.issued}"}
            wire.answer(body=json.dumps(answer).encode())
            return
        token = (heard.header("Authorization") or "").removeprefix("Bearer ")
        wire.answer(401 if token in self.revoked or not token.startswith("t") else 200)


def test_client_credentials(caller: Caller) -> None:
    endpoint = TokenServer()
    with serve(always(endpoint)) as server:
        source = ClientCredentials("my id", "p&w", scopes=["a", "b"], token_url=f"{server.url}/token")
        resource = caller.client(server.url, OAUTH, credentials={"oauth": source})
        for _ in range(3):
            caller.call(resource, ANY)
        assert endpoint.issued == 1
        first = server.heard[0]
        assert parse_qs(first.body.decode()) == {"grant_type": ["client_credentials"], "scope": ["a b"]}
        assert first.header("Authorization") == "Basic " + base64.b64encode(b"my+id:p%26w").decode()
        endpoint.revoked.add("t1")
        caller.call(resource, ANY)
        assert endpoint.issued == 2
        endpoint.revoked |= {"t2", "t3"}
        with pytest.raises(Unauthorized):
            caller.call(resource, ANY)
        assert endpoint.issued == 3


def test_refresh_tokens_are_replaced(caller: Caller) -> None:
    endpoint = TokenServer(lifetime=0)
    changed: list[str] = []
    with serve(always(endpoint)) as server:
        source = RefreshToken("r0", "id", token_url=f"{server.url}/token", on_change=changed.append)
        resource = caller.client(server.url, OAUTH, credentials={"oauth": source})
        caller.call(resource, ANY)
        caller.call(resource, ANY)
        refresh_tokens = [
            parse_qs(request.body.decode())["refresh_token"]
            for request in server.heard
            if request.target == "/token"
        ]
        assert refresh_tokens == [["r0"], ["r1"]]
        assert changed == ["r1", "r2"]


def test_one_token_for_many_threads() -> None:
    endpoint = TokenServer()
    with serve(always(endpoint)) as server:
        source = ClientCredentials("id", "pw", token_url=f"{server.url}/token")
        clients = [shop.client(server.url, OAUTH, credentials={"oauth": source}) for _ in range(2)]
        threads = [threading.Thread(target=shop.call, args=(clients[at % 2], ANY)) for at in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert endpoint.issued == 1
        assert len(server.heard) == 17
        for client in clients:
            client._client.close()


def test_a_token_endpoint_that_says_no(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(400, b'{"error":"invalid_client"}'))) as server:
        source = ClientCredentials("id", SECRET, token_url=f"{server.url}/token")
        with pytest.raises(InvalidRequest, match="400 invalid_client") as caught:
            caller.call(caller.client(server.url, OAUTH, credentials={"oauth": source}), ANY)
        assert SECRET not in str(caught.value)


def test_async_hooks_are_waited_for(caller: Caller) -> None:
    order: list[str] = []

    async def later(request: Request) -> None:
        order.append("later")

    def now(request: Request) -> None:
        order.append("now")

    heard_of(caller, hooks=[Hooks(later if caller.kind == "async" else now), Hooks(now)])
    assert order == ["later" if caller.kind == "async" else "now", "now"]


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_a_program_that_logs_everything_logs_no_secrets(
    caller: Caller, location: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The libraries below write logs of their own: urllib3 whole URLs, httpcore2 the headers of answers."""
    key = shop.scheme("key", "apiKey", parameter="odd name", location=location)
    key = shop.scheme("key", "apiKey", parameter="X-Odd", location=location) if location != "query" else key

    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=b'{"Name":"a"}', Set_Cookie="sid=s3cret")

    with caplog.at_level(logging.DEBUG), serve(always(answer)) as server:
        resource = caller.client(server.url, key, credentials={"key": "s3cret"})
        caller.call(resource, shop.GET, {"petId": 1})
        assert "s3cret" in repr(server.heard)
    assert any(record.name.startswith(("urllib3", "httpcore2")) for record in caplog.records)
    assert "s3cret" not in caplog.text
