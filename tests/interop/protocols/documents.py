"""A service's own model as an OpenAPI document: shapes to schemas, traits to parameters, bodies and XML Objects.

What OpenAPI cannot say has the nearest form: a map in XML is a list of pairs, members without a place of their own
are headers by name, and a namespace that children inherit on the wire is written at each of them.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import define, field

Shape = dict[str, Any]
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCALARS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"}, "character": {"type": "string"}, "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "format": "int32"}, "long": {"type": "integer", "format": "int64"},
    "float": {"type": "number", "format": "float"}, "double": {"type": "number", "format": "double"},
}  # fmt: skip
NOT_NUMBERS = {"anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}]}
"""What is no number of JSON is text, in this vendor's XML and parameters too."""


@define
class Converter:
    """One suite's shapes; schemas are written as they are asked for."""

    shapes: dict[str, Shape]
    is_xml: bool
    version: str
    is_answer: bool = False
    root: str | None = None
    """The root element, where the older models do not say how it is called."""
    schemas: dict[str, Any] = field(factory=dict)

    def document(self, operation: Shape) -> dict[str, Any]:
        """The OpenAPI document of one operation."""
        http = operation.get("http", {"method": "POST", "requestUri": "/"})
        template, _, constant = http.get("requestUri", "/").partition("?")
        described: dict[str, Any] = {
            "operationId": operation["name"],
            "parameters": [*_constants(constant), *self._parameters(operation.get("input"), template)],
            "responses": self._responses(operation, http),
        }
        body = self._body(operation.get("input"))
        if body is not None:
            described["requestBody"] = body
        return {
            "openapi": self.version,
            "info": {"title": operation["name"], "version": "1"},
            "paths": {template.replace("+}", "}"): {http["method"].lower(): described}},
            "components": {"schemas": self.schemas},
        }

    def _parameters(self, reference: Shape | None, template: str) -> list[Shape]:
        if reference is None:
            return []
        parameters = []
        for name, member in self.shapes[reference["shape"]].get("members", {}).items():
            place = self.fact(member, "location")
            location = {"uri": "path", "querystring": "query", "header": "header"}.get(str(place))
            if location is not None:
                called = self.fact(member, "locationName") or name
                parameter = {
                    "name": called,
                    "in": location,
                    "schema": self.text_schema(member, location, str(called)),
                }
                if location == "path":
                    parameter["required"] = True
                if f"{{{called}+}}" in template:
                    parameter["allowReserved"] = True
                parameters.append(parameter)
        return parameters

    def in_body(self, member: Shape) -> bool:
        """Whether a member stands in the body; an answer has no query to stand in."""
        place = self.fact(member, "location")
        return not place or (self.is_answer and place in ("uri", "querystring"))

    def fact(self, member: Shape, name: str) -> Any:
        """What a member says, or the shape that it refers to."""
        return member.get(name, self.shapes[member["shape"]].get(name))

    def text_schema(self, member: Shape, location: str, called: str = "") -> dict[str, Any]:
        """The schema of a parameter or header."""
        shape = self.shapes[member["shape"]]
        if shape["type"] == "timestamp":
            default = "rfc822" if location == "header" else "iso8601"
            return _timestamp(self.fact(member, "timestampFormat") or default)
        if shape["type"] == "list":
            return {"type": "array", "items": self.text_schema(shape["member"], location)}
        if shape["type"] == "map":
            return {"type": "object", "additionalProperties": self.text_schema(shape["value"], location)}
        if shape["type"] in ("float", "double"):
            return dict(NOT_NUMBERS)
        return dict(SCALARS.get(shape["type"], {"type": "string"}))

    def _body(self, reference: Shape | None) -> dict[str, Any] | None:
        if reference is None:
            return None
        shape = self.shapes[reference["shape"]]
        payload = reference.get("payload") or shape.get("payload")
        if payload is not None:
            content = self._payload(payload, shape["members"][payload])
        elif any(self.in_body(member) for member in shape.get("members", {}).values()):
            content = self._content(self._root(reference, reference.get("locationName")))
        else:
            return None
        return {"content": content, "required": payload is None}

    def _payload(self, key: str, member: Shape) -> dict[str, Any]:
        kind = self.shapes[member["shape"]]["type"]
        if kind == "blob":
            return {"application/octet-stream": {"schema": self._binary()}}
        if kind == "string":
            return {"text/plain": {"schema": {"type": "string"}}}
        name = member.get("locationName")
        if name == key:  # written at every member by a tool; the element has the shape's name all the same
            name = None
        return self._content(self._root(member, name, is_member=name is not None))

    def _binary(self) -> dict[str, Any]:
        return {"type": "string", "format": "binary"} if self.version < "3.1" else {}

    def _content(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {"application/xml" if self.is_xml else "application/json": {"schema": schema}}

    def _root(self, reference: Shape, called: str | None, is_member: bool = False) -> dict[str, Any]:
        """The document's element: a member's own name, the shape's own, what the operation says, the shape's key."""
        if not self.is_xml:
            return self.schema(reference)
        shape = self.shapes[reference["shape"]]
        namespace = _namespace(reference) or _namespace(shape)
        schema = self.schema(reference, namespace)
        called = (called if is_member else None) or shape.get("locationName") or called or reference["shape"]
        xml = {"name": self.root or called, **({"namespace": namespace} if namespace else {})}
        return {"allOf": [schema], "xml": xml}

    def _responses(self, operation: Shape, http: Shape) -> dict[str, Any]:
        answer: dict[str, Any] = {"description": "success"}
        reference = operation.get("output")
        if reference is not None:
            self._describe(answer, reference)
        responses = {str(http.get("responseCode", 200)): answer}
        for error in operation.get("errors", ()):
            status = str(self.shapes[error["shape"]].get("error", {}).get("httpStatusCode", 400))
            responses[status] = self._error(error)
        return responses

    def _describe(self, answer: dict[str, Any], reference: Shape) -> None:
        shape = self.shapes[reference["shape"]]
        headers = {
            self.fact(member, "locationName") or name: {"schema": self.text_schema(member, "header")}
            for name, member in shape.get("members", {}).items()
            if self.fact(member, "location") == "header"
        }
        if headers:
            answer["headers"] = headers
        payload = reference.get("payload") or shape.get("payload")
        if payload is not None:
            answer["content"] = self._payload(payload, shape["members"][payload])
        elif any(self.in_body(member) for member in shape.get("members", {}).values()):
            answer["content"] = self._content(self._root(reference, reference.get("locationName")))

    def _error(self, reference: Shape) -> dict[str, Any]:
        answer: dict[str, Any] = {"description": "failure"}
        self._describe(answer, reference)
        if self.is_xml:
            answer["content"] = self._content(self._envelope(reference))
        return answer

    def _envelope(self, reference: Shape) -> dict[str, Any]:
        """``<ErrorResponse><Error>…``: how REST-XML wraps an error."""
        text = {"type": "string"}
        error = {"allOf": [self.schema(reference), {"type": "object", "properties": {"Code": text}}]}
        members = {"Error": error, "RequestId": text}
        return {"type": "object", "xml": {"name": "ErrorResponse"}, "properties": members}

    def schema(self, reference: Shape, namespace: str | None = None) -> dict[str, Any]:
        """The schema of a value in a body."""
        name = reference["shape"]
        shape = self.shapes[name]
        kind = shape["type"]
        if kind == "structure":
            return {} if shape.get("document") else self._structure(name, shape, namespace)
        if kind == "list":
            return {"type": "array", "items": self._maybe_null(name, self.schema(shape["member"], namespace))}
        if kind == "map":
            return self._map(name, shape, namespace)
        if kind == "blob":
            old = self.version < "3.1"
            return {"type": "string", **({"format": "byte"} if old else {"contentEncoding": "base64"})}
        if kind == "timestamp":
            default = "iso8601" if self.is_xml else "unixTimestamp"
            return _timestamp(self.fact(reference, "timestampFormat") or default)
        if kind in ("float", "double"):
            return dict(NOT_NUMBERS)
        if "enum" in shape:
            return {"type": "string", "enum": shape["enum"]}
        return dict(SCALARS[kind])

    def _maybe_null(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """The models of this form do not say which collections hold nulls; their names do."""
        if "parse" not in name:
            return schema
        return (
            {"anyOf": [schema, {"type": "null"}]} if self.version >= "3.1" else {**schema, "nullable": True}
        )

    def _map(self, name: str, shape: Shape, namespace: str | None) -> dict[str, Any]:
        value = self._maybe_null(name, self.schema(shape["value"], _namespace(shape["value"]) or namespace))
        if not self.is_xml:
            return {"type": "object", "additionalProperties": value}
        of_key = self._named({"type": "string"}, shape["key"], "key", namespace)
        pair: dict[str, Any] = {"type": "object", "properties": {"key": of_key}}
        pair["properties"]["value"] = self._placed(value, shape["value"], "value", namespace)
        return {"type": "array", "items": pair}

    def _structure(self, name: str, shape: Shape, namespace: str | None) -> dict[str, Any]:
        key = name + re.sub(r"\W+", "_", namespace or "")
        if key not in self.schemas:
            self.schemas[key] = {}  # shapes contain themselves
            members = {
                self.key(member_name, member): self._member(member_name, member, namespace)
                for member_name, member in shape.get("members", {}).items()
                if self.in_body(member)
            }
            self.schemas[key] = {"type": "object", "properties": members}
        return {"$ref": f"#/components/schemas/{key}"}

    def key(self, name: str, member: Shape) -> str:
        return name if self.is_xml else str(member.get("locationName") or name)

    def _member(self, name: str, member: Shape, namespace: str | None) -> dict[str, Any]:
        if not self.is_xml:
            return self.schema(member)
        shape = self.shapes[member["shape"]]
        inherited = _namespace(member) or _namespace(shape) or namespace
        if self.fact(member, "xmlAttribute"):
            return self._attribute(name, member)
        called = self._called(member) or name
        if shape["type"] not in ("list", "map"):
            return self._named(self.schema(member, inherited), member, called, namespace)
        if self.fact(member, "flattened"):
            schema = self.schema(member, namespace)
            # Smithy names the items of such a list by the member, older models by what the list says of them.
            items = shape.get("member", {}).get("locationName") if shape.get("flattened") else None
            called = str(member.get("locationName") or items or name)
            own = _namespace(member) or _namespace(shape.get("member", {})) or namespace
            schema["items"] = self._named(schema["items"], {}, called, own)
            return {**schema, "xml": {"wrapped": False, "name": called}}
        return self._placed(self.schema(member, inherited), member, called, namespace)

    def _called(self, member: Shape) -> str | None:
        """The name that a place gives; a structure's own name is for where it is a document."""
        if self.shapes[member["shape"]]["type"] == "structure":
            return member.get("locationName")
        name: str | None = self.fact(member, "locationName")
        return name

    def _placed(
        self, schema: dict[str, Any], member: Shape, name: str, namespace: str | None
    ) -> dict[str, Any]:
        """A value in an element of its own, lists and maps with an element around their items."""
        shape = self.shapes[member["shape"]]
        if shape["type"] not in ("list", "map"):
            return self._named(schema, member, name, namespace)
        inherited = _namespace(member) or _namespace(shape) or namespace
        items = "entry" if shape["type"] == "map" else shape["member"].get("locationName", "member")
        if shape["type"] == "map":
            schema = {**schema, "items": self._named(schema["items"], {}, items, inherited)}
        else:
            schema = {**schema, "items": self._placed(schema["items"], shape["member"], items, inherited)}
        xml = {"name": member.get("locationName", name), **({"namespace": inherited} if inherited else {})}
        return {**schema, "xml": {**xml, "wrapped": True}}

    def _named(
        self, schema: dict[str, Any], member: Shape, name: str, namespace: str | None
    ) -> dict[str, Any]:
        shape = self.shapes.get(member.get("shape", ""), {})
        namespace = _namespace(member) or _namespace(shape) or namespace
        xml = {"name": member.get("locationName", name)}
        xml |= {"namespace": namespace} if namespace else {}
        return {"allOf": [schema], "xml": xml} if "$ref" in schema else {**schema, "xml": xml}

    def _attribute(self, name: str, member: Shape) -> dict[str, Any]:
        prefix, _, local = str(member.get("locationName") or name).rpartition(":")
        xml = {"attribute": True, "name": local}
        return {"type": "string", "xml": {**xml, **({"prefix": prefix, "namespace": XSI} if prefix else {})}}


def _constants(query: str) -> list[Shape]:
    """What a template says of the query: parameters with one value."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return [
        {
            "name": name,
            "in": "query",
            "required": True,
            "allowEmptyValue": not value,
            "schema": {"type": "string", "enum": [value]},
        }
        for name, value in pairs
    ]


def _namespace(shape: Shape) -> str | None:
    """The default namespace that is declared; one with a prefix names no element."""
    declared = shape.get("xmlNamespace")
    if isinstance(declared, dict):
        return None if declared.get("prefix") else declared["uri"]
    return declared


def _timestamp(form: str) -> dict[str, Any]:
    if form.lower() == "unixtimestamp":
        return {"type": "number"}
    return {"type": "string", "format": "date-time" if form.lower() == "iso8601" else "http-date"}
