"""A field is what its own schema says, whatever classes with fields of the same name and type stand beside it."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from bindwright.targets.python.emit import emit
from bindwright.targets.python.syntax.options import PythonOptions

from tests.lowering import lowered

MEMBERS: dict[str, dict[str, Any]] = {
    "plain": {"type": "string"},
    "nullable": {"type": ["string", "null"]},
    "read only": {"type": "string", "readOnly": True},
    "format": {"type": "string", "format": "uuid"},
    "limit": {"type": "string", "maxLength": 3},
    "whole limit": {"type": "number", "maximum": 3},
    "real limit": {"type": "number", "maximum": 3.0},
    "attribute": {"type": "string", "xml": {"attribute": True}},
    "constant": {"const": "a"},
    "values": {"enum": ["a", "b"]},
    "described": {"type": "string", "description": "What it is."},
    "default": {"type": "string", "default": "a"},
    "list": {"type": "array", "items": {"type": "string"}},
    "reference": {"$ref": "#/components/schemas/Shared"},
}


CONTENT = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Last"}}}}


def _module(schemas: dict[str, Any], name: str) -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "API", "version": "1"},
        "paths": {"/all": {"post": {"requestBody": CONTENT, "responses": {"200": {"description": "OK"} | CONTENT}}}},
        "components": {"schemas": schemas},
    }  # fmt: skip
    api = lowered(document)
    return emit(api, PythonOptions(package="pkg")).files[f"pkg/models/{name}.py"]


@pytest.mark.parametrize("required", [False, True])
@pytest.mark.parametrize("shadow", [{}, {"str": {"type": "integer"}}], ids=["", "beside-a-builtin"])
def test_a_class_is_the_same_beside_others(required: bool, shadow: dict[str, Any]) -> None:
    shared = {"Shared": {"type": "object", "properties": {"id": {"type": "string"}}}}
    for member in MEMBERS.values():
        last = {"type": "object", "properties": {"theValue": member, **shadow}}
        last |= {"required": ["theValue"]} if required else {}
        others = {
            f"Other{number}": {
                "type": "object",
                "properties": {"theValue": other, **beside},
                **({"required": ["theValue"]} if needed else {}),
            }
            for number, (other, needed, beside) in enumerate(
                product(MEMBERS.values(), (False, True), ({}, {"str": {"type": "integer"}}))
            )
        }
        alone = _module(shared | {"Last": last}, "last")
        assert _module(shared | others | {"Last": last}, "last") == alone


def _operation(parameter: dict[str, Any]) -> dict[str, Any]:
    return {"parameters": [parameter], "responses": {"204": {"description": "OK"}}}


PARAMETERS: list[dict[str, Any]] = [
    {"schema": {"type": "integer"}},
    {"schema": {"type": ["integer", "null"]}},
    {"schema": {"type": "integer", "format": "int64"}},
    {"schema": {"type": "integer", "maximum": 3}},
    {"schema": {"type": "number", "maximum": 3}},
    {"schema": {"type": "number", "maximum": 3.0}},
    {"schema": {"type": "array", "items": {"type": "integer"}}},
    {"schema": {"type": "array", "items": {"type": "integer"}}, "explode": False},
    {"schema": {"type": "array", "items": {"type": "integer"}}, "style": "pipeDelimited"},
    {"schema": {"type": "integer"}, "required": True},
    {"schema": {"type": "integer"}, "in": "header"},
    {"schema": {"type": "integer"}, "in": "cookie"},
    {"schema": {"type": "integer"}, "allowReserved": True},
    {"schema": {"type": "integer"}, "allowEmptyValue": True},
    {"content": {"application/json": {"schema": {"type": "integer"}}}},
    {"schema": {"type": "integer"}, "name": "other"},
    {"schema": {"type": "integer"}, "explode": False},
    {"schema": {"type": "integer"}, "style": "pipeDelimited"},
]


def _operations(paths: dict[str, Any]) -> list[str]:
    document = {"openapi": "3.1.0", "info": {"title": "API", "version": "1"}, "paths": paths}
    api = lowered(document)
    (module,) = [
        text
        for path, text in emit(api, PythonOptions(package="pkg", group_by="none")).files.items()
        if path.startswith("pkg/api/") and not path.endswith("__init__.py")
    ]
    return re.findall(r"^_\w+ = Operation\((?:.*?)^\)$", module, re.MULTILINE | re.DOTALL)


def test_a_parameter_is_the_same_beside_others() -> None:
    written = [{"name": "limit", "in": "query"} | parameter for parameter in PARAMETERS]
    paths = {f"/p{number:02}": {"get": _operation(item)} for number, item in enumerate(written)}
    together = _operations(paths)
    alone = [_operations({path: item})[0] for path, item in paths.items()]
    assert together == alone
    assert len({text.partition("parameters=")[2] for text in alone}) == len(PARAMETERS)


def test_members_of_an_enumeration_are_the_same_beside_others() -> None:
    names = {"x-enum-varnames": ["FIRST", "SECOND"]}
    enumerations: dict[str, Any] = {
        "Plain": {"type": "string", "enum": ["a", "b"]},
        "Again": {"type": "string", "enum": ["a", "b"]},
        "Turned": {"type": "string", "enum": ["b", "a"]},
        "Named": {"type": "string", "enum": ["a", "b"]} | names,
        "Numbers": {"enum": ["1", 1]},
        "Texts": {"type": "string", "enum": ["1", "2"]},
    }
    for name, enumeration in enumerations.items():
        last = {"Last": {"type": "object", "properties": {"value": {"$ref": f"#/components/schemas/{name}"}}}}
        others = {key: item for key, item in enumerations.items() if key != name}
        alone = _module({name: enumeration} | last, name.lower())
        assert _module(others | {name: enumeration} | last, name.lower()) == alone
