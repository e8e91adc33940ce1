"""TLS, client certificates, and proxies, on loopback."""

from __future__ import annotations

import datetime as dt
import json
import ssl
from pathlib import Path
from typing import Any

import pytest
from bindwright.runtime.http import (
    ConnectFailed,
    InvalidRequest,
    MutualTls,
    Pagination,
    ReadTimeout,
    Timeout,
    TlsError,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

trustme = pytest.importorskip("trustme")
GOOD = always(lambda wire, heard: wire.answer(body=b'{"Name":"Rex"}'))


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A certificate authority of the tests' own, and its file."""
    authority = trustme.CA()
    path = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return authority, str(path)


def context(authority: Any, name: str = "127.0.0.1", **facts: Any) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority[0].issue_cert(name, **facts).configure_cert(context)
    return context


def call(caller: Caller, url: str, **options: Any) -> Any:
    resource = caller.client(url, **{"retries": 0, **options})
    return caller.call(resource, shop.GET, {"petId": 1})


def test_a_trusted_server(caller: Caller, authority: Any) -> None:
    with serve(GOOD, context(authority)) as server:
        assert call(caller, server.url, ssl_context=authority[1]).name == "Rex"
        own = ssl.create_default_context(cafile=authority[1])
        assert call(caller, server.url, ssl_context=own).name == "Rex"


def test_ssl_cert_file(caller: Caller, authority: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(GOOD, context(authority)) as server:
        with pytest.raises(TlsError, match="certificate"):
            call(caller, server.url)
        monkeypatch.setenv("SSL_CERT_FILE", authority[1])
        assert call(caller, server.url).name == "Rex"


def test_a_wrong_name(caller: Caller, authority: Any) -> None:
    with serve(GOOD, context(authority, "elsewhere.example")) as server:
        with pytest.raises(TlsError):
            call(caller, server.url, ssl_context=authority[1], retries=3)
        assert server.connections == 1
        assert server.heard == []


def test_an_expired_certificate(caller: Caller, authority: Any) -> None:
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    with serve(GOOD, context(authority, not_after=past)) as server, pytest.raises(TlsError, match="expired"):
        call(caller, server.url, ssl_context=authority[1])


def test_a_server_without_tls(caller: Caller, authority: Any) -> None:
    with serve(lambda wire: wire.send(b"HTTP/1.1 400 Bad\r\n\r\n")) as server, pytest.raises(TlsError):
        call(caller, server.url.replace("http", "https"), ssl_context=authority[1])


def test_a_handshake_that_stalls(caller: Caller, authority: Any) -> None:
    from bindwright.runtime.http import TimedOut

    def stall(wire: Wire) -> None:
        wire.stop.wait(60)

    with serve(stall) as server, pytest.raises(TimedOut):
        call(
            caller,
            server.url.replace("http", "https"),
            ssl_context=authority[1],
            timeout=Timeout(60, connect=0.3, read=0.3),
        )


def test_a_client_certificate(caller: Caller, authority: Any, tmp_path: Path) -> None:
    server_context = context(authority)
    server_context.verify_mode = ssl.CERT_REQUIRED
    authority[0].configure_trust(server_context)
    mine = authority[0].issue_cert("me@example.org")
    path = str(tmp_path / "me.pem")
    mine.private_key_and_cert_chain_pem.write_to_path(path)
    scheme = shop.scheme("tls", "mutualTLS")
    with serve(GOOD, server_context) as server:
        resource = caller.client(
            server.url, scheme, credentials={"tls": MutualTls(path)}, ssl_context=authority[1], retries=0
        )
        assert caller.call(resource, shop.GET, {"petId": 1}).name == "Rex"
        with pytest.raises((ConnectFailed, OSError)):
            call(caller, server.url, ssl_context=authority[1])


def test_a_proxy_for_http(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(GOOD) as proxy:
        assert (
            call(caller, "http://nowhere.invalid/base", proxy=proxy.url.replace("//", "//u:p%40@")).name
            == "Rex"
        )
        assert proxy.heard[0].target == "http://nowhere.invalid/base/pets/1"
        assert proxy.heard[0].header("Host") == "nowhere.invalid"
        assert proxy.heard[0].header("Proxy-Authorization") == "Basic dTpwQA=="
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert call(caller, "http://nowhere.invalid").name == "Rex"
        with serve(GOOD) as direct:
            assert call(caller, direct.url).name == "Rex"
            assert len(direct.heard) == 1
        assert len(proxy.heard) == 2


LINKS = {  # what stands in an answer over TLS, and whether it is followed
    "http://{host}:{port}/x?cursor=1": True,
    "http://{host}/x?cursor=1": True,
    "http://{host}:1/x?cursor=1": False,
    "http://elsewhere.example/x?cursor=1": False,
}


@pytest.mark.parametrize("link", LINKS)
def test_a_link_of_a_server_that_does_not_know_of_tls(caller: Caller, authority: Any, link: str) -> None:
    operation = shop.operation(pagination=Pagination(style="next", items="/items", next="/next"))

    def answer(wire: Wire, heard: Heard) -> None:
        if "cursor" in heard.target:
            wire.answer(body=b'{"items":[2]}')
        else:
            url = link.format(host=server.host, port=server.port)
            wire.answer(body=json.dumps({"items": [1], "next": url}).encode())

    with serve(always(answer), context(authority)) as server:
        client = caller.client(server.url, ssl_context=authority[1], retries=0)
        page = caller.run(client._page(operation, {}, options={}))
        if LINKS[link]:
            assert caller.run(page.next_page()).items == [2]
        else:
            with pytest.raises(InvalidRequest, match="another origin"):
                caller.run(page.next_page())


def test_a_proxy_for_https_that_refuses(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(407, b""))) as proxy:
        with pytest.raises(ConnectFailed, match="proxy"):
            call(caller, "https://nowhere.invalid", proxy=proxy.url)
        assert (proxy.heard[0].method, proxy.heard[0].target) == ("CONNECT", "nowhere.invalid:443")


def test_a_dead_proxy(caller: Caller) -> None:
    from tests.http.loopback import closed_port

    with pytest.raises((ConnectFailed, ReadTimeout)):
        call(caller, "http://nowhere.invalid", proxy=f"http://127.0.0.1:{closed_port()}")
