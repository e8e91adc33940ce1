"""Schemes that are not sent in clear, credentials that are never silently unused, and tokens; both clients."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from bindwright.runtime.http import (
    Basic,
    Bearer,
    ClientCredentials,
    Hooks,
    InvalidRequest,
    MutualTls,
    PasswordCredentials,
    RefreshToken,
    Retries,
    TokenError,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

ANY = shop.operation()
DIGEST = shop.scheme("digest", "http", scheme="digest")
BASIC = shop.scheme("basic", "http", scheme="basic")
BEARER = shop.scheme("bearer", "http", scheme="bearer")
CUSTOM = shop.scheme("custom", "http", scheme="hoba")
STRANGE = shop.scheme("strange", "saml2")
MTLS = shop.scheme("mtls", "mutualTLS")
KEY = shop.scheme("key", "apiKey", parameter="X-Key", location="header")


def good(wire: Wire, heard: Heard) -> None:
    wire.answer(200, b"[]")


def heard_of(caller: Caller, *schemes: Any, **options: Any) -> Heard:
    with serve(always(good)) as server:
        caller.call(caller.client(server.url, *schemes, **options), ANY)
        return server.heard[0]


@pytest.mark.parametrize(
    "credential", [("me", "s3cret"), Basic("me", "s3cret"), "me:s3cret", Bearer("s3cret")]
)
@pytest.mark.parametrize("scheme", [DIGEST, STRANGE])
def test_what_is_not_known_is_refused_and_sent_in_no_other_way(
    caller: Caller, scheme: Any, credential: Any
) -> None:
    with serve(always(good)) as server:
        client = caller.client(server.url, scheme, credentials={scheme.name: credential})
        with pytest.raises(InvalidRequest, match="not supported") as caught:
            caller.call(client, ANY)
        assert server.heard == []
        assert "s3cret" not in str(caught.value)


def test_a_password_is_no_token(caller: Caller) -> None:
    with pytest.raises(InvalidRequest, match="a token is needed"):
        heard_of(caller, BEARER, credentials={"bearer": ("me", "s3cret")})
    with pytest.raises(InvalidRequest, match="not supported"):
        heard_of(caller, CUSTOM, credentials={"custom": ("me", "s3cret")})
    assert heard_of(caller, CUSTOM, credentials={"custom": "x"}).header("Authorization") == "Hoba x"


def test_unknown_names_are_refused(caller: Caller) -> None:
    with pytest.raises(ValueError, match=r"'tokne'.*: bearer, key"):
        caller.client("http://h", BEARER, KEY, credentials={"tokne": "x"})
    client = caller.client("http://h", BEARER)
    with pytest.raises(ValueError, match="'key'"):
        caller.call(client, ANY, credentials={"key": "x"})


def test_an_option_that_no_client_has_says_which_there_are(caller: Caller) -> None:
    """Somebody who gives a key by a usual name reads by which one this API takes it."""
    with pytest.raises(TypeError, match=r"unknown option 'api_key'; .* proxy, .* argument of its own: 'key'"):
        caller.client("http://h", KEY, credentials={"key": None}, api_key="x")


def test_what_is_needed_together(caller: Caller) -> None:
    with pytest.raises(InvalidRequest, match="'key' beside 'bearer'"):
        heard_of(caller, BEARER, KEY, credentials={"bearer": "x"})
    with pytest.raises(InvalidRequest, match="both need the header Authorization"):
        heard_of(caller, BEARER, BASIC, credentials={"bearer": "x", "basic": ("a", "b")})
    alternatives = ((("bearer", ()), ("key", ())), ())
    heard = heard_of(caller, BEARER, KEY, security=alternatives, credentials={"bearer": "x"})
    assert heard.header("Authorization") is None


def test_a_client_certificate_is_never_silently_unused(caller: Caller, tmp_path: Path) -> None:
    missing = str(tmp_path / "client.pem")
    with pytest.raises(InvalidRequest, match=r"client\.pem"):
        caller.client("https://h", MTLS, credentials={"mtls": MutualTls(missing)})
    with pytest.raises(InvalidRequest, match=r"client\.pem"):
        caller.client("https://h", MTLS, credentials={"mtls": missing})
    authority, file = __import__("trustme").CA(), tmp_path / "real.pem"
    issued = authority.issue_cert("client")
    issued.private_key_and_cert_chain_pem.write_to_path(str(file))
    certificate = MutualTls(str(file))
    with pytest.raises(ValueError, match="a transport of your own"):
        caller.client("https://h", MTLS, credentials={"mtls": certificate}, transport=object())
    client = caller.client("https://h", MTLS)
    with pytest.raises(ValueError, match="to the client itself"):
        caller.call(client, ANY, credentials={"mtls": certificate})
    with pytest.raises(ValueError, match="to the client itself"):
        client.with_options(credentials={"mtls": certificate})
    with pytest.raises(InvalidRequest, match="needs an https URL"):
        heard_of(caller, MTLS, credentials={"mtls": certificate})


OAUTH = shop.scheme(
    "oauth", "oauth2",
    flows={"clientCredentials": {"tokenUrl": "/token", "refreshUrl": "/refresh", "scopes": {}}},
)  # fmt: skip


class Tokens:
    """An API with a token endpoint."""

    def __init__(self, status: int = 200, answer: Any = None) -> None:
        self.status, self.answer = status, answer
        self.requests: list[Heard] = []
        self.failures = 0

    def __call__(self, wire: Wire, heard: Heard) -> None:
        if heard.target in ("/token", "/refresh"):
            self.requests.append(heard)
            if self.failures:
                self.failures -= 1
                wire.answer(503, b"", None, Retry_After="0")
                return
            answer = self.answer or {"access_token": f"t{len(self.requests)}", "expires_in": 3600}
            wire.answer(self.status, json.dumps(answer).encode())
        elif heard.target == "/configuration":
            wire.answer(200, b'{"token_endpoint":"http://127.0.0.1:%d/token"}' % wire.sock.getsockname()[1])
        elif heard.target == "/moved":
            wire.answer(302, b"", None, Location="/x")
        elif heard.header("Authorization") == "Bearer t1" and heard.target == "/x?renew=1":
            wire.answer(401, b"", None)
        else:
            wire.answer(200, b"[]")

    def form(self, at: int = 0) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.requests[at].body.decode()).items()}


def test_where_the_secret_of_the_client_goes(caller: Caller) -> None:
    tokens = Tokens()
    with serve(always(tokens)) as server:
        for client_auth in ("basic", "post"):
            source = ClientCredentials("me", "s:c", client_auth=client_auth, extra={"audience": "api"})  # type: ignore[arg-type]
            caller.call(caller.client(server.url, OAUTH, credentials={"oauth": source}), ANY)
    assert tokens.requests[0].header("Authorization") == "Basic " + base64.b64encode(b"me:s%3Ac").decode()
    assert tokens.form(0) == {"grant_type": "client_credentials", "audience": "api"}
    assert tokens.requests[1].header("Authorization") is None
    assert tokens.form(1) == {
        "grant_type": "client_credentials", "audience": "api", "client_id": "me", "client_secret": "s:c",
    }  # fmt: skip


def test_the_scopes_of_the_operation_are_asked_for(caller: Caller) -> None:
    tokens = Tokens()
    reading, writing = (
        shop.operation(security=((("oauth", scopes),),)) for scopes in (("read",), ("write", "read"))
    )
    with serve(always(tokens)) as server:
        client = caller.client(server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "s")})
        for operation in (reading, writing, reading, writing):
            caller.call(client, operation)
        sent = [heard.header("Authorization") for heard in server.heard if heard.target == "/x"]
    assert [tokens.form(at)["scope"] for at in range(len(tokens.requests))] == ["read", "read write"]
    assert sent == ["Bearer t1", "Bearer t2", "Bearer t1", "Bearer t2"]


def test_other_grants(caller: Caller) -> None:
    tokens = Tokens()
    with serve(always(tokens)) as server:
        for source in (PasswordCredentials("u", "p", "me"), RefreshToken("r", "me")):
            caller.call(caller.client(server.url, OAUTH, credentials={"oauth": source}), ANY)
    assert tokens.form(0) == {"grant_type": "password", "username": "u", "password": "p", "client_id": "me"}
    assert tokens.form(1) == {"grant_type": "refresh_token", "refresh_token": "r", "client_id": "me"}
    assert [heard.target for heard in tokens.requests] == ["/token", "/refresh"]


def test_openid_connect_says_where_tokens_are(caller: Caller) -> None:
    tokens = Tokens()
    with serve(always(tokens)) as server:
        scheme = shop.scheme("oidc", "openIdConnect", url=f"{server.url}/configuration")
        client = caller.client(server.url, scheme, credentials={"oidc": ClientCredentials("me", "s")})
        for _ in range(2):
            caller.call(client, ANY)
        assert [heard.target for heard in server.heard] == ["/configuration", "/token", "/x", "/x"]


def test_token_requests_are_the_clients_own(caller: Caller) -> None:
    tokens, heard = Tokens(), []
    tokens.failures = 2
    hooks = Hooks(on_request=lambda request: heard.append(request.operation))
    with serve(always(tokens)) as server:
        client = caller.client(
            server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "s")}, hooks=hooks,
            user_agent="shop/1", retries=Retries(2, delay=0.01),
        )  # fmt: skip
        caller.call(client, ANY)
    assert heard == ["oauth2.token"] * 3 + ["shop.x"]
    assert {request.header("User-Agent") for request in tokens.requests} == {"shop/1"}


def test_a_refusal_says_why_and_shows_no_secret(caller: Caller) -> None:
    tokens = Tokens(400, {"error": "invalid_client", "error_description": "no such\x1b client s3cr3t"})
    with serve(always(tokens)) as server:
        client = caller.client(server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "s3cr3t")})
        with pytest.raises(TokenError, match=r"400 invalid_client: no such\\x1b client \*\*\*") as caught:
            caller.call(client, ANY)
    assert (caught.value.status, caught.value.error) == (400, "invalid_client")
    assert "s3cr3t" not in repr(caught.value)


def test_a_deep_answer_is_a_refusal(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(200, b"[" * 200_000)

    with serve(always(answer)) as server:
        client = caller.client(server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "s")})
        with pytest.raises(TokenError):
            caller.call(client, ANY)


def test_sixteen_threads_with_a_bad_secret_ask_once() -> None:
    tokens = Tokens(401, {"error": "invalid_client"})
    errors: list[Exception] = []

    def slow(wire: Wire, heard: Heard) -> None:
        threading.Event().wait(0.3)
        tokens(wire, heard)

    def call() -> None:
        try:
            shop.call(resource, ANY)
        except TokenError as error:
            errors.append(error)

    with serve(always(slow)) as server:
        resource = shop.client(server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "bad")})
        threads = [threading.Thread(target=call) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        resource._client.close()
    assert len(errors) == 16
    assert len(tokens.requests) == 1


def test_a_refusal_after_a_redirect_renews_the_token(caller: Caller) -> None:
    tokens = Tokens()

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/x":
            wire.answer(302, b"", None, Location="/x?renew=1")
        else:
            tokens(wire, heard)

    with serve(always(answer)) as server:
        client = caller.client(server.url, OAUTH, credentials={"oauth": ClientCredentials("me", "s")})
        assert caller.call(client, ANY) == []
    assert len(tokens.requests) == 2


def test_callables_give_credentials(caller: Caller) -> None:
    async def token() -> str:
        await asyncio.sleep(0)
        return "abc"

    for credential in (lambda: "abc", Bearer(lambda: "abc")):
        assert (
            heard_of(caller, BEARER, credentials={"bearer": credential}).header("Authorization")
            == "Bearer abc"
        )
    if caller.kind == "async":
        assert heard_of(caller, BEARER, credentials={"bearer": token}).header("Authorization") == "Bearer abc"
    else:
        with pytest.raises(InvalidRequest, match="cannot wait for coroutines"):
            heard_of(caller, BEARER, credentials={"bearer": token})
    with pytest.raises(InvalidRequest, match="gave int"):
        heard_of(caller, BEARER, credentials={"bearer": lambda: 5})
