"""Values of a document's components, made by hypothesis-jsonschema."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator
from typing import Any

import hypothesis
from bindwright.serve.values import RequestViolation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from tests.mock import sampler_shim
from tests.mock.document_schemas import DocumentSchemas
from tests.mock.unrolled import unrolled

sampler_shim.install()


def components(schemas: DocumentSchemas, seed: int) -> Iterator[tuple[str, str]]:
    """Names and pointers of the schemas that are values of their own, in a seeded order."""
    where = "definitions" if "definitions" in schemas.document else "components/schemas"
    node: Any = schemas.document
    for token in where.split("/"):
        node = node.get(token, {})
    names = list(node)
    random.Random(seed).shuffle(names)
    yield from ((name, f"/{where}/{name.replace('~', '~0').replace('/', '~1')}") for name in names)


def strategy(schemas: DocumentSchemas, pointer: str) -> st.SearchStrategy[Any] | None:
    """Values of a schema; None where the library has no way to make them."""
    try:
        return from_schema(unrolled(schemas.root, pointer))
    except Exception:
        return None


def only_formats(complaints: list[RequestViolation]) -> bool:
    """Whether the mock only has something against formats: to a validator they are remarks (int64, say)."""
    return bool(complaints) and all(complaint.what.startswith("is not a valid ") for complaint in complaints)


def valid_values(schemas: DocumentSchemas, pointer: str, examples: int, seed: int) -> list[Any]:
    """So many values at most that a validator accepts; none where the library makes none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of patterns that another Python may read otherwise
        return _valid_values(schemas, pointer, examples, seed)


def _valid_values(schemas: DocumentSchemas, pointer: str, examples: int, seed: int) -> list[Any]:
    values, valid = strategy(schemas, pointer), list[Any]()
    if values is None:
        return []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(values)
    def gather(value: Any) -> None:
        if not schemas.errors(pointer, value):
            valid.append(value)

    try:
        gather()
    except Exception as error:  # what the library cannot make
        if not type(error).__module__.startswith(("hypothesis", "jsonschema")):
            raise
    return valid
