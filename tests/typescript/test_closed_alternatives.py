"""Of alternatives that are objects, a closed one stands behind the others where it does not know all members."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import Conversion, written
from tests.ports.test_interpreter import run as interpret
from tests.typescript.node import answers, transcode

NUMBER, TEXT = {"type": "integer"}, {"type": "string"}


def record(*names: str, closed: bool = False, **more: Any) -> dict[str, Any]:
    properties = dict.fromkeys(names, NUMBER) | more.pop("properties", {})
    return (
        {"type": "object", "properties": properties}
        | ({"additionalProperties": False} if closed else {})
        | more
    )


def either(*names: str) -> dict[str, Any]:
    return {"anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}


COLORS = {"Warm": ["red", "orange"], "Cold": ["blue"]}
SCHEMAS = {
    "Closed": record("a", closed=True),
    "Open": record("a", "b"),
    "Large": record("a", "b", "c", closed=True),
    "Small": record("a"),
    "Numbered": record("a", closed=True, patternProperties={"^x-": NUMBER}),
    "Warm": record("n", required=["kind"], properties={"kind": TEXT | {"enum": COLORS["Warm"]}}),
    "Plain": record(required=["kind"], properties={"kind": TEXT}),
    "Holder": {
        "type": "object",
        "xml": {"name": "holder"},
        "properties": {
            "closed": either("Closed", "Open"),
            "large": either("Large", "Small"),
            "numbered": either("Numbered", "Open"),
            "within": {"anyOf": [either("Closed", "Large"), either("Small")["anyOf"][0]]},
            "alone": {"anyOf": [either("Closed")["anyOf"][0], NUMBER]},
            "usual": either("Warm", "Plain"),
        },
    },
}
VALUES = [
    '{"closed":{"a":1}}', '{"closed":{"a":1,"b":2}}', '{"closed":{"a":1,"z":2}}', '{"closed":{"z":2}}', '{"closed":{}}',
    '{"large":{"a":1,"b":2,"c":3}}', '{"large":{"a":1,"b":2,"c":3,"z":4}}', '{"usual":{"kind":"violet","n":1}}',
    '{"numbered":{"a":1,"x-1":2}}', '{"numbered":{"a":1,"x-1":2,"z":3}}',
    '{"alone":{"a":1,"z":2}}', '{"usual":{"kind":"red","n":1}}',
]  # fmt: skip
DOCUMENTS = [
    f"<holder>{text}</holder>"
    for text in (
        "<closed><a>1</a></closed>", "<closed><a>1</a><z>2</z></closed>", '<closed z="1"><a>1</a></closed>', "<closed/>",
        "<large><a>1</a><b>2</b><c>3</c><z>4</z></large>", "<alone><a>1</a><z>2</z></alone>", "<alone>5</alone>",
        "<numbered><a>1</a><x-1>2</x-1></numbered>", "<within><a>1</a><b>2</b><z>3</z></within>",
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}}  # fmt: skip
    path = Path(tmp_path_factory.mktemp("closed")) / "document.json"
    path.write_text(json.dumps(document))
    return written(path, "closed-alternatives")


def test_each_value_is_read_as_in_python(ir: str) -> None:
    """Also what the other format has of them, which says the alternative: unknown members stay within a format."""
    python = Port(ir)
    texts = [("json", text) for text in VALUES] + [("xml", text) for text in DOCUMENTS]
    requests = [
        transcode("#Holder", source, target, text) for source, text in texts for target in ("json", "xml")
    ]
    expected = [python.answer({"id": 1, **request}) for request in requests]
    for request, answer, wanted in zip(requests, answers(ir, requests), expected, strict=True):
        assert "output" in wanted
        assert answer.get("output") == wanted["output"], request


def test_as_the_rules_for_ports_say(ir: str) -> None:
    """An interpreter reads the same of the IR; it does not look into choices within choices of XML."""
    python = Port(ir)
    conversions = [Conversion(ir, "Holder", "json", "json", text) for text in VALUES]
    conversions += [
        Conversion(ir, "Holder", "xml", "json", text) for text in DOCUMENTS if "within" not in text
    ]
    wanted = [python.answer({"id": 1, **transcode("#Holder", *conversion[2:])}) for conversion in conversions]
    for conversion, answer, expected in zip(conversions, interpret(conversions), wanted, strict=True):
        assert json.loads(answer["output"]) == json.loads(expected["output"]["json"]), conversion
