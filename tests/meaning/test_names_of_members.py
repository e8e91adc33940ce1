"""Constraints of names: `propertyNames`, `required` of what is no property, closed objects, `true` for `{}`."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import json
from bindwright.runtime.validate import validate

from tests.meaning.driver import generate

SCHEMAS = """
    Labels: {type: object, propertyNames: {pattern: '^[a-z]+$', maxLength: 3}, additionalProperties: {type: string}}
    Listed: {type: object, propertyNames: {enum: [a, b]}, additionalProperties: {type: integer}}
    Referred: {type: object, propertyNames: {$ref: '#/components/schemas/Word'}}
    Word: {type: string, minLength: 2}
    Named: {type: object, properties: {id: {type: string}}, propertyNames: {maxLength: 4}}
    Needing: {type: object, properties: {id: {type: string}}, required: [id, stamp]}
    Map: {type: object, additionalProperties: {type: integer}, required: [one]}
    Derived: {allOf: [{$ref: '#/components/schemas/Needing'}, {type: object, properties: {more: {type: string}}}]}
    Closed: {type: object, properties: {id: {type: string}}, additionalProperties: false}
    Patterned: {type: object, properties: {id: {}}, patternProperties: {^x-: {}}, additionalProperties: false}
    Open: {type: object, patternProperties: {^x-: {type: integer}}}
    Shut: {type: object, patternProperties: {^x-: {type: integer}}, additionalProperties: false}
    Loose: {type: object, properties: {id: {type: string}}, additionalProperties: true}
    Free: {type: object, properties: {id: {type: string}}, unevaluatedProperties: true}
"""


@pytest.mark.parametrize(
    ("name", "text", "rules"),
    [
        ("Labels", '{"ab": "x"}', []),
        ("Labels", '{"UP": "x", "abcd": "x"}', ["propertyNames", "propertyNames"]),
        ("Listed", '{"a": 1, "c": 2}', ["propertyNames"]),
        ("Referred", '{"ab": 1}', []),
        ("Referred", '{"a": 1}', ["propertyNames"]),
        ("Named", '{"id": "x", "abcd": 1}', []),
        ("Named", '{"id": "x", "abcde": 1}', ["propertyNames"]),
        ("Needing", '{"id": "x", "stamp": null}', []),
        ("Needing", '{"id": "x"}', ["required"]),
        ("Derived", '{"id": "x", "more": "y"}', ["required"]),
        ("Map", '{"two": 2}', ["required"]),
        ("Map", '{"one": 2}', []),
        ("Closed", '{"id": "x"}', []),
        ("Closed", '{"id": "x", "more": 1}', ["additionalProperties"]),
        ("Patterned", '{"id": 1, "x-a": 1}', []),
        ("Patterned", '{"id": 1, "x-a": 1, "y": 1}', ["additionalProperties"]),
        ("Open", '{"x-a": 1, "other": 1}', []),
        ("Shut", '{"x-a": 1, "other": 1}', ["propertyNames"]),
    ],
)
def test_names_are_checked(name: str, text: str, rules: list[str]) -> None:
    models = _models()
    value = json.decode(text.encode(), getattr(models, name))
    assert [violation.rule for violation in validate(value, getattr(models, name))] == rules
    assert json.decode(json.encode(value), Any) == json.decode(text.encode(), Any), (
        "and everything comes back"
    )


@pytest.mark.parametrize("name", ["Loose", "Free"])
def test_true_is_the_empty_schema(name: str) -> None:
    """JSON Schema 2020-12 core, 4.3.2: further members have a public place."""
    value = json.decode(b'{"id":"1","more":[1]}', getattr(_models(), name))
    assert value.additional_properties == {"more": [1]}


_CACHE: list[Any] = []


def _models() -> Any:
    if not _CACHE:
        _CACHE.append(generate(SCHEMAS).models)
    return _CACHE[0]
