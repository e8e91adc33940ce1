"""A document that has a type of every kind, and gives each of its names to a function that may put in anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Text = Callable[[str, str], str]
"""Slot and harmless text to the text that stands there."""
STRING: dict[str, Any] = {"type": "string"}
INTEGER: dict[str, Any] = {"type": "integer"}


def plain(_: str, text: str) -> str:
    """Every slot holds its harmless text."""
    return text


class _Kinds:
    """Schemas by name; the slots are called ``schema.place.fact``."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.schemas: dict[str, dict[str, Any]] = {}

    def xml(self, slot: str, **facts: Any) -> dict[str, Any]:
        """An `xml` with a name, a prefix and a namespace of their own."""
        return {
            "name": self.text(f"{slot}.xml.name", "Called"),
            "prefix": self.text(f"{slot}.xml.prefix", "p"),
            "namespace": self.text(f"{slot}.xml.namespace", "urn:pets"),
            **facts,
        }

    def add(self, name: str, member: dict[str, Any], **facts: Any) -> None:
        """An object with one member of a kind, whose name in JSON and facts of XML are slots."""
        member = {**member, "xml": self.xml(f"{name}.member", **facts)}
        property_ = self.text(f"{name}.property", "memberOf")
        self.schemas[name] = {
            "type": "object",
            "required": [property_],
            "properties": {property_: member, "last": STRING},
            "xml": self.xml(f"{name}.root"),
        }

    def all(self) -> dict[str, dict[str, Any]]:
        """Every kind."""
        self.scalars()
        self.containers()
        self.objects()
        self.contract()
        return self.schemas

    def scalars(self) -> None:
        self.add("Element", STRING)
        self.add("Attribute", STRING, attribute=True)
        self.add("Nullable", {"type": ["string", "null"]})
        self.add("Number", {"type": "number"})
        self.add("Moment", {"type": "string", "format": "date-time"})
        self.add("Octets", {"type": "string", "format": "byte"})
        self.add("Choice", {"type": "string", "enum": [self.text("Choice.value", "red"), "blue"]})
        self.add("Constant", {"const": self.text("Constant.value", "only")})
        self.add("Default", {"type": "string", "default": self.text("Default.value", "usual")})
        self.add("Pattern", {"type": "string", "pattern": self.text("Pattern.value", "[a-z]+")})
        self.add("Anything", {})

    def containers(self) -> None:
        item = {**STRING, "xml": self.xml("items")}
        self.add("Bare", {"type": "array", "items": item, "minItems": 1})
        self.add("Wrapped", {"type": "array", "items": item, "minItems": 1}, wrapped=True)
        inner = {"type": "array", "items": item, "xml": self.xml("inner", wrapped=True), "minItems": 1}
        self.add("Nested", {"type": "array", "items": inner, "minItems": 1}, wrapped=True)
        self.add("Tuple", {"type": "array", "prefixItems": [item, INTEGER], "items": False, "minItems": 2})
        key = self.text("Map.key", "key")
        self.add("Map", {"type": "object", "additionalProperties": INTEGER, "example": {key: 1}})
        self.add(
            "Pattern of keys", {"type": "object", "patternProperties": {self.text("keys", "^x"): STRING}}
        )
        self.schemas["Root list"] = {"type": "array", "items": item, "xml": self.xml("list"), "minItems": 1}
        self.schemas["Root map"] = {
            "type": "object",
            "additionalProperties": INTEGER,
            "xml": self.xml("map"),
            "example": {key: 1},
        }
        self.schemas["Root scalar"] = {**STRING, "xml": self.xml("scalar")}

    def objects(self) -> None:
        text = self.text
        tag = text("discriminator", "kindOf")
        self.schemas["Base"] = {
            "type": "object",
            "required": [tag],
            "properties": {tag: STRING},
            "discriminator": {
                "propertyName": tag,
                "mapping": {text("mapping", "a cat"): "#/components/schemas/Derived"},
            },
        }
        base = {"$ref": "#/components/schemas/Base"}
        self.schemas["Derived"] = {"allOf": [base, {"type": "object", "properties": {"lives": INTEGER}}]}
        self.add("Holder", base)
        self.add("Union", {"oneOf": [{"$ref": "#/components/schemas/Element"}, INTEGER]})
        self.add("Texts", {"oneOf": [{"type": "string", "enum": [text("Texts.value", "one")]}, INTEGER]})
        self.add("Recursive", {"type": "array", "items": {"$ref": "#/components/schemas/Recursive"}})
        self.add("Inline", {"type": "object", "properties": {text("Inline.property", "deep"): STRING}})
        self.schemas["Open"] = {
            "type": "object",
            "properties": {text("Open.property", "a"): STRING},
            "additionalProperties": INTEGER,
            "xml": self.xml("Open.root"),
        }
        self.schemas[text("component", "Component")] = {
            "type": "object",
            "properties": {"a": STRING},
            "x-bindwright-name": text("x-bindwright-name", "Renamed"),
        }
        self.schemas["Language"] = {
            "type": "object",
            "properties": {"lang": {**STRING, "xml": {"name": "xml:lang", "attribute": True}}},
            "xml": {"name": text("colon", "q:Language")},
        }

    def contract(self) -> None:
        """Types of .NET's contracts."""
        text = self.text
        dcs = {"x-xml-profile": "datacontract"}
        entries = {
            "item": text("entries.item", "Entry"),
            "keyName": text("entries.key", "K"),
            "valueName": text("entries.value", "V"),
            "namespace": text("entries.namespace", "urn:entries"),
            "key": INTEGER,
        }
        map_ = {"type": "object", "additionalProperties": STRING, "example": {"1": "a"}}
        members = {
            "entries": {**map_, "x-dcs-dictionary": entries},
            "level": {
                "type": "integer",
                "x-dcs-enum": {text("dcs.enum", "Low"): 1, "High": 2},
                "x-dcs-flags": True,
            },
            text("dcs.property", "Name"): {**STRING, "x-dcs-order": 2},
            "offset": {"type": "string", "format": "date-time", "x-dcs-type": "DateTimeOffset"},
        }
        self.schemas["Contract"] = {
            "type": "object",
            "properties": members,
            "x-xml-order": [text("order", "level")],
            "x-dcs-known-types": ["Sub contract"],
            "xml": {"namespace": text("dcs.namespace", "urn:contract")},
            **dcs,
        }
        self.schemas["Sub contract"] = {
            "allOf": [
                {"$ref": "#/components/schemas/Contract"},
                {"type": "object", "properties": {"more": STRING}},
            ],
            "xml": {"namespace": text("dcs.sub.namespace", "urn:sub")},
            **dcs,
        }
        self.schemas["Bag"] = {**map_, "x-dcs-dictionary": entries, **dcs}
        self.schemas["Contracts"] = {
            "type": "array",
            "items": {"$ref": "#/components/schemas/Contract"},
            "minItems": 1,
            **dcs,
        }


def _echo(reference: dict[str, str]) -> dict[str, Any]:
    content = {media_type: {"schema": reference} for media_type in ("application/json", "application/xml")}
    answers = {"200": {"description": "it", "content": content}}
    return {
        "get": {"responses": answers},
        "post": {
            "requestBody": {"required": True, "content": content},
            "responses": answers,
        },
    }


def _requests(text: Text) -> dict[str, Any]:
    """An operation whose parameters, headers, media types and forms are slots."""
    parameters = [
        {"name": text(f"{place}.name", f"{place}Name"), "in": place, "required": place == "path", "schema": STRING}
        for place in ("query", "header", "cookie")
    ]  # fmt: skip
    template = text("template", "id")
    parameters.append({"name": template, "in": "path", "required": True, "schema": STRING})
    member = text("deep.property", "deep")
    parameters.append(
        {
            "name": text("deep.name", "filter"),
            "in": "query",
            "style": "deepObject",
            "schema": {"type": "object", "properties": {member: STRING}},
        }
    )
    field = text("form.property", "field")
    form = {"type": "object", "properties": {field: STRING, "file": {"type": "string", "format": "binary"}}}
    bodies = {
        "multipart/form-data": {
            "schema": form,
            "encoding": {
                field: {
                    "contentType": text("encoding", "text/plain"),
                    "headers": {text("part.header", "X-Part"): {"schema": STRING}},
                }
            },
        },
        "application/x-www-form-urlencoded": {"schema": form},
        text("media.request", "application/vnd.pet+json"): {
            "schema": {"$ref": "#/components/schemas/Inline"}
        },
    }
    answer = {
        "description": text("description", "fine"),
        "headers": {text("answer.header", "X-Rate"): {"schema": STRING}},
        "content": {text("media.answer", "application/json"): {"schema": {"$ref": "#/components/schemas/Inline"}}},
        "links": {text("link", "next"): {"operationId": "other"}},
    }  # fmt: skip
    operation = {
        "operationId": text("operation", "getPet"),
        "tags": [text("tag", "pets")],
        "security": [{text("scheme", "key"): [text("scope", "read")]}],
        "parameters": parameters,
        "requestBody": {"content": bodies},
        "responses": {text("status", "200"): answer},
        "callbacks": {text("callback", "done"): {text("expression", "{$request.query.url}"): {"post": {"responses": {"200": {"description": "ok"}}}}}},
    }  # fmt: skip
    return {f"/{text('segment', 'pets')}/{{{template}}}": {"post": operation}}


def document(text: Text = plain) -> dict[str, Any]:
    """The document."""
    schemas = _Kinds(text).all()
    paths: dict[str, Any] = {}
    for number, name in enumerate(schemas):
        pointer = name.replace("~", "~0").replace("/", "~1").replace("%", "%25").replace(" ", "%20")
        paths[f"/kinds/{number}"] = _echo({"$ref": f"#/components/schemas/{pointer}"})
    scheme = {"type": "apiKey", "in": "header", "name": text("scheme.header", "X-Key")}
    return {
        "openapi": "3.1.0",
        "info": {"title": text("title", "Pets"), "version": text("version", "1")},
        "servers": [
            {"url": text("server", "https://pets.example"), "description": text("server.description", "main")}
        ],
        "paths": paths | _requests(text),
        "webhooks": {text("webhook", "sold"): {"post": {"responses": {"200": {"description": "ok"}}}}},
        "components": {"schemas": schemas, "securitySchemes": {text("scheme", "key"): scheme}},
    }


def slots() -> list[str]:
    """The slots of the document."""
    names: list[str] = []

    def note(slot: str, text: str) -> str:
        if slot not in names:
            names.append(slot)
        return text

    document(note)
    return names
