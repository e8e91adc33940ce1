"""Why an answer is invalid: the document contradicts itself at a place, or the mock could have answered otherwise.

Proof of a contradiction: neither hypothesis-jsonschema nor leaving members out of the answer finds a value that the
validator takes, at the innermost schema around the error for which that holds.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import hypothesis
from bindwright.standards import json_pointer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_jsonschema import from_schema

from tests.mock import sampler_shim
from tests.mock.document_schemas import DocumentSchemas

sampler_shim.install()

_EXAMPLES = 25
_REMOVALS = 40
_MOVING = frozenset({"properties", "patternProperties"})
_INTO = frozenset({"items", "additionalProperties", "unevaluatedProperties", "contains"})


class Contradictions:
    """The contradictions of one document, each proven once."""

    def __init__(self, schemas: DocumentSchemas) -> None:
        self._schemas = schemas
        self._satisfiable: dict[str, bool] = {}

    def explain(self, pointer: str, value: Any) -> str | None:
        """The pointer of a schema that no value satisfies, and that this value is invalid by; None where there is none."""
        around = [
            list(places(self._schemas.root, pointer, path))
            for path in self._schemas.error_paths(pointer, value)
        ]
        # A member that can have no value at all is the document's fault, though it might be left out.
        for place in [innermost for innermost, *_ in around]:
            if not self._is_satisfiable(place):
                return place
        if self._reduced(pointer, value) is not None:
            return None
        return next((place for row in around for place in row if not self._is_satisfiable(place)), None)

    def of_body(self, operation: str) -> str | None:
        """The pointer of a request body's schema that no value satisfies, by `METHOD /path` (OpenAPI 3.x)."""
        method, _, path = operation.partition(" ")
        contents = json_pointer.build(["paths", path, method.lower(), "requestBody", "content"])
        if not _is_schema(self._schemas.root, contents):
            return None
        for media_type in json_pointer.resolve(self._schemas.root, contents):
            pointer = json_pointer.join(contents, media_type, "schema")
            if _is_schema(self._schemas.root, pointer) and not self._is_satisfiable(pointer):
                return pointer
        return None

    def _reduced(self, pointer: str, value: Any) -> Any:
        """A valid value that is the given one without some members; None where none was hit upon."""
        value = copy.deepcopy(value)
        for _ in range(_REMOVALS):
            count = len(self._schemas.errors(pointer, value))
            if not count:
                return value
            for smaller in _without_one_member(value):
                if len(self._schemas.errors(pointer, smaller)) < count:
                    value = smaller
                    break
            else:
                return None
        return None

    def _is_satisfiable(self, pointer: str) -> bool:
        if pointer not in self._satisfiable:
            self._satisfiable[pointer] = self._has_value(pointer)
        return self._satisfiable[pointer]

    def _has_value(self, pointer: str) -> bool:
        hits: list[Any] = []
        try:
            values = from_schema(self._schemas.self_contained(pointer))
        except Exception:  # the library has no way to make such values: nothing is proven
            return True

        @hypothesis.seed(1)
        @settings(
            max_examples=_EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(values)
        def look(value: Any) -> None:
            if not hits and not self._schemas.errors(pointer, value):
                hits.append(value)

        try:
            look()
        except hypothesis.errors.Unsatisfiable:
            return False
        except Exception:  # recursion, and what the library cannot follow
            return True
        return bool(hits)


def places(root: Any, pointer: str, schema_path: list[str | int]) -> Iterator[str]:
    """Pointers of the schemas that an error lies in, the innermost first: of each value the outermost schema."""
    outermost, schemas = pointer, [pointer]
    tokens = iter(schema_path)
    for token in tokens:
        if token == "$ref":
            pointer = _followed(root, pointer)
            continue
        pointer = json_pointer.join(pointer, str(token))
        if token in _MOVING or (token == "prefixItems"):
            pointer = json_pointer.join(pointer, str(next(tokens, "")))
        if token in _MOVING or token in _INTO or token == "prefixItems":
            outermost = pointer
            schemas.append(outermost)
    yield from (place for place in reversed(schemas) if _is_schema(root, place))


def _followed(root: Any, pointer: str) -> str:
    from urllib.parse import unquote

    target = json_pointer.resolve(root, pointer)["$ref"]
    return unquote(str(target).partition("#")[2])


def _is_schema(root: Any, pointer: str) -> bool:
    try:
        return isinstance(json_pointer.resolve(root, pointer), dict)
    except KeyError:
        return False


def _without_one_member(value: Any) -> Iterator[Any]:
    """The value with one member left out, at each place in turn."""
    if isinstance(value, dict):
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
            yield from ({**value, name: smaller} for smaller in _without_one_member(value[name]))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from (
                [*value[:index], smaller, *value[index + 1 :]] for smaller in _without_one_member(item)
            )
