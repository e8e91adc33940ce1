"""Other model styles carry the names of the attrs models and read the same JSON."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.targets.python import PythonOptions, emit

from tests.corpus.packages import complaints, run
from tests.lowering import lowered

from .make import build
from .test_hostile import HARDEST

pytest.importorskip("datamodel_code_generator")
PET = {"Id Of": 7, "Born At": "2024-01-02T03:04:05Z", "Kind Of": "cat value", "Tag List": ["a"]}


def load(style: str, tmp_path: Path) -> ModuleType:
    output = emit(build(), PythonOptions(package="shop", models=("attrs", style)))
    assert not [diagnostic for diagnostic in output.diagnostics if diagnostic.level != "note"]
    path = tmp_path / f"shop_{style}.py"
    path.write_text(output.files[f"shop/models_{style}/__init__.py"])
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def test_every_class_has_its_name_in_every_style(tmp_path: Path) -> None:
    names = emit(build(), PythonOptions(package="shop")).names["classes"].values()
    for style in ("pydantic", "dataclass", "typeddict", "msgspec"):
        module = load(style, tmp_path)
        assert [name for name in names if not hasattr(module, name)] == [], style


def test_pydantic_reads_and_writes_the_same_json(tmp_path: Path) -> None:
    pet: Any = load("pydantic", tmp_path).PetThing.model_validate(PET)
    assert (pet.id_of, pet.tag_list, pet.kind_of) == (7, ["a"], "cat value")
    assert pet.model_dump(mode="json", by_alias=True, exclude_unset=True) == PET


def test_msgspec_reads_and_writes_the_same_json(tmp_path: Path) -> None:
    import msgspec

    pet: Any = msgspec.convert(PET, load("msgspec", tmp_path).PetThing)
    assert (pet.id_of, pet.tag_list) == (7, ["a"])
    assert msgspec.to_builtins(pet)["Id Of"] == 7


def test_an_unknown_style_is_a_diagnostic() -> None:
    output = emit(build(), PythonOptions(package="shop", models=("attrs", "protobuf")))
    assert [diagnostic.code for diagnostic in output.diagnostics] == ["models-style"]


@pytest.mark.parametrize("text", HARDEST)
def test_hostile_text_stays_text(text: str) -> None:
    options = PythonOptions(package="shop", models=("attrs", "pydantic"))
    output = emit(
        build(lambda slot, plain: text if slot.endswith(("doc", "value", "title")) else plain), options
    )
    if "\ud800" in text:  # no value of an enum that the other generator could write
        assert [diagnostic.code for diagnostic in output.diagnostics] == ["models-style-broken"]
        return
    tree = ast.parse(output.files["shop/models_pydantic/__init__.py"])
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert {type(node) for node in tree.body} <= {
        ast.Expr,
        ast.ImportFrom,
        ast.ClassDef,
        ast.Assign,
        ast.AnnAssign,
    }


ODD = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
components:
  schemas:
    User:
      type: object
      required: [password, id]
      properties:
        password: {type: string, writeOnly: true}
        id: {type: integer}
        pet: {oneOf: [{$ref: '#/components/schemas/Any'}, {$ref: '#/components/schemas/Literal'}]}
        text: {oneOf: [{type: string}, {type: string, enum: [a]}, {type: integer}]}
        deep: {$ref: '#/components/schemas/Deep'}
        deeper: {$ref: '#/components/schemas/Deeper'}
        level: {type: number, enum: [1.5, 2.5]}
    Any: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
    Literal: {type: object, properties: {b: {type: string}}}
    Deep: {type: object, additionalProperties: {$ref: '#/components/schemas/Deep'}}
    Deeper: {type: array, items: {$ref: '#/components/schemas/Deeper'}}
"""
USER = {"id": 1, "pet": {"b": "x"}, "text": "b", "deep": {"a": {}}, "deeper": [[]], "level": 1.5}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("styles")
    options = PythonOptions(package="odd", models=("attrs", "pydantic", "dataclass", "typeddict", "msgspec"))
    output = emit(ir.lower(spec.loads(ODD)), options)
    assert [diagnostic.code for diagnostic in output.diagnostics] == ["models-style-any"]
    for path, text in output.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


READ = f"""
import json, sys
import msgspec, pydantic
from odd import models, models_dataclass, models_msgspec, models_pydantic, models_typeddict
for name in models.__all__:
    for one in (models_dataclass, models_msgspec, models_pydantic, models_typeddict):
        assert hasattr(one, name), (one, name)
user = {USER!r}
assert models.User.from_dict(user).to_dict() == user
assert models_pydantic.User.model_validate(user).model_dump(mode="json", by_alias=True, exclude_unset=True) == user
assert msgspec.to_builtins(msgspec.convert(user, models_msgspec.User)) == user
assert pydantic.TypeAdapter(models_typeddict.Literal_).validate_python(user["pet"]) == user["pet"]
"""


def test_every_style_has_the_names_and_reads_what_the_attrs_models_read(odd: Path) -> None:
    assert run("python", "-c", READ, folder=odd) == ""


def test_type_checkers_are_content_with_every_style(odd: Path) -> None:
    assert complaints(odd, ["odd"], types=True) == []


def test_a_class_that_the_library_makes_takes_nobodys_name(tmp_path: Path) -> None:
    """A bounded scalar in a union gets a class called after the member: `Pair`, which is a component here."""
    schemas = {
        "Holder": {"type": "object", "properties": {"pair": {"type": "array", "items": {"anyOf": [{"type": "integer", "minimum": 2}, {"$ref": "#/components/schemas/Pair"}]}}}},
        "Pair": {"type": "object", "required": ["left"], "properties": {"left": {"type": "string"}, "pair": {"$ref": "#/components/schemas/Holder"}}},
        "Pair1": {"type": "array", "items": {"$ref": "#/components/schemas/Pair"}},
    }  # fmt: skip
    document = {
        "openapi": "3.1.1",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    api = lowered(document)
    for style in ("pydantic", "dataclass", "typeddict", "msgspec"):
        files = emit(api, PythonOptions(package="shop", models=("attrs", style)), {}).files
        text = files[f"shop/models_{style}/__init__.py"]
        classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
        assert "left" in ast.unparse(classes["Pair"]), style
        assert not [name for name in classes if name.startswith("AllOf")], style
