"""Random schemas that refer to, add to and choose among each other, and values of them.

Nothing here is the generator's: what a schema says together with those it includes is worked out anew, as a list of
the schemas that hold for a value.
"""

from __future__ import annotations

from random import Random
from typing import Any

Schema = dict[str, Any]
PREFIX = "#/components/schemas/"


class Composer:
    """Makes a document's schemas; a member's first letter says its type, so that what is merged agrees."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.schemas: dict[str, Schema] = {}
        self.objects: list[str] = []
        self._tags = 0

    def compose(self, count: int) -> dict[str, Schema]:
        """So many schemas, each of which may build on those before it; the last four add to one and the same."""
        for number in range(count):
            self.schemas[f"T{number}"] = self._object(3)
            self.objects.append(f"T{number}")
        self.schemas["Choice"] = {"oneOf": [self._object(1), self._reference(), self._object(0)]}
        self.schemas["Map"] = {"type": "object", "additionalProperties": self._object(1)}
        self.schemas["List"] = {"type": "array", "items": self._object(1)}
        self.schemas["Pair"] = self._pair()
        for base in ("Choice", "Map", "List", "Pair", "T0"):
            for number in range(2):
                self.schemas[f"{base}Of{number}"] = {"allOf": [{"$ref": PREFIX + base}, self._addition(base)]}
        return self.schemas

    def _addition(self, base: str) -> Schema:
        match base:
            case "Map":
                return {"type": "object", "additionalProperties": self._object(1)}
            case "List":
                return {"type": "array", "items": self._object(1)}
            case "Pair":
                return self._pair()
        return self._object(2)

    def _pair(self) -> Schema:
        items = [self._object(0), self._object(0)]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": 2}

    def _reference(self) -> Schema:
        return {"$ref": PREFIX + self.random.choice(self.objects)}

    def _object(self, depth: int) -> Schema:
        """An object with a required member of its own, which tells it among others."""
        self._tags += 1
        tag = f"i_tag{self._tags}"
        members = {tag: {"type": "integer"}}
        for letter in self.random.sample("iomlc", self.random.randint(0, 3)):
            members[f"{letter}{self.random.randint(1, 3)}"] = self._member(letter, depth - 1)
        required = [tag, *(name for name in members if name != tag and self.random.random() < 0.4)]
        schema: Schema = {"type": "object", "properties": members, "required": required}
        shape = self.random.random()
        if self.objects and shape < 0.25:
            return {"allOf": [self._reference(), schema]}
        if self.objects and shape < 0.35:
            return {**schema, "allOf": [self._reference(), self._reference()]}
        return schema

    def _member(self, letter: str, depth: int) -> Schema:
        if letter == "i" or depth < 0:
            return {"i": {"type": "integer"}, "o": {"type": "object"}, "c": {"type": "object"}}.get(
                letter, {"type": "array" if letter == "l" else "object"}
            )
        below = self._reference() if self.objects and self.random.random() < 0.4 else self._object(depth)
        match letter:
            case "l":
                return {"type": "array", "items": below}
            case "m":
                return {"type": "object", "additionalProperties": below}
            case "c":
                return {"oneOf": [below, self._object(0)]}
        return below


class Values:
    """Values of a document's schemas, by what all that hold for them say."""

    def __init__(self, random: Random, schemas: dict[str, Schema]) -> None:
        self.random, self.schemas = random, schemas
        self._chosen: dict[int, Schema] = {}
        """The alternative of each choice, the same wherever it holds twice for one value."""

    def value(self, schema: Schema, depth: int = 5) -> Any:
        self._chosen.clear()
        return self._of_all(self._parts(schema), depth)

    def _parts(self, schema: Schema) -> list[Schema]:
        """The schemas without references, `allOf` and choices that hold where `schema` does; one of each choice."""
        if "$ref" in schema:
            return self._parts(self.schemas[schema["$ref"].removeprefix(PREFIX)])
        parts = [schema]
        for part in schema.get("allOf", ()):
            parts += self._parts(part)
        if "oneOf" in schema:
            alternative = self._chosen.setdefault(id(schema), self.random.choice(schema["oneOf"]))
            parts += self._parts(alternative)
        return parts

    def _of_all(self, parts: list[Schema], depth: int) -> Any:
        types = {part["type"] for part in parts if "type" in part}
        if "integer" in types:
            return self.random.randint(-99, 99)
        if "array" in types:
            return self._list(parts, depth)
        return self._object(parts, depth)

    def _list(self, parts: list[Schema], depth: int) -> list[Any]:
        prefixes = [part["prefixItems"] for part in parts if "prefixItems" in part]
        if prefixes:
            return [self._merged(schemas, depth) for schemas in zip(*prefixes, strict=True)]
        items = tuple(part["items"] for part in parts if "items" in part)
        return [self._merged(items, depth) for _ in range(self.random.randint(0, 2))] if items else []

    def _object(self, parts: list[Schema], depth: int) -> dict[str, Any]:
        members: dict[str, list[Schema]] = {}
        for part in parts:
            for name, schema in part.get("properties", {}).items():
                members.setdefault(name, []).append(schema)
        required = {name for part in parts for name in part.get("required", ())}
        value = {
            name: self._merged(tuple(schemas), depth)
            for name, schemas in members.items()
            if name in required or (depth > 0 and self.random.random() < 0.7)
        }
        further = tuple(part["additionalProperties"] for part in parts if "additionalProperties" in part)
        for number in range(self.random.randint(0, 2) if further and depth > 0 else 0):
            value[f"key{number}"] = self._merged(further, depth)
        return value

    def _merged(self, schemas: tuple[Schema, ...], depth: int) -> Any:
        return self._of_all([part for schema in schemas for part in self._parts(schema)], depth - 1)
