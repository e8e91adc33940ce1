"""What operations share by references into each other is called by where it stands, in any order."""

from __future__ import annotations

import pytest

from tests.ir.driver import api_of

FIRST = """
  /pets:
    get:
      operationId: listPets
      parameters: [{name: sort, in: query, schema: {type: string, enum: [up, down]}}]
      responses:
        '200': {description: d}
        '404': {description: d, content: {application/json: {schema: {type: object, properties: {code: {type: string}}}}}}
"""
SECOND = """
  /owners:
    get:
      parameters: [{$ref: '#/paths/~1pets/get/parameters/0'}]
      responses: {'404': {$ref: '#/paths/~1pets/get/responses/404'}}
"""


@pytest.mark.parametrize("paths", [FIRST + SECOND, SECOND + FIRST])
def test_names_do_not_depend_on_who_comes_first(paths: str) -> None:
    api = api_of("paths:" + paths)
    assert {type_.context for type_ in api.types.values() if type_.context} == {
        ("listPets", "sort"),
        ("listPets", "404", "response"),
    }


def test_callbacks_are_called_by_their_operation_and_their_own_name() -> None:
    api = api_of("""
        paths:
          /subscriptions:
            post:
              operationId: subscribe
              responses: {}
              callbacks:
                onEvent:
                  '{$request.body#/url}?a={$request.query.a}':
                    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {}}}}}}}
                onEnd: {$ref: '#/components/callbacks/End'}
        components:
          callbacks:
            End:
              '{$request.body#/url}':
                put: {requestBody: {content: {application/json: {schema: {type: object, properties: {b: {}}}}}}}
    """)
    contexts = {type_.context for type_ in api.types.values() if type_.context}
    assert contexts == {("subscribe", "onEvent", "body"), ("End", "put", "body")}
