"""A field is what its own schema says, whatever classes with fields of the same name and type stand beside it."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from bindwright import ir, openapi
from bindwright.targets.python.emit import emit
from bindwright.targets.python.syntax.options import PythonOptions

MEMBERS: dict[str, dict[str, Any]] = {
    "plain": {"type": "string"},
    "nullable": {"type": ["string", "null"]},
    "read only": {"type": "string", "readOnly": True},
    "format": {"type": "string", "format": "uuid"},
    "limit": {"type": "string", "maxLength": 3},
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
    api = ir.lower(openapi.loads(json.dumps(document)))
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
