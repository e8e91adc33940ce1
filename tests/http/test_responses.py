"""Reading answers: content types, statuses, codings, raw and streamed."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from bindwright.runtime import DecodeError, Deviation, deviations
from bindwright.runtime.http import (
    ClientError,
    Content,
    Forbidden,
    InternalServerError,
    NotFound,
    Operation,
    ProtocolError,
    RawResponse,
    Response,
    ServerError,
    StatusError,
    UndecodableBody,
    UndocumentedStatus,
)

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, Wire, always, serve

JSON, XML = b'{"Name":"Rex"}', b"<Pet><Name>Rex</Name></Pet>"


JSON_TYPES = [
    "application/json",
    "application/json; charset=utf-8",
    "application/json; charset=nonsense",
    "APPLICATION/JSON",
    "text/json",
    "application/vnd.x+json",
    "application/csp-report",
]
XML_TYPES = ["application/xml", "text/xml", "application/vnd.x+xml;v=1"]
ODD_TYPES = ["text/plain", "application/octet-stream", None, "nonsense", "", "text/html"]


def got(caller: Caller, operation: Operation = shop.GET, *, options: Any = None, **answer: Any) -> Any:
    with serve(always(lambda wire, heard: wire.answer(**answer))) as server:
        resource = caller.client(server.url, retries=0)
        arguments = {"petId": 1} if operation is shop.GET else {}
        return caller.call(resource, operation, arguments, **(options or {}))


@pytest.mark.parametrize("format_", ["json", "xml"])
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        *((media_type, JSON) for media_type in JSON_TYPES),
        *((media_type, XML) for media_type in XML_TYPES),
        *((media_type, body) for media_type in ODD_TYPES for body in (JSON, XML)),
        ("application/json", XML),
        ("text/xml", JSON),
    ],
)
def test_what_the_server_answers_is_read(
    caller: Caller, format_: str, content_type: str | None, body: bytes
) -> None:
    pet = got(caller, options={"format": format_}, body=body, content_type=content_type)
    assert pet == shop.Pet(name="Rex")


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("iso-8859-1", '{"Name":"caf\u00e9"}'),
        ("utf-16", '{"Name":"caf\u00e9"}'),
        ("windows-1252", '{"Name":"\u20ac"}'),
    ],
)
def test_charsets(caller: Caller, charset: str, text: str) -> None:
    pet = got(caller, body=text.encode(charset), content_type=f"application/json; charset={charset}")
    assert pet.name == text[9:-2]


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, ClientError), (403, Forbidden), (404, NotFound), (500, InternalServerError), (599, ServerError)],
)
def test_statuses(caller: Caller, status: int, kind: type) -> None:
    with pytest.raises(kind) as caught:
        got(caller, status=status, body=b'{"code":"gone"}', X_Request_Id="r-1")
    error = caught.value
    assert isinstance(error, StatusError)
    assert isinstance(error, UndocumentedStatus) == (status != 404) == (not error.documented)
    assert (error.status, error.body, error.request_id, error.method) == (
        status,
        b'{"code":"gone"}',
        "r-1",
        "GET",
    )
    assert error.headers["X-REQUEST-ID"] == "r-1"
    assert error.error == (shop.Problem(code="gone") if status == 404 else {"code": "gone"})
    assert "/pets/1" in str(error)
    assert "r-1" in str(error)


def test_an_error_whose_body_does_not_fit(caller: Caller) -> None:
    with pytest.raises(NotFound) as caught:
        got(caller, status=404, body=b"<html>no</html>", content_type="text/html")
    assert caught.value.error == caught.value.body.decode() == "<html>no</html>"
    assert isinstance(caught.value.mismatch, DecodeError)
    assert caught.value.__cause__ is caught.value.mismatch


def test_class_of_statuses_and_default(caller: Caller) -> None:
    responses = (
        Response(status="2XX", content=shop.body("Pet")),
        Response(status="4XX", content=shop.body("Problem")),
        Response(status="default", content=shop.body("Pet")),
    )
    operation = shop.operation(responses=responses)
    assert got(caller, operation, status=201, body=JSON).name == "Rex"
    with pytest.raises(ClientError) as caught:
        got(caller, operation, status=418, body=b'{"code":"tea"}')
    assert caught.value.error == shop.Problem(code="tea")
    with pytest.raises(ServerError) as server_error:
        got(caller, operation, status=500, body=JSON)
    assert server_error.value.error == shop.Pet(name="Rex")
    assert not isinstance(server_error.value, UndocumentedStatus)


def test_what_is_accepted_is_the_success_even_beside_a_default(caller: Caller) -> None:
    """``default`` is the error there: asking for its format alone would be refused (406)."""
    text, problem = Content(media_type="text/markdown", type="str"), Content(media_type="application/json")
    both = (Response(status="200", content=(text,)), Response(status="default", content=(problem,)))
    with serve(always(lambda wire, heard: wire.answer(200, b"# x", "text/markdown"))) as server:
        resource = caller.client(server.url)
        assert caller.call(resource, shop.operation(responses=both)) == "# x"
        assert server.heard[0].header("accept") == "text/markdown, application/json;q=0.5"
        caller.call(resource, shop.operation(responses=both[1:]))
        assert server.heard[1].header("accept") == "application/json"
        later = Response(status="202", content=(Content(media_type="application/json", type="str"),))
        caller.call(resource, shop.operation(responses=(both[0], later)))
        assert server.heard[2].header("accept") == "application/json, text/markdown;q=0.5"


def test_an_undocumented_success(caller: Caller) -> None:
    """It is read as the nearest one that is listed, and the caller can see that it is another."""
    pet = got(caller, status=202, body=b'{"Name":"Rex"}')
    assert pet == shop.Pet(name="Rex")
    assert deviations(pet) == (Deviation("status", "200", "202"),)
    assert str(deviations(got(caller, status=201, body=b"{}"))[0]).endswith("at status")
    assert deviations(got(caller, status=200, body=b'{"Name":"Rex"}')) == ()


@pytest.mark.parametrize(
    ("content_type", "body", "value"),
    [
        ("text/plain", b'{"a": 1}\n', '{"a": 1}\n'),
        ("application/json", b'{"a": 1}\n', '{"a": 1}\n'),
        ("application/json", b'"a"', "a"),
        ("application/json", b"3", "3"),
        ("application/xml", b"<a/>", "<a/>"),
    ],
)
def test_a_text_is_a_text_whatever_it_is_called(
    caller: Caller, content_type: str, body: bytes, value: str
) -> None:
    text = shop.operation(responses=(Response(status="200", content=shop.body("str", "text/plain")),))
    assert got(caller, text, body=body, content_type=content_type) == value


@pytest.mark.parametrize(
    ("media_type", "body", "value"),
    [
        ("application/yaml", b"Name: Rex\n", "Name: Rex\n"),
        ("application/x-own", b"\x00\xff", b"\x00\xff"),
        ("application/octet-stream", b"Name", b"Name"),
        ("text/plain", JSON, shop.Pet(name="Rex")),
        ("application/x-own", JSON, shop.Pet(name="Rex")),
    ],
)
def test_what_is_no_model_is_kept_as_it_came(
    caller: Caller, media_type: str, body: bytes, value: Any
) -> None:
    described = shop.operation(responses=(Response(status="200", content=shop.body("Pet", media_type)),))
    assert got(caller, described, body=body, content_type=media_type) == value


@pytest.mark.parametrize("method", ["GET", "DELETE", "HEAD"])
def test_empty_answers(caller: Caller, method: str) -> None:
    operation = shop.operation(method, responses=(Response(status="204"), Response(status="200")))
    with serve(always(lambda wire, heard: wire.send(b"HTTP/1.1 204 No Content\r\n\r\n"))) as server:
        resource = caller.client(server.url)
        for _ in range(3):
            assert caller.call(resource, operation) is None
        assert server.connections == 1


def test_other_kinds_of_body(caller: Caller) -> None:
    def reading(media_type: str, type_: str | None) -> Operation:
        return shop.operation(responses=(Response(status="200", content=shop.body(type_, media_type)),))

    assert got(caller, reading("image/png", None), body=b"\x89", content_type="image/png") == b"\x89"
    assert (
        got(caller, reading("text/plain", "str"), body=b"caf\xe9", content_type="text/plain; charset=latin-1")
        == "caf\u00e9"
    )
    assert got(caller, reading("text/plain", "int"), body=b" 5\n", content_type="text/plain") == 5
    lines = shop.operation(
        responses=(
            Response(status="200", content=(Content(media_type="application/jsonl", item_type="Pet"),)),
        )
    )
    assert (
        got(caller, lines, body=JSON + b"\n\n" + JSON, content_type="application/jsonl")
        == [shop.Pet(name="Rex")] * 2
    )


def brotli_of(data: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(data))


def zstd_of(data: bytes) -> bytes:
    return bytes(pytest.importorskip("backports.zstd").compress(data))


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    return compressor.compress(data) + compressor.flush()


CODINGS = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:]),
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli_of,
    "zstd": zstd_of,
    "identity": bytes,
    "gzip, br": lambda data: brotli_of(gzip.compress(data)),
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("size", [0, 3_000_000])
def test_content_codings(caller: Caller, coding: str, size: int) -> None:
    body = b'{"Name":"' + b"x" * size + b'"}'
    pet = got(caller, body=CODINGS[coding](body), Content_Encoding=coding)
    assert len(pet.name) == size


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_broken_codings(caller: Caller, coding: str) -> None:
    whole = CODINGS[coding](JSON * 1000)
    for body in (b"nonsense", whole[: len(whole) // 2]):
        with pytest.raises(ProtocolError):
            got(caller, body=body, Content_Encoding=coding)


def test_an_unknown_coding(caller: Caller) -> None:
    with pytest.raises(ProtocolError, match="'sdch'"):
        got(caller, body=b"x", Content_Encoding="sdch")


def test_raw_responses(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(body=JSON, X_Two="2"))) as server:
        resource = caller.client(server.url)
        raw: RawResponse[Any] = caller.call(resource.with_raw_response, shop.GET, {"petId": 1})
        assert (raw.status, raw.headers["x-two"], raw.body, raw.text) == (200, "2", JSON, JSON.decode())
        assert raw.parse() is raw.value == shop.Pet(name="Rex")


def test_raw_responses_of_bodies_that_cannot_be_read(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(body=b"{"))) as server:
        resource = caller.client(server.url)
        raw = caller.call(resource.with_raw_response, shop.GET, {"petId": 1})
        with pytest.raises(UndecodableBody):
            raw.parse()


def test_options_of_a_view_and_of_a_call(caller: Caller) -> None:
    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(body=JSON)

    with serve(always(answer)) as server:
        resource = caller.client(server.url, headers={"X-A": "client", "X-B": "client"})
        view = resource.with_options(headers={"x-a": "view"}, format="xml")
        caller.call(
            view, shop.GET, {"petId": 1}, headers={"X-B": "call", "accept": "a/b"}, query={"q": ["1", "2"]}
        )
        caller.call(resource, shop.GET, {"petId": 1})
        first, second = server.heard
        assert (first.header("X-A"), first.header("X-B"), first.header("Accept")) == ("view", "call", "a/b")
        assert first.target == "/pets/1?q=1&q=2"
        assert [key.lower() for key, _ in first.headers].count("x-a") == 1
        assert (second.header("X-A"), second.header("Accept")) == ("client", "application/json")
        assert server.connections == 1


def test_interim_answers_are_skipped(caller: Caller) -> None:
    def script(wire: Wire) -> None:
        wire.request()
        wire.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        wire.answer(body=JSON)

    with serve(script) as server:
        assert caller.call(caller.client(server.url), shop.GET, {"petId": 1}).name == "Rex"


def test_a_raw_response_tells_what_people_ask_of_it(caller: Caller) -> None:
    answers = iter([503, 200])

    def answer(wire: Wire, heard: Heard) -> None:
        wire.answer(next(answers), b'{"Name":"caf\xc3\xa9"}', Request_Id="r-7", Retry_After="0")

    with serve(always(answer)) as server:
        resource = caller.client(server.url).with_raw_response
        raw = caller.call(resource, shop.GET, {"petId": 1})
        assert (raw.request_id, raw.retries_taken, raw.json()) == ("r-7", 1, {"Name": "caf\u00e9"})


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Not found", " - Not found"),
        ("Part of it was invalid. This may include one of\nthe following error codes:\n\n* `A`: a", " - Part of it was invalid"),
        ("The homeserver does not\npermit it. This response says so.", " - The homeserver does not permit it"),
        ("One of these error codes:\n\n* `A`: a", " - One of these error codes"),
        ("Version 1.2 has it, e.g. this one.", " - Version 1.2 has it, e.g. this one"),
        ("bad request", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_the_document_says_of_an_error_is_one_sentence(
    caller: Caller, description: str, words: str
) -> None:
    operation = shop.operation(responses=(Response(status="400", description=description),))
    with pytest.raises(ClientError) as raised:
        got(caller, operation, status=400, body=b'{"message":"no"}')
    assert str(raised.value).endswith(f": 400 Bad Request{words}: no")


@pytest.mark.parametrize("message", ["Bad Request", "no such pet."])
def test_the_servers_words_are_not_said_twice(caller: Caller, message: str) -> None:
    operation = shop.operation(responses=(Response(status="400", description="No such pet"),))
    with pytest.raises(ClientError) as raised:
        got(caller, operation, status=400, body=f'{{"message":"{message}"}}'.encode())
    assert str(raised.value).endswith(": 400 Bad Request - No such pet")


@pytest.mark.parametrize(
    ("body", "advised"), [(b'{"a":1}\n{"a":2}\n', True), (b'{"a":1', False), (b"{}x", False)]
)
def test_an_error_says_that_a_body_is_several_values(caller: Caller, body: bytes, advised: bool) -> None:
    with pytest.raises(UndecodableBody) as raised:
        got(caller, body=body)
    assert ("with_streaming_response reads them" in str(raised.value)) == advised
