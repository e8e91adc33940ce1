"""A lock with other names than the generator gave: a diagnostic, or names that are used; never an internal error."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from bindwright.cli import guarded, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOCUMENT = """
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths:
  /pets/{petId}:
    get:
      tags: [pets]
      operationId: getPet
      parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet:
      type: object
      additionalProperties: {type: string}
      properties: {class: {type: string}, kind: {enum: [cat, dog-1]}, inner: {type: object, properties: {a: {type: string}}}}
  securitySchemes: {key: {type: apiKey, name: X-Key, in: header}}
"""  # fmt: skip
TEXTS = st.sampled_from(
    ["", "x", "class", "import os", "a\nb", "../x", "Pet", "get_pet", "\0", "__init__", "ü", "a" * 300]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def places(table: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Every table of a lock's names with each of its keys."""
    result = []
    for key, value in table.items():
        result.append((table, key))
        if isinstance(value, dict):
            result += places(value)
    return result


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "shop.yaml").write_text(DOCUMENT)
    assert generate(folder / "shop.yaml", folder / "out") == 0
    return folder


def generate(document: Path, output: Path) -> int:
    return guarded(lambda: run(["generate", str(document), "-o", str(output), "-p", "shop", "-q", "--force"]))


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_names_of_others(generated: Path, tmp_path: Path, data: st.DataObject) -> None:
    output = tmp_path / "out"
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(generated / "out", output)
    shutil.rmtree(output / ".bindwright")
    lock = json.loads((output / "bindwright.lock").read_text())
    for _ in range(data.draw(st.integers(1, 3))):
        table, key = data.draw(st.sampled_from(places(lock["names"])))
        table[key] = data.draw(VALUES)
    (output / "bindwright.lock").write_text(json.dumps(lock))
    assert generate(generated / "shop.yaml", output) in (0, 2)
    for path in output.rglob("*.py"):
        compile(path.read_text(), str(path), "exec")
