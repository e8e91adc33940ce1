"""Contents of XML: of each type, and of each place that gives it other names, a content with its nodes.

A settler goes from roots downwards; what a place inherits is in `Inherited`, the list around an item in `HoldingList`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from bindwright.ir.lowering.settling.settle_json import is_null_a_value, merged
from bindwright.ir.lowering.settling.settle_lexical import text_of
from bindwright.ir.lowering.settling.xml_conflicts import has_members
from bindwright.ir.lowering.settling.xml_members import order_elements, remove_ambiguous
from bindwright.ir.lowering.settling.xml_names import (
    NOTHING,
    PREFIXES,
    XSI,
    attribute_name,
    component_name,
    inherited_namespace,
    joined_words,
    namespace_of,
    root_items_name,
    root_name,
    root_namespace,
)
from bindwright.ir.lowering.settling.xml_places import HoldingList, Inherited
from bindwright.ir.lowering.settling.xml_profiles import SERIALIZATION, builtin_type
from bindwright.ir.lowering.settling.xml_unions import (
    alternative_names,
    is_told_by_name,
    list_item_names,
    names_of_one_kind,
)
from bindwright.ir.model import (
    AnyType,
    AnyXml,
    Api,
    Array,
    ContentId,
    Entries,
    Enum,
    Map,
    Node,
    Object,
    Profile,
    Property,
    Reference,
    Scalar,
    TypeId,
    Union,
    Use,
    XmlAny,
    XmlEntries,
    XmlFacts,
    XmlList,
    XmlMap,
    XmlName,
    XmlNode,
    XmlObject,
    XmlOffset,
    XmlReference,
    XmlRoot,
    XmlText,
    XmlTuple,
    XmlUnion,
)  # fmt: skip
from bindwright.ir.walks import is_of_any_type
from bindwright.standards.xml_names import element_name, encode_name

_XSD = "http://www.w3.org/2001/XMLSchema"
_SYSTEM = "http://schemas.datacontract.org/2004/07/System"


class XmlSettler:
    """Builds the contents of one API; each is made once for what it inherits."""

    def __init__(self, api: Api, types: dict[TypeId, AnyType], *, reads_components: bool) -> None:
        self.api = api
        self.reads_components = reads_components
        self.types = types
        self._content_ids: dict[object, ContentId] = {}
        self._counts: dict[TypeId, int] = {}
        self._derived = _derived(types)
        self._alternatives = {
            use.type for union in types.values() if isinstance(union, Union) for use in union.members
        }
        self.unused: dict[TypeId, list[str]] = {}
        """Choices whose alternatives have names that no element has, with those names."""
        self.alike: dict[TypeId, list[str]] = {}
        """Choices that names tell, with alternatives whose values do not say which one they are of."""
        self.enclosed: dict[TypeId, str] = {}
        """Choices of members with a list whose items have a name of their own, with that name: they have an element
        around them, by which the list is told."""

    def root(self, use: Use) -> XmlRoot:
        """The root element of a document that holds a value of this use."""
        type_ = self.types[use.type]
        place, type_facts = use.xml or NOTHING, type_.xml or NOTHING
        profile = _profile_of(self.types, type_)
        name = place.name or type_facts.name or component_name(type_) or root_name(self.types, type_)
        namespace, prefix = namespace_of(place, type_facts, root_namespace(self.types, type_))
        inherited = Inherited(inherited_namespace(place, type_facts, "" if prefix else namespace), profile)
        fallback = root_items_name(self.types, use, type_, name)
        holder = HoldingList(element_name(name), fallback, True, type_.name is not None)
        content = self.content(use, type_, inherited, holder)
        return XmlRoot(
            node="element", name=element_name(name), namespace=namespace, prefix=prefix, content=content,
            nil=use.nullable or type_.nullable or profile == "datacontract", profile=profile,
        )  # fmt: skip

    def node(
        self, use: Use, name: str, inherited: Inherited, *, property_: str = "", in_list: bool = False,
        names_type: bool = True, is_member: bool = False, is_called: bool = False,
    ) -> XmlNode:  # fmt: skip
        """The node of a value that would be called `name` (a property's, or a list's for its items); that is so
        called whatever the document says (`is_called`)."""
        type_ = self.types[use.type]
        place = use.xml or NOTHING
        # Lists, maps and scalars have said at their places what they say (`settle_facts`).
        type_facts = (type_.xml or NOTHING) if isinstance(type_, (Object, Enum, Union)) else NOTHING
        fallback, contract = name, type_facts
        dotnet = inherited.profile == "datacontract"
        if dotnet and isinstance(type_, (Object, Enum, Union)):
            type_facts = XmlFacts(node=type_facts.node, wrapped=type_facts.wrapped)
        namespace, prefix = namespace_of(place, type_facts, inherited.namespace)
        node = self._kind_of_node(place, type_facts, type_, dotnet or in_list)
        if node == "attribute" and in_list:
            node = "element"  # of several attributes of one name there is one
        if node == "attribute":
            namespace, name = attribute_name(place, type_facts, name)
            # Of a list, the items are words of the text; they have the attribute's name where one is asked for.
            holder = HoldingList(name, name, False, False, is_text=True) if isinstance(type_, Array) else None
            return XmlNode(
                property=property_, node=node, name=name, namespace=namespace,
                prefix=place.prefix or type_facts.prefix or PREFIXES.get(namespace),
                qname=namespace == XSI and name == "type",
                content=self.content(use, type_, inherited, holder),
            )  # fmt: skip
        also_read = []
        if not is_called and (called := place.name or (type_facts.name if names_type else None)):
            name = called
        elif is_member and self._reads_component(type_, place, dotnet) and type_.name not in (None, name):
            also_read.append(XmlName(name=element_name(type_.name or ""), namespace=namespace))
        if node == "none" and isinstance(type_, Array):
            name = fallback
        below = replace(inherited, namespace=inherited_namespace(place, contract, inherited.namespace))
        unnamed = node in ("text", "cdata")
        holder = HoldingList(
            element_name(name), fallback if node == "none" else name, node == "element", False, bool(place.name),
            is_member, unnamed, not names_type or unnamed,
        )  # fmt: skip
        return XmlNode(
            property=property_, node=node, name="" if unnamed else element_name(name),
            namespace="" if unnamed else namespace, prefix=prefix, also_read=also_read,
            nil=use.nullable and node == "element", content=self.content(use, type_, below, holder),
        )  # fmt: skip

    def _reads_component(self, type_: AnyType, place: XmlFacts, dotnet: bool) -> bool:
        """Whether the element may be called as the component: by the letter of 3.2, a mere reference has no node."""
        return self.reads_components and not dotnet and isinstance(type_, Object) and place.node is None

    def _kind_of_node(self, place: XmlFacts, type_facts: XmlFacts, type_: AnyType, wraps: bool) -> Node:
        node = place.node or type_facts.node
        is_wrapped = place.wrapped or type_facts.wrapped or wraps
        usual: Node = "none" if isinstance(type_, Array) and not is_wrapped else "element"
        if node is None:
            return usual
        if node == "none" and isinstance(type_, (Map, Scalar, Enum)):
            return "element"  # it is told of: its content could not be found again
        # Documents say that, too, of what has members: no text can hold it.
        if node in ("attribute", "text", "cdata") and has_members(self.types, type_):
            return usual
        return node

    def content(
        self, use: Use, type_: AnyType, inherited: Inherited, holder: HoldingList | None
    ) -> ContentId:
        """The content of a value; made once for a type and what it inherits."""
        entries = use.entries or (type_.entries if isinstance(type_, Map) else None)
        is_root = holder is not None and holder.is_root
        free = _is_free(type_, entries, self.types) and (isinstance(type_, Scalar | Union) or not is_root)
        key: tuple[object, ...] = (type_.id, inherited.profile, free)
        if isinstance(type_, (Scalar, Enum)) and not free:
            key = (*key, use.format)
        elif isinstance(type_, Array):
            key = (*key, inherited, holder, _least(use, type_) if type_.prefix else 0)
        elif isinstance(type_, Union):
            key = (
                *key,
                inherited,
                holder and (holder.name, holder.wrapped, holder.is_named, holder.is_keyed),
            )
        else:
            key = (*key, inherited, None if entries is None else (entries.item, entries.namespace))
        content_id = self._content_ids.get(key)
        if content_id is None:
            count = self._counts[type_.id] = self._counts.get(type_.id, 0) + 1
            content_id = type_.id if count == 1 else f"{type_.id} {count}"
            self._content_ids[key] = content_id
            # Recursion: the id has to be known before what stands within is made.
            self.api.xml[content_id] = XmlAny(type=type_.id)
            self.api.xml[content_id] = self._content(use, type_, inherited, holder, entries, free)
        return content_id

    def _content(
        self,
        use: Use,
        type_: AnyType,
        inherited: Inherited,
        holder: HoldingList | None,
        entries: Entries | None,
        free: bool,
    ) -> AnyXml:
        contract = self._contract(type_, inherited)
        if free:
            return XmlAny(type=type_.id, known=self._known(inherited))
        if isinstance(type_, (Scalar, Enum)):
            lexical = text_of(type_, use, inherited.profile)
            if lexical == "dotnet-offset":
                return XmlOffset(type=type_.id, contract=contract, inside=_SYSTEM)
            return XmlText(type=type_.id, contract=contract, lexical=lexical)
        if isinstance(type_, Object):
            return self._object(type_, inherited, contract)
        if isinstance(type_, Array):
            assert holder is not None
            return self._tuple(use, type_, inherited, holder, contract) or self._list(
                type_, inherited, holder, contract
            )
        if isinstance(type_, Map):
            return self._map(type_, inherited, entries, contract)
        return self._union(type_, inherited, holder)

    def _contract(self, type_: AnyType, inherited: Inherited) -> XmlName | None:
        if isinstance(type_, (Scalar, Enum)) and type_.name is None:
            return None
        type_facts = type_.xml or NOTHING
        name = type_facts.name or component_name(type_)
        if name is None and isinstance(type_, Object) and type_.id in self._alternatives:
            name = joined_words(type_)  # the document has no name for it, and `xsi:type` may have to tell it
        return (
            None if name is None else XmlName(name=element_name(name), namespace=type_facts.namespace or "")
        )

    def _known(self, inherited: Inherited) -> list[ContentId]:
        return [self.standing_in(type_id, inherited) for type_id in inherited.known if type_id in self.types]

    def _known_within(self, type_: Object, inherited: Inherited) -> tuple[TypeId, ...]:
        """What may stand within an object: its known types, and in .NET's profile those of the objects around it.

        .NET's serializers keep the latter in scope (`XmlObjectSerializerContext.scopedKnownTypes`); their order does
        not depend on the way to the object, so that there are not more contents than sets of types.
        """
        known_types = list(dict.fromkeys(self._known_types(type_)))
        # The list grows while it is read: known types bring those that they know themselves.
        for type_id in known_types:
            further = dict.fromkeys(self._known_types(self.types.get(type_id)))
            known_types += [known for known in further if known not in known_types]
        if inherited.profile != "datacontract":
            return tuple(known_types) or inherited.known
        return (*known_types, *sorted({*inherited.known}.difference(known_types)))

    def _known_types(self, type_: AnyType | None) -> Iterator[TypeId]:
        """``x-dcs-known-types`` of a type and its bases."""
        while isinstance(type_, Object):
            yield from type_.known
            type_ = self.types.get(type_.base) if type_.base is not None else None

    def standing_in(self, type_id: TypeId, inherited: Inherited) -> ContentId:
        """The content of a type that stands in for another: its members are in its own namespace, where it has one."""
        type_ = self.types[type_id]
        below = replace(
            inherited, namespace=inherited_namespace(NOTHING, type_.xml or NOTHING, inherited.namespace)
        )
        name = element_name(component_name(type_) or "")
        return self.content(Use(type=type_id), type_, below, HoldingList(name, name, True, False))

    def _object(self, type_: Object, inherited: Inherited, contract: XmlName | None) -> XmlObject:
        inherited = replace(inherited, known=self._known_within(type_, inherited))
        nodes: list[XmlNode] = []
        uses = {property_.name: property_ for property_ in type_.properties}
        for property_ in type_.properties:
            if property_.use.only == "json":
                continue
            below = inherited
            if property_.declared_in != type_.id:  # members of a base are in the base's namespace
                base = self.types[property_.declared_in].xml or NOTHING
                below = replace(inherited, namespace=inherited_namespace(NOTHING, base, inherited.namespace))
            name = property_.name or encode_name("")  # a property may be called nothing, an element may not
            node = self.node(property_.use, name, below, property_=property_.name, is_member=True)
            node.omit = _omitted(property_, node, inherited.profile)
            node.nil = node.node == "element" and is_null_a_value(property_, self.types[property_.use.type])
            if node.node == "attribute" and (node.namespace, node.name) == ("", "xmlns"):
                continue  # the declaration of a namespace, which XML does not give as an attribute
            if (
                type_.reference is not None
                and property_.name == type_.reference.id
                and node.node != "attribute"
            ):
                continue  # the id, of which no XML Object says that it is an attribute: `_reference` has its name
            nodes.append(node)
        remove_ambiguous(nodes, self.api.xml)
        elements = order_elements(type_, [node for node in nodes if node.node in ("element", "none")], uses, inherited.profile, self._level)  # fmt: skip
        result = XmlObject(
            type=type_.id, contract=contract, inside=inherited.namespace, elements=elements,
            attributes=[node for node in nodes if node.node == "attribute"],
            text=next((node for node in nodes if node.node in ("text", "cdata")), None),
            additional=None if type_.additional is None else self._further(type_.additional, inherited),
            patterns=[self._further(use, inherited) for _, use in type_.pattern_additional], derived=self._stand_ins(type_, inherited),
        )  # fmt: skip
        if type_.discriminator:
            result.discriminator = next(
                (node for node in nodes if node.property == type_.discriminator), None
            )
            result.mapping = {
                value: self.standing_in(goal, inherited)
                for value, goal in type_.mapping.items()
                if goal == type_.id or goal in self._derived.get(type_.id, {})
            }
        if type_.reference is not None:
            result.reference = _reference(type_.reference, result.attributes)
            result.attributes = [node for node in result.attributes if node.property != type_.reference.id]
        return result

    def _level(self, type_id: TypeId) -> int:
        """How many bases a type has."""
        type_ = self.types[type_id]
        return 1 + self._level(type_.base) if isinstance(type_, Object) and type_.base is not None else 0

    def _further(self, use: Use, inherited: Inherited) -> XmlNode:
        """The node of a member that its key names."""
        return self.node(use, "", inherited, in_list=True, names_type=False)

    def _stand_ins(self, type_: Object, inherited: Inherited) -> list[ContentId]:
        derived = self._derived.get(type_.id, {})
        first = [type_id for type_id in inherited.known if type_id in derived]
        return [self.standing_in(type_id, inherited) for type_id in dict.fromkeys([*first, *derived])]

    def _tuple(
        self, use: Use, type_: Array, inherited: Inherited, holder: HoldingList, contract: XmlName | None
    ) -> XmlTuple | None:
        """A list whose positions tell its items apart; None where all stand alike."""
        dotnet = inherited.profile == "datacontract"
        if not type_.prefix or (type_.items is not None and (dotnet or holder.is_text)):
            return None  # .NET has no such lists; the items of a text have no nodes
        holder = replace(holder, is_member=False)
        items = [self._item(position, inherited, holder) for position in type_.prefix]
        rest = self._item(type_.items, inherited, holder) if type_.items is not None else None
        if rest is not None and all(
            replace(item, also_read=[]) == replace(rest, also_read=[]) for item in items
        ):
            return None
        # Text stands behind what is before it; .NET writes all members of its tuples.
        texts = [index + 1 for index, item in enumerate(items) if item.node != "element"]
        fewest = len(items) if dotnet else max([min(_least(use, type_), len(items)), *texts])
        return XmlTuple(type=type_.id, contract=contract, items=items, rest=rest, fewest=fewest)

    def _list(
        self, type_: Array, inherited: Inherited, holder: HoldingList, contract: XmlName | None
    ) -> XmlList:
        use = type_.items or Use(type="any")
        if use.type not in self.types:
            self.types[use.type] = Scalar(id="any", base="any")
        item = self._item(use, inherited, holder)
        return XmlList(type=type_.id, contract=contract, inside=item.namespace, item=item)

    def _item(self, use: Use, inherited: Inherited, holder: HoldingList) -> XmlNode:
        type_ = self.types[use.type]
        type_facts = (type_.xml or NOTHING).name or (
            type_.name if isinstance(type_, (Object, Enum, Union)) else None
        )
        name = holder.fallback
        if type_facts and (
            inherited.profile == "datacontract"  # an item's element has the name of its contract
            or (holder.is_root and holder.fallback == holder.name and isinstance(type_, Object))
        ):
            name = type_facts
        node = self.node(use, name, inherited, in_list=True, is_member=holder.is_member)
        if (
            holder.wrapped
            and element_name(holder.fallback) != holder.name
            and inherited.profile != "datacontract"
        ):
            node.also_read.append(XmlName(name=holder.name, namespace=node.namespace))
        return node

    def _map(
        self, type_: Map, inherited: Inherited, entries: Entries | None, contract: XmlName | None
    ) -> XmlMap | XmlEntries:
        if entries is None:
            value = self.node(type_.values, "", inherited, in_list=True, names_type=False)
            value.name = ""  # keys are the names, whatever the place says
            return XmlMap(type=type_.id, contract=contract, inside=inherited.namespace, value=value)
        namespace = entries.namespace or ""
        below = replace(inherited, namespace=namespace)
        value = self.node(type_.values, entries.value, below, in_list=True, names_type=False)
        value.name, value.namespace = element_name(entries.value), namespace
        key_use = entries.key_use or Use(type="string")
        if key_use.type not in self.types:
            self.types[key_use.type] = Scalar(id="string", base="string")
        key = self.node(key_use, entries.key, below, in_list=True, names_type=False)
        key.name, key.namespace = element_name(entries.key), namespace
        entry = XmlName(name=element_name(entries.item), namespace=namespace)
        return XmlEntries(
            type=type_.id, contract=contract, inside=namespace, entry=entry, key=key, value=value
        )

    def _union(self, type_: Union, inherited: Inherited, holder: HoldingList | None) -> XmlUnion:
        place = holder.name if holder is not None else ""
        alternatives = []
        for use in type_.members:
            member = self.types[use.type]
            name = (use.xml or NOTHING).name or (member.xml or NOTHING).name or member.name or place
            # What has no name of its own in a choice within is called as this place, where the choice is.
            is_within = isinstance(member, Union) and (holder is None or holder.wrapped)
            node = self.node(use, place if is_within else name, inherited, is_called=is_within)
            node.name = element_name(name)
            alternatives.append(node)
        result = XmlUnion(type=type_.id, alternatives=alternatives)
        result.by_name = holder is not None and not holder.is_keyed and (
            not holder.wrapped or is_told_by_name(self.types, type_, alternatives, holder)
        )  # fmt: skip
        for use, node in zip(type_.members, alternatives, strict=True):
            node.contract = None if result.by_name else self._type_name(use, node)
        if result.by_name:
            self.alike[type_.id] = names_of_one_kind(self.types, type_)
        else:
            if holder is None or not holder.is_named:
                names = [
                    name
                    for name in alternative_names(self.types, type_)
                    if name and element_name(name) != place
                ]
                self.unused.setdefault(type_.id, names)
            if holder is not None and holder.is_member and inherited.profile == "openapi":
                for name in list_item_names(self.types, type_):
                    self.enclosed |= {type_.id: name} if name != place else {}
            for node in alternatives:
                node.name, node.namespace, node.prefix = place, inherited.namespace, None
        if type_.discriminator:
            by_type = {use.type: node.content for use, node in zip(type_.members, alternatives, strict=True)}
            result.mapping = {
                value: by_type[goal] for value, goal in type_.mapping.items() if goal in by_type
            }
            result.discriminator = self._discriminator(type_.discriminator, alternatives)
        return result

    def _type_name(self, use: Use, node: XmlNode) -> XmlName | None:
        """What ``xsi:type`` says of an alternative: the name of its type, or of the type of XML Schema."""
        content, type_ = self.api.xml[node.content], self.types[use.type]
        is_builtin = isinstance(type_, Scalar) or (isinstance(type_, Enum) and type_.name is None)
        if isinstance(content, XmlText) and is_builtin:
            name = builtin_type(content.lexical)
            return XmlName(name=name, namespace=_XSD) if name is not None else None
        contract: XmlName | None = getattr(content, "contract", None)
        return contract if isinstance(type_, Object) or type_.name is not None else None

    def _discriminator(self, name: str, alternatives: list[XmlNode]) -> XmlNode | None:
        for alternative in alternatives:
            content = self.api.xml[alternative.content]
            if isinstance(content, XmlObject):
                for node in (*content.attributes, *content.elements):
                    if node.property == name:
                        return node
        return None


def _profile_of(types: dict[TypeId, AnyType], type_: AnyType) -> Profile:
    """The profile of a type: its own, else that of what stands in it (a list of models)."""
    visited: set[TypeId] = set()
    while type_.profile == "openapi" and type_.id not in visited:
        visited.add(type_.id)
        inside = type_.items if isinstance(type_, Array) else type_.values if isinstance(type_, Map) else None
        if inside is None:
            break
        type_ = types[inside.type]
    return type_.profile


def _is_free(type_: AnyType, entries: Entries | None, types: dict[TypeId, AnyType]) -> bool:
    """Whether any value may stand here: no schema, or an object of which nothing is said."""
    if isinstance(type_, Scalar | Union):
        return is_of_any_type(type_, types) or (isinstance(type_, Scalar) and type_.base == "never")
    if not isinstance(type_, Map) or entries is not None:
        return False
    values, facts = types[type_.values.type], type_.values.xml
    # Entries in a namespace that the document gives them are a map's, whatever they hold.
    return isinstance(values, Scalar) and values.base == "any" and (facts is None or not facts.namespace)


def _derived(types: dict[TypeId, AnyType]) -> dict[TypeId, dict[TypeId, None]]:
    """The types derived from each type, nearer ones first."""
    result: dict[TypeId, dict[TypeId, None]] = {}
    for type_ in types.values():
        base = type_.base if isinstance(type_, Object) else None
        while base is not None:
            result.setdefault(base, {})[type_.id] = None
            above = types[base]
            base = above.base if isinstance(above, Object) else None
    return result


def _omitted(property_: Property, node: XmlNode, profile: Profile) -> Literal["absent", "zero"] | None:
    """When a member is not written. .NET's serializer writes every one that can be null."""
    use = property_.use
    if use.omit_default:
        return "zero"
    if node.nil and node.node == "element" and profile == "datacontract":
        return None
    # A member of one side is not there on the other, though the document requires it.
    return None if property_.required and not (use.read_only or use.write_only) else "absent"


def _least(use: Use, type_: Array) -> int:
    """How many items a list has to have."""
    constraints = merged(use.constraints, type_.constraints)
    return (constraints.min_items or 0) if constraints is not None else 0


def _reference(reference: Reference, attributes: list[XmlNode]) -> XmlReference:
    """The attributes of an object with an id: where no member is the one that carries it, .NET's ``z:Id``."""
    own = next((node for node in attributes if node.property == reference.id), None)
    name, namespace, prefix = (
        ("Id", SERIALIZATION, "z") if own is None else (own.name, own.namespace, own.prefix)
    )
    return XmlReference(
        id=XmlName(name=name, namespace=namespace),
        ref=XmlName(name=reference.attribute, namespace=namespace),
        prefix=prefix,
    )
