"""Values that are listed by several enumerations, and have one text: XML says which it is, in each port."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bindwright.ports.python_port import Port

from tests.ports.test_interpreter import Conversion, written
from tests.ports.test_interpreter import run as interpret
from tests.typescript.node import answers, transcode

MEMBERS = {
    "single": [["1"], [1]],
    "several": [["1", "2"], [1, 2]],
    "booleans": [["true"], [True]],
    "reals": [["2.5"], [2.5]],
}
SCHEMAS = {
    "Holder": {
        "type": "object",
        "xml": {"name": "holder"},
        "properties": {
            name: {"oneOf": [{"enum": values} for values in lists]} for name, lists in MEMBERS.items()
        },
    }
}
TYPED = {
    '{"single":1}': "integer", '{"single":"1"}': None, '{"single":3}': "integer", '{"single":"3"}': None,
    '{"several":2}': "integer", '{"several":"2"}': None, '{"several":3}': "integer",
    '{"booleans":true}': "boolean", '{"booleans":"true"}': None,
    '{"reals":2.5}': "double", '{"reals":"2.5"}': None,
}  # fmt: skip


@pytest.fixture(scope="module")
def ir(tmp_path_factory: pytest.TempPathFactory) -> str:
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": SCHEMAS}}  # fmt: skip
    path = Path(tmp_path_factory.mktemp("listed")) / "document.json"
    path.write_text(json.dumps(document))
    return written(path, "listed-look-alikes")


def test_each_port_reads_what_it_has_written(ir: str) -> None:
    port = Port(ir)
    python = [port.answer({"id": 1, **transcode("#Holder", "json", "xml", text)}) for text in TYPED]
    typescript = answers(ir, [transcode("#Holder", "json", "xml", text) for text in TYPED])
    rules = interpret([Conversion(ir, "Holder", "json", "xml", text) for text in TYPED])
    documents = []
    for (text, name), *outputs in zip(TYPED.items(), python, typescript, rules, strict=True):
        for document in (outputs[0]["output"]["xml"], outputs[1]["output"]["xml"], outputs[2]["output"]):
            assert (f'xsi:type="ns1:{name}"' in document) if name else ("xsi:type" not in document), text
        documents.append(outputs[0]["output"]["xml"])
    back = [transcode("#Holder", "xml", "json", document) for document in documents]
    assert [port.answer({"id": 1, **request})["output"]["json"] for request in back] == [*TYPED]
    assert [answer["output"]["json"] for answer in answers(ir, back)] == [*TYPED]
