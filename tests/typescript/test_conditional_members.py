"""Members that are described under a condition alone: other values are valid, and are kept as unknown ones are."""

from __future__ import annotations

from pathlib import Path

import pytest
from bindwright.ir import lower, serialize
from bindwright.openapi import loads

from tests.typescript.node import answers, transcode

DOCUMENT = """
openapi: 3.1.0
info: {title: Conditional, version: '1'}
paths: {}
components:
  schemas:
    Order:
      type: object
      properties: {a: {type: string}, c: {type: string}}
      dependentSchemas: {a: {properties: {b: {type: integer, format: int32}}}}
"""
CASES = [
    ("json", '{"b":"y","z":1,"c":"x"}'),
    ("json", '{"z":1,"b":["y"]}'),
    ("json", '{"a":"x","c":"y","b":2}'),
    ("xml", "<Order><b>y</b><c>x</c></Order>"),
    ("xml", "<Order><a>x</a><c>y</c><b>2</b></Order>"),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("conditional") / "ir.json"
    path.write_bytes(serialize.dumps(lower(loads(DOCUMENT))))
    return str(Path(path))


def test_values_of_other_types_come_back(api: str) -> None:
    outputs = answers(api, [transcode("#Order", form, form, text) for form, text in CASES])
    assert not [output for output in outputs if "output" not in output], outputs
    assert [output["output"][form] for output, (form, _) in zip(outputs, CASES, strict=True)] == [
        text for _, text in CASES
    ]
