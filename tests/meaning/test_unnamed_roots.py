"""The element of a body whose inline schema has no name: written somehow, read however it is called."""

from __future__ import annotations

import pytest
from bindwright.runtime import xml
from bindwright.runtime.errors import DecodeError

from tests.meaning.driver import generate_document

DOCUMENT = """
openapi: {version}
info: {{title: t, version: '1'}}
paths:
  /inline:
    get:
      operationId: inline
      responses: {{'200': {{description: ok, content: {{application/xml: {{schema: {schema}}}}}}}}}
  /component:
    get:
      operationId: component
      responses:
        '200': {{description: ok, content: {{application/xml: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{x: {{type: integer}}}}}}
"""
PLAIN = "{type: object, properties: {x: {type: integer}}}"
NAMED = "{type: object, xml: {name: zoo}, properties: {x: {type: integer}}}"


@pytest.mark.parametrize("version", ["3.0.4", "3.1.1", "3.2.0"])
def test_any_element_is_the_root_that_nothing_names(version: str) -> None:
    models = generate_document(DOCUMENT.format(version=version, schema=PLAIN)).models
    for document in (b"<zoo><x>1</x></zoo>", b'<zoo xmlns="urn:z"><x xmlns="">1</x></zoo>'):
        assert xml.decode(document, models.InlineResponse).x == 1
    again = xml.encode(models.InlineResponse(x=1))
    assert xml.decode(again, models.InlineResponse) == models.InlineResponse(x=1)


def test_a_root_that_is_named_is_asked_for() -> None:
    models = generate_document(DOCUMENT.format(version="3.1.1", schema=NAMED)).models
    assert xml.decode(b"<zoo><x>1</x></zoo>", models.InlineResponse).x == 1
    for model in (models.InlineResponse, models.Pet):
        with pytest.raises(DecodeError, match="expected <"):
            xml.decode(b"<other><x>1</x></other>", model)
