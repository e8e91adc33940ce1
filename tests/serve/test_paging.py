"""The mock's lists have two pages: its client goes through all of them and ends."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from bindwright import ir
from bindwright import openapi as spec
from bindwright.serve.package import import_from_memory as package
from bindwright.targets import python
from bindwright.testing import MockApi

DOCUMENT = """
openapi: 3.1.0
info: {{title: Paging, version: '1'}}
paths:
  /pets:
    {method}:
      tags: [pets]
      operationId: listPets
      x-pagination: {pagination}
      parameters: [{parameters}]
      {body}
      responses:
        '200':
          description: ok
          headers: {{X-Next: {{schema: {{type: string}}}}}}
          content:
            application/json: {{schema: {schema}}}
components:
  schemas:
    Pet: {{type: object, required: [id], properties: {{id: {{type: string, minLength: 1}}}}}}
"""
PETS = "{type: array, minItems: 2, items: {$ref: '#/components/schemas/Pet'}}"


def wrapped(required: str, properties: str) -> str:
    return f"{{type: object, required: [{required}], properties: {{items: {PETS}, {properties}}}}}"


def query(name: str, type_: str = "integer") -> str:
    return f"{{name: {name}, in: query, schema: {{type: {type_}}}}}"


STYLES: dict[str, tuple[str, str, str, int]] = {
    "cursor": (
        "{style: cursor, items: /items, parameter: after, next: /next}",
        query("after", "string"), wrapped("items", "next: {type: string}"), 4,
    ),
    "cursor that is required": (
        "{style: cursor, items: /items, parameter: after, next: /page/next}", query("after", "string"),
        wrapped("items, page", "page: {type: object, required: [next], properties: {next: {type: [string, 'null']}}}"), 4,
    ),
    "cursor that is a number": (
        "{style: cursor, items: /items, parameter: after, next: /next}",
        query("after"), wrapped("items", "next: {type: integer}"), 4,
    ),
    "cursor in a header": (
        "{style: cursor, items: /items, parameter: after, next: $response.header.X-Next}",
        query("after", "string"), wrapped("items", "a: {type: string}"), 4,
    ),
    "more": (
        "{style: cursor, items: /items, parameter: after, next: /next, more: /more}", query("after", "string"),
        wrapped("items, next, more", "next: {type: string, minLength: 1}, more: {type: boolean}"), 4,
    ),
    "next": ("{style: next, items: /items, next: /next}", query("a"), wrapped("items", "next: {type: string}"), 4),
    "next, absolute": (
        "{style: next, items: /items, next: /next}", query("a"), wrapped("items", "next: {type: string, format: uri}"), 4,
    ),
    "link": ("{style: link}", query("a"), PETS, 4),
    "offset with a total": (
        "{style: offset, items: /items, parameter: offset, total: /total}", query("offset"),
        wrapped("items, total", "total: {type: integer}"), 4,
    ),
    "page with a total": (
        "{style: page, items: /items, parameter: page, first: 1, total: /total}", query("page"),
        wrapped("items, total", "total: {type: integer}"), 4,
    ),
    "last": ("{style: last, parameter: after, next: /id, items: /items, more: /more}", query("after", "string"),
        "{type: object, required: [items, more], properties: {items: {type: array, items: {$ref: '#/components/schemas/Pet'}}, more: {type: boolean}}}", 1),
}  # fmt: skip


def generated(
    folder: Path, pagination: str, parameters: str, schema: str, method: str = "get", body: str = ""
) -> Any:
    document = folder / "document.yaml"
    document.write_text(
        DOCUMENT.format(method=method, pagination=pagination, parameters=parameters, schema=schema, body=body)
    )
    name = package.unused_name()
    output = python.emit(ir.lower(spec.load(document)), python.PythonOptions(package=name), {})
    return package.install(name, output.files), MockApi.load(document, package=name)


@pytest.mark.parametrize(("pagination", "parameters", "schema", "count"), STYLES.values(), ids=STYLES)
def test_a_client_comes_to_the_end(
    tmp_path: Path, pagination: str, parameters: str, schema: str, count: int
) -> None:
    module, mock = generated(tmp_path, pagination, parameters, schema)
    with module.Client("http://shop.example", transport=mock.transport) as client:
        pets = list(client.pets.list_pets())
    assert len(pets) == count
    assert len(mock.calls) == 2
    mock.check()

    async def all_pets() -> list[Any]:
        async with module.AsyncClient("http://shop.example", transport=mock.async_transport) as client:
            return [pet async for pet in await client.pets.list_pets()]

    assert len(asyncio.run(all_pets())) == count


def test_a_cursor_in_the_body(tmp_path: Path) -> None:
    body = (
        "requestBody: {required: true, content: {application/json: {schema: {type: object, properties:"
        " {NextToken: {type: string}}}}}}"
    )
    pagination = "{style: cursor, items: /items, parameter: $request.body#/NextToken, next: /NextToken}"
    schema = wrapped("items", "NextToken: {type: string}")
    module, mock = generated(tmp_path, pagination, query("a"), schema, "post", body)
    with module.Client("http://shop.example", transport=mock.transport) as client:
        assert (
            len(list(client.pets.list_pets(import_module(f"{module.__name__}.models").ListPetsBody()))) == 4
        )
    assert len(mock.calls) == 2
