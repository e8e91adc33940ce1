"""Values of a document's components, made by hypothesis-jsonschema."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

from tests.mock import sampler_shim
from tests.mock.document_schemas import DocumentSchemas

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
    """Values of a schema; None where the library has no way to make them (recursion, mostly)."""
    try:
        return from_schema(schemas.self_contained(pointer))
    except Exception:
        return None
