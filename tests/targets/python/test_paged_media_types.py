"""Pages in several media types: the items are of the type that each of them describes."""

from __future__ import annotations

import importlib
import inspect

from tests.meaning.driver import generate_document

DOCUMENT = """
openapi: 3.1.1
info: {title: t, version: '1'}
paths:
  /stations:
    get:
      operationId: stations
      parameters: [{name: page, in: query, schema: {type: integer}}]
      x-pagination: {style: page, parameter: page, items: /data}
      responses:
        '200':
          description: ok
          content:
            application/json: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Plain'}}}}}
            application/xml: {schema: {type: object, properties: {data: {type: array, items: {$ref: '#/components/schemas/Marked'}}}}}
components:
  schemas:
    Plain: {type: object, properties: {name: {type: string}}}
    Marked: {type: object, properties: {name: {type: string, xml: {attribute: true}}}}
"""


def test_items_are_of_the_types_of_all_media_types() -> None:
    package = generate_document(DOCUMENT)
    groups = importlib.import_module(f"{package.package}.api")
    text = "".join(
        inspect.getsource(importlib.import_module(f"{package.package}.api.{name}"))
        for name in _modules(groups.__path__)
    )
    assert "-> Page[Plain | Marked]:" in text


def _modules(paths: object) -> list[str]:
    import pkgutil

    return [module.name for module in pkgutil.iter_modules(paths)]  # type: ignore[arg-type]
