"""Lists, maps and choices that hold themselves, also by way of others and with limits of their own where they do."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate

STYLES = ("attrs", "pydantic", "dataclass", "typeddict", "msgspec")
CASES: list[tuple[str, str, list[str]]] = [
    ("ByOne", "[[[[]],[]]]", []),
    ("Lists", "[[[[]]],[[],[]]]", ["$[1] maxItems"]),
    ("Besides", "[[[[]]],[[],[]]]", ["$[1] maxItems"]),
    ("Maps", '{"a":{"b":{"c":{}},"d":{}}}', ["$.a maxProperties"]),
    ("Mixed", '[{"a":[{"b":[]}]}]', []),
    ("Choices", '[["a"],[[],[]],"b"]', ["$[1] maxItems"]),
]


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(
        """
        ByOne: {type: array, items: {type: array, items: {$ref: '#/components/schemas/ByOne'}}}
        Lists: {type: array, items: {$ref: '#/components/schemas/Lists', maxItems: 1}}
        Besides: {type: array, items: {allOf: [{$ref: '#/components/schemas/Besides'}, {maxItems: 1}]}}
        Maps: {type: object, additionalProperties: {$ref: '#/components/schemas/Maps', maxProperties: 1}}
        Mixed: {type: array, items: {type: object, additionalProperties: {$ref: '#/components/schemas/Mixed'}}}
        Choices:
          oneOf:
          - {type: array, items: {$ref: '#/components/schemas/Choices', maxItems: 1}, maxItems: 3}
          - {type: string}
        """,
        models=STYLES,
    )


@pytest.mark.parametrize("style", STYLES)
def test_they_are_read_written_and_checked(package: Generated, style: str) -> None:
    models: Any = (
        package.models if style == "attrs" else importlib.import_module(f"{package.package}.models_{style}")
    )
    for name, text, violations in CASES:
        type_ = getattr(models, name)
        value = json.decode(text.encode(), type_)
        assert json.encode(value, type_).decode() == text
        if type_ is Any:  # of msgspec, which has no such choices
            continue
        reported = [f"{violation.path} {violation.rule}" for violation in validate(value, type_)]
        assert reported == violations, name
        assert json.encode(xml.decode(xml.encode(value, type_), type_), type_).decode() == text
