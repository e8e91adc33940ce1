"""Enumerations of lists and objects in parameters: read by what the texts of a query stand for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.serve import App, Request
from bindwright.serve.package.package_codecs import PackageCodecs

PARAMETERS: list[dict[str, Any]] = [
    {"name": "names", "schema": {"type": "array", "enum": [["a"], ["b", "c"]]}, "explode": False},
    {"name": "numbers", "schema": {"enum": [[1, 2], "none"]}, "explode": False},
    {"name": "each", "schema": {"type": "array", "enum": [["a"], ["b", "c"]]}},
    {"name": "deep", "schema": {"type": "object", "enum": [{"x": 1}]}, "style": "deepObject"},
]


@pytest.fixture(scope="module")
def app() -> App:
    parameters = [{"in": "query", **parameter} for parameter in PARAMETERS]
    get = {"operationId": "a", "parameters": parameters, "responses": {"204": {"description": ""}}}
    document = {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": get}},
    }  # fmt: skip
    api = ir.lower(loads(json.dumps(document)))
    return App(api, PackageCodecs(api, lambda: "unused"))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("names=a", 204), ("names=b,c", 204), ("names=c", 400), ("numbers=1,2", 204), ("numbers=none", 204),
        ("numbers=2", 400), ("each=b&each=c", 204), ("each=b", 400), ("deep[x]=1", 204), ("deep[x]=2", 400),
    ],
)  # fmt: skip
def test_a_listed_list_is_read_from_its_texts(app: App, query: str, status: int) -> None:
    outcome = app.examine(Request(method="GET", target=f"/a?{query}", headers=(), body=b""))
    assert outcome.response.status == status
