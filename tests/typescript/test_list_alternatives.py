"""A list among alternatives whose items stand side by side in XML is read and written as in Python."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import written
from tests.typescript.node import answers, transcode

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
PAIR = {"$ref": "#/components/schemas/Pair"}


def either(*alternatives: dict[str, object]) -> dict[str, object]:
    return {"anyOf": list(alternatives)}


def items(item: object, **xml: object) -> dict[str, object]:
    return {"type": "array", "items": item} | ({"xml": xml} if xml else {})


SCHEMAS = {
    "Named": either(items(NUMBER), {"type": "boolean"}),
    "Pair": {"type": "object", "required": ["x"], "properties": {"x": NUMBER, "a": {**TEXT, "xml": {"attribute": True}}}},
    "Some": {
        "type": "object",
        "xml": {"name": "some"},
        "properties": {
            "one": either(TEXT, items(TEXT)),
            "number": either(NUMBER, items(NUMBER)),
            "object": either(PAIR, items(PAIR)),
            "mixed": either(TEXT, items(PAIR)),
            "wrapped": either(TEXT, items(TEXT, wrapped=True)),
            "two": either(items(NUMBER), items(PAIR)),
            "nil": {"anyOf": [NUMBER, items(NUMBER), {"type": "null"}]},
            "any": either(NUMBER, {}),
            "further": either(NUMBER, either({"type": "boolean"}, {})),
            "named": either(NUMBER, {"$ref": "#/components/schemas/Named"}),
            "after": TEXT,
        },
    },
}  # fmt: skip
VALUES = [
    '{"one":"a"}', '{"one":["a"]}', '{"one":["a","b"],"after":"z"}', '{"number":1}', '{"number":[1,2]}', '{"two":[1]}',
    '{"two":[1,2]}', '{"two":[{"x":1},{"x":2}]}', '{"object":{"x":1}}', '{"object":[{"x":1},{"x":2}]}', '{"mixed":"a"}',
    '{"mixed":[{"x":1},{"x":2}]}', '{"wrapped":"a"}', '{"wrapped":["a","b"]}', '{"nil":null}', '{"nil":[1,2]}',
    '{"any":1}', '{"any":"x"}', '{"any":[1,"x"]}', '{"any":{"a":1}}', '{"further":[true,{"a":1}]}',
    '{"named":[1,2]}',
]  # fmt: skip
DOCUMENTS = [
    "<one>a</one><after>z</after><one>b</one>", "<number>1</number><number>x</number>", "<number>1</number><number>2</number>",
    "<two>1</two><two><x>1</x></two>", '<mixed a="1"><x>1</x></mixed>', "<wrapped>a</wrapped><wrapped>b</wrapped>",
    '<object u="1"><x>1</x></object><object><x>2</x><y/></object>', "<after>a</after><after>b</after>",
    "<any>1</any>", "<any>1</any><any>x</any>", "<any><a>1</a></any><any u='1'>2</any>", "<further>1</further><further>x</further>",
]  # fmt: skip


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}}  # fmt: skip
    path = Path(tmp_path_factory.mktemp("lists")) / "document.json"
    path.write_text(json.dumps(document))
    return written(path, "list-alternatives")


def test_items_stand_side_by_side(ir: str) -> None:
    requests = [transcode("#Some", "json", "xml", value) for value in VALUES]
    python = Port(ir)
    documents = [python.answer({"id": 1, **request})["output"]["xml"] for request in requests]
    assert [answer["output"]["xml"] for answer in answers(ir, requests)] == documents
    documents += [f"<some>{text}</some>" for text in DOCUMENTS]
    requests = [transcode("#Some", "xml", "json", text) for text in documents]
    for request, answer in zip(requests, answers(ir, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("output") == expected.get("output"), request
        assert answer.get("refused") == expected.get("refused"), request
