"""What a call gives for statuses that have no content, whatever the document gives them (RFC 9110, 15.3.5 to 15.4.5)."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tests.meaning.driver import generate_document

DOCUMENT = """
openapi: 3.1.1
info: {{title: t, version: '1'}}
paths:
  /draft:
    get:
      tags: [drafts]
      operationId: getDraft
      responses:
        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Draft'}}}}}}}}
        '{status}': {{description: none, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Draft'}}}}}}}}
components:
  schemas:
    Draft: {{type: object, properties: {{text: {{type: string}}}}}}
"""


@pytest.mark.parametrize("status", ["204", "205", "304"])
@pytest.mark.parametrize("client", ["Client", "AsyncClient"])
def test_none_is_part_of_the_annotation(status: str, client: str) -> None:
    package = generate_document(DOCUMENT.format(status=status))
    class_ = getattr(importlib.import_module(package.package), client)
    method = class_("http://127.0.0.1:9").drafts.get_draft
    assert inspect.signature(method).return_annotation == "Draft | None"
