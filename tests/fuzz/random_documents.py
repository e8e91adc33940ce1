"""Random OpenAPI documents: schemas of every kind within each other, with facts of XML, for codecs to be compared on."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from attrs import define, field

Schema = dict[str, Any]
NAMES = [
    "id",
    "name",
    "a b",
    "é",
    "$ref1",
    "x-y",
    "@at",
    "class",
    "Total",
    "items",
    "value",
    "#text",
    "_extra",
    "1st",
    "ns:n",
]
"""Of members: such that are none in Python, none in XML, or another's in either."""
SPACES = ["urn:one", "urn:two", ""]
TEXTS: list[Schema] = [
    {}, {}, {}, {"format": "date-time"}, {"format": "date-time"}, {"format": "date"}, {"format": "time"},
    {"format": "duration"}, {"format": "uuid"}, {"format": "byte"}, {"format": "base64url"}, {"format": "decimal"},
    {"format": "uri"}, {"maxLength": 5}, {"minLength": 1}, {"pattern": "^[a-c]+[0-9]*$"}, {"enum": ["a", "b c", "", "ü"]},
    {"contentEncoding": "base64"},
]  # fmt: skip
NUMBERS: list[Schema] = [
    {"type": "integer"}, {"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"},
    {"type": "integer", "minimum": 0, "maximum": 9}, {"type": "integer", "enum": [1, 2, 300]}, {"type": "integer", "multipleOf": 5},
    {"type": "number"}, {"type": "number", "format": "float"}, {"type": "number", "format": "double"},
    {"type": "number", "format": "decimal"}, {"type": "number", "exclusiveMinimum": -1.5},
]  # fmt: skip
OTHERS: list[Schema] = [
    {"type": "boolean"}, {"type": "boolean"}, {"const": "fixed"}, {"const": 7}, {}, {"type": "object"},
    {"type": ["string", "integer"]}, {"type": ["boolean", "number", "null"]}, {"enum": ["x", 1, None]},
]  # fmt: skip


@define
class Draft:
    """One document in the making."""

    rng: random.Random
    schemas: dict[str, Schema] = field(factory=dict)

    def document(self) -> Schema:
        """A document with some ten components, each of which is a body in JSON and in XML."""
        for number in range(self.rng.randint(3, 7)):
            self.schemas[f"Model{number}"] = {}  # so that all may refer to all
        for name in list(self.schemas):
            self.schemas[name] = self.rng.choice(
                [self.object, self.object, self.object, self.base, self.container]
            )()
        return {
            "openapi": "3.2.0",
            "info": {"title": "Random", "version": "1"},
            "paths": {f"/{name}": {"put": _operation(name)} for name in self.schemas},
            "components": {"schemas": self.schemas},
        }

    def object(self) -> Schema:
        """Members of any kind."""
        names = self.rng.sample(NAMES, self.rng.choice([1, 2, 4, 6, 9]))
        members = {name: self.member(depth=2) for name in names}
        schema: Schema = {"type": "object", "properties": members}
        schema["required"] = [
            name for name in names if self.rng.random() < 0.4 and not _refers(members[name])
        ]
        if self.rng.random() < 0.3:
            schema["additionalProperties"] = self.rng.choice(
                [False, True, {"type": "string"}, {"type": "integer"}]
            )
        if self.rng.random() < 0.3:
            schema["xml"] = self.xml()
        return schema

    def base(self) -> Schema:
        """An object with a discriminator; the classes derived of it are components of their own."""
        own = f"Base{len(self.schemas)}"
        mapping = {}
        for number in range(self.rng.randint(1, 3)):
            name = f"{own}Kind{number}"
            parts = [{"$ref": f"#/components/schemas/{own}"}, self.object()]
            parts[1].pop("additionalProperties", None)
            self.schemas[name] = {"allOf": parts}
            mapping[f"kind {number}"] = f"#/components/schemas/{name}"
        self.schemas[own] = {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, "shared": self.member(depth=1)},
            "discriminator": {"propertyName": "kind", "mapping": mapping},
        }
        return {
            "type": "object",
            "properties": {"of": {"$ref": f"#/components/schemas/{own}"}, "last": {"type": "string"}},
        }

    def member(self, depth: int) -> Schema:
        """A property's schema."""
        schema = self.any(depth)
        if "$ref" not in schema and self.rng.random() < 0.25:
            is_scalar = schema.get("type") not in ("array", "object") and "oneOf" not in schema
            schema = {**schema, "xml": {**self.xml(), **schema.get("xml", {})}}
            if is_scalar and self.rng.random() < 0.4:
                schema["xml"] = {**schema["xml"], "attribute": True}
                schema["xml"].pop("name", None)  # two of one name are told of, and cannot be written
            elif is_scalar and self.rng.random() < 0.1:
                schema["xml"] = {"nodeType": self.rng.choice(["text", "cdata"])}
        if self.rng.random() < 0.2 and isinstance(schema.get("type"), str) and "enum" not in schema:
            schema = {**schema, "type": [schema["type"], "null"]}
        return schema

    def any(self, depth: int) -> Schema:
        """A schema of any kind."""
        kinds: list[Callable[[], Schema]] = [self.text, self.text, self.number, self.other]
        if depth > 0:
            kinds += [
                self.reference,
                lambda: self.array(depth),
                lambda: self.map(depth),
                lambda: self.choice(depth),
            ]
        return self.rng.choice(kinds)()

    def text(self) -> Schema:
        return {"type": "string", **self.rng.choice(TEXTS)}

    def number(self) -> Schema:
        return dict(self.rng.choice(NUMBERS))

    def other(self) -> Schema:
        return dict(self.rng.choice(OTHERS))

    def reference(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.rng.choice(sorted(self.schemas))}"}

    def array(self, depth: int) -> Schema:
        schema: Schema = {"type": "array", "items": self.member(depth - 1)}
        if self.rng.random() < 0.4:
            schema["xml"] = {"wrapped": True}
        if self.rng.random() < 0.1:
            schema = {
                "type": "array",
                "prefixItems": [self.text(), self.number()],
                "items": False,
                "minItems": 2,
            }
        if self.rng.random() < 0.2:
            schema["maxItems"] = 3
        return schema

    def map(self, depth: int) -> Schema:
        schema: Schema = {"type": "object", "additionalProperties": self.member(depth - 1)}
        if self.rng.random() < 0.2:
            schema["propertyNames"] = {"pattern": "^[a-z]+$"}
        return schema

    def choice(self, depth: int) -> Schema:
        """Alternatives of any kind, or objects: such that a discriminator tells, or what is in them, or nothing."""
        count = self.rng.randint(2, 3)
        if depth < 2 or self.rng.random() < 0.4:
            alternatives = [self.any(depth - 1) for _ in range(count)]
        elif self.rng.random() < 0.7:
            alternatives = [self.component() for _ in range(count)]
        else:
            alternatives = [self.component(tag=f"kind {number}") for number in range(count)]
            return {"oneOf": alternatives, "discriminator": {"propertyName": "kind"}}
        return {self.rng.choice(["oneOf", "anyOf"]): alternatives}

    def component(self, tag: str | None = None) -> Schema:
        """A reference to a new component: an object of few members, which another may have as well."""
        names = self.rng.sample(NAMES[:4], self.rng.randint(1, 3))
        schema: Schema = {"type": "object", "properties": {name: self.any(0) for name in names}}
        schema["required"] = names[: self.rng.randrange(2)]
        if tag is not None:
            schema["properties"]["kind"] = {"const": tag}
            schema["required"].append("kind")
        name = f"Part{len(self.schemas)}"
        self.schemas[name] = schema
        return {"$ref": f"#/components/schemas/{name}"}

    def container(self) -> Schema:
        """A component that is no object."""
        schema = self.rng.choice([self.array, self.map, self.choice])(2)
        return schema if self.rng.random() < 0.5 or "xml" in schema else {**schema, "xml": self.xml()}

    def xml(self) -> Schema:
        facts: Schema = {}
        if self.rng.random() < 0.6:
            facts["name"] = self.rng.choice(["Called", "b", "item", "é"])
        if self.rng.random() < 0.4:
            facts["namespace"] = self.rng.choice(SPACES)
            if self.rng.random() < 0.5 and facts["namespace"]:
                facts["prefix"] = "p"
        return facts


def _operation(name: str) -> Schema:
    schema = {"$ref": f"#/components/schemas/{name}"}
    content = {media_type: {"schema": schema} for media_type in ("application/json", "application/xml")}
    return {
        "operationId": f"put{name}",
        "requestBody": {"content": content},
        "responses": {"200": {"description": "It", "content": content}},
    }


def _refers(schema: Schema) -> bool:
    """Whether a value of it may hold one of a component: required, such a value could have no end."""
    return "#/components/" in repr(schema)
