"""Enums to which others may come: the document says itself that unlisted values are valid."""

from __future__ import annotations

import importlib
import json as stdlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
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


STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
SCHEMAS = """
    Color: {type: string, x-extensible-enum: [red, green]}
    Rank: {type: integer, x-extensible-enum: [1, 2]}
    Shape: {type: string, enum: [round, flat]}
    Thing:
      type: object
      required: [color]
      properties:
        color: {$ref: '#/components/schemas/Color'}
        rank: {$ref: '#/components/schemas/Rank'}
        colors: {type: array, items: {$ref: '#/components/schemas/Color'}}
        shades: {type: object, additionalProperties: {anyOf: [{type: string, enum: [dark]}, {type: string}]}}
        none: {oneOf: [{$ref: '#/components/schemas/Color'}, {type: 'null'}]}
        shape: {$ref: '#/components/schemas/Shape'}
"""
TEXT = b'{"color":"pink","rank":7,"colors":["red","x"],"shades":{"a":"dark","b":"pale"},"none":"y"}'
PROGRAM = """
from {0}.models{1} import Color, Thing

Thing(color="pink", rank=7, colors=["x"] if {2} else [Color("red")], none="y")
Thing(color=Color("red"))
Thing(color="pink", shape="square")  # an error: the list is closed
"""
DICTS = """
from {0}.models_typeddict import Thing

one: Thing = {{"color": "pink", "rank": 7, "colors": ["red", "x"], "shades": {{"a": "dark", "b": "pale"}}}}
two: Thing = {{"color": "pink", "shape": "square"}}  # an error: the list is closed
"""


@pytest.mark.parametrize("style", STYLES)
def test_other_styles_declare_what_comes(style: str) -> None:
    package = generate(SCHEMAS, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    assert json.encode(json.decode(TEXT, models.Thing), models.Thing) == TEXT
    if style == "msgspec":
        assert msgspec.json.encode(msgspec.json.decode(TEXT, type=models.Thing)) == TEXT
    if style == "pydantic":
        assert models.Thing.model_validate_json(TEXT).model_dump(
            mode="json", exclude_unset=True
        ) == stdlib.loads(TEXT)
    if style != "typeddict":
        assert models.Color.RED == "red"


@pytest.mark.parametrize("style", ["attrs", *STYLES])
def test_type_checkers_take_what_comes(style: str, tmp_path: Path) -> None:
    package = generate(SCHEMAS, models=("attrs", style))
    folder = Path(package.models.__file__ or "").parents[2]
    own = style == "attrs"
    program = tmp_path / "program.py"
    program.write_text(
        DICTS.format(package.package)
        if style == "typeddict"
        else PROGRAM.format(package.package, "" if own else f"_{style}", not own)
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(program)]
    process = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    errors = [line for line in process.stdout.splitlines() if ": error:" in line]
    last = len(program.read_text().splitlines())
    assert [int(error.split(":")[1]) for error in errors] == [last], process.stdout
