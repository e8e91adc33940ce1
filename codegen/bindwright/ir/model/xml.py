"""XML, settled: every name, namespace, node and order that a document has, with nothing left to inherit.

Two tables: an `XmlNode` says where one value stands (an element, an attribute, text), its ``content`` leads to what
stands within (`Api.xml`). One type has several contents where its members are in other namespaces at other places.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct, field

from bindwright.ir.model.lexical import Lexical, LexicalForm
from bindwright.ir.model.markers import KEY_OF_CONTENT
from bindwright.ir.model.source import TypeId
from bindwright.ir.model.uses import Node

ContentId = Annotated[str, KEY_OF_CONTENT]
"""The key of a content in `Api.xml`: opaque."""
Profile = Literal["openapi", "datacontract"]


class XmlName(Struct, kw_only=True):
    """An expanded name."""

    name: str
    """The local name, as it stands in the document (encoded where XML cannot have it)."""
    namespace: str = ""
    """The namespace's URI; absent: none."""


class XmlNode(Struct, kw_only=True):
    """Where one value stands: a member, an item, an alternative or a root."""

    property: str = ""
    """The member's name in JSON; absent where the value is no member, or its name is empty."""
    node: Node
    """``element``; ``attribute``; ``text`` or ``cdata`` of the element around it; ``none``: no node of its own, the
    nodes of its content stand where it would (a list that is not wrapped: one whose `presence` is ``always`` is empty
    where no item is there)."""
    name: str = ""
    """The local name as it stands in the document; absent for ``text``, ``cdata``, values of a map without entries,
    which are named by their (encoded) keys, and items of a list there, which are called as the list."""
    namespace: str = ""
    """The namespace's URI; absent: none."""
    prefix: str | None = None
    """The prefix that the document asks for."""
    qname: bool = False
    """The attribute is ``xsi:type``, whose text is a QName: the value is its local name. Its namespace is written as it
    was read; of a value that was not, it is `XmlObject.inside`."""
    also_read: list[XmlName] = field(default_factory=list)
    """Other names that are read as this one; they are never written."""
    nil: bool = False
    """Null is written as an empty element with ``xsi:nil="true"``; without it, null is not written at all."""
    omit: Literal["absent", "zero"] | None = None
    """When a member is not written: ``absent``: when it has no value; ``zero``: nor when it has the value that its
    property calls `zero`; null: never, what has no value is written as null."""
    content: ContentId
    """What stands within."""
    contract: XmlName | None = None
    """Of an alternative: what ``xsi:type`` says of it where its element would be read as another; absent: nothing
    does."""


class XmlRoot(XmlNode, kw_only=True):
    """The root element of a document."""

    profile: Profile
    """By whose conventions the document is written."""


class XmlText(Struct, kw_only=True):
    """A scalar."""

    kind: Literal["text"] = "text"
    type: TypeId
    contract: XmlName | None = None
    """The name of the type in ``xsi:type``."""
    lexical: LexicalForm
    """How the value is text."""


class XmlOffset(Struct, kw_only=True):
    """A moment as .NET's DateTimeOffset: the elements ``DateTime`` (UTC) and ``OffsetMinutes``."""

    kind: Literal["offset"] = "offset"
    type: TypeId
    contract: XmlName | None = None
    declares: list[str] = field(default_factory=list)
    """``datacontract``: the namespaces that an element with this content declares, unless they are in scope; not on
    items and entries, except items that are collections themselves (`list`, `entries`) and not null."""
    inside: str
    """The namespace of the two elements."""


class XmlAny(Struct, kw_only=True):
    """A value of any type: told by ``xsi:type``, else as the elements say it."""

    kind: Literal["any"] = "any"
    type: TypeId
    known: list[ContentId] = field(default_factory=list)
    """Types that the value may be of, beside the built-in ones; told by their `contract` in ``xsi:type``."""


class XmlReference(Struct, kw_only=True):
    """Objects that are written once and referred to after (``x-dcs-is-reference``)."""

    id: XmlName
    """The attribute that carries the id; .NET's ``z:Id`` where the object has no member that is one."""
    ref: XmlName
    """The attribute that an element has which stands for an object written before."""
    prefix: str | None = None
    """The prefix of both."""


class XmlObject(Struct, kw_only=True):
    """An object with named members."""

    kind: Literal["object"] = "object"
    type: TypeId
    contract: XmlName | None = None
    """The name of the type in ``xsi:type``; absent: it has none."""
    declares: list[str] = field(default_factory=list)
    """``datacontract``: the namespaces that an element with this content declares, unless they are in scope; not on
    items and entries, except items that are collections themselves (`list`, `entries`) and not null."""
    inside: str = ""
    """The namespace in which members of the document stand that name none. Each node below says its own: an absent
    `namespace` of a node is none, not this one. A reader needs it for `XmlNode.qname` alone."""
    attributes: list[XmlNode] = field(default_factory=list)
    elements: list[XmlNode] = field(default_factory=list)
    """Elements and members without a node of their own, in written order."""
    text: XmlNode | None = None
    """The member that is the text of the element."""
    additional: XmlNode | None = None
    """Members that have no name of their own: each is an element called by its (encoded) key."""
    patterns: list[XmlNode] = field(default_factory=list)
    """The same of members whose keys match a pattern: a node for each of the object's `pattern_additional`, in their
    order; the first whose pattern matches is the member's."""
    discriminator: XmlNode | None = None
    """The attribute or element whose value tells which type an element is of; without it, ``xsi:type`` does."""
    mapping: dict[str, ContentId] = field(default_factory=dict)
    """Values of the discriminator, and the content that each stands for."""
    derived: list[ContentId] = field(default_factory=list)
    """Types that may stand in for this one; each is told by its `contract` in ``xsi:type``."""
    reference: XmlReference | None = None


class XmlList(Struct, kw_only=True):
    """A list: each item is a node."""

    kind: Literal["list"] = "list"
    type: TypeId
    contract: XmlName | None = None
    declares: list[str] = field(default_factory=list)
    """``datacontract``: the namespaces that an element with this content declares, unless they are in scope; not on
    items and entries, except items that are collections themselves (`list`, `entries`) and not null."""
    inside: str = ""
    """The namespace in which items stand that name none; `item` says its own."""
    item: XmlNode


class XmlTuple(Struct, kw_only=True):
    """A list whose first items have a node of their own each, in this order."""

    kind: Literal["tuple"] = "tuple"
    type: TypeId
    contract: XmlName | None = None
    declares: list[str] = field(default_factory=list)
    """``datacontract``: the namespaces that an element with this content declares, unless they are in scope; not on
    items and entries, except items that are collections themselves (`list`, `entries`) and not null."""
    items: list[XmlNode]
    rest: XmlNode | None = None
    """Where each item stands that follows; absent: none may follow."""
    fewest: int = 0
    """How many items have to be there; of `items`, those behind may be missing."""


class XmlMap(Struct, kw_only=True):
    """A map: each value is an element called by its (encoded) key."""

    kind: Literal["map"] = "map"
    type: TypeId
    contract: XmlName | None = None
    inside: str = ""
    value: XmlNode


class XmlEntries(Struct, kw_only=True):
    """A map whose entries are elements, with a key and a value (``x-dcs-dictionary``)."""

    kind: Literal["entries"] = "entries"
    type: TypeId
    contract: XmlName | None = None
    declares: list[str] = field(default_factory=list)
    """``datacontract``: the namespaces that an element with this content declares, unless they are in scope; not on
    items and entries, except items that are collections themselves (`list`, `entries`) and not null."""
    inside: str = ""
    """The namespace in which entries stand that name none; `entry` says its own."""
    entry: XmlName
    key: XmlNode
    value: XmlNode


class XmlUnion(Struct, kw_only=True):
    """One of several: told by the name of the element, else by ``xsi:type``, else by the discriminator, else by
    trying them in the order of the union's own `alternatives` (RULES.md, xml/alternatives)."""

    kind: Literal["union"] = "union"
    type: TypeId
    alternatives: list[XmlNode]
    """As the union's members, in the same order; each with the name that its element has."""
    by_name: bool = False
    """Whether the name of the element tells the alternative: then each has a name of its own."""
    discriminator: XmlNode | None = None
    """The attribute or element that tells the alternative."""
    mapping: dict[str, ContentId] = field(default_factory=dict)
    """Values of the discriminator, and the content that each stands for."""


AnyXml = XmlText | XmlOffset | XmlAny | XmlObject | XmlList | XmlTuple | XmlMap | XmlEntries | XmlUnion


class BuiltInType(Struct, kw_only=True):
    """A type that ``xsi:type`` may name where a value of any type stands."""

    contract: XmlName
    lexical: Lexical
    json: Literal["string", "integer", "number", "boolean"] | None = None
    """The JSON values that are written as this type where nothing tells their own; absent: none."""


class XmlProfile(Struct, kw_only=True):
    """Conventions of whole documents."""

    nil_prefix: str
    """The prefix of ``http://www.w3.org/2001/XMLSchema-instance``."""
    declares_nil: bool
    """Whether each root that is no scalar declares it; else a root does within which it is needed."""
    newline: str
    """What each end of line in text is written as."""
    empty: str
    """The end of an element with nothing in it; a string that is empty has a start tag and an end tag."""
    prefixes: Literal["document", "depth"]
    """``document``: as the nodes say. ``depth``: ``d`` + the depth of the element (the root's is 1) + ``p`` + a number
    that counts from 1 on each element."""
    builtin: list[BuiltInType] = field(default_factory=list)
    """In order of trial for values whose type is not told."""
