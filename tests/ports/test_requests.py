"""Requests of a kit through both ports: which media type a body has, what reserved characters are, values that no style defines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.conformance.runner import run_all
from bindwright.conformance.vectors import read
from bindwright.ports import kit

from tests.lowering import lowered
from tests.typescript.node import available
from tests.typescript.test_packages import written

from .corpus_kits import commands

THING = {"schema": {"$ref": "#/components/schemas/Thing"}}
NESTED = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}


def _post(media_types: list[str]) -> dict[str, Any]:
    return {
        "post": {
            "requestBody": {"required": True, "content": dict.fromkeys(media_types, THING)},
            "responses": {"204": {"description": "d"}},
        }
    }


def _get(name: str, schema: dict[str, Any], **facts: Any) -> dict[str, Any]:
    parameter = {"name": name, "in": "query", "schema": schema, **facts}
    return {"get": {"parameters": [parameter], "responses": {"204": {"description": "d"}}}}


DEEP: dict[str, Any] = {
    "texts": {"type": "array", "items": {"type": "string"}},
    "numbers": {"type": "array", "items": {"type": "integer", "format": "int64"}},
    "things": NESTED,
    "object": {
        "type": "object",
        "properties": {"inner": NESTED, "when": {"type": "string", "format": "date"}},
    },
    "map": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "boolean"}}},
    "either": {"anyOf": [{"$ref": "#/components/schemas/Thing"}, {"type": "string", "enum": [""]}]},
    "lists": {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
    "text": {"type": "string"},
}


CODED = {"type": "object", "required": ["code"], "properties": {"code": {"type": "string", "contentEncoding": "base64"}, "when": {"type": "string", "format": "date-time"}}}  # fmt: skip
CHOICES: dict[str, Any] = {
    "choice": {"oneOf": [CODED, {"type": "string"}]},
    "choices": {"type": "array", "items": {"oneOf": [CODED, {"type": "integer"}]}},
}


def _form(
    encoding: dict[str, Any], members: dict[str, Any] = DEEP, media_type: str = "application/x-www-form-urlencoded"
) -> dict[str, Any]:  # fmt: skip
    schema = {"type": "object", "required": [*members], "properties": members}
    content = {media_type: {"schema": schema, "encoding": encoding}}
    return {
        "post": {
            "requestBody": {"required": True, "content": content},
            "responses": {"204": {"description": "d"}},
        }
    }


BODIES = {
    "/ranges": ["application/*+json", "application/*+xml"],
    "/named-behind-ranges": [
        "application/*+json",
        "application/*+xml",
        "application/json",
        "application/xml",
    ],
    "/named-behind-others": ["text/json", "text/xml", "application/xml", "application/json"],
    "/others": ["text/json", "application/vnd.a+json", "text/xml"],
}
DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "paths": {
        **{path: _post(media_types) for path, media_types in BODIES.items()},
        "/reserved": _get("$filter", {"type": "string"}, allowReserved=True),
        "/reserved-items": _get("$in", {"type": "array", "items": {"type": "string"}}, allowReserved=True),
        "/nested": _get("items", NESTED),
        "/nested-and-required": _get("items", NESTED, required=True),
        "/deep-items": _get("deep", DEEP["texts"], style="deepObject", explode=True),
        "/deep-form": _form({name: {"style": "deepObject", "explode": True} for name in DEEP}),
        "/form-of-lists": _form({}),
        **{
            f"/{media_type.partition('/')[0]}-{number}": _form(
                dict.fromkeys(CHOICES, encoding), CHOICES, media_type
            )
            for media_type in ("multipart/form-data", "application/x-www-form-urlencoded")
            for number, encoding in enumerate(
                [{"contentType": "text/csv"}, {"style": "form", "explode": False}, {"style": "pipeDelimited"}]
            )
        },
    },
    "components": {"schemas": {"Thing": {"type": "object", "properties": {"a": {"type": "string"}}}}},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("requests")
    files = kit.files(lowered(DOCUMENT))
    for name in ("ir.json", "vectors/operations.jsonl"):
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_bytes(files[name])
    return target


def _vectors(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "vectors" / "operations.jsonl").read_text().splitlines()[1:]
    return [vector for vector in map(json.loads, lines) if vector["kind"] == "request"]


@pytest.mark.parametrize("port", ["python", "typescript", "package in TypeScript"])
def test_ports_send_what_the_vectors_say(port: str, folder: Path, tmp_path: Path) -> None:
    checks = list(read([folder / "vectors" / "operations.jsonl"]))
    command = available(commands)["python" if port == "python" else "typescript"]
    if port == "package in TypeScript":
        written(lowered(DOCUMENT), tmp_path)
        command = [*command, str(tmp_path)]
    _, outcomes = run_all(command, str(folder / "ir.json"), checks, timeout=60)
    wrong = [(outcome.check.name, outcome.message) for outcome in outcomes if outcome.status != "passed"]
    assert wrong == []


def test_a_body_is_of_the_plain_media_type_else_of_the_first(folder: Path) -> None:
    sent: dict[str, dict[str, str]] = {}
    for vector in _vectors(folder):
        for name, value in vector["out"].get("headers", ()):
            if name == "content-type":
                sent.setdefault(vector["out"]["target"], {})[vector["format"]] = value
    plain = {"json": "application/json", "xml": "application/xml"}
    assert sent == {
        "/ranges": plain,
        "/named-behind-ranges": plain,
        "/named-behind-others": plain,
        "/others": {"json": "text/json", "xml": "text/xml"},
    }


def test_reserved_characters_stay_but_for_what_ends_the_query(folder: Path) -> None:
    targets = {vector["id"].rpartition(".")[2]: vector["out"]["target"] for vector in _vectors(folder)}
    assert targets["$filter-reserved"] == "/reserved?%24filter=a%20b&c=d/e?f%23g%20+%C3%BC(1)*!~"
    assert targets["$in-item"] == "/reserved-items?%24in=x/y?z"


def test_what_no_style_defines_is_not_asked(folder: Path) -> None:
    """OpenAPI leaves lists and objects within a list or an object open: an optional one is left out."""
    targets = {vector["out"]["target"] for vector in _vectors(folder)}
    assert "/nested" in targets
    assert not any("nested-and-required" in target or "items=" in target for target in targets)


def test_deep_objects_name_each_level(folder: Path) -> None:
    """`deepObject` beyond what OpenAPI defines: a list's positions are names, at every depth."""
    sent = {vector["out"]["target"]: vector["out"] for vector in _vectors(folder)}
    assert "/deep-items?deep%5B0%5D=a%20b&deep%5B1%5D=c%2Cd" in sent
    names = [name for name, _ in sent["/deep-form"]["fields"]]
    assert names == [
        "texts[0]", "numbers[0]", "things[0][a]", "object[inner][0][a]", "object[when]", "map[key1][0]", "either[a]",
        "lists[0][0]", "text",
    ]  # fmt: skip


def test_lists_and_objects_within_a_list_are_json_in_forms(folder: Path) -> None:
    fields = next(
        vector["out"]["fields"] for vector in _vectors(folder) if vector["out"]["target"] == "/form-of-lists"
    )
    values = dict(fields)
    assert list(json.loads(values["things"])) == ["a"]
    assert isinstance(json.loads(values["lists"]), list)
