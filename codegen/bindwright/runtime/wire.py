"""Wire facts: how one place of a model stands in JSON and in XML.

A model is a plain attrs class; what the annotations cannot say stands in ``metadata=wire(...)`` of a
field and in ``__wire__ = root(...)`` of a class.
Hand-written models use the same helpers.

The vocabulary is that of the OpenAPI 3.2.0 "XML Object"; what .NET's DataContractSerializer needs
beside it is in the names of the ``x-dcs-…`` keywords.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

KEY = "bindwright"
"""The key under which a field's metadata holds its `Wire`."""

Node = Literal["element", "attribute", "text", "cdata", "none"]
Profile = Literal["openapi", "datacontract"]


@frozen(kw_only=True)
class Xml:
    """The XML Object at one place (OpenAPI 3.2.0, "XML Object"), nothing inferred yet."""

    name: str | None = None
    """Local name; None: inferred (property name, or component name at the root)."""
    namespace: str | None = None
    """Namespace URI; None: not given here; ``""``: explicitly none."""
    prefix: str | None = None
    node: Node | None = None
    """None: by type: ``none`` for arrays that are not wrapped, else ``element``."""
    wrapped: bool = False
    """3.0/3.1 ``wrapped: true``, and 3.2 ``nodeType: element`` on an array."""


@frozen(kw_only=True)
class Entries:
    """How a map's entries are written as elements (``x-dcs-dictionary``)."""

    item: str
    namespace: str | None = None
    key: str = "Key"
    value: str = "Value"
    key_type: str = "str"
    """A type expression, as in a string annotation, for keys that are not strings."""
    key_wire: Wire | None = None


@frozen(kw_only=True)
class Checks:
    """Constraints of JSON Schema that types do not carry; for ``validate`` (JSON Schema 2020-12, 6)."""

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
    enum: tuple[Any, ...] = ()
    """Listed values of a place whose Python type does not tell them."""


@frozen(kw_only=True)
class Choice:
    """Facts of a union: how its member is told on the wire."""

    kind: Literal["oneOf", "anyOf"] = "oneOf"
    discriminator: str | None = None
    """JSON name of the discriminating property."""
    mapping: Mapping[str, str] = field(factory=dict, hash=False)
    """Discriminator value to type expression."""
    default: str | None = None
    """Type expression of what stands there where the value is absent or in no mapping (``defaultMapping``)."""
    untagged: bool = False
    """Whether values of the base itself have a discriminator only where somebody sets one."""
    members: tuple[tuple[str, Wire], ...] = ()
    """(type expression, facts) of each member, in the document's order: XML unions are told by the
    member's element name, or by ``xsi:type``."""


@frozen(kw_only=True)
class Wire:
    """All facts of one place: a property, an item, a map's value, a body, or a class's root."""

    name: str | None = None
    """JSON member name; None at places that have none (items, values, bodies)."""
    format: str | None = None
    """``format`` of the schema, or the ``x-dcs-type`` where that says more (``char``, ``duration`` …)."""
    xml: Xml = Xml()
    items: Wire | None = None
    """Facts of an array's items."""
    prefix_items: tuple[Wire, ...] = ()
    values: Wire | None = None
    """Facts of a map's values (or of an object's additional members)."""
    entries: Entries | None = None
    choice: Choice | None = None
    checks: Checks | None = None
    either: tuple[Wire, ...] = ()
    """Facts of alternatives that are of one type to Python: one of them holds."""
    asserts: tuple[str, ...] = ()
    """JSON Schemas, as JSON text, that hold besides: what types do not carry (``not``, ``if``, ``contains`` …)."""
    conditional: bool = False
    """Whether a member is described under a condition alone (``then``, ``dependentSchemas``): a value that is not of
    the type is kept as an unknown member."""
    quoted: bool = False
    """Whether a number stands in a JSON string: ``type: string`` with ``format: decimal``."""
    read_only: bool = False
    write_only: bool = False
    const: Any = None
    """A ``const``'s value, None without one."""
    open: bool = False
    """Whether a ``Literal`` stands for an enumeration of one value: values of newer servers are kept."""
    discriminator: Literal["own", "inherited"] | None = None
    """Of a field whose default is what a discriminator says of the class: the member is required on the wire all the
    same. ``inherited``: a base describes it, whose place and namespace it has; the class only says its value."""
    order: int | None = None
    """``x-dcs-order``: DataMember(Order)."""
    emit_default: bool = True
    """False: ``x-dcs-emit-default: false``."""
    only: Literal["json", "xml"] | None = None
    """``x-dcs-only``: the member exists on that side only."""
    nullable: bool = False
    """Root facts only: whether null is among the type's values: a document may be null. Other places say it themselves."""
    profile: Profile | None = None
    """Root facts only: the conventions the class is written in (``x-xml-profile``)."""
    member_order: Literal["declared", "alphabetical"] | tuple[str, ...] | None = None
    """Root facts only: ``x-xml-order``."""
    names: Literal["everywhere", "root", "nothing"] | None = None
    """Root facts only: what the name of the class's element names: also the elements of properties that refer to the
    class, or only roots (and what stands for one: an item of a root list, an alternative), or nothing, as the document
    has no name for it: it is written so, and any name is read. None: everywhere, unless it is the name of the class."""
    also_read: Mapping[str, str] = field(factory=dict, hash=False)
    """Root facts only: JSON names of members to another name that their elements (of a list, its items) are read by;
    ``""``: to none that the base says. OpenAPI 3.2 lets a mere reference be called as the component, by its letter."""
    known: tuple[str, ...] = ()
    """Root facts only: types that may stand in, told by ``xsi:type`` (``x-dcs-known-types``)."""
    reference: tuple[str, str, str] | None = None
    """Root facts only: ``x-dcs-is-reference`` as (idProperty, refProperty, refAttribute). In XML the id is the attribute
    that the member of that name is, else ``z:Id``."""
    derived: tuple[str, ...] = ()
    """Root facts only: the classes that are derived from this one directly. They are loaded when an
    ``xsi:type`` asks for one."""
    closed: bool = False
    """Root facts only, of the class itself and not of derived ones: no further members are allowed."""
    patterns: tuple[str, ...] = ()
    """Root facts only: what names of further members match in a closed class (``patternProperties``)."""
    by_name: tuple[tuple[str, str, Wire], ...] = ()
    """Root facts only: (pattern, type expression, facts) of the values of further members whose names match a pattern,
    where they differ; the first that matches holds. The pattern ``""`` is that of all others."""
    required: tuple[str, ...] = ()
    """Root facts, and of maps: names of further members that have to be there."""
    keys: Wire | None = None
    """Root facts, and of maps: constraints of the names (``propertyNames``)."""
    additional: str | None = None
    """Root facts only: name of the attrs field that holds typed additional members."""
    json_order: tuple[str, ...] | None = None
    """Root facts only: JSON names in written order where it is not the order of the fields."""


def wire(name: str | None = None, **facts: Any) -> dict[str, Wire]:
    """Metadata for ``attrs.field``: the JSON name and the facts of `Wire`."""
    return {KEY: Wire(name=name, **facts)}


def at(**facts: Any) -> Wire:
    """Facts of a place without a JSON name of its own: ``items=at(format="int32")``."""
    return Wire(**facts)


def root(
    name: str | None = None, *, namespace: str | None = None, prefix: str | None = None, **facts: Any
) -> Wire:
    """Facts of a class as the root of a document: its element's name, namespace and profile."""
    return Wire(xml=Xml(name=name, namespace=namespace, prefix=prefix), **facts)
