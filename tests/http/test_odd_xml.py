"""XML as servers send it: prefixes, encodings and content types that are odd, missing or wrong."""

from __future__ import annotations

import pytest
from bindwright.runtime.http import NotFound, UndecodableBody

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import always, serve

PET = '<p:Pet xmlns:p="urn:x"><p:Name>\u00e9</p:Name></p:Pet>'
UTF_8 = PET.encode()


def body(encoding: str, declared: str = "") -> bytes:
    return f'<?xml version="1.0"{declared}?>{PET}'.encode(encoding)


SENT: list[tuple[bytes, str | None]] = [
    (body("utf-16"), "application/xml"),
    (body("utf-16-le"), "application/xml"),
    (body("utf-16-be", ' encoding="UTF-16"'), 'text/xml; charset="utf-16"'),
    (body("utf-32"), "application/xml"),
    (body("latin-1"), "text/xml; charset=ISO-8859-1"),
    (body("latin-1", ' encoding="iso-8859-1"'), "text/xml"),
    (body("latin-1", ' encoding="utf-8"'), "application/xml;charset=latin1"),  # RFC 7303, 3.2: charset counts
    (body("utf-8-sig", ' encoding="latin-1"'), "application/xml"),  # and a byte order mark counts more
    (UTF_8, None),
    (UTF_8, "text/html"),
    (UTF_8, "text/plain"),
    (UTF_8, "application/octet-stream"),
    (UTF_8, "application/json"),
    (UTF_8, "application/vnd.acme.v2+xml; charset=utf-8"),
    (UTF_8, "application/xml, application/xml"),
    (body("utf-8", ' encoding="iso-8859-1"'), "application/xml; charset=utf-8"),  # RFC 7303, 3.2
    (body("utf-8", ' encoding="utf-16"'), "text/xml; charset=\"UTF-8\""),  # StringWriter of .NET
    (UTF_8, "no type"),
    (PET.replace("p:", "").replace(":p", "").encode(), "application/xml"),
    (PET.replace("p:Name", "Name").encode(), "application/xml"),
    (b'<Pet xmlns="urn:a"><b:Name xmlns:b="urn:b">\xc3\xa9</b:Name></Pet>', "application/xml"),
    (b"<!-- a --><?x y?>\n<Pet><!-- c --><Name><![CDATA[\xc3]]>\xa9</Name></Pet>\n".replace(b"\xc3]]>\xa9", b"\xc3\xa9]]>"),
     "application/xml"),
    (b"<Pet><Name>&#xE9;</Name></Pet>", "application/xml; charset=us-ascii"),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(SENT)))
def test_what_servers_send(caller: Caller, at: int) -> None:
    sent, content_type = SENT[at]
    with serve(always(lambda wire, heard: wire.answer(200, sent, content_type))) as server:
        resource = caller.client(server.url, format="xml")
        for _ in range(3):  # layouts that were seen before are read another way
            assert caller.call(resource, shop.GET, {"petId": 1}) == shop.Pet(name="\u00e9")


@pytest.mark.parametrize("content_type", ["text/xml; charset=utf-16", "text/html", None])
def test_errors_are_typed_all_the_same(caller: Caller, content_type: str | None) -> None:
    problem = '<x:Problem xmlns:x="urn:x"><x:code>gone</x:code></x:Problem>'
    sent = problem.encode("utf-16" if content_type and "utf-16" in content_type else "utf-8")
    with serve(always(lambda wire, heard: wire.answer(404, sent, content_type))) as server:
        with pytest.raises(NotFound) as caught:
            caller.call(caller.client(server.url, format="xml"), shop.GET, {"petId": 1})
        assert caught.value.error == shop.Problem(code="gone")


@pytest.mark.parametrize(
    "sent",
    [
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Pet/></s:Body></s:Envelope>',
        b'<!DOCTYPE Pet [<!ENTITY a "b">]><Pet><Name>&a;</Name></Pet>',
        b'\n<?xml version="1.0"?><Pet><Name>a</Name></Pet>',
        b"<Pet><Name>a</Name>",
        b"<Pet><Name>\xff</Name></Pet>",
        b"<html><body>Busy</body></html>",
    ],
)
def test_what_is_none_of_it(caller: Caller, sent: bytes) -> None:
    with serve(always(lambda wire, heard: wire.answer(200, sent, "text/xml"))) as server:
        with pytest.raises(UndecodableBody) as caught:
            caller.call(caller.client(server.url, format="xml"), shop.GET, {"petId": 1})
        assert caught.value.body == sent
