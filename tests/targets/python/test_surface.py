"""The surface holds what callers can name, and what they see of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bindwright import ir, openapi
from bindwright.targets import surface as surface_module
from bindwright.targets.python import PythonOptions, emit
from bindwright.targets.python.surface.written import written_surface
from bindwright.targets.surface import Surface, dumps, loads

from tests.lowering import lowered

from .make import build

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.1",
    "info": {"title": "Case", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "put": {
                "operationId": "putPet",
                "tags": ["pets"],
                "deprecated": True,
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "order", "in": "query", "schema": {"$ref": "#/components/schemas/Order"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Dog"}}}},
                "responses": {"204": {"description": "ok"}},
            }
        }
    },
    "components": {
        "schemas": {
            "Order": {"enum": ["asc", "desc"], "type": "string", "x-enum-varnames": ["UP", "DOWN"]},
            "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "a-b": {"type": "integer"}}},
            "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"when": {"type": "string", "format": "date"}}}]},
            "Names": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        }
    },
}  # fmt: skip


def files_of(document: dict[str, Any], lock: dict[str, Any] | None = None, **options: Any) -> Any:
    api = lowered(document)
    return emit(api, PythonOptions(package="acme.pets", **options), lock)


def test_what_callers_can_name() -> None:
    symbols = written_surface(files_of(DOCUMENT).files, "acme.pets").symbols
    assert symbols["Client"] == {"kind": "class", "bases": ["SyncClient"]}
    assert symbols["Client.pets"] == {"kind": "property", "annotation": "Pets"}
    method = symbols["api.pets.Pets.put_pet"]
    assert method == {
        "kind": "method",
        "parameters": [
            {"name": "id", "kind": "positional", "annotation": "int"},
            {"name": "body", "kind": "positional", "annotation": "Dog | DogDict | None", "default": "None"},
            {
                "name": "order",
                "kind": "keyword",
                "annotation": method["parameters"][2]["annotation"],
                "default": "None",
            },
            {"name": "options", "kind": "options", "annotation": "Unpack[CallOptions]"},
        ],
        "returns": "None",
        "deprecated": "PUT /pets/{id} is deprecated.",
    }
    assert symbols["api.pets.AsyncPets.put_pet"]["kind"] == "async method"
    assert symbols["models.Pet"]["bases"] == ["Model"]
    assert symbols["models.Dog"]["bases"] == ["Pet"]
    assert symbols["models.Pet.name"] == {"kind": "field", "annotation": "str"}
    assert symbols["models.Pet.a_b"] == {"kind": "field", "annotation": "int | None", "default": "None"}
    assert symbols["models.Order.UP"] == {"kind": "member", "value": "'asc'"}
    assert symbols["models.Names"] == {"kind": "alias", "value": "str | list[str]"}
    assert symbols["NotFound"] == {"kind": "export"}
    assert not [
        name
        for name in symbols
        if any(part.startswith("_") and part != "__init__" for part in name.split("."))
    ]


def test_aliases_are_deprecated_symbols() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/pets/{id}"]["put"]["operationId"] = "savePet"
    document["components"]["schemas"]["Pet"]["x-bindwright-name"] = "Animal"
    document["components"]["schemas"]["Order"]["x-enum-varnames"] = ["RISING", "DOWN"]
    output = files_of(document, files_of(DOCUMENT).names)
    symbols = written_surface(output.files, "acme.pets").symbols
    assert symbols["api.pets.Pets.put_pet"]["deprecated"] == "Renamed: use `save_pet`."
    assert symbols["models.Pet"] == {
        "kind": "alias",
        "value": "Animal",
        "deprecated": "Renamed: use `Animal`.",
    }
    assert symbols["models.Order.UP"]["deprecated"] == "Deprecated: use `RISING`."
    assert "deprecated" not in symbols["models.Order.RISING"]


def test_it_is_sorted_and_follows_its_schema() -> None:
    schema = json.loads((Path(surface_module.__file__).parent / "surface.schema.json").read_text())
    output = emit(build(), PythonOptions(package="shop", models=("attrs", "pydantic", "typeddict")))
    for files, package in ((output.files, "shop"), (files_of(DOCUMENT).files, "acme.pets")):
        surface = written_surface(files, package).data()
        jsonschema.validate(json.loads(json.dumps(surface)), schema)
        assert list(surface["symbols"]) == sorted(surface["symbols"])


def test_layout_and_prose_are_no_part_of_it() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["info"]["title"] = "Another"
    document["components"]["schemas"]["Pet"]["description"] = "Prose. " * 40
    assert written_surface(files_of(document).files, "acme.pets") == written_surface(
        files_of(DOCUMENT).files, "acme.pets"
    )


def test_every_model_is_in_it() -> None:
    output = emit(build(), PythonOptions(package="shop"))
    symbols = written_surface(output.files, "shop").symbols
    for name in output.names["classes"].values():
        assert f"models.{name}" in symbols, name


def test_it_stands_beside_the_package() -> None:
    assert "surface.python.json" not in files_of(DOCUMENT).files
    for layout in ("project", "package"):
        output = files_of(DOCUMENT, surface=True, layout=layout)
        written = written_surface(files_of(DOCUMENT).files, "acme.pets")
        assert loads(output.files["surface.python.json"]) == written
        assert dumps(written) == output.files["surface.python.json"]


def planned_and_written(api: ir.model.Api, names: dict[str, Any] | None = None) -> tuple[Surface, Surface]:
    output = emit(api, PythonOptions(package="acme.pets", surface=True), names)
    return loads(output.files["surface.python.json"]), written_surface(output.files, "acme.pets")


@pytest.mark.parametrize(
    "case", ["base-plain", "base-datacontract", "dcs-known-type", "keyword-propertynames"]
)
def test_what_is_planned_is_what_is_written(case: str) -> None:
    folder = Path(__file__).parents[2] / "changes" / "cases"
    planned, written = planned_and_written(ir.lower(openapi.load(folder / f"{case}.yaml")))
    assert planned.symbols == written.symbols


def test_what_is_planned_is_what_is_written_with_older_names() -> None:
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/pets/{id}"]["put"]["operationId"] = "savePet"
    document["components"]["schemas"]["Pet"]["x-bindwright-name"] = "Animal"
    document["components"]["schemas"]["Pet"]["properties"]["a-b"]["x-bindwright-name"] = "ab"
    document["components"]["schemas"]["Order"]["x-enum-varnames"] = ["RISING", "DOWN"]
    planned, written = planned_and_written(lowered(document), files_of(DOCUMENT).names)
    assert planned.symbols == written.symbols


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "[" * 500_000, '{"format": 1, "symbols": []}', '{"format": 1, "symbols": {"a": 1}}'],
)
def test_what_is_no_surface_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"no surface|no table|too deep|Expecting|property name"):
        loads(text)


def test_aliases_of_other_styles_may_be_expressions() -> None:
    """pydantic's models have `TypeAliasType` with an expression where a tuple holds its own class."""
    document = json.loads(json.dumps(DOCUMENT))
    pair = {
        "type": "array",
        "prefixItems": [{"type": "integer"}, {"$ref": "#/components/schemas/Pet"}],
        "items": False,
        "minItems": 2,
    }
    properties = document["components"]["schemas"]["Pet"]["properties"]
    properties["pairs"] = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Pair"}}
    document["components"]["schemas"]["Pair"] = pair
    api = lowered(document)
    options = PythonOptions(package="acme.pets", models=("attrs", "pydantic"), surface=True)
    symbols = written_surface(emit(api, options, {}).files, "acme.pets").symbols
    assert symbols["models.Pair"] == {"kind": "alias", "value": "tuple[int, Pet]"}
    assert any(
        "tuple[int, " in str(symbol.get("value"))
        for name, symbol in symbols.items()
        if name.startswith("models_pydantic.")
    )
