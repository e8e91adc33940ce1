"""The IR: an API as data, in no language's words and with no OpenAPI version left in it.

Types are referred to by id, so that cycles are only data.
It serialises to JSON and back without loss (`bindwright.ir.serialize`); ports read that.

A *use* of a type (a property, an item, a body) is a `Use`: which type, whether null is allowed, and
what the place itself says (XML facts, default, description); a *type* is what is said once.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from bindwright.ir.model.api_info import Info as Info
from bindwright.ir.model.api_info import SecurityScheme as SecurityScheme
from bindwright.ir.model.api_info import Server as Server
from bindwright.ir.model.api_info import Tag as Tag

TypeId = str
"""Where the schema stands: ``"#/components/schemas/Pet/properties/tags"``, with the file in front
where it is not the root document (``"common.yaml#/Pet"``); for interned scalars ``"string:date-time"``."""

Node = Literal["element", "attribute", "text", "cdata", "none"]
Json = Any
"""A JSON value."""


class Place(Struct, kw_only=True):
    """Where something stands in the source: file (relative to the root document's folder; ``""`` is the
    root document) and JSON pointer. Line and column are computed from it when they are shown."""

    file: str = ""
    pointer: str = ""


class Degraded(Struct, kw_only=True):
    """Something the document says that the nearest honest type does not."""

    code: str
    why: str
    place: Place


class XmlFacts(Struct, kw_only=True):
    """The XML Object at one place, normalised to 3.2's terms (3.0/3.1 ``attribute``/``wrapped`` included)."""

    name: str | None = None
    namespace: str | None = None
    prefix: str | None = None
    node: Node | None = None
    wrapped: bool = False


class Entries(Struct, kw_only=True):
    """``x-dcs-dictionary``."""

    item: str
    namespace: str | None = None
    key: str = "Key"
    value: str = "Value"
    key_use: Use | None = None


class Constraints(Struct, kw_only=True):
    """JSON Schema validation keywords; numbers keep their spelling (``Decimal`` as text in JSON)."""

    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    exclusive_minimum: int | float | str | None = None
    exclusive_maximum: int | float | str | None = None
    multiple_of: int | float | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None


class Use(Struct, kw_only=True):
    """One place where a type is used."""

    type: TypeId
    nullable: bool = False
    xml: XmlFacts | None = None
    """What is said at the place itself (sibling ``xml``, 3.2's overriding at the point of use)."""
    format: str | None = None
    """``format``, or ``x-dcs-type``, of the place where it narrows the type's."""
    constraints: Constraints | None = None
    default: Json = None
    has_default: bool = False
    doc: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    entries: Entries | None = None
    order: int | None = None
    """``x-dcs-order``."""
    emit_default: bool = True
    only: Literal["json", "xml"] | None = None
    examples: list[Json] = field(default_factory=list)
    extensions: dict[str, Json] = field(default_factory=dict)


class Type(Struct, kw_only=True):
    """What all kinds of type share."""

    id: TypeId
    place: Place = field(default_factory=Place)
    name: str | None = None
    """The document's own name (component key, ``title`` is not one); None for inline types."""
    context: tuple[str, ...] = ()
    """For inline types: the words of where it stands, outermost first: ``("Order", "lines", "item")``."""
    owner: TypeId | None = None
    """For inline types: the named type in which it stands; None when it stands in an operation."""
    name_override: str | None = None
    """``x-bindwright-name``, or configuration."""
    doc: str = ""
    title: str = ""
    xml: XmlFacts | None = None
    nullable: bool = False
    """A named type that itself allows null (each `Use` of it is nullable too)."""
    profile: Literal["openapi", "datacontract"] = "openapi"
    """Conventions of the XML (``x-xml-profile`` of the document, of the schema or of what it stands in)."""
    deprecated: bool = False
    examples: list[Json] = field(default_factory=list)
    externally_documented: str = ""
    constraints: Constraints | None = None
    degraded: list[Degraded] = field(default_factory=list)
    extensions: dict[str, Json] = field(default_factory=dict)


class Scalar(Type, kw_only=True):
    """A JSON scalar with a format. ``binary``: raw bytes (a body or part that is not JSON)."""

    kind: Literal["scalar"] = "scalar"
    base: Literal["string", "integer", "number", "boolean", "null", "any", "never", "binary"]
    """``any``: no constraint on the type at all (free-form value)."""
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None


class EnumMember(Struct, kw_only=True):
    """One allowed value; ``name`` where the document names it (``x-enum-varnames``, ``x-dcs-enum``)."""

    value: Json
    name: str | None = None
    doc: str = ""


class Enum(Type, kw_only=True):
    """``enum`` or ``const``."""

    kind: Literal["enum"] = "enum"
    base: Literal["string", "integer", "number", "boolean", "mixed"]
    members: list[EnumMember]
    format: str | None = None
    const: bool = False
    flags: bool = False
    """``x-dcs-flags``: the integer is a bit set, the XML a list of names."""
    xml_names: bool = False
    """``x-dcs-enum``: XML carries the member's name, JSON its value."""


class Property(Struct, kw_only=True):
    """A member of an object."""

    name: str
    """As in JSON."""
    use: Use
    required: bool = False
    declared_in: TypeId
    """The object type that declares it: the type itself, or a base."""
    place: Place = field(default_factory=Place)
    name_override: str | None = None


class Object(Type, kw_only=True):
    """An object with named members. ``properties`` holds own and inherited members, base first."""

    kind: Literal["object"] = "object"
    base: TypeId | None = None
    """The one base whose members are all inherited unchanged (an ``allOf`` with one reference)."""
    properties: list[Property] = field(default_factory=list)
    additional: Use | None = None
    """Typed additional members; None: none are declared."""
    closed: bool = False
    """``additionalProperties: false`` or ``unevaluatedProperties: false``."""
    pattern_additional: list[tuple[str, Use]] = field(default_factory=list)
    discriminator: str | None = None
    """Set on a base whose ``discriminator`` tells its derived types."""
    mapping: dict[str, TypeId] = field(default_factory=dict)
    """Discriminator values to types, implicit names included."""
    member_order: Literal["declared", "alphabetical"] | list[str] | None = None
    known: list[TypeId] = field(default_factory=list)
    reference: tuple[str, str, str] | None = None


class Array(Type, kw_only=True):
    """A list; ``prefix`` makes it a tuple with ``items`` for the rest (None: nothing after it)."""

    kind: Literal["array"] = "array"
    items: Use | None
    prefix: list[Use] = field(default_factory=list)


class Map(Type, kw_only=True):
    """An object with no named members: string keys to values."""

    kind: Literal["map"] = "map"
    values: Use
    keys: Use | None = None
    """What ``propertyNames`` (or the only ``patternProperties``) says of the keys; None: any string."""
    entries: Entries | None = None
    """``x-dcs-dictionary`` of a named map; each `Use` of it carries them too."""


class Union(Type, kw_only=True):
    """``oneOf``, ``anyOf`` or a list of ``type``; null is not a member but makes the use nullable."""

    kind: Literal["union"] = "union"
    members: list[Use]
    any_of: bool = False
    discriminator: str | None = None
    mapping: dict[str, TypeId] = field(default_factory=dict)


AnyType = Scalar | Enum | Object | Array | Map | Union


class Parameter(Struct, kw_only=True):
    """A parameter with its style and explode settled (2.0's ``collectionFormat`` included)."""

    name: str
    location: Literal["path", "query", "header", "cookie", "querystring"]
    use: Use
    required: bool = False
    style: str = "form"
    explode: bool = True
    allow_reserved: bool = False
    allow_empty: bool = False
    content: str | None = None
    doc: str = ""
    deprecated: bool = False
    name_override: str | None = None
    place: Place = field(default_factory=Place)


class Part(Struct, kw_only=True):
    """One property's entry of an ``encoding`` (form and multipart bodies)."""

    name: str
    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: list[Parameter] = field(default_factory=list)


class Content(Struct, kw_only=True):
    """One media type of a body."""

    media_type: str
    use: Use | None = None
    item_use: Use | None = None
    """``itemSchema`` of 3.2."""
    parts: list[Part] = field(default_factory=list)
    examples: list[Json] = field(default_factory=list)
    example_names: list[str] = field(default_factory=list)
    """Names of `examples`, one each, in the same order; ``""`` where an example has none."""


class Body(Struct, kw_only=True):
    """A request body."""

    contents: list[Content]
    required: bool = False
    doc: str = ""
    name: str | None = None
    """2.0: the name of the body parameter."""


class Link(Struct, kw_only=True):
    """A ``link`` of a response."""

    name: str
    operation: str | None = None
    parameters: dict[str, Json] = field(default_factory=dict)
    body: Json = None
    doc: str = ""


class Response(Struct, kw_only=True):
    """One response: ``status`` is ``"200"``, ``"4XX"`` or ``"default"``."""

    status: str
    doc: str = ""
    contents: list[Content] = field(default_factory=list)
    headers: list[Parameter] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class Operation(Struct, kw_only=True):
    """One operation. ``id`` is unique and stable: ``"GET /pets/{id}"``, with the fragment of the path key."""

    id: str
    method: str
    path: str
    """Path template without the fragment of its key."""
    fragment: str = ""
    operation_id: str | None = None
    """As the document gives it, even where it clashes."""
    name_override: str | None = None
    tags: list[str] = field(default_factory=list)
    summary: str = ""
    doc: str = ""
    deprecated: bool = False
    parameters: list[Parameter] = field(default_factory=list)
    body: Body | None = None
    responses: list[Response] = field(default_factory=list)
    security: list[dict[str, list[str]]] | None = None
    """None: as the document says for all."""
    servers: list[Server] = field(default_factory=list)
    callbacks: list[Operation] = field(default_factory=list)
    pagination: Json = None
    """``x-pagination``, as given."""
    poll: Json = None
    """``x-poll``, as given."""
    place: Place = field(default_factory=Place)
    degraded: list[Degraded] = field(default_factory=list)
    extensions: dict[str, Json] = field(default_factory=dict)


class Api(Struct, kw_only=True):
    """A whole API."""

    ir_version: int = 1
    info: Info
    servers: list[Server] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    types: dict[TypeId, AnyType] = field(default_factory=dict)
    """Every type that is reachable or named, in a stable order: components first, in document order."""
    aliases: dict[TypeId, TypeId] = field(default_factory=dict)
    """Component schemas that are nothing but a reference, and the type they are another name of."""
    operations: list[Operation] = field(default_factory=list)
    webhooks: list[Operation] = field(default_factory=list)
    security_schemes: dict[str, SecurityScheme] = field(default_factory=dict)
    security: list[dict[str, list[str]]] = field(default_factory=list)
    extensions: dict[str, Json] = field(default_factory=dict)
