"""The IR: an API as data, in no language's words and with no OpenAPI version left in it.

Types are referred to by id, so that cycles are only data.
It serialises to JSON and back without loss (`bindwright.ir.jsonform`); ports read that.

A *use* of a type (a property, an item, a body) is a `Use`: which type, whether null is allowed, and
what the place itself says (XML facts, default, description); a *type* is what is said once.
"""

from __future__ import annotations

from typing import Any, Literal

from attrs import define, field

from bindwright.ir.about import Info as Info
from bindwright.ir.about import SecurityScheme as SecurityScheme
from bindwright.ir.about import Server as Server
from bindwright.ir.about import Tag as Tag
from bindwright.spec.shown import Shown

TypeId = str
"""Where the schema stands: ``"#/components/schemas/Pet/properties/tags"``, with the file in front
where it is not the root document (``"common.yaml#/Pet"``); for interned scalars ``"string:date-time"``."""

Node = Literal["element", "attribute", "text", "cdata", "none"]
Json = Any
"""A JSON value."""


@define(kw_only=True, repr=False)
class Place(Shown):
    """Where something stands in the source: file (relative to the root document's folder; ``""`` is the
    root document) and JSON pointer. Line and column are computed from it when they are shown."""

    file: str = ""
    pointer: str = ""


@define(kw_only=True, repr=False)
class Degraded(Shown):
    """Something the document says that the nearest honest type does not."""

    code: str
    why: str
    place: Place


@define(kw_only=True, repr=False)
class XmlFacts(Shown):
    """The XML Object at one place, normalised to 3.2's terms (3.0/3.1 ``attribute``/``wrapped`` included)."""

    name: str | None = None
    namespace: str | None = None
    prefix: str | None = None
    node: Node | None = None
    wrapped: bool = False


@define(kw_only=True, repr=False)
class Entries(Shown):
    """``x-dcs-dictionary``."""

    item: str
    namespace: str | None = None
    key: str = "Key"
    value: str = "Value"
    key_use: Use | None = None


@define(kw_only=True, repr=False)
class Constraints(Shown):
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


@define(kw_only=True, repr=False)
class Use(Shown):
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
    examples: list[Json] = field(factory=list)
    extensions: dict[str, Json] = field(factory=dict)


@define(kw_only=True, repr=False)
class Type(Shown):
    """What all kinds of type share."""

    id: TypeId
    place: Place = field(factory=Place)
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
    examples: list[Json] = field(factory=list)
    externally_documented: str = ""
    constraints: Constraints | None = None
    degraded: list[Degraded] = field(factory=list)
    extensions: dict[str, Json] = field(factory=dict)


@define(kw_only=True, repr=False)
class Scalar(Type):
    """A JSON scalar with a format. ``binary``: raw bytes (a body or part that is not JSON)."""

    kind: Literal["scalar"] = "scalar"
    base: Literal["string", "integer", "number", "boolean", "null", "any", "never", "binary"]
    """``any``: no constraint on the type at all (free-form value)."""
    format: str | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None


@define(kw_only=True, repr=False)
class EnumMember(Shown):
    """One allowed value; ``name`` where the document names it (``x-enum-varnames``, ``x-dcs-enum``)."""

    value: Json
    name: str | None = None
    doc: str = ""


@define(kw_only=True, repr=False)
class Enum(Type):
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


@define(kw_only=True, repr=False)
class Property(Shown):
    """A member of an object."""

    name: str
    """As in JSON."""
    use: Use
    required: bool = False
    declared_in: TypeId
    """The object type that declares it: the type itself, or a base."""
    place: Place = field(factory=Place)
    name_override: str | None = None


@define(kw_only=True, repr=False)
class Object(Type):
    """An object with named members. ``properties`` holds own and inherited members, base first."""

    kind: Literal["object"] = "object"
    base: TypeId | None = None
    """The one base whose members are all inherited unchanged (an ``allOf`` with one reference)."""
    properties: list[Property] = field(factory=list)
    additional: Use | None = None
    """Typed additional members; None: none are declared."""
    closed: bool = False
    """``additionalProperties: false`` or ``unevaluatedProperties: false``."""
    pattern_additional: list[tuple[str, Use]] = field(factory=list)
    discriminator: str | None = None
    """Set on a base whose ``discriminator`` tells its derived types."""
    mapping: dict[str, TypeId] = field(factory=dict)
    """Discriminator values to types, implicit names included."""
    member_order: Literal["declared", "alphabetical"] | list[str] | None = None
    known: list[TypeId] = field(factory=list)
    reference: tuple[str, str, str] | None = None


@define(kw_only=True, repr=False)
class Array(Type):
    """A list; ``prefix`` makes it a tuple with ``items`` for the rest (None: nothing after it)."""

    kind: Literal["array"] = "array"
    items: Use | None
    prefix: list[Use] = field(factory=list)


@define(kw_only=True, repr=False)
class Map(Type):
    """An object with no named members: string keys to values."""

    kind: Literal["map"] = "map"
    values: Use
    keys: Use | None = None
    """What ``propertyNames`` (or the only ``patternProperties``) says of the keys; None: any string."""
    entries: Entries | None = None
    """``x-dcs-dictionary`` of a named map; each `Use` of it carries them too."""


@define(kw_only=True, repr=False)
class Union(Type):
    """``oneOf``, ``anyOf`` or a list of ``type``; null is not a member but makes the use nullable."""

    kind: Literal["union"] = "union"
    members: list[Use]
    any_of: bool = False
    discriminator: str | None = None
    mapping: dict[str, TypeId] = field(factory=dict)


AnyType = Scalar | Enum | Object | Array | Map | Union


@define(kw_only=True, repr=False)
class Parameter(Shown):
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
    place: Place = field(factory=Place)


@define(kw_only=True, repr=False)
class Part(Shown):
    """One property's entry of an ``encoding`` (form and multipart bodies)."""

    name: str
    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    headers: list[Parameter] = field(factory=list)


@define(kw_only=True, repr=False)
class Content(Shown):
    """One media type of a body."""

    media_type: str
    use: Use | None = None
    item_use: Use | None = None
    """``itemSchema`` of 3.2."""
    parts: list[Part] = field(factory=list)
    examples: list[Json] = field(factory=list)
    example_names: list[str] = field(factory=list)
    """Names of `examples`, one each, in the same order; ``""`` where an example has none."""


@define(kw_only=True, repr=False)
class Body(Shown):
    """A request body."""

    contents: list[Content]
    required: bool = False
    doc: str = ""
    name: str | None = None
    """2.0: the name of the body parameter."""


@define(kw_only=True, repr=False)
class Link(Shown):
    """A ``link`` of a response."""

    name: str
    operation: str | None = None
    parameters: dict[str, Json] = field(factory=dict)
    body: Json = None
    doc: str = ""


@define(kw_only=True, repr=False)
class Response(Shown):
    """One response: ``status`` is ``"200"``, ``"4XX"`` or ``"default"``."""

    status: str
    doc: str = ""
    contents: list[Content] = field(factory=list)
    headers: list[Parameter] = field(factory=list)
    links: list[Link] = field(factory=list)


@define(kw_only=True, repr=False)
class Operation(Shown):
    """One operation. ``id`` is unique and stable: ``"GET /pets/{id}"``, with the fragment of the path key."""

    id: str
    method: str
    path: str
    """Path template without the fragment of its key."""
    fragment: str = ""
    operation_id: str | None = None
    """As the document gives it, even where it clashes."""
    name_override: str | None = None
    tags: list[str] = field(factory=list)
    summary: str = ""
    doc: str = ""
    deprecated: bool = False
    parameters: list[Parameter] = field(factory=list)
    body: Body | None = None
    responses: list[Response] = field(factory=list)
    security: list[dict[str, list[str]]] | None = None
    """None: as the document says for all."""
    servers: list[Server] = field(factory=list)
    callbacks: list[Operation] = field(factory=list)
    pagination: Json = None
    """``x-pagination``, as given."""
    poll: Json = None
    """``x-poll``, as given."""
    place: Place = field(factory=Place)
    degraded: list[Degraded] = field(factory=list)
    extensions: dict[str, Json] = field(factory=dict)


@define(kw_only=True, repr=False)
class Api(Shown):
    """A whole API."""

    ir_version: int = 1
    info: Info
    servers: list[Server] = field(factory=list)
    tags: list[Tag] = field(factory=list)
    types: dict[TypeId, AnyType] = field(factory=dict)
    """Every type that is reachable or named, in a stable order: components first, in document order."""
    aliases: dict[TypeId, TypeId] = field(factory=dict)
    """Component schemas that are nothing but a reference, and the type they are another name of."""
    operations: list[Operation] = field(factory=list)
    webhooks: list[Operation] = field(factory=list)
    security_schemes: dict[str, SecurityScheme] = field(factory=dict)
    security: list[dict[str, list[str]]] = field(factory=list)
    extensions: dict[str, Json] = field(factory=dict)
