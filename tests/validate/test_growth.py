"""Alternatives within alternatives: each value is tried once at each place."""

from __future__ import annotations

import pytest
from bindwright.runtime import json
from bindwright.runtime.validate import validate, values

from tests.meaning.driver import Generated, generate


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate("""
        Mixed: {oneOf: [{type: array, items: {$ref: '#/components/schemas/Mixed'}, maxItems: 1},
            {type: array, items: {oneOf: [{$ref: '#/components/schemas/Mixed'}, {type: string}]}}, {type: string}]}
        Two: {oneOf: [{$ref: '#/components/schemas/Few'}, {$ref: '#/components/schemas/Some'}]}
        Few: {type: array, items: {$ref: '#/components/schemas/Two'}, maxItems: 4}
        Some: {type: array, items: {anyOf: [{$ref: '#/components/schemas/Two'}, {type: integer}]}, minItems: 1}
        Differing: {oneOf: [{type: object, additionalProperties: {$ref: '#/components/schemas/Differing'}, maxProperties: 2},
            {type: object, additionalProperties: {anyOf: [{$ref: '#/components/schemas/Differing'}, {type: integer}]}}]}
    """)


@pytest.mark.parametrize(
    ("name", "start", "end"), [("Mixed", "[", "]"), ("Two", "[", "]"), ("Differing", '{"a":', "}")]
)
def test_time_grows_with_the_depth(
    package: Generated, monkeypatch: pytest.MonkeyPatch, name: str, start: str, end: str
) -> None:
    looked_at: list[int] = []
    place = values._place
    monkeypatch.setattr(
        values, "_place", lambda *arguments, **more: looked_at.append(1) or place(*arguments, **more)
    )
    counts = []
    for depth in (8, 16):
        inmost = "{}" if end == "}" else "[]"
        type_ = getattr(package.models, name)
        value = json.decode((start * depth + inmost + end * depth).encode(), type_)
        looked_at.clear()
        validate(value, type_)
        counts.append(len(looked_at))
    assert counts[1] < 2.5 * counts[0]


def test_violations_have_their_own_paths_where_one_value_stands_twice(package: Generated) -> None:
    part = [["x" for _ in range(2)]]
    violations = validate([[1.5], part, part], package.models.Two)
    assert len({violation.path for violation in violations}) == len(violations)
