"""The authorization code grant of command lines: a browser, a port of this machine, PKCE."""

from __future__ import annotations

import json as stdlib
import threading
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bindwright.runtime.http import AuthorizationCode, InvalidRequest, TokenError
from bindwright.runtime.http.config.authorization_code import challenge_of

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

ANY = shop.operation()
OAUTH = shop.scheme(
    "oauth",
    "oauth2",
    flows={"authorizationCode": {"authorizationUrl": "https://login.example/ask", "tokenUrl": "/token"}},
)


def visit(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


class Person:
    """Somebody before a browser, who says yes, after what else may knock at the port."""

    def __init__(self, **answer: str) -> None:
        self.answer = answer or {"code": "c0de"}
        self.query: dict[str, str] = {}
        self.statuses: list[int] = []
        self.opened = 0

    def __call__(self, url: str) -> None:
        self.opened += 1
        self.url = url
        self.query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        threading.Thread(target=self._visit, daemon=True).start()

    def _visit(self) -> None:
        uri, state = self.query["redirect_uri"], self.query["state"]
        answer = "&".join(f"{name}={value}" for name, value in self.answer.items())
        for query in ("favicon.ico", f"?{answer}", f"?{answer}&state=wrong", f"other?{answer}&state={state}"):
            self.statuses.append(visit(uri + query))
        self.statuses.append(visit(f"{uri}?{answer}&state={state}"))


class Server:
    """Where tokens are, and the API; it holds the code to its verifier."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.forms: list[dict[str, str]] = []
        self.lifetime = 3600
        self.refuses = False

    def __call__(self, wire: Wire, heard: Heard) -> None:
        if heard.target != "/token":
            wire.answer(body=b"{}")
            return
        form = {name: values[0] for name, values in parse_qs(heard.body.decode()).items()}
        self.forms.append(form)
        if self.refuses and form["grant_type"] == "refresh_token":
            self.refuses = False
            wire.answer(400, b'{"error":"invalid_grant"}')
            return
        if form["grant_type"] == "authorization_code":
            assert challenge_of(form["code_verifier"]) == self.person.query["code_challenge"]
            assert form["redirect_uri"] == self.person.query["redirect_uri"]
        wire.answer(
            body=b'{"access_token":"t%d","expires_in":%d,"refresh_token":"r%d"}'
            % (len(self.forms), self.lifetime, len(self.forms))
        )


def test_the_challenge_is_that_of_the_specification() -> None:
    """RFC 7636, appendix B."""
    assert (
        challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_a_login(caller: Caller) -> None:
    person, kept = Person(), list[str]()
    endpoint = Server(person)
    with serve(always(endpoint)) as server:
        source = AuthorizationCode("me", open_browser=person, scopes=("read", "write"), on_change=kept.append)
        resource = caller.client(server.url, OAUTH, credentials={"oauth": source}, timeout=5)
        caller.call(resource, ANY)
        caller.call(resource, ANY)
        calls = [request.header("authorization") for request in server.heard if request.target != "/token"]
    assert person.url.startswith("https://login.example/ask?")
    assert (person.query["response_type"], person.query["code_challenge_method"]) == ("code", "S256")
    assert person.query["scope"] == "read write"
    assert person.query["redirect_uri"].startswith("http://127.0.0.1:")
    assert person.statuses == [404, 404, 404, 404, 200]
    assert calls == ["Bearer t1", "Bearer t1"]
    assert [(form["grant_type"], form.get("code")) for form in endpoint.forms] == [
        ("authorization_code", "c0de")
    ]
    assert kept == ["r1"]


def test_later_tokens_come_from_the_refresh_token_until_it_is_refused(caller: Caller) -> None:
    person = Person()
    endpoint = Server(person)
    endpoint.lifetime = 0
    with serve(always(endpoint)) as server:
        source = AuthorizationCode("me", open_browser=person)
        resource = caller.client(server.url, OAUTH, credentials={"oauth": source}, retries=0)
        caller.call(resource, ANY)
        caller.call(resource, ANY)
        endpoint.refuses = True
        with pytest.raises(TokenError, match="invalid_grant"):
            caller.call(resource, ANY)
        caller.call(resource, ANY)
    grants = [form["grant_type"] for form in endpoint.forms]
    assert grants == ["authorization_code", "refresh_token", "refresh_token", "authorization_code"]
    assert endpoint.forms[1]["refresh_token"] == "r1"
    assert person.opened == 2


def test_a_kept_refresh_token_needs_nobody(caller: Caller) -> None:
    person = Person()
    endpoint = Server(person)
    with serve(always(endpoint)) as server:
        source = AuthorizationCode("me", open_browser=person, refresh_token="kept")
        caller.call(caller.client(server.url, OAUTH, credentials={"oauth": source}), ANY)
    assert person.opened == 0
    assert endpoint.forms[0]["refresh_token"] == "kept"


def test_a_refusal_of_the_person_is_an_error_with_its_reason(caller: Caller) -> None:
    person = Person(error="access_denied", error_description="not%20today%1b[2J")
    source = AuthorizationCode("me", open_browser=person, token_url="http://127.0.0.1:9/token")
    resource = caller.client("http://127.0.0.1:9", OAUTH, credentials={"oauth": source}, retries=0)
    with pytest.raises(TokenError, match="access_denied: not today") as caught:
        caller.call(resource, ANY)
    assert "\x1b" not in str(caught.value)
    assert caught.value.error == "access_denied"


def test_a_person_who_does_not_answer_in_time_is_an_error(caller: Caller) -> None:
    source = AuthorizationCode("me", open_browser=lambda url: None, wait=0.2)
    resource = caller.client("http://127.0.0.1:9", OAUTH, credentials={"oauth": source}, retries=0)
    with pytest.raises(TokenError, match="no answer came"):
        caller.call(resource, ANY)


def test_the_time_of_the_person_is_not_the_call_s(caller: Caller) -> None:
    person = Person()

    def slowly(url: str) -> None:
        time.sleep(1.2)
        person(url)

    with serve(always(Server(person))) as server:
        source = AuthorizationCode("me", open_browser=slowly)
        caller.call(caller.client(server.url, OAUTH, credentials={"oauth": source}, timeout=1), ANY)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://login.example/ask", "javascript:alert(1)", "--help", "//x"]
)
def test_a_document_cannot_have_anything_opened(caller: Caller, url: str) -> None:
    opened: list[Any] = []
    scheme = shop.scheme(
        "oauth", "oauth2", flows={"authorizationCode": {"authorizationUrl": url, "tokenUrl": "/token"}}
    )
    source = AuthorizationCode("me", open_browser=opened.append, wait=0.1)
    resource = caller.client("http://api.example", scheme, credentials={"oauth": source}, retries=0)
    with pytest.raises(InvalidRequest, match="is not https"):
        caller.call(resource, ANY)
    assert opened == []


def test_openid_connect_says_where_a_person_is_asked(caller: Caller) -> None:
    person = Person()
    server = Server(person)

    def answer(wire: Wire, heard: Heard) -> None:
        if heard.target == "/configuration":
            own = f"http://{heard.header('Host')}"
            wire.answer(
                body=stdlib.dumps(
                    {"authorization_endpoint": f"{own}/ask", "token_endpoint": f"{own}/token"}
                ).encode()
            )
        else:
            server(wire, heard)

    with serve(always(answer)) as running:
        scheme = shop.scheme("oidc", "openIdConnect", url=f"{running.url}/configuration")
        login = AuthorizationCode("me", scopes=["openid"], open_browser=person)
        client = caller.client(running.url, scheme, credentials={"oidc": login})
        for _ in range(2):
            caller.call(client, ANY)
        assert [heard.target for heard in running.heard] == ["/configuration", "/token", "/x", "/x"]
        assert person.url.startswith(f"{running.url}/ask?")
    assert (person.opened, person.query["scope"]) == (1, "openid")
