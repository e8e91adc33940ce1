"""Where requests go."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime.http import ApiSpec, InvalidRequest, Resource, Server, SyncClient
from bindwright.runtime.http.config.config import Config

from tests.http import shop

REGION = Server(
    url="https://{region}.example.org:{port}/{stage}/",
    variables=(("region", "eu", ("eu", "us")), ("port", "8443", ()), ("stage", "v1", ())),
)


def url_of(
    base_url: str | None, *servers: Server, own: tuple[Server, ...] = (), path: str = "/x", **options: Any
) -> str:
    """The URL that one operation is sent to."""
    spec = ApiSpec(package="shop_in_memory", servers=servers)
    urls: list[str] = []

    class Stop(Exception):
        pass

    class Transport:
        def send(self, request: Any, deadline: Any) -> Any:
            urls.append(request.url)
            raise Stop

    client = type("Client", (SyncClient,), {"_api": spec})(base_url, transport=Transport(), **options)
    with pytest.raises(Stop):
        shop.call(Resource(client), shop.operation(path=path, servers=own))
    return urls[0]


def test_servers_and_variables() -> None:
    assert url_of(None, REGION) == "https://eu.example.org:8443/v1/x"
    variables = {"region": "us", "stage": "a b"}
    assert url_of(None, REGION, server_variables=variables) == "https://us.example.org:8443/a%20b/x"
    assert url_of(None, Server(url="http://a"), Server(url="http://b/c"), server=1) == "http://b/c/x"
    with pytest.raises(ValueError, match="one of eu, us"):
        url_of(None, REGION, server_variables={"region": "moon"})
    with pytest.raises(ValueError, match="servers 0 to 0"):
        url_of(None, REGION, server=5)


def test_the_caller_stands_above_every_server() -> None:
    own = (Server(url="https://other.example.org"),)
    assert url_of(None, REGION, own=own) == "https://other.example.org/x"
    assert url_of("http://localhost:1/base/", REGION, own=own) == "http://localhost:1/base/x"


def test_relative_servers() -> None:
    assert url_of(None, Server(url="https://h/a/"), own=(Server(url="/b"),)) == "https://h/b/x"
    with pytest.raises(InvalidRequest, match="give base_url"):
        shop.call(shop.client(None), shop.GET, {"petId": 1})


@pytest.mark.parametrize(
    "base",
    [
        "ftp://h",
        "h",
        "http://",
        "http://h:99999",
        "http://h x",
        "http://h/#f",
        "http://h?q",
        "http://h/\r\nX",
    ],
)
def test_base_urls_that_are_none(base: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        shop.client(base)


def test_paths() -> None:
    assert url_of("http://h", path="x?action=a") == "http://h/x?action=a"
    assert url_of("http://h", path="/x?action=a", query={"b": "c"}) == "http://h/x?action=a&b=c"
    config = Config().derive({"base_url": "http://h"})
    assert config.derive({"format": "xml"}).base_url == "http://h"
