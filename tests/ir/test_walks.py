"""Everything that stands in a type or an operation is reached, wherever it stands."""

from __future__ import annotations

import pytest
from bindwright.changes.unchanged import unchanged_types
from bindwright.ir.model import Api
from bindwright.ir.selection import select
from bindwright.ir.walks import nodes_of, operations_of

from tests.ir.driver import api_of

PLACES = {
    "keys of a map": """
      post:
        requestBody: {content: {application/json: {schema: {
          propertyNames: {$ref: '#/components/schemas/Wanted'}, additionalProperties: {type: string}}}}}
        responses: {}
    """,
    "a header of a part": """
      post:
        requestBody: {content: {multipart/form-data: {
          schema: {type: object, properties: {file: {type: string}}},
          encoding: {file: {headers: {X-State: {schema: {$ref: '#/components/schemas/Wanted'}}}}}}}}
        responses: {}
    """,
    "a callback of a callback": """
      post:
        responses: {}
        callbacks: {outer: {'{$request.body#/u}': {post: {
          responses: {}, callbacks: {inner: {'{$request.body#/v}': {post: {
            requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Wanted'}}}},
            responses: {}}}}}}}}}
    """,
}


def _api(place: str, value: str = "open") -> Api:
    schemas = f"{{Wanted: {{type: string, enum: [{value}, closed]}}}}"
    return api_of(f"components: {{schemas: {schemas}}}\npaths:\n  /a:{PLACES[place].rstrip()}")


@pytest.mark.parametrize("place", PLACES)
def test_a_chosen_operation_brings_the_type(place: str) -> None:
    chosen = _api(place)
    assert select(chosen, ["/a"], []) == []
    assert "#/components/schemas/Wanted" in chosen.types


def test_no_content_of_xml_is_left_behind() -> None:
    document = """
      paths:
        /a: {get: {responses: {200: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}}}}}}
        /b: {get: {responses: {200: {content: {application/xml: {schema: {$ref: '#/components/schemas/B'}}}}}}}
      components: {schemas: {
        A: {type: object, properties: {c: {$ref: '#/components/schemas/C'}}},
        B: {type: object, properties: {c: {$ref: '#/components/schemas/C'}, d: {type: array, items: {type: string}}}},
        C: {type: object, properties: {e: {type: string}}}}}
    """
    chosen = api_of(document)
    whole = set(chosen.xml)
    select(chosen, ["/a"], [])
    assert {content.type for content in chosen.xml.values()} <= chosen.types.keys()
    nodes = [node.content for content in chosen.xml.values() for node in nodes_of(content)]
    assert set(nodes) <= chosen.xml.keys() < whole


def test_a_change_of_a_map_s_keys_changes_the_map() -> None:
    old, new = _api("keys of a map"), _api("keys of a map", "ajar")
    maps = {key for key, type_ in new.types.items() if type_.kind == "map"}
    assert maps
    assert not maps & unchanged_types(old, new)


def test_operations_are_found_in_every_depth() -> None:
    names = [
        operation.callback or operation.path for operation in operations_of(_api("a callback of a callback"))
    ]
    assert names == ["/a", "outer", "inner"]
