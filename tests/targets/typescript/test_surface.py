"""The surface of a package in TypeScript says what its modules export."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bindwright import ir, openapi
from bindwright.targets import surface as surface_module
from bindwright.targets.typescript import TypeScriptOptions, emit

CASES = Path(__file__).parents[2] / "changes" / "cases"
_EXPORT = re.compile(r"^export (?:declare )?(interface|type|const) (\w+)", re.MULTILINE)
SIDED = """
openapi: 3.1.1
info: {title: Shop, version: '1'}
paths:
  /things:
    put:
      operationId: putThing
      parameters: [{name: dry-run, in: query, schema: {type: boolean}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '200': {description: fine, content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}
        '404': {description: none, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
components:
  schemas:
    Thing: {type: object, required: [id, name], properties: {id: {type: integer, format: int64, readOnly: true}, name: {type: string}, note: {type: [string, 'null']}}}
    Answer: {type: object, required: [thing], properties: {thing: {$ref: '#/components/schemas/Thing'}}}
    Problem: {type: object, properties: {title: {type: string}}, additionalProperties: {type: integer}}
"""  # fmt: skip


def files_of(text: str | Path) -> dict[str, str]:
    document = openapi.load(text) if isinstance(text, Path) else openapi.loads(text)
    return emit(ir.lower(document), TypeScriptOptions(package="shop")).files


def symbols_of(files: dict[str, str]) -> dict[str, Any]:
    return surface_module.loads(files["surface.typescript.json"]).symbols


@pytest.mark.parametrize(
    "name", ["base-plain", "base-datacontract", "pagination", "noise-component-to-inline"]
)
def test_it_has_what_the_modules_export(name: str) -> None:
    files = files_of(CASES / f"{name}.yaml")
    exported = {
        "types": {name for path, text in files.items() if path.startswith("models/") and path.endswith(".d.ts")
                  for kind, name in _EXPORT.findall(text) if kind != "const"},
        "functions": {name for path, text in files.items() if path.startswith("operations/") and path.endswith(".d.ts")
                      for kind, name in _EXPORT.findall(text) if kind == "const"},
    }  # fmt: skip
    symbols = symbols_of(files)
    tops = [key.split(".") for key in symbols if key.count(".") == 1]
    assert {key for folder, key in tops if folder == "models"} == exported["types"]
    assert {key for folder, key in tops if folder == "operations"} == exported["functions"]


def test_both_sides_of_a_type_and_the_errors_of_a_call() -> None:
    symbols = symbols_of(files_of(SIDED))
    assert symbols["models.Thing.id"] == {"kind": "property", "annotation": "bigint"}
    assert "models.ThingInput.id" not in symbols
    assert symbols["models.ThingInput.note"] == {
        "kind": "field", "annotation": "string | null | undefined", "default": "undefined"}  # fmt: skip
    assert symbols["models.Problem.*"]["kind"] == "property"
    method = symbols["operations.putThing"]
    assert method["returns"] == "Answer"
    assert [parameter["name"] for parameter in method["parameters"]] == [
        "client",
        "dryRun",
        "body",
        "options",
    ]
    assert method["parameters"][2]["annotation"] == "ThingInput"
    assert symbols["operations.putThing.errors.404"]["annotation"] == "Problem"


def test_it_is_as_its_schema_says() -> None:
    schema = json.loads((Path(surface_module.__file__).parent / "surface.schema.json").read_text())
    jsonschema.validate(json.loads(files_of(SIDED)["surface.typescript.json"]), schema)


def test_it_is_left_out_where_nobody_asks_for_it() -> None:
    options = TypeScriptOptions(package="shop", surface=False)
    assert "surface.typescript.json" not in emit(ir.lower(openapi.loads(SIDED)), options).files
