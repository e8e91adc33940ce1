"""Objects with a style in multipart/form-data: the parts are the pairs that a query would have (OpenAPI 3.1.1, 4.8.15.1.2)."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from bindwright.serve import Call
from bindwright.serve.handlers import Answer
from bindwright.serve.validation.forms import body_parts
from bindwright.testing import MockApi

from tests.meaning.driver import generate_document

DOCUMENT = """
openapi: 3.1.1
info: {{title: t, version: '1'}}
paths:
  /form:
    post:
      tags: [forms]
      operationId: send
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {{$ref: '#/components/schemas/Form'}}
            encoding: {{size: {{style: {style}, explode: {explode}}}}}
      responses: {{'204': {{description: done}}}}
components:
  schemas:
    Size: {{type: object, properties: {{width: {{type: integer}}, unit: {{type: string}}}}}}
    Form: {{type: object, properties: {{name: {{type: string}}, size: {{$ref: '#/components/schemas/Size'}}}}}}
"""
CASES = [
    ("form", "true", [("name", b"n"), ("width", b"3"), ("unit", b"a=b&c")]),
    ("form", "false", [("name", b"n"), ("size", b"width,3,unit,a=b&c")]),
    ("pipeDelimited", "false", [("name", b"n"), ("size", b"width|3|unit|a=b&c")]),
    ("spaceDelimited", "false", [("name", b"n"), ("size", b"width 3 unit a=b&c")]),
    ("deepObject", "true", [("name", b"n"), ("size[width]", b"3"), ("size[unit]", b"a=b&c")]),
]


@pytest.mark.parametrize(("style", "explode", "parts"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_parts_are_pairs(tmp_path: Path, style: str, explode: str, parts: list[tuple[str, bytes]]) -> None:
    text = DOCUMENT.format(style=style, explode=explode)
    package, path = generate_document(text), tmp_path / "document.yaml"
    path.write_text(text)
    api, calls, models = MockApi.load(path), list[Call](), package.models

    def keep(call: Call) -> Answer:
        calls.append(call)
        return Answer(status=204)

    api.handle("POST /form", keep)
    form = models.Form(name="n", size=models.Size(width=3, unit="a=b&c"))
    with importlib.import_module(package.package).Client("http://mock", transport=api.transport) as client:
        client.forms.send(form)
        client.forms.send({"name": "n", "size": {"width": 3, "unit": "a=b&c"}})
    for call in calls:
        assert repr(call.body) == repr(form)
        boundary = dict(call.request.headers)["Content-Type"].partition("boundary=")[2]
        assert [(part.name, part.data) for part in body_parts(call.request.body, boundary)] == parts
    assert len(calls) == 2
