"""Bodies of requests, as bytes on the wire."""

from __future__ import annotations

import email.parser
import email.policy
import io
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
from bindwright.runtime.http import Content, File, InvalidRequest, Operation, Parameter, Part

from tests.http import shop
from tests.http.both import Caller
from tests.http.loopback import Heard, always, serve


def upload(
    *media_types: str, type_: str | None = None, parts: tuple[Part, ...] = (), **facts: Any
) -> Operation:
    contents = tuple(Content(media_type=media_type, type=type_, parts=parts) for media_type in media_types)
    return shop.operation("POST", body=contents, **facts)


def heard_of(caller: Caller, operation: Operation, body: Any, **options: Any) -> Heard:
    with serve(always(lambda wire, heard: wire.answer())) as server:
        resource = caller.client(server.url, **options.pop("client", {}))
        caller.call(resource, operation, body=body, **options)
        assert len(server.heard) == 1
        return server.heard[0]


def parts_of(heard: Heard) -> list[Any]:
    """The parts as Python's own mail parser reads them."""
    head = f"Content-Type: {heard.header('content-type')}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + heard.body)
    assert message.is_multipart()
    return list(message.iter_parts())


@pytest.mark.parametrize(
    ("format_", "media_type", "body"),
    [("json", "application/json", b'{"Name":"x"}'), ("xml", "application/xml", b"<Pet><Name>x</Name></Pet>")],
)
def test_format_chooses_the_media_type(caller: Caller, format_: str, media_type: str, body: bytes) -> None:
    for how in ({"client": {"format": format_}}, {"format": format_}):
        heard = heard_of(caller, shop.POST_ANY, shop.Pet(name="x"), **how)
        assert (heard.header("content-type"), heard.body) == (media_type, body)
        assert heard.header("accept") == media_type


@pytest.mark.parametrize(
    ("media_type", "body"),
    [("application/vnd.a.v1+json", b'{"Name":"x"}'), ("application/soap+xml", b"<Pet><Name>x</Name></Pet>"),
     ("application/merge-patch+json", b'{"Name":"x"}'), ("text/json; charset=utf-8", b'{"Name":"x"}')],
)  # fmt: skip
def test_suffixes(caller: Caller, media_type: str, body: bytes) -> None:
    heard = heard_of(caller, upload(media_type, type_="Pet"), shop.Pet(name="x"))
    assert (heard.header("content-type"), heard.body) == (media_type, body)


@pytest.mark.parametrize(
    ("range_", "media_type", "body"),
    [
        ("application/*+json", "application/json", b'{"Name":"x"}'),
        ("application/*+xml", "application/xml", b"<Pet><Name>x</Name></Pet>"),
    ],
)
def test_a_range_is_no_content_type(caller: Caller, range_: str, media_type: str, body: bytes) -> None:
    heard = heard_of(caller, upload(range_, type_="Pet"), shop.Pet(name="x"))
    assert (heard.header("content-type"), heard.body) == (media_type, body)


@pytest.mark.parametrize(
    ("range_", "body", "media_type"),
    [
        ("image/*", File(b"x", content_type="image/webp"), "image/webp"),
        ("image/*", File(b"x", "a.png"), "image/png"),
        ("*/*", File(b"x", "a.png"), "image/png"),
        ("*/*", File(b"x", "a.tar.gz"), "application/octet-stream"),
        ("application/*", File(b"x", "a.png"), "application/octet-stream"),
        ("image/*", File(b"x", "a.txt"), None),
        ("image/*", b"x", None),
    ],
)
def test_a_file_says_which_of_a_range_it_is(
    caller: Caller, range_: str, body: Any, media_type: str | None
) -> None:
    """And where it does not, nothing is sent that the document does not allow."""
    if media_type is None:
        with pytest.raises(InvalidRequest, match="say which it is with `media_type`"):
            heard_of(caller, upload(range_), body)
        media_type = "image/gif"
        heard = heard_of(caller, upload(range_), body, media_type=media_type)
    else:
        heard = heard_of(caller, upload(range_), body)
    assert (heard.header("content-type"), heard.body) == (media_type, b"x")


def test_a_file_says_which_of_several_media_types_it_is(caller: Caller, tmp_path: Path) -> None:
    both = upload("image/png", "image/jpeg")
    (tmp_path / "a.jpg").write_bytes(b"x")
    for body in (File(b"x", content_type="image/jpeg"), tmp_path / "a.jpg"):
        assert heard_of(caller, both, body).header("content-type") == "image/jpeg"
    assert heard_of(caller, both, b"x").header("content-type") == "image/png"


def test_the_caller_chooses_the_media_type(caller: Caller) -> None:
    operation = upload("application/json", "text/xml", type_="Pet")
    assert heard_of(caller, operation, shop.Pet(name="x"), media_type="text/xml").body.startswith(b"<Pet>")
    with pytest.raises(InvalidRequest, match="no media type 'image/png'"):
        heard_of(caller, operation, shop.Pet(name="x"), media_type="image/png")


def test_text_and_bytes(caller: Caller) -> None:
    heard = heard_of(caller, upload("text/plain; charset=latin-1", type_="str"), "caf\u00e9")
    assert heard.body == b"caf\xe9"
    heard = heard_of(caller, upload("application/octet-stream"), b"\0\xff")
    assert (heard.body, heard.header("content-length")) == (b"\0\xff", "2")


def test_bytes_go_out_as_the_binary_media_type(caller: Caller) -> None:
    operation = shop.operation("POST", body=(*shop.body("Pet"), Content(media_type="image/png")))
    assert heard_of(caller, operation, b"\x89PNG").header("content-type") == "image/png"


def test_a_file_has_a_length(caller: Caller, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 200_000)
    with path.open("rb") as file:
        file.seek(100_000)
        heard = heard_of(caller, upload("application/octet-stream"), file)
    assert (len(heard.body), heard.header("content-length")) == (100_000, "100000")
    assert heard.header("transfer-encoding") is None
    assert len(heard_of(caller, upload("application/octet-stream"), path).body) == 200_000


def test_a_stream_of_unknown_length_is_chunked(caller: Caller) -> None:
    heard = heard_of(caller, upload("application/octet-stream"), (b"x" * 1000 for _ in range(50)))
    assert len(heard.body) == 50_000
    assert heard.header("transfer-encoding") == "chunked"
    assert heard.header("content-length") is None


@pytest.mark.parametrize("name", ["content-length", "Content-Length", "Transfer-Encoding"])
def test_a_documented_parameter_does_not_frame_the_message(caller: Caller, name: str) -> None:
    """Documents list what was on the wire; a wrong length would leave the server waiting."""
    header = Parameter(name=name, location="header", type="str")
    arguments = {name: "2183"}
    with serve(always(lambda wire, heard: wire.answer())) as server:
        resource = caller.client(server.url)
        caller.call(resource, upload("application/json", parameters=(header,)), arguments, body={"a": 1})
        caller.call(resource, upload("application/json", parameters=(header,)), arguments)
        caller.call(resource, shop.operation(parameters=(header,)), arguments)
        stream = upload("application/octet-stream", parameters=(header,))
        caller.call(resource, stream, {name: "4"}, body=iter([b"ab", b"cd"]))
        lengths = [
            [value for key, value in heard.headers if key.lower() == "content-length"]
            for heard in server.heard
        ]
        assert lengths == [["7"], ["0"], [], ["4"] if "Length" in name.title() else []]
        assert server.heard[3].body == b"abcd"


def test_parameters_that_name_media_types_are_sent(caller: Caller) -> None:
    """OpenAPI 2.0 has parameters called Accept and Content-Type like others; from 3.0 on no operation has them."""
    names = ("accept", "Content-Type")
    headers = tuple(Parameter(name=name, location="header", type="str") for name in names)
    operations = [
        shop.operation(parameters=headers),
        upload("application/json", "application/vnd.pet+json", type_="Any", parameters=headers),
    ]
    with serve(always(lambda wire, heard: wire.answer())) as server:
        resource = caller.client(server.url)
        for operation in operations:
            body = {"body": {}} if operation.body else {}
            arguments = {"accept": "text/a", "Content-Type": "application/vnd.pet+json"}
            caller.call(resource, operation, arguments, **body)
        sent = [
            [value for key, value in heard.headers if key.lower() == name.lower()]
            for heard in server.heard
            for name in names
        ]
    assert sent == [["text/a"], ["application/vnd.pet+json"]] * 2


def test_json_lines(caller: Caller) -> None:
    pets = [shop.Pet(name="a"), shop.Pet(name="b\n")]
    contents = (Content(media_type="application/jsonl", item_type="Pet"),)
    heard = heard_of(caller, shop.operation("POST", body=contents), pets)
    assert heard.body == b'{"Name":"a"}\n{"Name":"b\\n"}\n'


EVENT = {"data": "a\nb", "event": "x", "id": "1", "retry": 3}


@pytest.mark.parametrize(
    ("facts", "items", "wanted"),
    [
        (
            {"item_type": "Any"},
            [EVENT, {"data": ""}],
            "event: x\nid: 1\nretry: 3\ndata: a\ndata: b\n\ndata: \n\n",
        ),
        ({"item_type": "Any"}, [{"data": {"k": [Decimal("1.10")]}}], 'data: {"k":[1.10]}\n\n'),
        ({"type": "list[Pet]"}, [shop.Pet(name="a\n")], 'data: {"Name":"a\\n"}\n\n'),
        ({"type": "list[str]"}, ["a\r\nb\u2028c"], "data: a\ndata: b\u2028c\n\n"),
    ],
)
def test_server_sent_events(caller: Caller, facts: dict[str, str], items: list[Any], wanted: str) -> None:
    """They were sent as the JSON of a list."""
    contents = (Content(media_type="text/event-stream", **facts),)
    for value in (items, iter(items)):
        heard = heard_of(caller, shop.operation("POST", body=contents), value)
        assert heard.header("content-type") == "text/event-stream"
        assert heard.body == wanted.encode()


def test_a_field_of_an_event_makes_no_other_field(caller: Caller) -> None:
    contents = (Content(media_type="text/event-stream", item_type="Any"),)
    with pytest.raises(InvalidRequest, match="end of line"):
        heard_of(caller, shop.operation("POST", body=contents), [{"data": "", "id": "1\nretry: 3"}])


def test_form_urlencoded(caller: Caller) -> None:
    operation = upload("application/x-www-form-urlencoded", type_="Any")
    value = {
        "a b": "c+d&e",
        "list": ["x", "y"],
        "none": None,
        "yes": True,
        "object": {"k": [1, True, None, "1"]},
        "empty": [],
    }
    heard = heard_of(caller, operation, value)
    assert heard.header("content-type") == "application/x-www-form-urlencoded"
    assert heard.body.startswith(b"a+b=c%2Bd%26e&list=x&list=y")
    assert parse_qsl(heard.body.decode(), keep_blank_values=True) == [
        ("a b", "c+d&e"), ("list", "x"), ("list", "y"), ("none", ""), ("yes", "true"), ("object", '{"k":[1,true,null,"1"]}')
    ]  # fmt: skip


def test_form_encodings(caller: Caller) -> None:
    parts = (
        Part(name="list", style="form", explode=False),
        Part(name="deep", style="deepObject", explode=True),
        Part(name="json", content_type="application/json"),
    )
    operation = upload("application/x-www-form-urlencoded", type_="Any", parts=parts)
    heard = heard_of(caller, operation, {"list": ["a", "b"], "deep": {"k": "v"}, "json": {"n": 1}})
    assert heard.body == b"list=a,b&deep%5Bk%5D=v&json=%7B%22n%22%3A1%7D"


def test_deep_objects_in_forms_name_each_level(caller: Caller) -> None:
    part = Part(name="deep", style="deepObject", explode=True)
    operation = upload("application/x-www-form-urlencoded", type_="Any", parts=(part,))
    heard = heard_of(
        caller, operation, {"deep": [{"a": 1, "b": ["x", None]}, {"a": 2}], "json": [{"a": 1}, "y"]}
    )
    assert unquote(heard.body.decode()) == 'deep[0][a]=1&deep[0][b][0]=x&deep[1][a]=2&json={"a":1}&json=y'


def test_a_model_as_a_form(caller: Caller) -> None:
    heard = heard_of(
        caller, upload("application/x-www-form-urlencoded", type_="Pet"), shop.Pet(name="a b", age=3)
    )
    assert heard.body == b"Name=a+b&Age=3"


def test_multipart(caller: Caller) -> None:
    parts = (
        Part(name="meta", content_type="application/json"),
        Part(name="xml", content_type="application/xml"),
    )
    value = {
        "text": "caf\u00e9",
        "number": 5,
        "meta": {"a": 1},
        "xml": shop.Pet(name="x"),
        "model": shop.Pet(name="y"),
        "one": File(b"\0\1", "a.bin", content_type="image/png", headers={"X-Part": "1"}),
        "many": [File(b"m1", "1.txt"), io.BytesIO(b"m2"), ("3.txt", b"m3", "text/plain")],
    }
    received = parts_of(heard_of(caller, upload("multipart/form-data", type_="Any", parts=parts), value))
    got = [
        (
            part.get_param("name", header="content-disposition"),
            part.get_filename(),
            part.get("content-type"),
            part.get_payload(decode=True),
        )
        for part in received
    ]
    assert got == [
        ("text", None, None, "caf\u00e9".encode()),
        ("number", None, None, b"5"),
        ("meta", None, "application/json", b'{"a":1}'),
        ("xml", None, "application/xml", b"<Pet><Name>x</Name></Pet>"),
        ("model", None, "application/json", b'{"Name":"y"}'),
        ("one", "a.bin", "image/png", b"\0\1"),
        ("many", "1.txt", "application/octet-stream", b"m1"),
        ("many", "many", "application/octet-stream", b"m2"),
        ("many", "3.txt", "text/plain", b"m3"),
    ]
    assert received[5]["X-Part"] == "1"


@pytest.mark.parametrize("type_", ["list[Pet | str | bytes]", "Any"])
def test_items_are_parts_without_names(caller: Caller, type_: str) -> None:
    """OpenAPI 3.2.0, "Encoding By Position": each by its own media type."""
    items = [shop.Pet(name="x"), "a", b"\0", File(b"f", "a.png", content_type="image/png")]
    for value in (items, iter(items)):
        heard = heard_of(caller, upload("multipart/related", type_=type_), value)
        received = [
            (part["content-disposition"], part["content-type"], part.get_payload(decode=True))
            for part in parts_of(heard)
        ]
        assert received == [
            (None, "application/json", b'{"Name":"x"}'),
            (None, None, b"a"),
            (None, "application/octet-stream", b"\0"),
            ('attachment; filename="a.png"', "image/png", b"f"),
        ]
    with pytest.raises(InvalidRequest, match="a form is written"):
        heard_of(caller, upload("multipart/form-data", type_="Any"), items)


def test_multipart_names_cannot_break_out(caller: Caller) -> None:
    value = {'a"\r\nX: y': File(b"1", 'b"\r\n.txt')}
    heard = heard_of(caller, upload("multipart/form-data", type_="Any"), value)
    assert b'name="a%22%0D%0AX: y"; filename="b%22%0D%0A.txt"' in heard.body
    with pytest.raises(InvalidRequest):
        heard_of(
            caller, upload("multipart/form-data", type_="Any"), {"a": File(b"", "b", headers={"X": "a\r\nb"})}
        )


def test_a_large_multipart_file_is_streamed_with_its_length(caller: Caller, tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"z" * 3_000_000)
    with path.open("rb") as file:
        heard = heard_of(caller, upload("multipart/form-data", type_="Any"), {"file": file, "x": "y"})
    assert heard.header("content-length") == str(len(heard.body))
    assert [len(part.get_payload(decode=True)) for part in parts_of(heard)] == [3_000_000, 1]


def test_a_retry_sends_the_whole_file_again(caller: Caller, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"z" * 100_000)
    answers = iter([503, 200])
    with serve(always(lambda wire, heard: wire.answer(next(answers), Retry_After="0"))) as server:
        resource = caller.client(server.url)
        operation = upload("application/octet-stream", idempotent=True)
        with path.open("rb") as file:
            caller.call(resource, operation, body=file)
        assert [len(request.body) for request in server.heard] == [100_000, 100_000]


def test_a_stream_is_not_sent_twice(caller: Caller) -> None:
    with serve(always(lambda wire, heard: wire.answer(503, Retry_After="0"))) as server:
        resource = caller.client(server.url)
        with pytest.raises(Exception, match="503"):
            caller.call(resource, upload("application/octet-stream", idempotent=True), body=iter([b"x"]))
        assert len(server.heard) == 1


def test_required_and_absent_bodies(caller: Caller) -> None:
    with pytest.raises(InvalidRequest, match="required"):
        heard_of(caller, shop.POST, None)
    heard = heard_of(caller, upload("application/json", type_="Pet"), None)
    assert (heard.body, heard.header("content-length"), heard.header("content-type")) == (b"", "0", None)


def test_a_value_of_the_wrong_type_is_not_sent(caller: Caller) -> None:
    with pytest.raises(InvalidRequest):
        heard_of(caller, upload("application/x-www-form-urlencoded", type_="Any"), 5)


def test_idempotency_keys(caller: Caller) -> None:
    from bindwright.runtime.http import Parameter

    operation = shop.operation("POST", parameters=(Parameter(name="Idempotency-Key", location="header"),))
    answers = iter([503, 200, 200])
    with serve(always(lambda wire, heard: wire.answer(next(answers), Retry_After="0"))) as server:
        resource = caller.client(server.url)
        caller.call(resource, operation)
        caller.call(resource, operation, idempotency_key="mine")
        keys = [request.header("idempotency-key") for request in server.heard]
    assert keys[0] == keys[1]
    assert len(keys[0] or "") == 36
    assert keys[2] == "mine"


def test_a_stream_whose_length_the_caller_knows(caller: Caller) -> None:
    operation = upload("application/octet-stream")
    heard = heard_of(caller, operation, iter([b"abc", b"de"]), headers={"content-length": "5"})
    assert (heard.header("content-length"), heard.header("transfer-encoding")) == ("5", None)
    assert heard.body == b"abcde"


@pytest.mark.parametrize("headers", [{"content-length": "999"}, {"Transfer-Encoding": "chunked"}])
@pytest.mark.parametrize("body", [b"abc", None])
def test_headers_that_frame_a_body_follow_from_it(
    caller: Caller, headers: dict[str, str], body: bytes | None
) -> None:
    operation = upload("application/octet-stream") if body else shop.GET
    with serve(always(lambda wire, heard: wire.answer(body=b'{"Name":"a"}'))) as server:
        resource = caller.client(server.url, headers=headers, timeout=20, retries=0)
        for _ in range(2):
            caller.call(resource, operation, {"petId": 1}, body)
        names = [name.lower() for name, _ in server.heard[1].headers]
        assert "transfer-encoding" not in names
        assert [server.heard[1].header("content-length")] * names.count("content-length") == (
            ["3"] if body else []
        )


def test_a_length_that_is_none(caller: Caller) -> None:
    resource = caller.client("http://127.0.0.1:9", headers={"Content-Length": "-1"})
    with pytest.raises(InvalidRequest, match="Content-Length"):
        caller.call(resource, shop.GET, {"petId": 1})


def test_further_query_parameters_may_be_nested(caller: Caller) -> None:
    query = {"a": [1, True, None, "x y"], "b": {"c": [1, "\u00e9"]}}
    heard = heard_of(caller, shop.operation(), None, query=query)
    assert parse_qsl(heard.target.partition("?")[2]) == [
        ("a", "1"), ("a", "true"), ("a", "x y"), ("b", '{"c":[1,"\u00e9"]}')
    ]  # fmt: skip


def test_a_file_that_was_opened_as_text(caller: Caller) -> None:
    heard = heard_of(caller, upload("multipart/form-data"), {"f": io.StringIO("caf\u00e9 \u20ac")})
    (part,) = parts_of(heard)
    assert part.get_payload(decode=True) == "caf\u00e9 \u20ac".encode()


@pytest.mark.parametrize(
    ("contents", "value", "media_type", "data"),
    [
        ([("application/json", "Pet", {}), ("text/plain", "str", {})], "Rex", "text/plain", b"Rex"),
        (
            [("application/json", "Pet | str", {}), ("text/plain", "str", {})],
            "Rex",
            "application/json",
            b'"Rex"',
        ),
        ([("application/json", "list[str]", {}), ("text/csv", "str", {})], "a;b", "text/csv", b"a;b"),
        ([("*/*", "Pet", {"kind": "json"})], shop.Pet(name="Rex"), "application/json", b'{"Name":"Rex"}'),
        ([("*/*", "Pet", {"kind": "json"})], {"Name": "Rex"}, "application/json", b'{"Name":"Rex"}'),
    ],
)
def test_the_value_tells_which_of_several_bodies_it_is(
    caller: Caller, contents: list[tuple[str, str, dict[str, Any]]], value: Any, media_type: str, data: bytes
) -> None:
    listed = tuple(Content(media_type=name, type=type_, **facts) for name, type_, facts in contents)
    operation = shop.operation("POST", body=listed, responses=())
    with serve(always(lambda wire, heard: wire.answer(204))) as server:
        caller.call(caller.client(server.url), operation, body=value)
        heard = server.heard[0]
    assert (heard.header("Content-Type"), heard.body) == (media_type, data)
