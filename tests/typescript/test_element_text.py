"""A member that is the text of its element: of white space and of nothing it is what the Python client reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import written
from tests.typescript.node import answers, transcode

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
MEMBERS = {
    "text": (TEXT, False),
    "required-text": (TEXT, True),
    "nullable-text": ({"type": ["string", "null"]}, True),
    "either": ({"type": ["string", "null"]}, False),
    "number": (NUMBER, False),
    "required-number": (NUMBER, True),
    "nullable-number": ({"type": ["integer", "null"]}, True),
    "enum": ({**TEXT, "enum": ["a", ""]}, False),
    "day": ({**TEXT, "format": "date"}, False),
    "octets": ({**TEXT, "contentEncoding": "base64"}, False),
}
DOCUMENTS = ["", " ", "\n", "<c>x</c>", " <c>x</c>\n", "1", " 1 ", "<c>x</c>1"]
MIXED = [
    *DOCUMENTS,
    "\n 1 \n<c>x</c> \n",
    "1<c>x</c>2",
    "a<u/>b<u/><c>x</c>&lt;<u/>",
    "a<!-- c -->b<c>x</c><![CDATA[d]]>e",
    " <u/>\n",
]


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    schemas = {}
    for name, (schema, required) in MEMBERS.items():
        properties = {"c": TEXT, "t": {**schema, "xml": {"nodeType": "text"}}}
        schemas[name] = {"type": "object", "xml": {"name": "p"}, "properties": properties}
        schemas[name] |= {"required": ["t"]} if required else {}
    document = {"openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}  # fmt: skip
    path = Path(tmp_path_factory.mktemp("text")) / "document.json"
    path.write_text(json.dumps(document))
    return written(path, "element-text")


def test_white_space_and_nothing_are_read_as_in_python(ir: str) -> None:
    requests = [transcode(f"#{name}", "xml", "json", f"<p>{text}</p>") for name in MEMBERS for text in DOCUMENTS]  # fmt: skip
    python = Port(ir)
    for request, answer in zip(requests, answers(ir, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        case = (request["type"], request["input"])
        assert answer.get("output") == expected.get("output"), case
        assert answer.get("refused") == expected.get("refused"), case


def test_pieces_of_a_text_stand_where_they_stood(ir: str) -> None:
    requests = [transcode(f"#{name}", "xml", "xml", f"<p>{text}</p>") for name in MEMBERS for text in MIXED]
    python = Port(ir)
    for request, answer in zip(requests, answers(ir, requests), strict=True):
        expected = python.answer({"id": 1, **request})
        assert answer.get("output") == expected.get("output"), (request["type"], request["input"])


def test_another_text_stands_before_all_elements(ir: str) -> None:
    edit = {"do": "edit", "type": "#text", "from": "xml", "to": ["xml"], "input": "<p>a<c>x</c>b</p>"}
    requests = [{**edit, "set": [["/t", ["string", "c"]]]}, {**edit, "set": [["/c", ["string", "y"]]]}]
    outputs = [answer["output"]["xml"] for answer in answers(ir, requests)]
    assert outputs == ["<p>c<c>x</c></p>", "<p>a<c>y</c>b</p>"]
