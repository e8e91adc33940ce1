"""Unknown elements between the items of a list without an element of its own stay where they stood, as in Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import lower, serialize
from bindwright.openapi import loads
from bindwright.ports.python_port import Port

from tests.typescript.node import answers, transcode

DOCUMENT = """
openapi: 3.1.0
info: {title: Places, version: '1'}
paths: {}
components:
  schemas:
    Whole:
      type: object
      properties:
        a: {type: array, items: {type: string}}
        o: {type: array, items: {type: object, properties: {q: {type: string}}}, xml: {name: o}}
        w: {type: array, items: {type: string}, xml: {wrapped: true}}
        e: {oneOf: [{type: array, items: {type: string}}, {type: object, properties: {x: {type: string}}}]}
        z: {type: string}
"""
CASES = [
    "<u/><a>1</a><v/><a>2</a><v>3</v>",
    "<a>1</a><v/><w1/><a>2</a><a>3</a><v/><z>4</z><v/>",
    '<a>1</a><o><q>1</q></o><v/><o k="1"><v/></o><v i="2"/><o/><z/>',
    "<w><v/><w>1</w><v/><w>2</w></w><v/><z>1</z>",
    "<v/>",
    "<a>1</a><v/>",
]
EDITS = [
    (["1", "2", "3"], "<a>1</a><v/><a>2</a><u/><a>3</a><z>4</z>"),
    (["1"], "<a>1</a><v/><u/><z>4</z>"),
    ([], "<v/><u/><z>4</z>"),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("places") / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    return str(Path(path))


def test_they_stand_where_they_stood(api: str) -> None:
    requests = [transcode("#Whole", "xml", "xml", f"<Whole>{text}</Whole>") for text in CASES]
    python = Port(api)
    for request, answer in zip(requests, answers(api, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("output") == expected.get("output"), request["input"]


def test_a_list_among_alternatives_has_them_too(api: str) -> None:
    text = "<Whole><e>1</e><v/><e>2</e><v/><z>1</z></Whole>"
    (answer,) = answers(api, [transcode("#Whole", "xml", "xml", text)])
    assert answer["output"]["xml"] == text


@pytest.mark.parametrize(("items", "inside"), EDITS)
def test_another_list_has_them_as_far_as_it_goes(api: str, items: list[str], inside: str) -> None:
    edit = {
        "do": "edit", "type": "#Whole", "from": "xml", "to": ["xml"],
        "input": "<Whole><a>1</a><v/><a>2</a><u/><z>4</z></Whole>", "set": [["/a", [["string", item] for item in items]]],
    }  # fmt: skip
    (answer,) = answers(api, [edit])
    assert answer["output"]["xml"] == f"<Whole>{inside}</Whole>"
