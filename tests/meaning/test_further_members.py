"""Members beyond the named ones are what the document says of them: format, limits, and how they stand in XML."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(
        """
        Money: {type: object, properties: {n: {}}, additionalProperties: {type: string, format: decimal}}
        Octets: {type: object, properties: {n: {}}, additionalProperties: {type: string, format: base64url}}
        Counts: {type: object, properties: {n: {}}, additionalProperties: {type: integer, format: int32}}
        Codes: {type: object, properties: {n: {}}, additionalProperties: {type: string, pattern: '^a'}}
        Lists: {type: object, properties: {n: {}}, additionalProperties:
            {type: array, items: {type: string, format: decimal, xml: {name: item}}, xml: {wrapped: true}}}
        More: {allOf: [{$ref: '#/components/schemas/Money'}, {type: object, properties: {m: {}}}]}
        Needs:
          type: object
          required: [pair, one]
          properties:
            pair: {type: [array, 'null'], prefixItems: [{type: integer}, {type: string}], items: false, minItems: 2}
            one: {oneOf: [{type: array, items: {type: integer}}, {type: object, properties: {q: {type: integer}}}]}
        """
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Money", '{"x":"1.50"}'),
        ("More", '{"x":"1.50"}'),
        ("Octets", '{"x":"_-8"}'),
        ("Counts", '{"x":5}'),
        ("Lists", '{"x":["1.50","2"]}'),
    ],
)
def test_values_come_back(package: Generated, name: str, text: str) -> None:
    type_: Any = getattr(package.models, name)
    value = json.decode(text, type_)
    assert json.encode(value) == text.encode()
    assert json.encode(xml.decode(xml.encode(value), type_)) == text.encode()


def test_what_the_document_forbids(package: Generated) -> None:
    models: Any = package.models
    with pytest.raises(DecodeError, match="int32"):
        json.decode(b'{"x":5000000000}', models.Counts)
    assert [violation.path for violation in validate(json.decode(b'{"x":"ab","y":"ba"}', models.Codes))] == [
        "$.y"
    ]
    assert b"<item>" in xml.encode(json.decode(b'{"x":["1"]}', models.Lists))


@pytest.mark.parametrize("text", ['{"pair":null,"one":[]}', '{"pair":[1,"x"],"one":[1,2]}'])
def test_required_members_that_leave_no_element(package: Generated, text: str) -> None:
    """A tuple that is null, and a choice that is an empty list, have no element of their own."""
    models: Any = package.models
    value = json.decode(text, models.Needs)
    for _ in range(3):
        assert json.encode(xml.decode(xml.encode(value), models.Needs)) == text.encode()
