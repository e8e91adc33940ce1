"""Which members each object of OpenAPI has, in which versions, and of what kind they are.

From the tables of "Fixed Fields" in Swagger 2.0 and OpenAPI 3.0.4, 3.1.1 and 3.2.0. One line an object:
names, each followed by ``:`` and what stands there. Nothing means any value. ``text``, ``flag`` and ``list``
are JSON types; a name is an object of that kind; ``*`` before it a map of them, ``+`` a list of them.
A field of one version has it in front: ``3.1+summary`` came with 3.1.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from bindwright.openapi.document import Version

_THREE = {
    "root": "openapi info:info servers:+server paths:paths components:components security:+requirement "
    "tags:+tag externalDocs:docs 3.1+jsonSchemaDialect:text 3.1+webhooks:*path 3.2+$self:text",
    "info": "title:text description:text termsOfService:text contact:contact license:license "
    "version:text "
    "3.1+summary:text",
    "contact": "name:text url:text email:text",
    "license": "name:text url:text 3.1+identifier:text",
    "server": "url:text description:text variables:*variable 3.2+name:text",
    "variable": "enum:list default description:text",
    "components": "schemas:*schema responses:*response parameters:*parameter examples:*example "
    "requestBodies:*body headers:*header securitySchemes:*scheme links:*link callbacks:*callback "
    "3.1+pathItems:*path 3.2+mediaTypes:*media",
    "path": "$ref:text summary:text description:text get:operation put:operation post:operation "
    "delete:operation options:operation head:operation patch:operation trace:operation servers:+server "
    "parameters:+parameter 3.2+query:operation 3.2+additionalOperations:*operation",
    "operation": "tags:list summary:text description:text externalDocs:docs operationId:text "
    "parameters:+parameter requestBody:body responses:responses callbacks:*callback deprecated:flag "
    "security:+requirement servers:+server",
    "parameter": "name:text in:text description:text required:flag deprecated:flag allowEmptyValue:flag "
    "style:text explode:flag allowReserved:flag schema:schema example examples:*example content:*media",
    "body": "description:text content:*media required:flag",
    "media": "schema:schema example examples:*example encoding:*encoding 3.2+itemSchema:schema "
    "3.2+prefixEncoding:+encoding 3.2+itemEncoding:encoding",
    "encoding": "contentType:text headers:*header style:text explode:flag allowReserved:flag "
    "3.2+encoding:*encoding 3.2+prefixEncoding:+encoding 3.2+itemEncoding:encoding",
    "response": "description:text headers:*header content:*media links:*link 3.2+summary:text",
    "example": "summary:text description:text value externalValue:text 3.2+dataValue "
    "3.2+serializedValue:text",
    "link": "operationRef:text operationId:text parameters requestBody description:text server:server",
    "header": "description:text required:flag deprecated:flag allowEmptyValue:flag style:text explode:flag "
    "allowReserved:flag schema:schema example examples:*example content:*media",
    "tag": "name:text description:text externalDocs:docs 3.2+summary:text 3.2+parent:text 3.2+kind:text",
    "docs": "description:text url:text",
    "scheme": "type:text description:text name:text in:text scheme:text bearerFormat:text flows:flows "
    "openIdConnectUrl:text 3.2+oauth2MetadataUrl:text 3.2+deprecated:flag",
    "flows": "implicit:flow password:flow clientCredentials:flow authorizationCode:flow "
    "3.2+deviceAuthorization:flow",
    "flow": "authorizationUrl:text tokenUrl:text refreshUrl:text scopes 3.2+deviceAuthorizationUrl:text",
    "discriminator": "propertyName:text mapping 3.2+defaultMapping:text",
    "xml": "name:text namespace:text prefix:text attribute:flag wrapped:flag 3.2+nodeType:text",
}
_VALUES = (
    "type format items:schema collectionFormat:text default maximum exclusiveMaximum minimum "
    "exclusiveMinimum maxLength minLength pattern:text maxItems minItems uniqueItems:flag enum:list "
    "multipleOf"
)
_TWO = {
    "root": "swagger info:info host:text basePath:text schemes:list consumes:list produces:list paths:paths "
    "definitions:*schema parameters:*parameter responses:*response securityDefinitions:*scheme "
    "security:+requirement tags:+tag externalDocs:docs",
    "info": _THREE["info"],
    "contact": _THREE["contact"],
    "license": _THREE["license"],
    "path": "$ref:text get:operation put:operation post:operation delete:operation options:operation "
    "head:operation patch:operation parameters:+parameter",
    "operation": "tags:list summary:text description:text externalDocs:docs operationId:text consumes:list "
    "produces:list parameters:+parameter responses:responses schemes:list deprecated:flag "
    "security:+requirement",
    "parameter": "name:text in:text description:text required:flag schema:schema allowEmptyValue:flag "
    + _VALUES,
    "response": "description:text schema:schema headers:*header examples",
    "header": "description:text " + _VALUES,
    "tag": _THREE["tag"],
    "docs": _THREE["docs"],
    "scheme": "type:text description:text name:text in:text flow:text authorizationUrl:text "
    "tokenUrl:text scopes",
    "xml": _THREE["xml"],
}
_JSON_SCHEMA = (
    "title:text description:text default multipleOf maximum exclusiveMaximum minimum "
    "exclusiveMinimum maxLength "
    "minLength pattern:text maxItems minItems uniqueItems:flag maxProperties minProperties required "
    "enum:list "
    "type items:schema allOf:+schema properties:*schema additionalProperties:schema format readOnly:flag "
    "discriminator xml:xml externalDocs:docs example"
)
_SCHEMAS: dict[Version, str] = {
    "2.0": _JSON_SCHEMA,
    "3.0": _JSON_SCHEMA.replace("discriminator", "discriminator:discriminator")
    + " oneOf:+schema anyOf:+schema not:schema nullable:flag writeOnly:flag deprecated:flag",
    "3.1": _JSON_SCHEMA.replace("discriminator", "discriminator:discriminator")
    + " oneOf:+schema anyOf:+schema not:schema nullable:flag writeOnly:flag deprecated:flag examples const "
    "$id $schema $anchor $dynamicAnchor $dynamicRef $vocabulary $comment $defs:*schema definitions:*schema "
    "if:schema then:schema else:schema dependentSchemas:*schema dependentRequired dependencies "
    "prefixItems:+schema contains:schema minContains maxContains patternProperties:*schema "
    "propertyNames:schema unevaluatedItems:schema unevaluatedProperties:schema additionalItems:schema "
    "contentEncoding:text contentMediaType:text contentSchema:schema id $recursiveRef $recursiveAnchor",
}
_SCHEMAS["3.2"] = _SCHEMAS["3.1"]
VERSIONS: tuple[Version, ...] = ("2.0", "3.0", "3.1", "3.2")


class Kind(Struct, eq=False, frozen=True):
    """One object of OpenAPI in one version."""

    name: str
    fields: frozenset[str]
    shapes: dict[str, str]
    """What stands in a field, for the fields of which it is known."""
    checked: frozenset[str]
    """The names in `shapes`."""
    open: bool = False
    """Whether members that are not listed are allowed (JSON Schema 2020-12 core, 6.5)."""


@cache
def kinds(version: Version) -> dict[str, Kind]:
    """The objects of one version, by the names used here."""
    lines = dict(_TWO if version == "2.0" else _THREE, schema=_SCHEMAS[version])
    return {name: _kind(name, line, version) for name, line in lines.items()}


def _kind(name: str, line: str, version: Version) -> Kind:
    shapes: dict[str, str] = {}
    fields: set[str] = set()
    for word in line.split():
        since, plus, rest = word.partition("+")
        dated = bool(plus) and since in VERSIONS
        if dated and version < since:
            continue
        field, _, shape = (rest if dated else word).partition(":")
        fields.add(field)
        if shape:
            shapes[field] = shape
    if name != "path":
        fields.add("$ref")
    return Kind(
        name, frozenset(fields), shapes, frozenset(shapes), open=name == "schema" and version >= "3.1"
    )


@cache
def versions_with(kind_name: str, field: str) -> tuple[Version, ...]:
    """The versions in which an object of this kind has this field."""
    return tuple(
        version
        for version in VERSIONS
        if kind_name in (table := kinds(version)) and field in table[kind_name].fields
    )
