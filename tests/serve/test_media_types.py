"""The mock reads and writes every kind of media type as the client does: both ask one table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.runtime.http import UnprocessableContent
from bindwright.serve import App, Request, load
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.validation.yaml_text import yaml_value
from bindwright.targets import python
from bindwright.testing import MockApi

DOCUMENT = """
openapi: 3.2.0
info: {{title: Media types, version: '1'}}
paths:
  /body:
    put:
      requestBody:
        required: true
        content: {{{media_type}: {{{keyword}: {{$ref: '#/components/schemas/Count'}}}}}}
      responses: {{'204': {{description: ok}}}}
    get:
      responses:
        '200': {{description: ok, content: {{{media_type}: {{{keyword}: {{$ref: '#/components/schemas/Count'}}}}}}}}
components:
  schemas:
    Count: {{type: object, required: [n], properties: {{n: {{type: integer}}, word: {{type: string}}}}}}
"""
LINES = ["application/jsonlines", "application/x-ndjson", "application/json-seq", "application/x-json-stream"]


def mock(folder: Path, media_type: str, keyword: str = "schema") -> App:
    document = folder / "document.yaml"
    document.write_text(DOCUMENT.format(media_type=media_type, keyword=keyword))
    return load(document)


def put(app: App, media_type: str, body: bytes) -> int:
    headers = (("Content-Type", media_type),)
    return app.respond(Request(method="PUT", target="/body", headers=headers, body=body)).status


@pytest.mark.parametrize(
    "media_type", ["application/x-amz-json-1.1", "text/x-json", "application/csp-report"]
)
def test_json_by_other_names_is_checked(tmp_path: Path, media_type: str) -> None:
    app = mock(tmp_path, media_type)
    assert put(app, media_type, b'{"n": 1}') == 204
    assert put(app, media_type, b'{"n": "x"}') == 422
    assert put(app, media_type, b"n=1") == 400


@pytest.mark.parametrize("media_type", LINES)
@pytest.mark.parametrize("keyword", ["schema", "itemSchema"])
def test_every_item_of_a_sequence_is_checked(tmp_path: Path, media_type: str, keyword: str) -> None:
    app = mock(tmp_path, media_type, keyword)
    start = b"\x1e" if media_type == "application/json-seq" else b""
    assert put(app, media_type, start + b'{"n": 1}\n' + start + b'{"n": 2}\n') == 204
    assert put(app, media_type, start + b'{"n": 1}\n' + start + b'{"n": "x"}\n') == 422
    assert put(app, media_type, start + b'{"n": 1}\n' + start + b"{\n") == 400


@pytest.mark.parametrize("media_type", LINES)
@pytest.mark.parametrize("keyword", ["schema", "itemSchema"])
def test_a_sequence_is_written_item_by_item(tmp_path: Path, media_type: str, keyword: str) -> None:
    response = mock(tmp_path, media_type, keyword).respond(Request(method="GET", target="/body"))
    records = response.body.replace(b"\x1e", b"").splitlines()
    assert len(records) == 3
    assert all(isinstance(json.loads(record)["n"], int) for record in records)
    assert (b"\x1e" in response.body) is (media_type == "application/json-seq")


def test_events_are_read_and_written(tmp_path: Path) -> None:
    app = mock(tmp_path, "text/event-stream", "itemSchema")
    assert app.respond(Request(method="GET", target="/body")).body.count(b"data: {") == 3


def test_events_of_a_request_end_at_ends_of_lines_alone(tmp_path: Path) -> None:
    """WHATWG HTML, 9.2.6: CR, LF, CRLF; U+2028 is data. Data may be empty."""
    document = tmp_path / "events.yaml"
    text = DOCUMENT.format(media_type="text/event-stream", keyword="itemSchema")
    event = r'data: {type: string, enum: ["", "a\u2028b", "a\x0bb"]}'
    document.write_text(text.replace("[n]", "[data]").replace("n: {type: integer}", event))
    app = load(document)
    for data in ("", "a\u2028b", "a\x0bb"):
        assert put(app, "text/event-stream", f"data: {data}\r\n\r\n".encode()) == 204
    assert put(app, "text/event-stream", b"data: c\n\n") == 422


def test_a_picture_of_markup_is_no_model_of_xml(tmp_path: Path) -> None:
    document = tmp_path / "document.yaml"
    document.write_text(
        "openapi: 3.1.0\ninfo: {title: P, version: '1'}\npaths:\n  /picture:\n    get:\n      responses:\n"
        "        '200': {description: ok, content: {image/svg+xml: {schema: {type: string, example: <svg/>}}}}\n"
    )
    assert load(document).respond(Request(method="GET", target="/picture")).body == b"<svg/>"


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("iso-8859-1", "<Count><n>1</n><word>café</word></Count>"),
        ("utf-8", '<?xml version="1.0" encoding="iso-8859-1"?><Count><n>1</n><word>café</word></Count>'),
        ("utf-16le", '<?xml version="1.0" encoding="utf-8"?><Count><n>1</n><word>café</word></Count>'),
    ],
)
def test_the_charset_of_the_header_goes_before_the_declaration(
    tmp_path: Path, charset: str, body: str
) -> None:
    app, words = mock(tmp_path, "application/xml"), list[str]()
    app.handle("PUT /body", lambda call: words.append(call.body.word))
    assert put(app, f"application/xml; charset={charset}", body.encode(charset)) == 204
    assert words == ["café"]


def test_json_in_another_charset(tmp_path: Path) -> None:
    app, words = mock(tmp_path, "application/json"), list[str]()
    app.handle("PUT /body", lambda call: words.append(call.body.word))
    body = '{"n": 1, "word": "café"}'
    assert put(app, "application/json; charset=latin1", body.encode("latin-1")) == 204
    assert put(app, "application/json", b"\xef\xbb\xbf" + body.encode()) == 204
    assert put(app, "application/json", body.encode("latin-1")) == 400
    assert words == ["café", "café"]


@pytest.mark.parametrize("schema", ["{}", "{type: string}"])
@pytest.mark.parametrize("accept", ["application/xml", "application/json"])
def test_a_free_value_in_whatever_is_asked_for(tmp_path: Path, accept: str, schema: str) -> None:
    document = tmp_path / "document.yaml"
    document.write_text(
        "openapi: 3.1.0\ninfo: {title: P, version: '1'}\npaths:\n  /any:\n    get:\n      responses:\n"
        f"        '200': {{description: ok, content: {{'*/*': {{schema: {schema}}}}}}}\n"
    )
    response = load(document).respond(Request(method="GET", target="/any", headers=(("Accept", accept),)))
    assert (response.status, response.header("content-type")) == (200, accept)


@pytest.mark.parametrize("media_type", LINES)
def test_lines_that_are_described_as_a_text_may_hold_anything(tmp_path: Path, media_type: str) -> None:
    document = tmp_path / "document.yaml"
    text = DOCUMENT.format(media_type=media_type, keyword="schema")
    document.write_text(
        text.replace("Count: {type: object", "Count: {type: string, example: '{}'}\n    Other: {type: object")
    )
    app = load(document)
    assert put(app, media_type, b'{"n": "x"}\nno JSON\n') == 204
    assert app.respond(Request(method="GET", target="/body")).body == b"{}"


@pytest.mark.parametrize("media_type", ["application/yaml", "text/x-yaml", "application/vnd.count+yaml"])
def test_yaml_is_checked_and_answered(tmp_path: Path, media_type: str) -> None:
    app = mock(tmp_path, media_type)
    assert put(app, media_type, b"n: 1\nword: two\n") == 204
    assert put(app, media_type, b'{"n": 1}') == 204
    assert put(app, media_type, b"n: one\n") == 422
    assert put(app, media_type, b"{n: 1") == 400
    answer = app.respond(Request(method="GET", target="/body"))
    assert isinstance(yaml_value(answer.body)["n"], int)


def test_tables_have_a_head(tmp_path: Path) -> None:
    document = DOCUMENT.replace(
        "{{{keyword}: {{$ref: '#/components/schemas/Count'}}}}", "{{schema: {schema}}}"
    )
    schema = "{type: array, minItems: 1, items: {$ref: '#/components/schemas/Count'}}"
    (tmp_path / "document.yaml").write_text(document.format(media_type="text/csv", schema=schema))
    app = load(tmp_path / "document.yaml")
    assert app.respond(Request(method="GET", target="/body")).body.startswith((b"n,word\r\n", b"n\r\n"))
    assert put(app, "text/csv", b"n,word\r\n1,two\r\n") == 204


FORM_AS_TEXT = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /login:
    post:
      operationId: login
      tags: [x]
      requestBody:
        required: true
        content: {application/x-www-form-urlencoded: {schema: {type: string, minLength: 3}}}
      responses: {'204': {description: ok}}
"""


def test_a_form_that_is_described_as_a_text_is_that_text(tmp_path: Path) -> None:
    """It has no members: what the method declares is what it sends; who has a mapping may give that, too."""
    document = tmp_path / "document.yaml"
    document.write_text(FORM_AS_TEXT)
    api = ir.lower(spec.load(document))
    name = package.unused_name()
    module = package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    mock = MockApi.load(document)
    with module.Client("http://mock.example", transport=mock.transport, retries=0) as client:
        for body, sent in (("user=a&pass=b+c", b"user=a&pass=b+c"), ({"user": "a b"}, b"user=a+b")):
            client.x.login(body)
            request = mock.calls[-1].request
            assert (request.body, request.header("content-type")) == (
                sent,
                "application/x-www-form-urlencoded",
            )
        with pytest.raises(UnprocessableContent):
            client.x.login("a")
