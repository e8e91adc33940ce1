"""Form bodies as JSON values."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from bindwright.ir.model import Api, Array, Body, Content, Info, Object, Operation, Part, Scalar, Use
from bindwright.serve import Request
from bindwright.serve.validation import forms
from bindwright.serve.validation.bodies import BodyReader
from bindwright.serve.validation.parameters import ParameterReader

from tests.lowering import lowered
from tests.serve.shop import PlainCodecs, prop, scalar

KIND = Object(
    id="form",
    properties=[
        prop("form", "name", "string", True),
        prop("form", "age", "integer"),
        prop("form", "tags", "tags"),
        prop("form", "file", "binary"),
        prop("form", "inner", "inner"),
    ],
)
INNER = Object(id="inner", properties=[prop("inner", "a", "integer")])
KNOWN = [
    KIND,
    INNER,
    Array(id="tags", items=Use(type="string")),
    *map(scalar, ("string", "integer", "binary")),
]
API = Api(info=Info(title="", version=""), types={kind.id: kind for kind in KNOWN})


def test_urlencoded() -> None:
    content = Content(media_type="application/x-www-form-urlencoded", use=Use(type="form"))
    value = forms.urlencoded(API, content, b"name=R%C3%A9x+2&age=3&tags=a&tags=b%2Cc&a=5&extra=x")
    assert value == {"name": "Réx 2", "age": 3, "tags": ["a", "b,c"], "inner": {"a": 5}, "extra": "x"}


def test_urlencoded_with_styles() -> None:
    parts = [Part(name="tags", style="pipeDelimited", explode=False), Part(name="inner", style="deepObject")]
    content = Content(media_type="application/x-www-form-urlencoded", use=Use(type="form"), parts=parts)
    assert forms.urlencoded(API, content, b"tags=a%7Cb&inner[a]=5") == {"tags": ["a", "b"], "inner": {"a": 5}}


def test_what_is_no_json_is_a_text() -> None:
    """Python's parser knows `NaN` and `Infinity`, which no number is in JSON (RFC 8259, 6)."""
    parts = [Part(name="age", content_type="application/json")]
    content = Content(media_type="application/x-www-form-urlencoded", use=Use(type="form"), parts=parts)
    assert forms.urlencoded(API, content, b"age=NaN") == {"age": "NaN"}
    content = Content(media_type="multipart/form-data", use=Use(type="form"))
    head = b"--b\r\nContent-Type: application/json\r\nContent-Disposition: form-data; name=inner\r\n\r\n"
    body = head + b'{"a":-Infinity}\r\n--b--\r\n'
    assert forms.multipart(API, content, body, "b") == {"inner": '{"a":-Infinity}'}


def test_positions_of_lists_in_deep_objects() -> None:
    thing = {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {}}}}
    things = {"type": "array", "items": thing}
    schemas = {
        "list": things,
        "or_empty": {"anyOf": [things, {"enum": [""]}]},
        "or_object": {"anyOf": [things, thing]},
        "object": thing,
    }
    content = {
        "schema": {"type": "object", "properties": schemas},
        "encoding": {name: {"style": "deepObject", "explode": True} for name in schemas},
    }
    post = {
        "requestBody": {"content": {"application/x-www-form-urlencoded": content}},
        "responses": {"204": {"description": "done"}},
    }
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"post": post}}}
    api = lowered(document)
    assert (body := api.operations[0].body) is not None
    for name in ("list", "or_empty"):
        sent = f"{name}[0][a]=1&{name}[0][b][0]=x&{name}[1][a]=2".encode()
        assert forms.urlencoded(api, body.contents[0], sent) == {name: [{"a": 1, "b": ["x"]}, {"a": 2}]}
    assert forms.urlencoded(api, body.contents[0], b"or_empty=") == {"or_empty": ""}
    assert forms.urlencoded(api, body.contents[0], b"or_object[b]=x") == {"or_object": {"b": ["x"]}}
    assert forms.urlencoded(api, body.contents[0], b"object[b]=x") == {"object": {"b": ["x"]}}
    assert forms.urlencoded(api, body.contents[0], b"object[b]=x&object[b]=y") == {
        "object": {"b": ["x", "y"]}
    }
    assert forms.urlencoded(api, body.contents[0], b"or_object[a]=1") == {"or_object": {"a": 1}}


def test_multipart() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="name"\r\n\r\nR\xc3\xa9x\r\n'
        b'--B\r\nContent-Disposition: form-data; name="age"\r\n\r\n3\r\n'
        b'--B\r\nContent-Disposition: form-data; name="tags"\r\n\r\na\r\n'
        b'--B\r\nContent-Disposition: form-data; name="tags"\r\n\r\nb\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\x00\r\n--\xff\r\n"
        b'--B\r\nContent-Disposition: form-data; name="inner"\r\n'
        b'Content-Type: application/json\r\n\r\n{"a": 1}\r\n'
        b"--B--\r\n"
    )
    content = Content(media_type="multipart/form-data", use=Use(type="form"))
    assert forms.multipart(API, content, body, "B") == {
        "name": "Réx",
        "age": 3,
        "tags": ["a", "b"],
        "file": b"\x00\r\n--\xff",
        "inner": {"a": 1},
    }


def test_what_would_be_base64_in_json_is_bytes_in_an_image() -> None:
    known = {"bytes": Scalar(id="bytes", base="string", format="byte")}
    body = Body(
        contents=[
            Content(media_type=media_type, use=Use(type="bytes"))
            for media_type in ("image/png", "application/json")
        ]
    )
    operation = Operation(id="PUT /x", method="PUT", path="/x", body=body)
    reader = BodyReader(Api(info=Info(title="", version=""), types=known), PlainCodecs())  # type: ignore[arg-type]

    def read(kind: str, data: bytes) -> Any:
        headers = (("Content-Type", kind),)
        received = reader.read(operation, Request(method="PUT", target="/x", headers=headers, body=data))
        assert received is not None
        return received.value, [violation.what for violation in received.violations]

    assert read("image/png", b"\x89PNG") == (b"\x89PNG", [])
    assert read("application/json", b'"iVBO"') == ("iVBO", [])
    assert read("application/json", b'"%"') == ("%", ["is not a valid byte"])


def test_what_null_may_be_in_a_form() -> None:
    """No style has a text for null: it is one that is no value of the type, if null is allowed."""
    schemas = {
        "uri": {"type": ["string", "null"], "format": "uri"},
        "text": {"type": ["string", "null"]},
        "day": {"type": ["string", "null"], "format": "date"},
        "size": {"enum": ["S", "M", None]},
        "shade": {"enum": ["null", "", None]},
        "strict": {"type": "string", "format": "uri"},
    }
    content = {"schema": {"type": "object", "properties": schemas}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "n", "version": "1"},
        "paths": {
            "/a": {
                "post": {
                    "requestBody": {"content": {"application/x-www-form-urlencoded": content}},
                    "responses": {"204": {"description": "d"}},
                }
            }
        },
    }
    api = lowered(document)
    body = api.operations[0].body
    assert body is not None
    for text in ("null", ""):
        sent = "&".join(f"{name}={text}" for name in schemas).encode()
        read = {"uri": None, "text": text, "day": None, "size": None, "shade": text, "strict": text}
        assert forms.urlencoded(api, body.contents[0], sent) == read


_OWNER = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "id": {"type": "string"}},
}
_PLACE = {
    "type": "object",
    "required": ["name", "zip"],
    "properties": {"name": {"type": "string"}, "zip": {"type": "string"}},
}
_SHARING = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "owner": _OWNER, "place": _PLACE},
}


@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("style", [None, {"style": "form"}])
@pytest.mark.parametrize(
    ("sent", "objects"),
    [
        ({"name": "x"}, {}),
        ({"name": "x", "id": "5"}, {"owner": {"name": "x", "id": "5"}}),
        ({"name": "x", "zip": "7"}, {"place": {"name": "x", "zip": "7"}}),
    ],
)
def test_optional_objects_are_not_made_of_the_forms_own_properties(
    media_type: str, style: dict[str, str] | None, sent: dict[str, str], objects: dict[str, Any]
) -> None:
    """``name=x`` is the form's property, and no owner, nor a place that lacks its code."""
    encoding = {"encoding": {"owner": style, "place": style}} if style else {}
    operation = {
        "requestBody": {"content": {media_type: {"schema": _SHARING, **encoding}}},
        "responses": {"204": {"description": "ok"}},
    }
    document = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/": {"put": operation}},
    }
    api = lowered(document)
    head = f"{media_type}; boundary=B" if media_type.startswith("multipart") else media_type
    pairs = (
        urlencode(sent).encode()
        if head == media_type
        else b"".join(
            f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in sent.items()
        )
        + b"--B--\r\n"
    )
    request = Request(method="PUT", target="/", headers=(("Content-Type", head),), body=pairs)
    received = BodyReader(api, PlainCodecs()).read(api.operations[0], request)
    assert received is not None
    assert received.violations == []
    if head == media_type or style is not None:
        assert received.value == {"name": "x", **objects}


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("name=x", {"name": "x"}),
        ("name=x&zip=7", {"name": "x", "place": {"name": "x", "zip": "7"}}),
        ("zip=7", None),
    ],
)
def test_optional_parameters_are_not_made_of_other_parameters(
    query: str, values: dict[str, Any] | None
) -> None:
    schemas = {"name": {"type": "string"}, "owner": _OWNER, "place": _PLACE}
    parameters = [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]
    operation = {"parameters": parameters, "responses": {"204": {"description": "ok"}}}
    document = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/": {"get": operation}},
    }
    api = lowered(document)
    arguments = ParameterReader(api).read(api.operations[0], Request(method="GET", target=f"/?{query}"), {})
    assert (arguments.violations == []) is (values is not None)
    assert values is None or arguments.of("query") == values
