"""Contents of the settled XML as types of XML Schema 1.0.

By svcutil's conventions (.NET, "Data Contract Schema Reference") for the ``datacontract`` profile: sequences only, a
nillable global element a type, inheritance as extension, enumeration values and dictionaries in ``appinfo``.
What XML Schema 1.0 cannot say is left open by ``xs:any`` or ``xs:anyType``, never said wrongly: members of any name
(a wildcard beside named elements is ambiguous by "Unique Particle Attribution", 3.8.6), values of any type, unions.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from bindwright.ir.model import (
    Api,
    Enum,
    Map,
    Object,
    XmlAny,
    XmlEntries,
    XmlList,
    XmlMap,
    XmlName,
    XmlNode,
    XmlObject,
    XmlOffset,
    XmlText,
    XmlTuple,
    XmlUnion,
)  # fmt: skip
from bindwright.ir.walks import nodes_of, parts_of
from bindwright.standards.xml_names import is_ncname
from bindwright.targets.xsd.markup import Element, child
from bindwright.targets.xsd.schema_set import SchemaDocument, SchemaSet
from bindwright.targets.xsd.simple_types import SERIALIZATION, XS, XSI, type_of
from bindwright.targets.xsd.type_names import TypeNames, words_of

AnyContent = XmlText | XmlOffset | XmlAny | XmlObject | XmlList | XmlTuple | XmlMap | XmlEntries | XmlUnion
QualifiedName = tuple[str, str]
"""Namespace and local name of a type."""
ElementName = tuple[str, str]
"""Namespace and local name of an element."""
ANY_TYPE: QualifiedName = (XS, "anyType")
ANYTHING: QualifiedName = ("##any", "Anything")
"""A type whose content nobody looks at, in the namespace of who uses it: see `TypeWriter._qname`."""


class TypeWriter:
    """Writes each content once, under the name that refers to it."""

    def __init__(self, api: Api, schemas: SchemaSet, *, tolerant: bool) -> None:
        """`tolerant`: for readers, who take members in any order and elements that no schema knows."""
        self._api = api
        self._schemas = schemas
        self._tolerant = tolerant
        self._names = TypeNames()
        self._types: dict[str, QualifiedName] = {}
        self._is_dotnet = any(
            root.profile == "datacontract" for type_ in api.types.values() if (root := type_.root)
        )
        """Whether the API's documents are .NET's: scalars are shared by all types and have no profile."""
        self._free = ANY_TYPE if self._is_dotnet else ANYTHING
        self._holders: dict[str, str] = {}
        """See `_holding_namespaces`."""
        self._twins: dict[tuple[str, str, str] | None, QualifiedName] = {}
        self._names_within: dict[str, tuple[frozenset[ElementName], bool]] = {}
        """By content: the names of elements that it brings without a node of its own; see `_names_among`."""
        self._collections: dict[Hashable, str] = {}
        """By name, or none, and by what they hold: the contents that .NET's lists and dictionaries are written as."""

    def collections(self) -> None:
        """Give the collections that are components their names, so that members of the same type are of them."""
        for content_id, content in self._api.xml.items():
            contract = self._contract(content)
            if contract is None or not isinstance(content, XmlList | XmlEntries):
                continue
            shape = self._shape(content_id)
            owner = self._collections.setdefault((contract.namespace, contract.name, shape), content_id)
            self._collections.setdefault(shape, owner)
            if owner == content_id:
                self._names.reserve(contract.namespace, contract.name, content_id)

    def type_name(self, content_id: str) -> QualifiedName:
        """The type of a content, written when it is first asked for."""
        if content_id in self._types:
            return self._types[content_id]
        content = self._api.xml[content_id]
        key = self._identity(content)
        if key in self._twins:
            # One type at several places, which know different derived types.
            self._types[content_id] = self._twins[key]
            return self._twins[key]
        if isinstance(content, XmlList | XmlEntries) and self._dotnet(content.type):
            return self._collection(content_id, content)
        match content:
            case XmlText():
                name = self._text(content_id, content)
            case XmlAny():
                name = self._without_members(content) or self._free
            case XmlUnion():
                name = self._union(content)
            case _:
                return self._complex(content_id, content)
        self._types[content_id] = name
        if key is not None:
            self._twins[key] = name
        return name

    def _identity(self, content: AnyContent) -> tuple[str, str, str] | None:
        """What the contents of one .NET type have in common, which know different derived types; None for others.

        Of other documents, several types may have one name, and one type other members at other places: in the
        namespace of who holds it, or called as the list that is not wrapped.
        """
        contract: XmlName | None = getattr(content, "contract", None)
        if contract is None or not self._dotnet(content.type):
            return None
        return content.type, contract.namespace, contract.name

    def _without_members(self, content: XmlAny) -> QualifiedName | None:
        """The type of one of .NET's classes without members, which is an object of any members in a document."""
        type_ = self._api.types.get(content.type)
        is_class = isinstance(type_, Map) and type_.name is not None and self._dotnet(content.type)
        root = type_.root if type_ is not None and is_class and not self._tolerant else None
        return self.type_name(root.content) if root is not None else None

    def _collection(self, content_id: str, content: XmlList | XmlEntries) -> QualifiedName:
        """The type of one of .NET's lists or dictionaries; of one without a name, the one that holds the same.

        svcutil takes a global element and a type of one name for one contract, and refuses two.
        """
        contract, shape = self._contract(content), self._shape(content_id)
        key = shape if contract is None else (contract.namespace, contract.name, shape)
        owner = self._collections.setdefault(key, content_id)
        if owner == content_id:
            return self._complex(content_id, content)
        name = self._types[content_id] = self.type_name(owner)
        return name

    def _shape(self, content_id: str, levels: int = 20) -> Hashable:
        """What .NET's contract of a collection depends on: its items or entries, and what they hold."""
        content = self._api.xml[content_id]
        if not isinstance(content, XmlList | XmlEntries) or not levels:
            return content.kind, content.type
        nodes = [content.item] if isinstance(content, XmlList) else [content.key, content.value]
        entry = (content.entry.name, content.entry.namespace) if isinstance(content, XmlEntries) else ()
        return (
            entry,
            *((node.name, node.namespace, node.nil, self._shape(node.content, levels - 1)) for node in nodes),
        )

    def _contract(self, content: AnyContent) -> XmlName | None:
        """The name of a type, where it has one; what .NET's collections are called elsewhere are elements."""
        is_collection = isinstance(content, XmlList | XmlEntries) and self._dotnet(content.type)
        type_ = self._api.types.get(content.type)
        if is_collection and (type_ is None or type_.name is None):
            return None
        return getattr(content, "contract", None)

    def _dotnet(self, type_id: str) -> bool:
        type_ = self._api.types.get(type_id)
        return type_ is not None and type_.profile == "datacontract"

    def _declare(self, content_id: str, content: AnyContent, inside: str) -> QualifiedName:
        contract = self._contract(content)
        if contract is not None:
            return contract.namespace, self._names.reserve(contract.namespace, contract.name, content_id)
        words = words_of(self._api.types.get(content.type), content_id)
        if isinstance(content, XmlList | XmlEntries) and self._dotnet(content.type):
            # As .NET calls it (the rules, 4): by its items, which for a dictionary are its entries, in their namespace.
            part = content.item if isinstance(content, XmlList) else content.entry
            words, inside = f"ArrayOf{part.name}", part.namespace
        return inside, self._names.reserve(inside, words, content_id)

    # -- simple types

    def _text(self, content_id: str, content: XmlText) -> QualifiedName:
        type_ = self._api.types.get(content.type)
        if isinstance(type_, Enum) and type_.members and self._dotnet(content.type):
            return self._enumeration(content_id, content, type_)
        # An enum of other documents is open: its values are advice to writers, not what a reader may refuse.
        return type_of(content.lexical, content.lexical != "date-time" and self._is_dotnet)

    def _enumeration(self, content_id: str, content: XmlText, type_: Enum) -> QualifiedName:
        namespace, name = self._declare(content_id, content, self._holding_namespaces().get(content_id, ""))
        simple = Element("xs:simpleType", name=name)
        parent = simple
        if type_.flags:
            inner = child(child(simple, "xs:list"), "xs:simpleType")
            parent = inner
        restriction = child(parent, "xs:restriction", base="xs:string")
        for index, member in enumerate(type_.members):
            text = member.name if type_.xml_names and member.name is not None else str(member.value)
            value = child(restriction, "xs:enumeration", value=text)
            counted = 1 << index if type_.flags else index
            if type_.xml_names and member.value != counted:
                appinfo = child(child(value, "xs:annotation"), "xs:appinfo")
                child(appinfo, "EnumerationValue", str(member.value), xmlns=SERIALIZATION)
        self._schemas.document(namespace).types[name] = simple
        return namespace, name

    def _holding_namespaces(self) -> dict[str, str]:
        """By the content of a text, the namespace of the first object, list or dictionary that holds it.

        A type without a contract of its own is declared in its holder's .NET namespace, of which svcutil makes the
        namespace of the schema: one without a namespace it imports as a contract of the empty one, which no class has.
        """
        if not self._holders:
            for content in self._api.xml.values():
                for node in nodes_of(content):
                    self._holders.setdefault(node.content, node.namespace or getattr(content, "inside", ""))
        return self._holders

    def _union(self, content: XmlUnion) -> QualifiedName:
        """The one type that all alternatives have; else anything: a union of types is no type of XML Schema 1.0."""
        names = {self.type_name(alternative.content) for alternative in content.alternatives}
        if len(names) == 1:
            return names.pop()
        # What `xsi:type` tells is derived from the type of its element, or that is any type.
        contracts = [node.contract for node in content.alternatives if node.contract is not None]
        is_typed = contracts and content.discriminator is None and not self._names_tell(content)
        return ANY_TYPE if is_typed else self._free

    def _names_tell(self, content: XmlUnion) -> bool:
        """Whether alternatives are objects of which each lacks what those before it require: no `xsi:type` is written.

        Of any type, their elements would be what global elements of their names are.
        """
        objects = [self._api.xml[alternative.content] for alternative in content.alternatives]
        for index, later in enumerate(objects):
            if not isinstance(later, XmlObject):
                return False
            names = {(node.node, node.namespace, node.name) for node in (*later.elements, *later.attributes)}
            if any(names >= self._required(earlier) for earlier in objects[:index]):
                return False
        return True

    def _required(self, content: AnyContent) -> set[tuple[str, str, str]]:
        """The elements and attributes that an object has to have."""
        type_ = self._api.types.get(content.type)
        if not isinstance(content, XmlObject) or not isinstance(type_, Object):
            return set()
        required = {property_.name for property_ in type_.properties if property_.required}
        return {
            (node.node, node.namespace, node.name)
            for node in (*content.elements, *content.attributes)
            if node.property in required
        }

    # -- complex types

    def _complex(self, content_id: str, content: AnyContent) -> QualifiedName:
        inside = getattr(content, "inside", "")
        name = self._declare(content_id, content, inside)
        self._types[content_id] = name  # before its members, which may be of this type
        if (key := self._identity(content)) is not None:
            self._twins[key] = name
        document = self._schemas.document(name[0])
        complex_type = Element("xs:complexType", name=name[1])
        document.types[name[1]] = complex_type
        if isinstance(content, XmlTuple) and self._is_text(parts_of(content)):
            complex_type.attributes["mixed"] = "true"
        match content:
            case XmlObject():
                self._object(document, complex_type, content)
                self._named_types(content_id, content, name)
            case XmlList():
                body = child(complex_type, "xs:sequence")
                self._particles(document, body, [content.item], repeated=True)
            case XmlTuple():
                self._tuple(document, complex_type, content)
            case XmlEntries():
                self._entries(document, complex_type, content)
            case XmlMap():
                body = child(complex_type, "xs:sequence")
                # A class of .NET without members is an object of any members in a document; svcutil takes no wildcard.
                if self._tolerant or not self._dotnet(content.type):
                    self._wildcard(body)
            case XmlOffset():
                self._offset(document, complex_type)
        return name

    def _tuple(self, document: SchemaDocument, complex_type: Element, content: XmlTuple) -> None:
        """Items in their order, where their names tell where each position ends; else any number of each."""
        if self._shared(parts_of(content)):
            choice = child(complex_type, "xs:choice", minOccurs="0", maxOccurs="unbounded")
            self._particles(document, choice, parts_of(content), alone=True)
            return
        body = child(complex_type, "xs:sequence")
        self._particles(document, body, content.items)
        if content.rest is not None:
            self._particles(document, body, [content.rest], repeated=True)

    def _object(self, document: SchemaDocument, complex_type: Element, content: XmlObject) -> None:
        if content.text is not None and not content.elements:
            self._simple_content(document, complex_type, content)
            return
        parent, base = complex_type, self._base(content)
        if base is not None:
            complex_content = child(complex_type, "xs:complexContent", mixed="false")
            qname = self._schemas.qname(document, *self.type_name(base[0]))
            parent = child(complex_content, "xs:extension", base=qname)
        inherited = base[1] if base is not None else XmlObject(type="")
        if content.text is not None or self._is_text(content.elements):
            complex_type.attributes["mixed"] = "true"
        self._members(document, parent, content, content.elements[len(inherited.elements) :])
        known = {(node.namespace, node.name) for node in inherited.attributes}
        for node in content.attributes:
            if (node.namespace, node.name) not in known:
                self._attribute(document, parent, node)
        if content.reference is not None and inherited.reference is None:
            self._attribute_called(document, parent, content.reference.id, (XS, "ID"))
            self._attribute_called(document, parent, content.reference.ref, (XS, "IDREF"))
        if self._is_open(content) and not self._is_dotnet:
            child(parent, "xs:anyAttribute", processContents="skip")

    def _base(self, content: XmlObject) -> tuple[str, XmlObject] | None:
        """The content that this one extends: its type's base, whose elements come first in both."""
        type_ = self._api.types.get(content.type)
        base = self._content_of(type_.base) if isinstance(type_, Object) and type_.base is not None else None
        if base is None or self._is_open(content) or self._is_open(base[1]):
            return None
        first = content.elements[: len(base[1].elements)]
        same = len(first) == len(base[1].elements) and all(map(self._same, first, base[1].elements))
        return base if same else None

    def _same(self, node: XmlNode, other: XmlNode) -> bool:
        """Whether two nodes are one element declaration; a derived type may have a member of its base with a narrower type."""
        return (node.namespace, node.name) == (other.namespace, other.name) and (
            node.content == other.content or self.type_name(node.content) == self.type_name(other.content)
        )

    def _is_open(self, content: XmlObject) -> bool:
        """Whether members stand in the element that its type does not name: further ones, or those of a type that a
        discriminator tells, which is no `xsi:type` and so nothing for XML Schema."""
        type_ = self._api.types.get(content.type)
        by_discriminator = (
            isinstance(type_, Object) and type_.discriminator is not None and type_.profile == "openapi"
        )
        return content.additional is not None or bool(content.patterns) or by_discriminator

    def _is_text(self, nodes: Sequence[XmlNode]) -> bool:
        """Whether the text of the element around nodes is of any of them."""
        pending, visited = list(nodes), set[str]()
        while pending:
            node = pending.pop()
            if node.node in ("text", "cdata"):
                return True
            if node.node != "none" or node.content in visited:
                continue
            visited.add(node.content)
            match self._api.xml[node.content]:
                case XmlList() as content:
                    pending.append(content.item)
                case XmlTuple() as content:
                    pending += parts_of(content)
                case XmlUnion() as content:
                    pending += content.alternatives
        return False

    def _extended(self, content: XmlObject) -> bool:
        """Whether types derive from this one: what follows a wildcard would be ambiguous then."""
        return bool(content.derived) or any(
            isinstance(type_, Object) and type_.base == content.type for type_ in self._api.types.values()
        )

    def _members(
        self, document: SchemaDocument, parent: Element, content: XmlObject, elements: Sequence[XmlNode]
    ) -> None:
        if self._is_open(content):
            self._wildcard(child(parent, "xs:sequence"))
        elif self._tolerant and elements:
            choice = child(parent, "xs:choice", minOccurs="0", maxOccurs="unbounded")
            self._particles(document, choice, elements, alone=True)
            own = all(
                node.node == "element" and node.namespace == document.namespace != "" for node in elements
            )
            if own and self._base(content) is None and not self._extended(content):
                self._wildcard(choice, namespace="##other")
        elif self._shared(elements):
            choice = child(parent, "xs:choice", minOccurs="0", maxOccurs="unbounded")
            self._particles(document, choice, elements, alone=True)
        else:
            self._particles(document, child(parent, "xs:sequence"), elements)

    def _shared(self, nodes: Sequence[XmlNode]) -> bool:
        """Whether elements of one name stand for several members (lists that are not wrapped): no sequence tells where
        one member ends and the next begins ("Unique Particle Attribution", 3.8.6)."""
        return self._names_among(nodes)[1]

    def choice_by_name(self, node: XmlNode) -> list[XmlNode]:
        """The alternatives of a choice that the names of elements tell; none where it is another content."""
        content = self._api.xml[node.content]
        return content.alternatives if isinstance(content, XmlUnion) and content.by_name else []

    def _names_among(self, nodes: Sequence[XmlNode]) -> tuple[frozenset[ElementName], bool]:
        """The names of the elements that nodes bring, and whether several of these elements have one name."""
        names: frozenset[ElementName] = frozenset()
        is_shared = False
        for node in nodes:
            brought, is_shared_within = self._names_of(node)
            is_shared = is_shared or is_shared_within or not names.isdisjoint(brought)
            names |= brought
        return names, is_shared

    def _names_of(self, node: XmlNode) -> tuple[frozenset[ElementName], bool]:
        """Of a content without a node of its own, `_names_among` what it holds: looked at once a content, as it may be
        held twice by each of those that hold it."""
        inside = self._inside(node)
        if inside is None:
            is_element = node.node == "element"
            return frozenset([(node.namespace, node.name)] if is_element else []), False
        if node.content not in self._names_within:
            self._names_within[node.content] = self._names_among(inside)
        return self._names_within[node.content]

    def _inside(self, node: XmlNode) -> Sequence[XmlNode] | None:
        """The nodes that stand in the place of one: of a choice by name, or of what has no node of its own."""
        if (alternatives := self.choice_by_name(node)) and node.node in ("element", "none"):
            return alternatives
        content = self._api.xml[node.content] if node.node == "none" else None
        match content:
            case XmlList():
                return [content.item]
            case XmlTuple():
                return parts_of(content)
            case XmlObject():
                return content.elements
        return None

    def _content_of(self, type_id: str) -> tuple[str, XmlObject] | None:
        """The content of a base, which extension refers to."""
        for content_id, content in self._api.xml.items():
            if isinstance(content, XmlObject) and content.type == type_id:
                return content_id, content
        return None

    def _simple_content(self, document: SchemaDocument, complex_type: Element, content: XmlObject) -> None:
        assert content.text is not None
        simple = child(complex_type, "xs:simpleContent")
        base = self.type_name(content.text.content)
        if base in (ANY_TYPE, ANYTHING):
            base = (XS, "anySimpleType")
        qname = self._schemas.qname(document, *base)
        extension = child(simple, "xs:extension", base=qname)
        for node in content.attributes:
            self._attribute(document, extension, node)

    def _entries(self, document: SchemaDocument, complex_type: Element, content: XmlEntries) -> None:
        annotation = child(complex_type, "xs:annotation")
        appinfo = child(annotation, "xs:appinfo")
        child(appinfo, "IsDictionary", "true", xmlns=SERIALIZATION)
        body = child(complex_type, "xs:sequence")
        entry = child(body, "xs:element", name=content.entry.name, minOccurs="0", maxOccurs="unbounded")
        if content.entry.namespace != document.namespace:
            entry.attributes["form"] = "unqualified"
        members = child(child(entry, "xs:complexType"), "xs:sequence")
        for node in (content.key, content.value):
            self._element(document, members, node, optional=False)

    def _offset(self, document: SchemaDocument, complex_type: Element) -> None:
        annotation = child(child(complex_type, "xs:annotation"), "xs:appinfo")
        child(annotation, "IsValueType", "true", xmlns=SERIALIZATION)
        body = child(complex_type, "xs:sequence")
        child(body, "xs:element", name="DateTime", type="xs:dateTime")
        child(body, "xs:element", name="OffsetMinutes", type="xs:short")

    # -- particles

    def _particles(
        self, document: SchemaDocument, body: Element, nodes: Sequence[XmlNode], *, repeated: bool = False,
        alone: bool = False, written: set[str] | None = None,
    ) -> None:  # fmt: skip
        """Elements of a group; those without a node of their own bring the ones of their content.

        `repeated`: any number of them; `alone`: in a choice that itself repeats, where counts would be ambiguous;
        `written`: contents without a node of their own that the group has. Another place of one brings nothing more:
        where elements have one name, the group is a choice of each name once.
        """
        written = set() if written is None else written
        for node in nodes:
            if node.node == "element" and not self.choice_by_name(node):
                self._element(document, body, node, optional=True, repeated=repeated, alone=alone)
            elif node.node in ("element", "none"):
                self._without_node(document, body, node, written, repeated=repeated, alone=alone)

    def _without_node(
        self, document: SchemaDocument, body: Element, node: XmlNode, written: set[str], *, repeated: bool,
        alone: bool,
    ) -> None:  # fmt: skip
        content = self._api.xml[node.content]
        if node.content in written and not isinstance(
            content, XmlUnion
        ):  # of a choice, null is the place's own
            return
        written.add(node.content)
        match content:
            case XmlList():
                self._particles(document, body, [content.item], repeated=True, alone=alone, written=written)
            case XmlTuple():
                self._particles(
                    document, body, content.items, repeated=repeated, alone=alone, written=written
                )
                if content.rest is not None:
                    self._particles(
                        document, body, [content.rest], repeated=True, alone=alone, written=written
                    )
            case XmlUnion() if all(alternative.node == "element" for alternative in content.alternatives):
                group = body if alone else child(body, "xs:choice", minOccurs="0")
                if repeated and not alone:
                    group.attributes["maxOccurs"] = "unbounded"
                self._particles(document, group, content.alternatives, alone=True)
                if node.nil and node.name:  # null is of no alternative
                    self._element(document, group, node, optional=True, alone=True)
            case XmlObject():
                self._particles(
                    document, body, content.elements, repeated=repeated, alone=alone, written=written
                )
            case _:
                self._wildcard(body)

    def _element(
        self, document: SchemaDocument, body: Element, node: XmlNode, *, optional: bool, repeated: bool = False,
        alone: bool = False,
    ) -> None:  # fmt: skip
        type_name = self.type_name(node.content)
        is_local = node.namespace in (document.namespace, "")
        is_unqualified = node.namespace != document.namespace
        reference = self._schemas.qname(document, node.namespace, node.name) if node.namespace else ""
        sibling = _called(body, node.name if is_local else None, reference, unqualified=is_unqualified)
        if sibling is not None:
            # One name for two members: "Element Declarations Consistent" allows one declaration.
            if sibling.attributes.get("type") not in (None, self._qname(document, type_name)):
                sibling.attributes["type"] = self._qname(document, self._free)
            return
        if is_local:
            element = child(body, "xs:element", name=node.name)
            if is_unqualified:
                element.attributes["form"] = "unqualified"
            element.attributes["type"] = self._qname(document, type_name)
            if node.nil or self._tolerant:
                element.attributes["nillable"] = "true"
        else:
            self.global_element(node.namespace, node.name, type_name)
            element = child(body, "xs:element", ref=reference)
        if node.omit == "zero" and self._is_dotnet and not self._tolerant:
            appinfo = child(child(element, "xs:annotation"), "xs:appinfo")
            child(appinfo, "DefaultValue", EmitDefaultValue="false", xmlns=SERIALIZATION)
        if optional and not alone:
            element.attributes["minOccurs"] = "0"
        if repeated and not alone:
            element.attributes["maxOccurs"] = "unbounded"

    def global_element(self, namespace: str, name: str, type_name: QualifiedName) -> None:
        """A global element, nillable; of any type where two places give one name to different types."""
        if namespace == SERIALIZATION:
            return  # it stands in the serialization schema
        document = self._schemas.document(namespace)
        qname = self._qname(document, type_name)
        element = document.elements.get(name)
        if element is None:
            document.elements[name] = Element("xs:element", name=name, nillable="true", type=qname)
        elif element.attributes["type"] != qname:
            has_any_type = "xs:anyType" in (qname, element.attributes["type"])
            element.attributes["type"] = self._qname(document, ANY_TYPE if has_any_type else self._free)

    def _qname(self, document: SchemaDocument, type_name: QualifiedName) -> str:
        """The type of an element as it stands in a document.

        What is of any type is `xs:anyType` for .NET, where it is told by `xsi:type`. Elsewhere it is a type whose content
        nobody looks at: in `xs:anyType`, an element is what the global element of its name is, if there is one.
        """
        if type_name != ANYTHING:
            return self._schemas.qname(document, *type_name)
        name = self._names.reserve(document.namespace, "Anything", "anything")
        if name not in document.types:
            document.types[name] = anything = Element("xs:complexType", name=name, mixed="true")
            self._wildcard(child(anything, "xs:sequence"))
            child(anything, "xs:anyAttribute", processContents="skip")
        return self._schemas.qname(document, document.namespace, name)

    def _attribute(self, document: SchemaDocument, parent: Element, node: XmlNode) -> None:
        if node.namespace == XSI or (node.name == "xmlns" and not node.namespace):
            return  # not for a schema to declare (XML Schema Part 1, 3.2.6.3 and 3.2.6.4); processors know them
        type_name = self.type_name(node.content)
        if type_name in (ANY_TYPE, ANYTHING) or self._is_complex(type_name):
            type_name = (XS, "string")  # a list in an attribute: its items with blanks between them
        name = XmlName(name=node.name, namespace=node.namespace)
        self._attribute_called(document, parent, name, type_name)

    def _attribute_called(
        self, document: SchemaDocument, parent: Element, name: XmlName, type_name: QualifiedName
    ) -> None:
        if not name.namespace:
            child(parent, "xs:attribute", name=name.name, type=self._schemas.qname(document, *type_name))
            return
        if name.namespace != SERIALIZATION:
            target = self._schemas.document(name.namespace)
            qname = self._schemas.qname(target, *type_name)
            target.attributes.setdefault(name.name, Element("xs:attribute", name=name.name, type=qname))
        child(parent, "xs:attribute", ref=self._schemas.qname(document, name.namespace, name.name))

    def _named_types(self, content_id: str, content: XmlObject, base: QualifiedName) -> None:
        """Types that documents name in `xsi:type` and that say no more than the one that has the attribute: validators
        look them up, and one that is not there makes a document invalid (XML Schema Part 1, 3.3.4)."""
        for node in content.attributes:
            type_ = self._api.types.get(self._api.xml[node.content].type) if node.qname else None
            for member in type_.members if isinstance(type_, Enum) else ():
                value = str(member.value)
                if not is_ncname(value):
                    continue
                document = self._schemas.document(content.inside)
                if self._names.reserve(content.inside, value, f"{content_id} {value}") != value:
                    continue  # another type has the name, which the document means then
                document.types[value] = derived = Element("xs:complexType", name=value)
                kind = (
                    "xs:simpleContent"
                    if content.text is not None and not content.elements
                    else "xs:complexContent"
                )
                child(child(derived, kind), "xs:extension", base=self._schemas.qname(document, *base))

    def _is_complex(self, type_name: QualifiedName) -> bool:
        namespace, name = type_name
        if namespace in (XS, SERIALIZATION):
            return False
        return self._schemas.document(namespace).types[name].tag == "xs:complexType"

    def _wildcard(self, body: Element, namespace: str = "##any") -> None:
        skipped = namespace == "##any" and not self._is_dotnet
        wildcard = child(body, "xs:any", namespace=namespace, processContents="skip" if skipped else "lax")
        if body.tag == "xs:sequence":
            wildcard.attributes["minOccurs"] = "0"
            wildcard.attributes["maxOccurs"] = "unbounded"


def _called(body: Element, name: str | None, reference: str, *, unqualified: bool) -> Element | None:
    """The element of a group that has an expanded name: declared here by its local name, or referred to."""
    for sibling in body.children:
        attributes = sibling.attributes
        is_declared = name is not None and attributes.get("name") == name
        if is_declared and (attributes.get("form") == "unqualified") == unqualified:
            return sibling
        if reference and attributes.get("ref") == reference:
            return sibling
    return None
