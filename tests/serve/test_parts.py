"""Parts without names: the mock writes what the client reads, typed, and reads what it writes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.testing import MockApi

DOCUMENT = """
openapi: 3.2.0
info: {title: t, version: '1'}
paths:
  /things:
    get: {operationId: things, tags: [x], responses: {'200': {description: ok, content: {multipart/mixed: {itemSchema: {$ref: '#/components/schemas/Thing'}}}}}}
  /files:
    get: {operationId: files, tags: [x], responses: {'200': {description: ok, content: {multipart/related: {itemSchema: {type: string, format: binary}}}}}}
    post: {operationId: sendThings, tags: [x], requestBody: {required: true, content: {multipart/mixed: {schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}}, responses: {'204': {description: ok}}}
  /numbers:
    post: {operationId: sendNumbers, tags: [x], requestBody: {required: true, content: {multipart/mixed: {schema: {type: array, maxItems: 2, items: {type: integer}}}}}, responses: {'204': {description: ok}}}
    get: {operationId: numbers, tags: [x], responses: {'200': {description: ok, content: {multipart/mixed: {schema: {type: array, minItems: 1, items: {type: integer}}}}}}}
  /pairs:
    post: {operationId: sendPair, tags: [x], requestBody: {required: true, content: {multipart/mixed: {schema: {$ref: '#/components/schemas/Pair'}, prefixEncoding: [{contentType: application/xml}, {contentType: image/png}]}}}, responses: {'204': {description: ok}}}
    get: {operationId: pair, tags: [x], responses: {'200': {description: ok, content: {multipart/mixed: {schema: {$ref: '#/components/schemas/Pair'}}}}}}
  /forms:
    post: {operationId: sendForm, tags: [x], requestBody: {required: true, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}}}, responses: {'204': {description: ok}}}
    get: {operationId: form, tags: [x], responses: {'200': {description: ok, content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Form'}}}}}}
    put: {operationId: sendLater, tags: [x], requestBody: {required: true, content: {multipart/mixed: {itemSchema: {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: ok}}}
components:
  schemas:
    Pair: {type: array, prefixItems: [{$ref: '#/components/schemas/Thing'}, {type: string, format: binary}], items: false, minItems: 2}
    Form:
      type: object
      required: [file, files, things, when, code, words]
      properties:
        file: {type: string, format: binary}
        files: {type: array, minItems: 2, items: {type: string, format: binary}}
        things: {type: array, minItems: 2, items: {$ref: '#/components/schemas/Thing'}}
        when: {type: string, format: date}
        code: {type: string, contentEncoding: base64}
        words: {type: array, minItems: 1, items: {type: string}}
    Thing: {type: object, required: [n], properties: {n: {type: integer}}}
"""


def test_parts_of_the_mock_are_read(tmp_path: Path) -> None:
    document = tmp_path / "document.yaml"
    document.write_text(DOCUMENT)
    name = package.unused_name()
    module = package.install(
        name, python.emit(ir.lower(spec.load(document)), python.PythonOptions(package=name), {}).files
    )
    mock = MockApi.load(document)

    async def again(method: str) -> tuple[Any, Any]:
        transport = mock.async_transport
        async with module.AsyncClient("http://mock.example", transport=transport) as client:
            whole = await getattr(client.x, method)()
            async with getattr(client.x.with_streaming_response, method)() as answer:
                return whole, [item async for item in answer.iter_items()]

    try:
        for method, type_ in (("things", "Thing"), ("files", "bytes"), ("numbers", "int")):
            with module.Client("http://mock.example", transport=mock.transport) as client:
                whole = getattr(client.x, method)()
                with getattr(client.x.with_streaming_response, method)() as answer:
                    assert list(answer.iter_items()) == whole
            assert {type(item).__name__ for item in whole} == {type_}
            assert asyncio.run(again(method)) == (whole, whole)
        with module.Client("http://mock.example", transport=mock.transport) as client:
            client.x.send_things([module.models.Thing(n=1), {"n": 2}])
            client.x.send_numbers([1, 2])
            client.x.send_later(iter([module.models.Thing(n=1)]))
            pair = client.x.pair()
            assert [type(item).__name__ for item in pair] == ["Thing", "bytes"]
            client.x.send_pair(pair)
            form = client.x.form()
            values = [form.file, form.files[1], form.things[1], form.when, form.code, form.words[0]]
            assert [type(value).__name__ for value in values] == [
                "bytes",
                "bytes",
                "Thing",
                "date",
                "bytes",
                "str",
            ]
            client.x.send_form(form)
            assert all(call.refusal is None for call in mock.calls)
            with pytest.raises(Exception, match=r"\b(400|422)\b"):
                client.x.send_numbers([1, 2, 3])
    finally:
        package.uninstall(name)
