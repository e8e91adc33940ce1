"""What types cannot say, kept as it stands in the document: schemas that a value must satisfy besides.

Targets have no types for these; whoever checks or makes values (the mock server) reads them. References are written
out, so that the fragments can be read without the document.
"""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.lowering.context import Lowering, MergedSchema
from bindwright.ir.lowering.kinds import alternatives_of
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.references import follow
from bindwright.standards.regular_expressions import possessive

KEYWORDS = frozenset(
    {
        "not", "if", "then", "else", "contains", "minContains", "maxContains", "dependentRequired",
        "dependentSchemas", "dependencies",
    }
)  # fmt: skip
_PARTIAL = frozenset({"anyOf", "oneOf", "additionalProperties", "patternProperties"})
"""Keywords that types say in most cases, and not in all."""
_ANNOTATIONS = frozenset(
    {
        "description", "title", "example", "examples", "default", "externalDocs", "xml", "deprecated", "$comment",
        "readOnly", "writeOnly", "discriminator",
    }
)  # fmt: skip
_INDEPENDENT = frozenset(
    {
        "type", "format", "nullable", "enum", "const", "minLength", "maxLength", "pattern", "minItems", "maxItems",
        "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    }
)  # fmt: skip
"""Keywords whose meaning no keyword beside them widens."""
_NAMED_SCHEMAS = frozenset({"properties", "patternProperties", "dependentSchemas", "dependencies"})
_VALUES = frozenset({"const", "enum"})
_MOST_NODES = 1_000
"""A fragment of more nodes than this is left out: it is written where it is used, however often that is."""


def assertions(context: Lowering, merged: MergedSchema, location: Location) -> list[Any]:
    """Fragments of the schemas that hold at a location; those that contain themselves are left out."""
    fragments: list[Any] = []
    for subschema in merged.subschemas:
        schema = subschema.schema
        if KEYWORDS.isdisjoint(schema) and _PARTIAL.isdisjoint(schema):
            continue
        fragment = {keyword: schema[keyword] for keyword in schema if keyword in KEYWORDS}
        fragment |= _own_additional(context, schema, merged, location)
        fragment |= _of_named(schema, merged, fragment)
        typed = {
            (id(group.subschema.schema), group.keyword)
            for group in alternatives_of(context, merged, location)
        }
        for keyword in ("anyOf", "oneOf"):
            if keyword not in schema or not _only_members(schema[keyword]):
                continue
            if (id(schema), keyword) not in typed or _has_twins(schema[keyword]):
                fragment[keyword] = schema[keyword]
        try:
            inlined = _Inliner(context).schema(fragment, subschema.location, ())
        except ValueError:
            continue
        if inlined and inlined not in fragments:
            fragments.append(inlined)
    return fragments


def _own_additional(
    context: Lowering, schema: dict[str, Any], merged: MergedSchema, location: Location
) -> dict[str, Any]:
    """What a part says of members that it does not declare itself, where other parts declare such.

    ``additionalProperties`` sees the ``properties`` and ``patternProperties`` beside it alone (JSON Schema 2020-12
    core, 10.3.2.3). Left out where a member that has to be there is forbidden: such an object cannot exist at all.
    """
    additional = schema.get("additionalProperties", True)
    if additional is True or additional == {} or len(merged.subschemas) < 2:
        return {}
    own, patterns = _mapping(schema, "properties"), _mapping(schema, "patternProperties")
    parts = [part.schema for part in merged.subschemas]
    further = {
        name
        for part in parts
        for name, declared in _mapping(part, "properties").items()
        if not _includes(declared, additional)
    } - set(own)
    required = {str(name) for part in parts for name in _listed(part, "required")} - set(own)
    if not further:
        return {}
    if additional is False and required:
        context.degrade(
            "contradicted-part",
            "`additionalProperties: false` sees the members of its own part of `allOf` alone, and forbids "
            + ", ".join(f"`{name[:60]}`" for name in sorted(required)[:5])
            + ", which another part requires: it is left out",
            location,
            "write `unevaluatedProperties: false` beside the `allOf`",
        )
        return {}
    fragment = {"properties": {name: {} for name in own}, "additionalProperties": additional}
    return fragment | ({"patternProperties": {name: {} for name in patterns}} if patterns else {})


def _includes(schema: Any, other: Any) -> bool:
    """Whether all that one schema says of values stands in another with the same words, each of which speaks for itself."""
    if not isinstance(schema, dict) or not isinstance(other, dict) or "$ref" in schema:
        return False
    return (schema.get("nullable") is not True or other.get("nullable") is True) and all(
        keyword in _INDEPENDENT and keyword in schema and schema[keyword] == other[keyword]
        for keyword in other
        if keyword not in _ANNOTATIONS
    )


def _of_named(schema: dict[str, Any], merged: MergedSchema, fragment: dict[str, Any]) -> dict[str, Any]:
    """What patterns say of members that have a name of their own, whose types do not carry it: both hold
    (JSON Schema 2020-12 core, 10.3.2.2)."""
    patterns = {
        pattern: subschema
        for pattern, subschema in _mapping(schema, "patternProperties").items()
        if subschema is not True and subschema != {}
    }
    if not patterns:
        return {}
    declared = [str(name) for part in merged.subschemas for name in _mapping(part.schema, "properties")]
    prefixes = {pattern: _prefix(str(pattern)) for pattern in patterns}
    of_named = {
        pattern: subschema
        for pattern, subschema in patterns.items()
        if any(name.startswith(prefixes[pattern]) for name in declared)
    }
    return {"patternProperties": {**fragment.get("patternProperties", {}), **of_named}} if of_named else {}


_LITERAL = re.compile(possessive(r"\^((?:[^\\^$.|?*+()\[\]{}](?![?*{]))*+)[^|]*+"))


def _prefix(pattern: str) -> str:
    """What every name begins with that a pattern matches, as far as that is plain to see."""
    match = _LITERAL.fullmatch(pattern)
    return "" if match is None else match[1]


def _mapping(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    value = schema.get(keyword)
    return value if isinstance(value, dict) else {}


def _listed(schema: dict[str, Any], keyword: str) -> list[Any]:
    value = schema.get(keyword)
    return value if isinstance(value, list) else []


def _only_members(branches: Any) -> bool:
    """Whether alternatives are no types, but only say which members must be there."""
    return isinstance(branches, list) and all(
        isinstance(branch, dict) and "$ref" not in branch for branch in branches
    )


def _has_twins(branches: list[Any]) -> bool:
    """Whether two alternatives are one scalar type, so that a union keeps neither's limits."""
    types = [branch.get("type") for branch in branches]
    scalars = [type_ for type_ in types if isinstance(type_, str) and type_ not in ("object", "array")]
    return len(scalars) > len(set(scalars))


class _Inliner:
    """Writes out the references of one fragment."""

    def __init__(self, context: Lowering) -> None:
        self._context = context
        self._nodes = 0

    def schema(self, schema: Any, location: Location, within: tuple[str, ...]) -> Any:
        """The schema without references. Raises ValueError where it is too large, or stands within itself."""
        self._nodes += 1
        if self._nodes > _MOST_NODES:
            raise ValueError("too large")
        if isinstance(schema, list):
            return [self.schema(item, location, within) for item in schema]
        if not isinstance(schema, dict):
            return schema
        result = {
            keyword: self._value(keyword, value, location, within)
            for keyword, value in schema.items()
            if keyword not in _ANNOTATIONS and keyword != "$ref" and not str(keyword).startswith("x-")
        }
        if "$ref" not in schema:
            return result
        target = follow(self._context, schema["$ref"], location)
        if target is None or target[1].id in within:
            raise ValueError("leads nowhere, or into itself")
        referenced = self.schema(target[0], target[1], (*within, target[1].id))
        return {"allOf": [referenced, result]} if result else referenced

    def _value(self, keyword: str, value: Any, location: Location, within: tuple[str, ...]) -> Any:
        if keyword in _VALUES:
            return value
        if keyword in _NAMED_SCHEMAS and isinstance(value, dict):
            return {name: self.schema(schema, location, within) for name, schema in value.items()}
        return self.schema(value, location, within)
