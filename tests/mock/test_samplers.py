"""Samples that are not ours: hypothesis-jsonschema makes values from the document's schemas, jsonschema-rs judges them.

What a validator accepts, the mock accepts, `validate` finds nothing in, and the codecs read and write again equal;
of values that were changed, the mock and the validator say the same.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import pytest
from attrs import frozen
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api, Use
from bindwright.openapi import LoadOptions
from bindwright.runtime import json as codec
from bindwright.runtime.validate import validate
from bindwright.runtime.values.equality import same
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.validation.json_values import Checker
from bindwright.targets import python
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema._canonicalise import HypothesisRefResolutionError

from tests.mock.document_schemas import DocumentSchemas
from tests.mock.samples import components, only_formats, strategy
from tests.mock.unrolled import unrolled

FOLDER = Path(__file__).parent
CORPUS = FOLDER.parents[1].parent / "shared" / "corpus"
OWN = [
    FOLDER / "shop.yaml",
    FOLDER.parent / "testing" / "petshop.yaml",
    FOLDER.parent / "second_opinion" / "shop.yaml",
]


@frozen
class Subject:
    """A document's schemas in both readings, and its models."""

    schemas: DocumentSchemas
    api: Api
    models: ModuleType


def subject(document: Path) -> Subject:
    loaded = spec.load(document, options=LoadOptions(tolerant=True))
    api = ir.lower(loaded)
    name = package.unused_name()
    package.install(name, python.emit(api, python.PythonOptions(package=name), {}).files)
    return Subject(DocumentSchemas(document), api, import_module(f"{name}.models"))


def disagreements(document: Path, examples: int, seed: int, most: int | None = None) -> list[str]:
    """What the readings say differently, as text."""
    known, problems = subject(document), list[str]()
    for name, pointer in list(components(known.schemas, seed))[:most]:
        values = strategy(known.schemas, pointer)
        if values is not None:
            problems += _compare(known, name, pointer, values, examples, seed)
    return problems


def _compare(
    known: Subject, name: str, pointer: str, values: st.SearchStrategy[Any], examples: int, seed: int
) -> list[str]:
    use, problems = Use(type=f"#{pointer}"), list[str]()
    if use.type not in known.api.types:
        return []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(values, st.randoms(use_true_random=False))
    def compare(value: Any, rng: random.Random) -> None:
        if known.schemas.errors(pointer, value):
            return
        complaints = Checker(known.api, "response").check(value, use)
        if only_formats(complaints):
            return
        if complaints:
            problems.append(f"{name}: {value!r} is valid, the mock says {complaints[0]}")
        problems.extend(f"{name}: {problem}" for problem in _codec_problems(known, name, value))
        changed = mutated(value, rng)
        is_valid, complaints = (
            not known.schemas.errors(pointer, changed),
            Checker(known.api, "response").check(changed, use),
        )
        if is_valid is bool(complaints) and not only_formats(complaints):
            problems.append(
                f"{name}: {changed!r} is {'valid' if is_valid else 'not valid'}, the mock says otherwise"
            )

    # nothing can be made of the schema, or it contains itself
    with suppress(hypothesis.errors.HypothesisException, HypothesisRefResolutionError):
        compare()
    return problems


def _codec_problems(known: Subject, name: str, value: Any) -> Iterator[str]:
    model = getattr(known.models, name, None)
    if not isinstance(model, type):
        return
    body = json.dumps(value).encode()
    try:
        read = codec.decode(body, model, namespace=known.models)
        again = json.loads(codec.encode(read, model, namespace=known.models))
    except Exception as error:
        yield f"{value!r} is valid, and is not read and written: {error}"
        return
    if not same(again, value):
        yield f"{value!r} is written as {again!r}"
    violations = list(validate(read))
    if violations:
        yield f"{value!r} is valid, `validate` says {violations[0]}"


def mutated(value: Any, rng: random.Random) -> Any:
    """The value with one thing changed: a member dropped or added, another type, another length."""
    if isinstance(value, dict) and value:
        name = rng.choice(sorted(value))
        if rng.random() < 0.3:
            return {key: item for key, item in value.items() if key != name}
        if rng.random() < 0.2:
            return {**value, "added": 1}
        return {**value, name: mutated(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.7:
        return [*value[:-1], mutated(value[-1], rng)] if rng.random() < 0.7 else value * 2
    return rng.choice([None, "", "x" * 50, 0, -1, 1.5, True, [], {}, "amber"])


@pytest.mark.parametrize("document", OWN, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_own_documents(document: Path) -> None:
    assert disagreements(document, examples=25, seed=1) == []


@pytest.mark.parametrize("name", ["youneedabudget.com.json", "europeana.eu.json"])
def test_public_documents(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"{name} is not here ({CORPUS})")
    assert disagreements(CORPUS / name, examples=4, seed=1, most=25) == []


def test_texts_of_a_format_that_match_a_pattern_are_made_of_the_format() -> None:
    """A pattern of digits alone gives months and days that no calendar has."""
    pattern = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[-+]\d{2}:\d{2})$"
    schemas = {
        "moment": {"type": "string", "format": "date-time", "pattern": pattern},
        "code": {"type": "string", "format": "date", "pattern": "^[A-Z]{3}$"},
        "broken": {"type": "string", "format": "date", "pattern": "("},
    }
    assert unrolled(schemas, "/moment") == schemas["moment"]
    for name in ("code", "broken"):
        assert unrolled(schemas, f"/{name}") == {
            "type": "string", "pattern": schemas[name]["pattern"],
        }  # fmt: skip
