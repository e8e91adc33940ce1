"""Values of any type in XML: what is empty within one is null, and no text, in TypeScript as in Python."""

from __future__ import annotations

from pathlib import Path

from bindwright.ir import serialize
from bindwright.ports.python_port import Port

from tests.lowering import lowered
from tests.typescript.node import answers, transcode

DOCUMENT = {
    "openapi": "3.1.1", "info": {"title": "Free", "version": "1"}, "paths": {},
    "components": {"schemas": {"Free": {"type": "object", "properties": {"any": {}, "bag": {"type": "object"}}}}},
}  # fmt: skip
VALUES = {
    "<any/>": '{"any":""}',
    "<any><b/></any>": '{"any":{"b":null}}',
    "<any><b/><b>x</b></any>": '{"any":{"b":[null,"x"]}}',
    '<any q="1"/>': '{"any":{"@q":"1"}}',
    '<any><b q="1"/></any>': '{"any":{"b":{"@q":"1"}}}',
    '<any q="1"> </any>': '{"any":{"@q":"1","#text":" "}}',
    "<bag/>": '{"bag":{}}',
    '<bag q="1"/>': '{"bag":{"@q":"1"}}',
    '<bag><b q="1"></b></bag>': '{"bag":{"b":{"@q":"1"}}}',
}


def test_empty_elements_have_no_text(tmp_path: Path) -> None:
    path = tmp_path / "ir.json"
    path.write_bytes(serialize.dumps(lowered(DOCUMENT)))
    requests = [transcode("#Free", "xml", "json", f"<Free>{text}</Free>") for text in VALUES]
    expected = [{"json": text} for text in VALUES.values()]
    assert [answer.get("output") for answer in answers(str(path), requests)] == expected
    python = Port(str(path))
    assert [python.answer({"id": 1, **request}).get("output") for request in requests] == expected
