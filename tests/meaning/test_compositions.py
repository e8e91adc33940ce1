"""What schemas say together with those they build on: every declared member is one of the model's, with its type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import attrs
import jsonschema_rs
import pytest
from bindwright.runtime import json as json_codec

from tests.meaning.compositions import Composer, Values
from tests.meaning.driver import generate_document


def unknown(value: Any, path: str = "$") -> Iterator[str]:
    """Where a decoded value has something that its models do not declare, or that is no model at all."""
    if attrs.has(type(value)):
        if extra := getattr(value, "_extra", None):
            yield f"{path} {extra}"
        for attribute in attrs.fields(type(value)):
            if not attribute.name.startswith("_"):
                yield from unknown(getattr(value, attribute.name), f"{path}.{attribute.name}")
    elif isinstance(value, dict):
        for name, member in value.items():
            if type(member) is not dict:
                yield from unknown(member, f"{path}[{name}]")
            elif member:
                yield f"{path}[{name}] is not typed: {member}"
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from unknown(item, f"{path}[{index}]")


@pytest.mark.parametrize("seed", range(4))
def test_everything_that_is_declared_has_a_place(seed: int) -> None:
    random = Random(seed)
    schemas = Composer(random).compose(6)
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
    package = generate_document(json.dumps({**document, "components": {"schemas": schemas}}))
    values = Values(random, schemas)
    for name in schemas:
        root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        validator = jsonschema_rs.validator_for(root)
        for _ in range(6):
            value = values.value(schemas[name])
            if not validator.is_valid(value):  # of several alternatives by chance
                continue
            text = json.dumps(value)
            decoded = json_codec.decode(text.encode(), getattr(package.models, name))
            assert not list(unknown(decoded)), (name, text)
            assert json.loads(json_codec.encode(decoded, getattr(package.models, name))) == value, (
                name,
                text,
            )
