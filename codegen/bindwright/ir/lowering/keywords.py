"""The keywords of schemas by what they do, so that a schema can be classed by one set operation."""

from __future__ import annotations

CONSTRAINTS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
    "multipleOf": "multiple_of",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "minItems": "min_items",
    "maxItems": "max_items",
    "uniqueItems": "unique_items",
    "minProperties": "min_properties",
    "maxProperties": "max_properties",
}

ANNOTATIONS = frozenset(
    {
        "title",
        "description",
        "example",
        "examples",
        "externalDocs",
        "deprecated",
        "xml",
        "discriminator",
        "$comment",
        "$id",
        "$schema",
        "$anchor",
        "$dynamicAnchor",
        "$defs",
        "definitions",
    }
)
"""What is said of one schema and not of those that include it with ``allOf``."""

PLACE_FACTS = frozenset({"default", "readOnly", "writeOnly", "nullable", "x-nullable", "x-isnullable"})
"""What a place may say beside a reference in any version (3.0 has it ignored, everybody writes it)."""

UNEXPRESSED = frozenset({"not", "if", "contains", "dependentRequired", "dependencies", "dependentSchemas"})
"""What types cannot say; see `bindwright.ir.lowering.schemas.unsupported`."""

OBJECT = frozenset(
    {
        "properties",
        "additionalProperties",
        "patternProperties",
        "propertyNames",
        "required",
        "minProperties",
        "maxProperties",
        "unevaluatedProperties",
        "dependentSchemas",
        "dependentRequired",
        "x-dcs-dictionary",
    }
)
ARRAY = frozenset(
    {"items", "prefixItems", "additionalItems", "contains", "minItems", "maxItems", "uniqueItems"}
)
STRING = frozenset({"minLength", "maxLength", "pattern", "contentEncoding"})
NUMBER = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})

COMPOSED = frozenset(
    {"allOf", "oneOf", "anyOf", "enum", "const", "x-dcs-enum", "x-extensible-enum", "$ref", "$dynamicRef"}
)
SHAPING = (
    OBJECT
    | ARRAY
    | STRING
    | NUMBER
    | COMPOSED
    | UNEXPRESSED
    | {"type", "format", "contentMediaType", "contentSchema", "then", "else"}
)
"""Keywords that change which values are allowed; a reference with none of them beside it is a plain use."""

NOT_PLAIN = COMPOSED | UNEXPRESSED | OBJECT | ARRAY | {"contentMediaType", "contentEncoding"}
"""A schema with a scalar ``type`` and none of these is a scalar and no more."""

READ = (
    (SHAPING - {"contentSchema"})
    | ANNOTATIONS
    | PLACE_FACTS
    | {"summary", "minContains", "maxContains", "unevaluatedItems"}
)
"""Keywords that lowering reads somewhere, or that only name places; of any other it says that it has no effect."""

UNREAD = {
    "contentSchema": "`contentSchema`: the text is not read as what it describes",
    "$recursiveRef": "`$recursiveRef` of JSON Schema 2019-09 is not followed",
}
"""Keywords of JSON Schema that would change the type, and what is given up."""

SCALARS = frozenset({"string", "integer", "number", "boolean"})
STRING_FORMATS = frozenset(
    {
        "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4",
        "ipv6", "uri", "uri-reference", "iri", "iri-reference", "uri-template", "url", "uuid", "guid",
        "json-pointer", "relative-json-pointer", "regex", "byte", "binary", "password", "base64url",
    }
)  # fmt: skip
NUMBER_FORMATS = {
    "int8": "integer", "int16": "integer", "int32": "integer", "int64": "integer", "uint8": "integer",
    "uint16": "integer", "uint32": "integer", "uint64": "integer", "float": "number", "double": "number",
    "decimal": "number",
}  # fmt: skip
