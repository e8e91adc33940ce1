"""A use of a type (a property, an item, a body): what is said at one place."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct, field

from bindwright.ir.model.lexical import Lexical
from bindwright.ir.model.markers import ON_DEMAND
from bindwright.ir.model.source import Json, TypeId

Node = Literal["element", "attribute", "text", "cdata", "none"]


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
    """What the document says at the place itself (sibling ``xml``, 3.2's overriding at the point of use), and what a
    list, map or scalar with a name says that it refers to."""
    format: str | None = None
    """``format``, or ``x-dcs-type``, of the place where it narrows the type's."""
    lexical: Lexical | None = None
    """How a value is text at this place, where that is not as its type says."""
    constraints: Constraints | None = None
    """What holds at this place; absent: what the type says."""
    asserts: list[Json] = field(default_factory=list)
    """As of a `Type`, where the place has no type of its own."""
    default: Json = None
    has_default: bool = False
    doc: str = ""
    """The description, in CommonMark. Absent in JSON: what the type says, where that has no name."""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    entries: Entries | None = None
    order: int | None = None
    """``x-dcs-order``."""
    omit_default: bool = False
    """``x-dcs-emit-default: false``: a member with the default value of its type is not written."""
    only: Literal["json", "xml"] | None = None
    examples: list[Json] = field(default_factory=list)
    extensions: Annotated[dict[str, Json], ON_DEMAND] = field(default_factory=dict)
