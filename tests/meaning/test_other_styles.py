"""What tells classes apart holds in every style of models, there and back."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json

from tests.meaning.driver import generate
from tests.meaning.test_constants import SCHEMAS as CONSTANTS
from tests.meaning.test_derived import CONSTANTS as TAG_CONSTANTS
from tests.meaning.test_derived import MAPPED
from tests.meaning.test_derived import SCHEMAS as DERIVED
from tests.meaning.test_unions import TAGS, TOLD_BY_VALUES

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
CASES: list[tuple[str, list[tuple[str, str]]]] = [
    (TOLD_BY_VALUES, [("Enum", '{"k":"b","n":1}'), ("Pattern", '{"id":"b-1"}'), ("Const", '{"k":2}')]),
    (
        TAGS,
        [
            ("Stable", '{"best":{"name":"x","what":"a-horse"},"any":{"name":"y","what":"a-mule"}}'),
            ("Crate", '{"load":{"$type":"pears","count":1}}'),
            ("Numbered", '{"no":2}'),
        ],
    ),
    (
        DERIVED,
        [
            ("Garage", '{"first":{"kind":"bike","gears":8}}'),
            ("Taxi", '{"kind":"car","wheels":4,"owner":{"id":"x"}}'),
            ("Shut", '{"a":"x","d":"y"}'),
            ("Narrow", '{"a":"x","c":"y","n":[1]}'),
        ],
    ),
    (MAPPED, [("Holder", '{"one":{"b":"1"},"many":[{"b":"2"},{"kind":"Dog","d":"3"}]}')]),
    (
        TAG_CONSTANTS.replace("CONSTANT", "const: Fish"),
        [
            ("Pool", '{"all":[{"kind":"Fish"},{"kind":"Shark","teeth":1},{"kind":"Whale"}]}'),
            ("Snake", '{"kind":"viper","length":1}'),
        ],
    ),
    (
        CONSTANTS,
        [
            ("Cat", '{"kind":"lynx","level":4,"on":false}'),
            ("Named", '{"kind":"newer"}'),
            ("Change", '{"title":"x"}'),
        ],
    ),
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("schemas", "cases"), CASES, ids=["values", "tags", "derived", "mapped", "tag constants", "constants"]
)
def test_values_come_back_as_they_were(style: str, schemas: str, cases: list[tuple[str, str]]) -> None:
    package = generate(schemas, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    for name, text in cases:
        type_ = getattr(models, name)
        assert json.encode(json.decode(text.encode(), type_), type_) == text.encode(), name
