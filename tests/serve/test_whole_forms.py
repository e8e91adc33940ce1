"""Forms and parts that the document describes as a text, a number or octets: all of the body, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.serve import App
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.package.package_codecs import PackageCodecs
from bindwright.targets import python
from bindwright.testing import MockTransport

FORM, PARTS, MIXED = "application/x-www-form-urlencoded", "multipart/form-data", "multipart/mixed"
PARTED = '--b c\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b c--\r\n'
OBJECT = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
SCHEMAS: dict[str, Any] = {
    "text": {"type": "string"},
    "octets": {"type": "string", "format": "binary"},
    "digest": {"type": "string", "format": "byte"},
    "number": {"type": "integer"},
    "flag": {"type": "boolean"},
    "either": {"oneOf": [OBJECT, {"type": "string"}]},
    "anything": {},
    "named": OBJECT,
}
VALUES: dict[str, list[Any]] = {
    "text": ["a=1&b", PARTED], "octets": [b"\0\1", PARTED.encode()], "digest": [b"\0\1"], "number": [3],
    "flag": [True], "either": [{"a": "1"}, "text"], "anything": [{"a": "1"}, "text", PARTED], "named": [{"a": "1"}],
}  # fmt: skip
MEDIA = {"Form": FORM, "Parts": PARTS, "Mixed": MIXED}


def document() -> dict[str, Any]:
    paths = {}
    for end, media in MEDIA.items():
        for name, schema in SCHEMAS.items():
            content = {media: {"schema": schema}}
            body = {"required": True, "content": content}
            answer = {"200": {"description": "", "content": content}}
            paths[f"/{name}{end}"] = {
                "post": {"operationId": name + end, "tags": ["x"], "requestBody": body, "responses": answer}
            }
    lists = {
        "operationId": "list", "tags": ["x"], "responses": {"204": {"description": ""}},
        "requestBody": {"content": {FORM: {"schema": {"type": "array", "items": {"type": "string"}}}}},
    }  # fmt: skip
    paths["/list"] = {"post": lists}
    return {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}


@pytest.fixture(scope="module")
def called() -> Iterator[tuple[Any, MockTransport]]:
    api = ir.lower(loads(json.dumps(document())))
    name = package.unused_name()
    module = package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    transport = MockTransport(App(api, PackageCodecs(api, lambda: name)))
    with module.Client("http://mock.example", transport=transport) as client:
        yield client, transport
    package.uninstall(name)


@pytest.mark.parametrize("end", MEDIA)
@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_described_is_what_comes_and_goes(
    called: tuple[Any, MockTransport], name: str, end: str
) -> None:
    client, transport = called
    for value in VALUES[name]:
        method = next(attribute for attribute in dir(client.x) if attribute == f"{name}_{end.lower()}")
        answer = getattr(client.x, method)(value)
        outcome = transport.calls[-1]
        assert outcome.refusal is None
        documented = {
            "text": str, "octets": bytes, "digest": bytes, "number": int, "flag": bool, "anything": dict,
        }  # fmt: skip
        assert isinstance(answer, documented.get(name, object))
        if name in ("either", "named"):
            assert type(answer).__name__ != "dict"
        if isinstance(value, str | bytes) and name not in ("digest",):
            text = value if isinstance(value, bytes) else value.encode()
            assert outcome.request.body == text
            named = 'boundary="b c"' in (outcome.request.header("content-type") or "")
            assert named is (text[:2] == b"--" and end != "Form")


def test_a_list_in_pairs_is_the_whole_text(called: tuple[Any, MockTransport]) -> None:
    """There is no name that its items could have."""
    client, transport = called
    client.x.list("x=1&y")
    assert transport.calls[-1].request.body == b"x=1&y"
    read = loads(json.dumps(document()))
    ir.lower(read)
    assert [item.code for item in read.diagnostics.items] == ["form-without-names"]
