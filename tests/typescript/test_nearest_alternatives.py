"""Of alternatives that all take a value, the one counts whose names are nearest to those in it, in each port."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import Conversion, written
from tests.ports.test_interpreter import run as interpret
from tests.typescript.node import answers, transcode


def record(letter: str, *names: str, **more: Any) -> dict[str, Any]:
    """An object whose elements are called after it: they say what it was read as."""
    return {
        "type": "object",
        "properties": {name: {"type": "integer", "xml": {"name": f"{letter}.{name}"}} for name in names},
        **more,
    }


WIDE, NARROW, FREE = ({"$ref": f"#/components/schemas/{name}"} for name in ("Wide", "Narrow", "Free"))
ALTERNATIVES = {
    "single": [WIDE, NARROW],
    "lists": [{"type": "array", "items": item} for item in (WIDE, NARROW)],
    "maps": [{"type": "object", "additionalProperties": value} for value in (WIDE, NARROW)],
    "tuples": [{"type": "array", "prefixItems": [item], "items": False} for item in (WIDE, NARROW)],
    "free": [FREE, NARROW],
    "further": [{"$ref": "#/components/schemas/Further"}, WIDE],
}
SCHEMAS = {
    "Wide": record("w", "a", "b", "c"),
    "Narrow": record("n", "a", "b"),
    "Further": record("f", "a", additionalProperties={"type": "integer"}),
    "Free": {"type": "object", "additionalProperties": {"type": "integer"}},
    "Holder": {
        "type": "object",
        "xml": {"name": "holder"},
        "properties": {name: {"anyOf": parts} for name, parts in ALTERNATIVES.items()},
    },
}
VALUES = [
    ('{"single":{"a":1}}', {"n.a"}),
    ('{"single":{"a":1,"c":2}}', {"w.a", "w.c"}),
    ('{"lists":[{"a":1},{"b":2}]}', {"n.a", "n.b"}),
    ('{"lists":[{"a":1},{"b":2,"c":3}]}', {"w.a", "w.b", "w.c"}),
    ('{"maps":{"k":{"a":1}}}', {"k", "n.a"}),
    ('{"maps":{"k":{"c":1}}}', {"k", "w.c"}),
    ('{"tuples":[{"b":1}]}', {"n.b"}),
    ('{"free":{"a":1}}', {"n.a"}),
    ('{"free":{"a":1,"d":2}}', {"a", "d"}),
    ('{"further":{"a":1}}', {"f.a"}),
    ('{"further":{"a":1,"b":2}}', {"w.a", "w.b"}),
]


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}}  # fmt: skip
    path = Path(tmp_path_factory.mktemp("nearest")) / "document.json"
    path.write_text(json.dumps(document))
    return written(path, "nearest-alternatives")


def elements(document: str) -> set[str]:
    return set(re.findall(r"<([\w.]+)", document)) - {"holder", *ALTERNATIVES}


def test_in_python(ir: str) -> None:
    port = Port(ir)
    for text, names in VALUES:
        answer = port.answer({"id": 1, **transcode("#Holder", "json", "xml", text)})
        assert elements(answer["output"]["xml"]) == names, text


def test_in_typescript(ir: str) -> None:
    requests = [transcode("#Holder", "json", "xml", text) for text, _ in VALUES]
    for (text, names), answer in zip(VALUES, answers(ir, requests), strict=True):
        assert elements(answer["output"]["xml"]) == names, text


def test_as_the_rules_for_ports_say(ir: str) -> None:
    conversions = [Conversion(ir, "Holder", "json", "xml", text) for text, _ in VALUES]
    for (text, names), answer in zip(VALUES, interpret(conversions), strict=True):
        assert elements(answer["output"]) == names, text
