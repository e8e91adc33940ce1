"""Successes and errors that are not quite what the document says, in both clients."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http import (
    Conflict,
    ConnectFailed,
    Content,
    HttpError,
    NotFound,
    Response,
    ResponseTooLarge,
    StatusError,
    UndecodableBody,
    UndocumentedStatus,
)
from bindwright.runtime.http.model.errors import ConnectionLost, InvalidRequest, ReadTimeout, WaitTimeout
from bindwright.runtime.http.model.message import Headers, Request
from bindwright.runtime.http.response.problem import message_of

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import always, closed_port, serve

PET = b'{"Name":"Rex"}'


def answered(
    caller: Caller,
    responses: tuple[Response, ...] = shop.RESPONSES,
    status: int = 200,
    body: bytes = PET,
    content_type: str | None = "application/json",
    client: Any = (),
    mode: str = "value",
    **headers: str,
) -> Any:
    operation = shop.operation(responses=responses)
    with serve(always(lambda wire, heard: wire.answer(status, body, content_type, **headers))) as server:
        resource = caller.client(server.url, **{"retries": 0, **dict(client)})
        if mode == "raw":
            resource = type(resource)(resource._client, "raw")
        return caller.call(resource, operation)


def refused(caller: Caller, *arguments: Any, **options: Any) -> Any:
    with pytest.raises(HttpError) as caught:
        answered(caller, *arguments, **options)
    return caught.value


DOCUMENTED = {
    "200": (Response(status="200", content=shop.body("Pet")),),
    "200 and default": (
        Response(status="200", content=shop.body("Pet")),
        Response(status="default", content=shop.body("Problem")),
    ),
    "204 and 201": (Response(status="204"), Response(status="201", content=shop.body("Pet"))),
    "2XX": (Response(status="2XX", content=shop.body("Pet")),),
}


@pytest.mark.parametrize("name", DOCUMENTED)
@pytest.mark.parametrize("status", [200, 201, 202, 203, 299])
def test_a_success_that_is_not_listed_is_read_by_the_nearest(caller: Caller, name: str, status: int) -> None:
    assert answered(caller, DOCUMENTED[name], status) == shop.Pet(name="Rex")


@pytest.mark.parametrize("body", [b"", b" \r\n"])
@pytest.mark.parametrize("content_type", ["application/json", "application/xml", None])
def test_an_empty_success_is_none(caller: Caller, body: bytes, content_type: str | None) -> None:
    assert answered(caller, body=body, content_type=content_type) is None


@pytest.mark.parametrize(
    ("type_", "value"),
    [("int", None), ("bool | None", None), ("dt.date", None), ("str", ""), ("int | str", "")],
)
def test_an_empty_text_is_none_where_no_value_is_written_so(
    caller: Caller, type_: str, value: str | None
) -> None:
    plain = Response(status="200", content=(Content(media_type="text/plain", type=type_),))
    assert answered(caller, (plain,), 200, b"", "text/plain") == value


def test_a_documented_304_is_no_exception(caller: Caller) -> None:
    responses = (Response(status="200", content=shop.body("Pet")), Response(status="304"))
    assert answered(caller, responses, 304, b"", None) is None
    assert isinstance(refused(caller, shop.RESPONSES, 304, b"", None), UndocumentedStatus)


@pytest.mark.parametrize(
    ("body", "content_type", "value", "message"),
    [
        (b'{"message":"out of paper"}', "application/json", {"message": "out of paper"}, "out of paper"),
        (b"out of paper", "text/plain", "out of paper", "out of paper"),
        (b"out of\n paper", "application/json", "out of\n paper", "out of paper"),
        (b'{"error":{"message":"no"}}', "text/html", {"error": {"message": "no"}}, "no"),
        (b"\x89PNG\x00", "image/png", None, ""),
        (b"", None, None, ""),
    ],
)
def test_an_error_says_what_the_server_said(
    caller: Caller, body: bytes, content_type: str | None, value: Any, message: str
) -> None:
    for status, documented in ((404, True), (409, False)):
        error = refused(caller, status=status, body=body, content_type=content_type)
        assert error.error == value
        assert str(error).endswith(
            f": {message}" if message else ("No such pet" if documented else "documented)")
        )
        assert (error.mismatch is not None) is (documented and bool(body))


MESSAGES = [
    (b'{"title":"Bad","detail":"no such key","status":400}', "Bad: no such key"),
    (b'{"error":"invalid_grant","error_description":"expired"}', "expired"),
    (b'{"detail":[{"loc":["body","n"],"msg":"field required"}]}', "body.n: field required"),
    (
        b'{"name":["This field is required."],"age":["Too old."]}',
        "name: This field is required.; age: Too old.",
    ),
    (b'{"errors":[{"message":"a"},{"message":"b"},{"message":"c"},{"message":"d"}]}', "a; b; c; …"),
    (b'{"code":7}', '{"code":7}'),
    (b'"plain"', "plain"),
    (b"<Error><Code>X</Code><Message>a &lt; b</Message></Error>", "a < b"),
    (b"<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
    (b'{"message":"\\u001b[31mred\\u202e"}', "\\x1b[31mred\\u202e"),
    (b'{"message":"' + b"x" * 999 + b'"}', "x" * 299 + "…"),
]


@pytest.mark.parametrize(("body", "message"), MESSAGES)
def test_messages(body: bytes, message: str) -> None:
    assert message_of(body, "") == message


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"error":' * 500 + b"1" + b"}" * 500])
def test_a_deep_body_is_no_other_error(caller: Caller, deep: bytes) -> None:
    assert isinstance(refused(caller, status=409, body=deep), Conflict)


BAD_CHARSETS = [
    "bz2_codec",
    "zlib_codec",
    "hex",
    "rot13",
    "no-such",
    "a\\0b",
    "undefined",
    "idna",
    "punycode",
    "unicode_escape",
]


@pytest.mark.parametrize("charset", BAD_CHARSETS)
@pytest.mark.parametrize("media_type", ["text/plain", "application/xml", "text/csv"])
def test_a_charset_that_is_no_character_encoding(caller: Caller, charset: str, media_type: str) -> None:
    type_ = "Pet" if media_type.endswith("xml") else "str"
    responses = (Response(status="200", content=shop.body(type_, media_type)),)
    body = b"<Pet><Name>\xe9\xff</Name></Pet>"
    error = refused(caller, responses, 200, body, f"{media_type}; charset={charset}")
    assert isinstance(error, UndecodableBody)
    error = refused(caller, responses, 500, body, f"{media_type}; charset={charset}")
    assert isinstance(error, StatusError)


def test_text_in_a_charset(caller: Caller) -> None:
    responses = (Response(status="200", content=shop.body("str", "text/plain")),)
    for body, content_type in [
        (b"caf\xe9", "text/plain; charset=latin-1"),
        (b"caf\xe9", "text/plain"),
        (b"caf\xc3\xa9", "text/plain"),
        ("café".encode("utf-16"), "text/plain; charset=utf-16"),
    ]:
        assert answered(caller, responses, 200, body, content_type) == "café"
    error = refused(caller, responses, 200, b"caf\xe9", "text/plain; charset=utf-8")
    assert isinstance(error, UndecodableBody)


def test_bodies_have_a_limit_by_default(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    from bindwright.runtime.http.config import config

    assert config.MAX_RESPONSE_SIZE == 100 << 20
    monkeypatch.setattr(config, "MAX_RESPONSE_SIZE", 10)
    assert isinstance(refused(caller), ResponseTooLarge)
    assert answered(caller, client={"max_response_size": None}) == shop.Pet(name="Rex")


SECRET = "s3cr+t/key="
ENCODED = "s3cr%2Bt%2Fkey%3D"


@pytest.mark.parametrize("spelling", [SECRET, ENCODED, ENCODED.lower()])
@pytest.mark.parametrize("place", ["body", "header"])
def test_a_secret_that_the_server_repeats_is_hidden(
    caller: Caller, spelling: str, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = f'{{"message":"bad key {spelling}"}}'.encode() if place == "body" else b"{}"
    headers = {"X_Seen": spelling, "X_Request_Id": "r1"} if place == "header" else {}
    with caplog.at_level("DEBUG", "bindwright.http"):
        error = refused(
            caller,
            status=409,
            body=body,
            client={"headers": {"Authorization": f"Bearer {SECRET}"}},
            **headers,
        )
        wrong = refused(
            caller, body=b'{"Name":' + b'["' + spelling.encode() + b'"]}',
            client={"answers": "strict", "headers": {"X-Api-Key": SECRET}}, **headers,
        )  # fmt: skip
    texts = [
        str(error),
        repr(error),
        repr(error.headers),
        str(wrong),
        repr(wrong),
        str(wrong.__cause__),
        caplog.text,
    ]
    for text in texts:
        assert spelling not in text
    assert error.headers.get("x-seen", spelling) == spelling  # the value itself is the program's to use


REQUEST = Request("GET", "http://localhost/x?key=s3cret", {"Authorization": "Bearer abcd1234"})
ERRORS = [
    InvalidRequest("no"),
    ConnectionLost("gone", request=REQUEST),
    ReadTimeout("late", request=REQUEST),
    WaitTimeout("later", shop.Pet(name="Rex")),
    UndecodableBody("what", request=REQUEST, status=200, headers=Headers([("A", "é")]), body=b"x"),
    NotFound("no", request=REQUEST, status=404, headers=Headers([]), body=b"", error=shop.Pet(name="Rex")),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_errors_pickle_and_copy(error: Any) -> None:
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(back) is type(error)
        assert (str(back), repr(back), back.method) == (str(error), repr(error), error.method)
        assert getattr(back, "error", None) == getattr(error, "error", None)


@pytest.mark.parametrize(
    "document", [b"<Pet><Age>x</Age></Pet>", b"<Pet><Name><a/></Name></Pet>", b"<Pet", b'{"Name":5}', b'{"Name":"a"'],
)  # fmt: skip
def test_what_cannot_be_read_pickles_as_it_is(document: bytes) -> None:
    decode = xml.decode if document[:1] == b"<" else json.decode
    with pytest.raises(DecodeError) as caught:
        decode(document, shop.Pet)
    error = caught.value
    for back in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(back) is type(error)
        assert (str(back), back.path, back.line) == (str(error), error.path, error.line)


def _call(arguments: tuple[str, int]) -> Any:
    url, _ = arguments
    return shop.call(shop.client(url, retries=0), shop.GET, {"petId": 1})


@pytest.mark.parametrize(("status", "class_"), [(404, NotFound), (409, Conflict)])
def test_an_error_leaves_a_process_pool_as_it_is(status: int, class_: type[StatusError]) -> None:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    with (
        serve(always(lambda wire, heard: wire.answer(status, b'{"code":"gone"}'))) as server,
        ProcessPoolExecutor(1, context) as pool,
    ):
        error = pool.submit(_call, (server.url, 1)).exception(timeout=60)
    assert isinstance(error, class_)
    assert error.status == status
    assert isinstance(error, UndocumentedStatus) is (status == 409)
    assert "gone" in repr(error.error)


def test_a_raw_response_pickles_with_its_value_and_without_credentials(caller: Caller) -> None:
    raw = answered(caller, mode="raw", client={"headers": {"Authorization": "Bearer abcd1234"}})
    data = pickle.dumps(raw)
    assert b"abcd1234" not in data
    for back in (pickle.loads(data), copy.copy(raw), copy.deepcopy(raw)):
        assert (back.status, back.body, back.value) == (200, PET, shop.Pet(name="Rex"))
        assert dict(back.headers) == dict(raw.headers)
    wrong = answered(caller, mode="raw", body=b"[", client={"answers": "strict"})
    back = pickle.loads(pickle.dumps(wrong))
    assert back.body == b"["
    with pytest.raises(UndecodableBody):
        back.parse()


def test_clients_say_that_they_do_not_pickle(caller: Caller) -> None:
    resource = caller.client("http://localhost")
    for thing in (resource, resource._client):
        for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="cannot be pickled or copied"):
                attempt(thing)


def test_an_error_without_an_answer_pickles(caller: Caller) -> None:
    with pytest.raises(ConnectFailed) as caught:
        caller.call(caller.client(f"http://127.0.0.1:{closed_port()}", retries=0), shop.GET, {"petId": 1})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(("documented", "sent"), [(FORM, FORM), (FORM, None), ("application/json", FORM)])
def test_a_form_is_read_by_the_types_of_its_members(
    caller: Caller, documented: str, sent: str | None
) -> None:
    responses = (Response(status="200", content=(Content(media_type=documented, type="Pet"),)),)
    for body, pet in (
        (b"Name=1%262&Age=7", shop.Pet(name="1&2", age=7)),
        (b"Age=7&Name=7", shop.Pet(name="7", age=7)),
    ):
        assert answered(caller, responses, body=body, content_type=sent) == pet


def test_octets_where_an_object_is_documented_stay_octets(caller: Caller) -> None:
    responses = (Response(status="200", content=(Content(media_type="image/png", type="Pet"),)),)
    body = b"\x89PNG\xff\x00"
    assert answered(caller, responses, body=body, content_type="image/png") == body
    with pytest.raises(UndecodableBody):
        answered(caller, responses, body=body, content_type="image/png", client={"answers": "strict"})


@pytest.mark.parametrize(
    ("type_", "body", "expected"),
    [
        ("str", b"Rex", "Rex"),
        ("str", b'"Rex"', "Rex"),
        ("dt.date", b"2020-01-02", dt.date(2020, 1, 2)),
        ("Pet | str", b"Rex", "Rex"),
        ("int", b"5", 5),
    ],
)
def test_a_text_beside_documented_json_is_the_text(
    caller: Caller, type_: str, body: bytes, expected: object
) -> None:
    """ASP.NET describes `application/json` for a string, and sends it as `text/plain`, without quotation marks."""
    responses = (Response(status="200", content=shop.body(type_, "application/json")),)
    assert answered(caller, responses, 200, body, "text/plain; charset=utf-8") == expected
