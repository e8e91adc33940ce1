"""The schema of the IR's JSON: what is written is valid, what is wrong is refused, and a change needs a new version."""

from __future__ import annotations

import json
import random
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from bindwright.ir import json_schema, lower
from bindwright.ir.model import IR_VERSION
from bindwright.ir.serialize import data_of, dumps, loads
from bindwright.openapi import load
from bindwright.targets.python import PythonOptions, emit
from jsonschema import Draft202012Validator

from tools import ir_schema
from tools.ir_corpus.mutations import KINDS, mutate, objects
from tools.ir_corpus.validators import rust_accepts, rust_errors

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
DOCUMENTS = [
    ROOT / "openapi.yaml",
    ROOT / "tests/datacontract/facts/datacontract.openapi.yaml",
    *sorted((ROOT / "tests/xml/openapi").glob("*/openapi.yaml")),
]
VERSIONS = Path(__file__).parent / "schema_versions.json"
LONG = 50_000
"""Octets from which on a public document's IR is for the validator in Rust alone, hundreds of times as fast as Python's."""
REMEDY = "raise IR_VERSION, run `python -m tools.ir_schema`, and see docs/reference/ir.md about versions"


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json_schema.schema())


@cache
def lowered(path: Path) -> bytes:
    return dumps(lower(load(path)))


def errors(value: Any) -> list[str]:
    """What either of two validators says, of which only one is Python."""
    return python_errors(value) or rust_errors(value)


def python_errors(value: Any) -> list[str]:
    """The first that the validator in Python says, if it says anything."""
    errors = islice(validator().iter_errors(value), 1)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


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
    value = json.loads(text)
    assert rust_errors(value) == []
    if len(text) < LONG:
        assert python_errors(value) == []
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


def test_a_recorded_version_is_not_given_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes the files anew after a change of the classes is told, and nothing is written."""
    recorded = tmp_path / "versions.json"
    recorded.write_text(json.dumps({str(IR_VERSION): "of another form"}))
    monkeypatch.setattr(ir_schema, "VERSIONS", recorded)
    monkeypatch.setattr(ir_schema, "PAGE", tmp_path / "reference" / "ir.md")
    with pytest.raises(SystemExit, match="raise IR_VERSION"):
        ir_schema.main([])
    assert [path.name for path in tmp_path.iterdir()] == ["versions.json"]


@pytest.mark.parametrize("seed", range(100))
def test_mutations_are_refused(seed: int) -> None:
    """A member dropped, whichever it is, misspelt, or of another type: by two validators, one of which is in Rust.

    The other, in Python, is asked of each tenth, since it takes hundreds of times as long.
    """
    rng = random.Random(seed)
    path = rng.choice(DOCUMENTS)
    value = json.loads(lowered(path))
    name, key = mutate(list(objects(value)), KINDS[seed % 3], rng)
    if seed % 10 == 0:
        assert python_errors(value) != [], (path.parent.name, name, key)
    assert not rust_accepts(value), (path.parent.name, name, key)
    if KINDS[seed % 3] != "of another type":  # types are the validators' to check
        with pytest.raises(KeyError):
            loads(json.dumps(value).encode())
