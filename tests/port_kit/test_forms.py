"""Vectors of forms: both ports send them, whatever their boundaries are; one that says something else is told of."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from bindwright.conformance.comparison import difference
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import Check, read
from bindwright.ports import kit
from bindwright.ports.python_port import Port
from bindwright.standards.form_bodies import fields_of, parts_of

from tests.lowering import lowered
from tests.typescript.node import PORT, available
from tests.typescript.test_packages import written
from tools.typescript import node

MEMBERS = {
    "title": {"type": "string"},
    "count": {"type": "integer", "format": "int64"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "address": {"type": "object", "properties": {"city": {"type": "string"}, "zip": {"type": "integer"}}},
    "when": {"type": "string", "format": "date-time"},
}
FILES = {"photo": {"type": "string", "format": "binary"}, **MEMBERS}
STYLED = {
    **MEMBERS,
    "bars": {"type": "array", "minItems": 2, "items": {"type": "string"}},
    "deep": MEMBERS["address"],
}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {
        "/form": {"post": {"operationId": "sendForm", "requestBody": {"required": True, "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": [*STYLED], "properties": STYLED},
                "encoding": {
                    "tags": {"style": "spaceDelimited", "explode": False},
                    "bars": {"style": "pipeDelimited", "explode": False},
                    "deep": {"style": "deepObject", "explode": True},
                },
            }}}, "responses": {"204": {"description": "done"}}}},
        "/parts": {"post": {"operationId": "sendParts", "requestBody": {"required": True, "content": {
            "multipart/form-data": {"schema": {"type": "object", "required": [*FILES], "properties": FILES}}
        }}, "responses": {"204": {"description": "done"}}}},
    },
}  # fmt: skip
ADDRESS = {"$ref": "#/components/schemas/Address"}
TYPED = {
    "xml": ADDRESS,
    "suffixed": ADDRESS,
    "either": ADDRESS,
    "several": {"type": "array", "items": ADDRESS, "minItems": 2},
    "json": ADDRESS,
    "whole": {"type": "array", "items": {"type": "string"}, "minItems": 2},
    "word": {"type": "string"},
    "number": {"type": "integer", "format": "int64"},
    "text": ADDRESS,
    "octets": {"type": "string"},
    "words": {"type": "array", "items": {"type": "string"}, "minItems": 2},
    "ranged": ADDRESS,
    "images": {"type": "array", "items": {"type": "string"}, "minItems": 2},
}
TYPES = {
    "xml": "application/xml",
    "suffixed": "application/vnd.address+xml; charset=utf-8",
    "either": "text/xml, application/json",
    "several": "application/xml",
    "json": "application/vnd.address+json",
    "whole": "application/json",
    "word": "application/json",
    "number": "application/json",
    "text": "text/plain",
    "octets": "application/octet-stream",
    "words": "text/csv",
    "ranged": "application/*",
    "images": "image/png, image/jpeg",
}
DOCUMENT["paths"] |= {
    f"/typed/{kind}": {"post": {"operationId": f"sendTyped{kind}", "requestBody": {"required": True, "content": {
        media_type: {
            "schema": {"type": "object", "required": names, "properties": {name: TYPED[name] for name in names}},
            "encoding": {name: {"contentType": TYPES[name]} for name in names},
        }}}, "responses": {"204": {"description": "done"}}}}
    for kind, media_type, names in (
        ("Parts", "multipart/form-data", [*TYPED]),
        ("Fields", "application/x-www-form-urlencoded", ["xml", "suffixed", "json", "word", "number"]),
    )
}  # fmt: skip
DOCUMENT["paths"]["/styled"] = {"post": {"operationId": "sendStyled", "requestBody": {"required": True, "content": {
    "multipart/form-data": {
        "schema": {"type": "object", "required": ["tags", "bars", "apart"], "properties": {
            name: {"type": "array", "items": {"type": "string"}, "minItems": 2} for name in ("tags", "bars", "apart")
        }},
        "encoding": {
            "tags": {"style": "spaceDelimited", "explode": False},
            "bars": {"style": "pipeDelimited", "explode": False},
            "apart": {"style": "form", "explode": True},
        },
    }}}, "responses": {"204": {"description": "done"}}}}  # fmt: skip
DOCUMENT["components"] = {
    "schemas": {
        "Address": {
            "type": "object",
            "required": ["city", "zip"],
            "properties": {
                "city": {"type": "string", "xml": {"name": "town"}},
                "zip": {"type": "integer", "xml": {"attribute": True}},
            },
            "xml": {"name": "address", "namespace": "urn:a"},
        }
    }
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("kit")
    for name, data in kit.files(lowered(DOCUMENT)).items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    return target


@pytest.fixture(scope="module")
def checks(folder: Path) -> list[Check]:
    every = read([folder / "vectors" / "operations.jsonl"])
    return [check for check in every if check.rule in ("http/form", "http/multipart")]


def wanted(checks: list[Check], kind: str) -> Any:
    return next(check.expected["request"][kind] for check in checks if kind in check.expected["request"])


def test_vectors_say_what_forms_say(checks: list[Check]) -> None:
    names = [name for name, _ in wanted(checks, "fields")]
    assert names == [*MEMBERS, "bars", "deep[city]", "deep[zip]"]
    parts = wanted(checks, "parts")
    types = {part["name"]: part["type"] for part in parts}
    assert types["photo"] == "application/octet-stream"
    assert types["address"] == "application/json"
    assert types["title"] == types["count"] == "text/plain"


@pytest.mark.parametrize("port", ["Python", "TypeScript", "TypeScript package"])
def test_both_ports_send_them(folder: Path, checks: list[Check], port: str, tmp_path: Path) -> None:
    python = [sys.executable, "-m", "bindwright.ports.python_port"]
    command = python if port == "Python" else [available(node), str(PORT)]
    if port == "TypeScript package":
        written(lowered(DOCUMENT), tmp_path)
        command.append(str(tmp_path))
    _, outcomes = run_all(command, str(folder / "ir.json"), checks, timeout=60)
    assert [
        (outcome.check.name, outcome.difference) for outcome in outcomes if outcome.status != "passed"
    ] == []
    assert len(outcomes) >= 5


def test_the_vectors_have_documents_in_parts(checks: list[Check]) -> None:
    parts = next(
        check.expected["request"]["parts"]
        for check in checks
        if check.expected["request"].get("parts", [{}])[0].get("name") == "xml"
    )
    types = {part["name"]: part["type"] for part in parts}
    assert types == {name: type_.split(",")[0].split(";")[0] for name, type_ in TYPES.items()} | {
        "ranged": "application/json"
    }
    bodies = {part["name"]: part["body"] for part in parts}
    assert {name for name, body in bodies.items() if body.startswith('<address xmlns="urn:a" zip="')} == {
        "xml", "suffixed", "either", "several",
    }  # fmt: skip
    assert [part["name"] for part in parts].count("several") == 2


def test_a_part_alone_makes_xml_of_its_type() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    plain = document["components"]["schemas"]["Address"]
    del plain["xml"], plain["properties"]["city"]["xml"], plain["properties"]["zip"]["xml"]
    del document["paths"]["/typed/Fields"]
    root = lowered(document).types["#/components/schemas/Address"].root
    assert root is not None
    assert root.name == "Address"
    for encoding in document["paths"]["/typed/Parts"]["post"]["requestBody"]["content"]["multipart/form-data"]["encoding"].values():  # fmt: skip
        encoding["contentType"] = "application/json"
    assert lowered(document).xml == {}


@pytest.mark.parametrize("change", [("title", "titel"), ("text/plain", "text/html"), ("city", "town")])
def test_what_says_something_else_is_told_of(
    folder: Path, checks: list[Check], change: tuple[str, str]
) -> None:
    port = Port(str(folder / "ir.json"))
    check = next(check for check in checks if "parts" in check.expected["request"])
    answer = port.answer(check.request)
    assert difference(check, answer) is None
    body = answer["request"]["body"]
    if "Content-Type" in body and change[0] == "text/plain":
        body = body.replace('name="title"', 'name="title"\r\nContent-Type: text/html', 1)
    answer["request"]["body"] = body.replace(*change)
    assert difference(check, answer) is not None


def test_boundaries_and_escapes_mean_nothing() -> None:
    assert fields_of(b"a=%41+b&c&=d&a=%C3%A9") == [["a", "A b"], ["c", ""], ["", "d"], ["a", "é"]]
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name="b"; filename="f"\r\nContent-Type: image/png; q=1\r\n\r\n\xff\r\n--x--\r\n'
    assert parts_of(body, "multipart/form-data; boundary=x") == [
        {"name": "a", "type": "text/plain", "body": "1"},
        {"name": "b", "type": "image/png", "body": {"base64": "/w=="}},
    ]
    for wrong in ("multipart/form-data", "multipart/form-data; boundary=y"):
        with pytest.raises(ValueError, match="boundary"):
            parts_of(body, wrong)
