"""Schemas with their references written out, to a depth: what hypothesis-jsonschema can sample, which knows no recursion.

What would lie deeper is left out where it may be absent; the schemas of inner values are sampled for themselves.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from attrs import define, field
from bindwright.standards import json_pointer

NEVER: dict[str, Any] = {"not": {}}
_DEEPEST = 5
_LARGEST = 20_000
"""Characters of a schema; from about here on making its strategy takes longer than all that is done with the values."""
_SCHEMAS = ("not", "if", "then", "else", "propertyNames")
_MAPS = ("properties", "patternProperties", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf")
_AS_THEY_ARE = (
    "type", "enum", "const", "format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "multipleOf", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "required",
    "dependencies",
)  # fmt: skip
"""Assertions without schemas in them, which the library knows."""


_OF_FORMATS = {"date-time": "2024-02-29T12:34:56Z", "date": "2024-02-29", "time": "12:34:56Z"}


def _has_format(schema: dict[str, Any]) -> bool:
    """Whether texts of the format match the pattern: the library makes those, and filters them by it. Of other formats
    nearly always nothing would be left."""
    text = _OF_FORMATS.get(schema.get("format", ""))
    try:
        return text is not None and re.search(schema["pattern"], text) is not None
    except re.error:
        return False


def unrolled(root: dict[str, Any], pointer: str) -> dict[str, Any] | bool:
    """The schema at a pointer without references, as deep as its size allows."""
    for depth in range(_DEEPEST, 0, -1):
        schema = _Unroller(root).schema({"$ref": f"#{pointer}"}, depth)
        if len(json.dumps(schema)) <= _LARGEST:
            break
    return schema


@define
class _Unroller:
    """One walk."""

    root: dict[str, Any]
    _around: list[str] = field(factory=list)
    """References followed for the same value: one that leads to itself says nothing."""

    def schema(self, node: Any, depth: int) -> Any:
        if not isinstance(node, dict):
            return node
        if not isinstance(reference := node.get("$ref"), str):
            return self._written_out(node, depth)
        if reference in self._around:
            return NEVER
        self._around.append(reference)
        target = self.schema(json_pointer.resolve(self.root, unquote(reference[1:])), depth)
        self._around.pop()
        beside = self._written_out({key: value for key, value in node.items() if key != "$ref"}, depth)
        return {"allOf": [target, beside]} if beside else target

    def _inside(self, node: Any, depth: int) -> Any:
        """The schema of a value within the present one."""
        around, self._around = self._around, []
        inner = self.schema(node, depth - 1)
        self._around = around
        return inner

    def _written_out(self, node: dict[str, Any], depth: int) -> Any:
        if depth < 0 and {"properties", "items", "additionalProperties", "prefixItems"} & node.keys():
            return NEVER
        schema = {key: node[key] for key in _AS_THEY_ARE if key in node}
        if "pattern" in schema:
            if not _has_format(schema):
                schema.pop("format", None)
        elif node.get("contentEncoding") == "base64":
            schema["format"] = "byte"
        if "type" not in node and "$ref" not in node:  # members are said of objects, items of lists
            schema |= (
                {"type": "object"} if "properties" in node else {"type": "array"} if "items" in node else {}
            )
        schema |= {key: self.schema(node[key], depth) for key in _SCHEMAS if key in node}
        for key in _LISTS:
            if key in node:
                schema[key] = [self.schema(part, depth) for part in node[key]]
                if key != "allOf":
                    schema[key] = [part for part in schema[key] if part != NEVER]
                if NEVER in schema[key] or not schema[key]:
                    return NEVER
        self._object(schema, node, depth)
        self._array(schema, node, depth)
        return NEVER if self._is_never(schema) else schema

    def _object(self, schema: dict[str, Any], node: dict[str, Any], depth: int) -> None:
        for key in _MAPS:
            if key in node:
                inner = {name: self._inside(part, depth) for name, part in node[key].items()}
                required = node.get("required", ())
                schema[key] = {
                    name: part for name, part in inner.items() if part != NEVER or name in required
                }
        if isinstance(dependencies := node.get("dependentRequired"), dict):
            schema["dependencies"] = {**dependencies, **schema.get("dependencies", {})}
        if (dependencies := schema.pop("dependentSchemas", None)) is not None:
            schema["dependencies"] = {**dependencies, **schema.get("dependencies", {})}
        if "additionalProperties" in node:
            inner = self._inside(node["additionalProperties"], depth)
            schema["additionalProperties"] = False if inner == NEVER else inner

    def _array(self, schema: dict[str, Any], node: dict[str, Any], depth: int) -> None:
        prefix = node.get("prefixItems")
        if "items" in node or prefix:
            items = self._inside(node.get("items", {}), depth)
            if items in (NEVER, False):
                schema["maxItems"] = min(len(prefix or ()), schema.get("maxItems", len(prefix or ())))
                items = {}
            schema["items"] = items
            if prefix:  # as it was called when the library was written
                schema["items"] = [self._inside(part, depth) for part in prefix]
                schema["additionalItems"] = items
        if "contains" in node:
            schema["contains"] = self._inside(node["contains"], depth)

    @staticmethod
    def _is_never(schema: dict[str, Any]) -> bool:
        properties = schema.get("properties", {})
        return any(properties.get(name) == NEVER for name in schema.get("required", ()))
