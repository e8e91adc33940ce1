"""The schema of the IR's JSON: what is written is valid, what is wrong is refused, and a change needs a new version."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import json_schema, lower
from bindwright.ir.model import IR_VERSION
from bindwright.ir.serialize import data_of, dumps, loads
from bindwright.openapi import load
from bindwright.targets.python import PythonOptions, emit
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
DOCUMENTS = [
    ROOT / "openapi.yaml",
    ROOT / "tests/datacontract/facts/datacontract.openapi.yaml",
    *sorted((ROOT / "tests/xml/openapi").glob("*/openapi.yaml")),
]
VERSIONS = Path(__file__).parent / "schema_versions.json"
REMEDY = "run `python -m tools.ir_schema`, and see docs/reference/ir.md about versions"


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema.schema())


@cache
def lowered(path: Path) -> bytes:
    return dumps(lower(load(path)))


def errors(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(value)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_documents_are_valid_and_come_back(path: Path) -> None:
    api = lower(load(path))
    for places in (False, True):
        assert errors(data_of(api, places=places)) == []
    assert loads(dumps(api, places=True)) == api
    assert dumps(loads(dumps(api))) == dumps(api)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.json")), ids=lambda path: path.stem)
def test_public_documents_are_valid(path: Path) -> None:
    text = dumps(lower(load(path)))
    assert errors(json.loads(text)) == []
    assert dumps(loads(text)) == text


@pytest.mark.parametrize("path", [*DOCUMENTS[:2], *sorted(CORPUS.glob("*.json"))], ids=lambda path: path.stem)
def test_python_is_the_same_from_json(path: Path) -> None:
    api = lower(load(path))
    options = PythonOptions(package="apart")
    assert emit(loads(dumps(api)), options, {}).files == emit(api, options, {}).files


def test_what_is_published_is_made_from_the_classes() -> None:
    assert json_schema.published() == json_schema.text(), REMEDY


def test_another_form_is_another_version() -> None:
    """Descriptions may change; what is valid may not, without another `IR_VERSION`."""
    versions = json.loads(VERSIONS.read_text())
    assert versions.get(str(IR_VERSION)) == json_schema.digest(), REMEDY


def objects(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[dict[str, Any], str]]:
    """The objects of the model in a JSON value, each with the class that it is of."""
    definition = json_schema.schema()["$defs"]

    def walk(part: Any, schema: Any) -> Iterator[tuple[dict[str, Any], str]]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name == "Json":
                return
            yield part, name
            for key, member in part.items():
                yield from walk(member, definition[name]["properties"][key])
        for alternative in schema.get("anyOf", []):
            if alternative.get("type") != "null" and part is not None:
                yield from walk(part, alternative)
        for alternative in schema.get("oneOf", []):
            name = alternative["$ref"].rpartition("/")[2]
            if definition[name]["properties"]["kind"]["enum"] == [part["kind"]]:
                yield from walk(part, alternative)
        if isinstance(part, list) and isinstance(schema.get("items"), dict):
            for item in part:
                yield from walk(item, schema["items"])
        if isinstance(part, dict) and isinstance(schema.get("additionalProperties"), dict):
            for item in part.values():
                yield from walk(item, schema["additionalProperties"])

    yield from walk(value, {"$ref": "#/$defs/Api"})


WRONG: tuple[Any, ...] = (17.5, "wrong", True, [17.5], {"wrong": 17.5})


@pytest.mark.parametrize("seed", range(200))
def test_mutations_are_refused(seed: int) -> None:
    """A member dropped, whichever it is, misspelt, or of another type."""
    rng = random.Random(seed)
    path = rng.choice(DOCUMENTS)
    value = json.loads(lowered(path))
    every = list(objects(value))
    definitions = json_schema.schema()["$defs"]
    while True:
        part, name = rng.choice([pair for pair in every if pair[0]])
        key = rng.choice(sorted(part))
        definition = definitions[name]["properties"][key]
        if seed % 3 == 0:
            del part[key]
        elif seed % 3 == 1:
            part[key + "s"] = part.pop(key)
        elif seed % 3 == 2 and definition.get("$ref") != "#/$defs/Json":
            part[key] = rng.choice([wrong for wrong in WRONG if not _fits(wrong, definition)])
        else:
            continue
        break
    assert errors(value) != [], (path.parent.name, name, key)
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError, AssertionError)):
        raise_or_read(value)


def raise_or_read(value: Any) -> None:
    """`loads` refuses what is missing and what is unknown; types are the validator's to check."""
    loads(json.dumps(value).encode())
    raise ValueError(errors(value)[0])


def _fits(value: Any, definition: dict[str, Any]) -> bool:
    schema = {**definition, "$defs": json_schema.schema()["$defs"]}
    return Draft202012Validator(schema).is_valid(value)
