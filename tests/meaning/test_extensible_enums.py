"""Enums to which others may come: the document says itself that unlisted values are valid."""

from __future__ import annotations

from bindwright.runtime import json
from bindwright.runtime.validate import validate

from tests.meaning.driver import generate

DOCUMENT = """
    Sized:
      type: object
      properties:
        size: {anyOf: [{type: string, enum: [s, m]}, {type: string}]}
        old: {type: string, x-extensible-enum: [x]}
        listed: {type: string, enum: [s, m]}
"""


def test_unlisted_values_are_read_written_and_valid_where_the_document_says_so() -> None:
    package = generate(DOCUMENT)
    text = b'{"size":"xl","old":"y","listed":"l"}'
    value = json.decode(text, package.models.Sized)
    assert json.encode(value) == text
    assert isinstance(value.size, package.models.SizedSize)
    assert [violation.path for violation in validate(value)] == ["$.listed"]
