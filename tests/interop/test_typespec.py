"""How the scenarios read generated methods: in every form in which the generator writes a call."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from bindwright import ir
from bindwright.openapi import loads
from bindwright.targets import python

from tests.interop.typespec.bindings import methods_of

DOCUMENT = """
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a/{id}:
    put:
      operationId: members
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'204': {description: ''}}
    post:
      operationId: plain
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: string}}}}}
      responses: {'204': {description: ''}}
    get:
      operationId: none
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: ''}}
components:
  schemas:
    Thing: {type: object, required: [name], properties: {name: {type: string}}}
"""


def test_bodies_are_found_in_every_form_of_a_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = ir.lower(loads(DOCUMENT))
    for name, text in python.emit(api, python.PythonOptions(package="forms_of_calls"), {}).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    methods = {method.name: method for method in methods_of(importlib.import_module("forms_of_calls"))}
    assert {name: method.body for name, method in methods.items()} == {
        "members": "body",
        "plain": "body",
        "none": None,
    }
    assert all(method.arguments == {"id": "id"} for method in methods.values())
    for name in [name for name in sys.modules if name.startswith("forms_of_calls")]:
        del sys.modules[name]
