"""Accept, Content-Type and Authorization: no parameters from OpenAPI 3.0 on (Parameter Object, ``name``)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bindwright import ir, openapi

NAMES = ["Accept", "content-type", "AUTHORIZATION", "X-Other"]


def lowered(version: str, **extra: Any) -> tuple[ir.model.Api, list[str]]:
    string = {"type": "string"} if version == "2.0" else {"schema": {"type": "string"}}
    data = {
        ("swagger" if version == "2.0" else "openapi"): version,
        "info": {"title": "Case", "version": "1"},
        "paths": {
            "/x": {
                "parameters": [{"name": "Accept", "in": "header", **string}],
                "get": {
                    "parameters": [
                        {"name": name, "in": "header", "required": True, **string} for name in NAMES
                    ]
                    + [{"name": "accept", "in": "query", **string}],
                    "responses": {
                        "200": {
                            "description": "ok",
                            "headers": dict.fromkeys(("Content-Type", "ETag"), string),
                        }
                    },
                },
            }
        },
        **extra,
    }
    document = openapi.loads(json.dumps(data))
    api = ir.lower(document)
    return api, [item.code for item in document.diagnostics.items]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.1", "3.2.0"])
def test_their_definitions_are_ignored_with_a_note(version: str) -> None:
    api, codes = lowered(version)
    operation = api.operations[0]
    assert {(parameter.location, parameter.name) for parameter in operation.parameters} == {
        ("header", "X-Other"),
        ("query", "accept"),
    }
    assert [header.name for header in operation.responses[0].headers] == ["ETag"]
    assert codes.count("ignored-header") >= 3


def test_they_are_parameters_like_others_in_2_0() -> None:
    api, codes = lowered("2.0")
    assert {
        parameter.name for parameter in api.operations[0].parameters if parameter.location == "header"
    } == set(NAMES) | {"Accept"}
    assert "ignored-header" not in codes
