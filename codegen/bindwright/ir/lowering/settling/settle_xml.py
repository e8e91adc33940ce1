"""XML, settled: names, namespaces, nodes and order of every place and of every root (OpenAPI 3.2.0, XML Object).

Names come from an explicit ``xml.name``, of the place, else of the component that it refers to, also where that is
the component's key; else from the property. The key of a component names roots (and what stands for a root: an item
of a root list, an alternative). Namespaces without a prefix are inherited, as ``xmlns`` is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.settling.settle_json import merged
from bindwright.ir.lowering.settling.settle_lexical import lexical_of, text_of
from bindwright.ir.lowering.settling.xml_facts import settle_facts
from bindwright.ir.lowering.settling.xml_members import (
    may_meet,
    order_elements,
    remove_ambiguous,
    warn_of_shared_names,
)
from bindwright.ir.lowering.settling.xml_places import HoldingList, Inherited
from bindwright.ir.lowering.settling.xml_profiles import PROFILES, builtin_type
from bindwright.ir.lowering.settling.xml_references import (
    join_choices,
    name_references,
    warn_of_alternatives,
    warn_of_enclosed_items,
    warn_of_items_alike,
    warn_of_missing_elements,
    warn_of_positions,
    warn_of_references,
    warn_of_unused_names,
)
from bindwright.ir.model import (
    AnyType,
    AnyXml,
    Api,
    Array,
    Content,
    ContentId,
    Entries,
    Enum,
    Map,
    Node,
    Object,
    Profile,
    Property,
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
from bindwright.ir.walks import contents_of, described_parts, operations_of, parts_of, uses_of
from bindwright.standards.media_types import kind_of
from bindwright.standards.xml_names import element_name, encode_name

_NOTHING = XmlFacts()
_XSD = "http://www.w3.org/2001/XMLSchema"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SYSTEM = "http://schemas.datacontract.org/2004/07/System"
_ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"


def _joined(type_: AnyType) -> str:
    """The words of a type as one name."""
    return "".join(word[:1].upper() + word[1:] for word in type_.words)


def _component_name(type_: AnyType) -> str | None:
    """The key of a component as a name of XML has to begin from: a key may be empty, a name may not."""
    return encode_name("") if type_.name == "" else type_.name


def settle_xml(context: Lowering) -> None:
    """Set the roots of types and bodies, and the contents that they lead to."""
    api = context.api
    if not has_xml(context):
        return
    if context.options.xml_references == "component":
        name_references(context.types)
    elif context.document.version == "3.2":
        warn_of_references(context)
    warn_of_missing_elements(context)
    join_choices(context)
    warn_of_alternatives(context)
    settle_facts(api, context.types)
    warn_of_positions(context)
    api.profiles = PROFILES
    settler = XmlSettler(api, context.types, reads_components=context.document.version == "3.2")
    _warn_of_members(context, settler)
    _keep_one_text(context, settler)
    _keep_distinct_attributes(context, settler)
    for type_ in list(context.types.values()):  # settling may add plain types, those of keys
        if type_.name is not None:
            type_.root = settler.root(Use(type=type_.id))
    for content in _bodies(api):
        if content.use is not None and kind_of(content.media_type) == "xml":
            content.root = settler.root(content.use)
        for use in _documents_of_parts(context, content):
            # Of a type without a name the root stands at it: it is in one place, and a part has none.
            context.types[use.type].root = settler.root(use)
    warn_of_shared_names(context)
    warn_of_unused_names(context, settler.unused, settler.alike)
    warn_of_enclosed_items(context, settler.enclosed)
    if _has_xml(api, context.types):
        warn_of_items_alike(context)
    for content_id, settled in api.xml.items():
        if isinstance(settled, (XmlOffset, XmlObject, XmlList, XmlTuple, XmlEntries)):
            settled.declares = _declares(api, content_id, frozenset())


def _documents_of_parts(context: Lowering, content: Content) -> Iterator[Use]:
    """What stands in XML in parts of a form, each item of a list by itself, and is an object without a name."""
    form = context.types[content.use.type] if content.parts and content.use is not None else None
    in_xml = {
        part.name
        for part in content.parts
        if part.content_type and kind_of(part.content_type.partition(",")[0]) == "xml"
    }
    for property_ in form.properties if isinstance(form, Object) else ():
        type_ = context.types[property_.use.type]
        use = type_.items if isinstance(type_, Array) and type_.items is not None else property_.use
        inside = context.types[use.type]
        if property_.name in in_xml and isinstance(inside, Object) and inside.root is None:
            yield use


def has_xml(context: Lowering) -> bool:
    """Whether anything of the API may stand in XML, when types are final."""
    if context.has_xml is None:
        bodies = _bodies(context.api)
        # A document of schemas alone says nothing of formats: its types may stand in any.
        types = [
            type_
            for content in bodies
            for type_ in (content.media_type, *(part.content_type for part in described_parts(content)))
        ]
        is_xml = not bodies or any(kind_of(type_.partition(",")[0]) == "xml" for type_ in types if type_)
        context.has_xml = is_xml or any(_says_xml(type_) for type_ in context.types.values())
    return context.has_xml


def _bodies(api: Api) -> list[Content]:
    return [content for operation in operations_of(api) for content in contents_of(operation)]


def _warn_of_members(context: Lowering, settler: XmlSettler) -> None:
    """Tell of attributes and texts whose values no text can hold: they are elements."""
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            type_ = context.types[property_.use.type]
            node = (property_.use.xml or type_.xml or _NOTHING).node
            if property_.declared_in != owner.id or node not in ("attribute", "text", "cdata"):
                continue
            if settler.has_members(type_, frozenset()):
                words = "an attribute" if node == "attribute" else "text"
                context.warn(
                    "xml-node-of-members",
                    f"`{property_.name[:60]}` cannot be {words}: its values have members. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                )


def _keep_one_text(context: Lowering, settler: XmlSettler) -> None:
    """Make elements of all texts of an object but the first, and tell of it: nobody could tell them apart.

    A base's text comes before those of the object itself.
    """
    for owner in context.types.values():
        texts = [
            property_
            for property_ in (owner.properties if isinstance(owner, Object) else ())
            if (property_.use.xml or context.types[property_.use.type].xml or _NOTHING).node
            in ("text", "cdata")
            and not settler.has_members(context.types[property_.use.type], frozenset())
        ]
        texts.sort(key=lambda property_: property_.declared_in == owner.id)
        for property_ in texts[1:]:
            facts = property_.use.xml or context.types[property_.use.type].xml or _NOTHING
            property_.use.xml = replace(facts, node="element")
            if property_.declared_in == owner.id:
                context.warn(
                    "xml-second-text",
                    f"`{property_.name[:60]}` cannot be text: `{texts[0].name[:60]}` is. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                )


def _keep_distinct_attributes(context: Lowering, settler: XmlSettler) -> None:
    """Make elements of all attributes of an object with the name of an earlier one, and tell of it.

    An element has at most one attribute of a name (Namespaces in XML 1.0, 6.3). A base's come before those of the object
    itself; a member that only requests have never meets one that only answers have.
    """
    for owner in context.types.values():
        properties = owner.properties if isinstance(owner, Object) else []
        firsts: dict[tuple[str, str], list[Property]] = {}
        for property_ in sorted(properties, key=lambda property_: property_.declared_in == owner.id):
            type_ = context.types[property_.use.type]
            place, type_facts = property_.use.xml or _NOTHING, type_.xml or _NOTHING
            if (place.node or type_facts.node) != "attribute" or settler.has_members(type_, frozenset()):
                continue
            of_type = type_facts if isinstance(type_, (Enum, Union)) else _NOTHING
            name = _attribute_name(place, of_type, property_.name)
            first = next((each for each in firsts.get(name, []) if may_meet(each, property_)), None)
            if first is None:
                firsts.setdefault(name, []).append(property_)
                continue
            property_.use.xml = replace(place, node="element")
            if property_.declared_in == owner.id:
                context.warn(
                    "xml-shared-name",
                    f"`{property_.name[:60]}` cannot be the attribute `{name[1][:60]}`: `{first.name[:60]}` "
                    f"({first.place.file}#{first.place.pointer}) is. It is an element",
                    Location(property_.place.file, property_.place.pointer),
                    "give one of them another `xml.name` or `xml.namespace`",
                )


def _attribute_name(place: XmlFacts, type_facts: XmlFacts, name: str) -> tuple[str, str]:
    """The namespace and the local name of an attribute; without a namespace of its own it has none."""
    return place.namespace or type_facts.namespace or "", element_name(place.name or type_facts.name or name)


def _has_xml(api: Api, types: dict[TypeId, AnyType]) -> bool:
    """Whether a document speaks of XML anywhere."""
    return any(kind_of(content.media_type) == "xml" for content in _bodies(api)) or any(
        map(_says_xml, types.values())
    )


def _says_xml(type_: AnyType) -> bool:
    if type_.xml is not None or type_.profile == "datacontract":
        return True
    return any(use.xml is not None for use in uses_of(type_))


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
        place, type_facts = use.xml or _NOTHING, type_.xml or _NOTHING
        profile = self._profile(type_)
        name = place.name or type_facts.name or _component_name(type_) or self._root_name(type_)
        namespace, prefix = _namespace(place, type_facts, self._root_namespace(type_))
        if place.namespace is None and type_facts.namespace is None and not namespace:
            namespace = self._contract_namespace(type_, profile)
        inherited = Inherited(_inherited(place, type_facts, "" if prefix else namespace), profile)
        fallback = self._items_of_root(use, type_, name)
        holder = HoldingList(element_name(name), fallback, True, type_.name is not None)
        content = self.content(use, type_, inherited, holder)
        return XmlRoot(
            node="element", name=element_name(name), namespace=namespace, prefix=prefix, content=content,
            nil=use.nullable or type_.nullable or profile == "datacontract", profile=profile,
        )  # fmt: skip

    def _profile(self, type_: AnyType) -> Profile:
        """The profile of a type: its own, else that of what stands in it (a list of models)."""
        visited: set[TypeId] = set()
        while type_.profile == "openapi" and type_.id not in visited:
            visited.add(type_.id)
            inside = (
                type_.items if isinstance(type_, Array) else type_.values if isinstance(type_, Map) else None
            )
            if inside is None:
                break
            type_ = self.types[inside.type]
        return type_.profile

    def _root_name(self, type_: AnyType) -> str:
        if isinstance(type_, Array) and type_.items is not None:
            item = self.types[type_.items.type]
            # Lists, maps and scalars are written out where they stand: they name nothing.
            named = isinstance(item, (Object, Enum, Union))
            return "ArrayOf" + (((item.xml or _NOTHING).name or item.name or "Item") if named else "Item")
        if isinstance(type_, Scalar):
            plain = type_.base != "string" or text_of(type_, Use(type=type_.id), "openapi") == "string"
            names = {"string": "string", "integer": "int", "boolean": "boolean"} if plain else {}
            return names.get(type_.base, "value")
        if isinstance(type_, Object) or (isinstance(type_, Enum) and len(type_.members) > 1):
            return _joined(type_)
        if isinstance(type_, Union):
            scalars = [self.types[member.type] for member in type_.members]
            # Alternatives that are all one scalar are that scalar.
            names_of_all = {self._root_name(scalar) for scalar in scalars if isinstance(scalar, Scalar)}
            if len(names_of_all) == 1 and all(isinstance(scalar, Scalar) for scalar in scalars):
                return names_of_all.pop()
        return "value"

    def _root_namespace(self, type_: AnyType) -> str:
        if isinstance(type_, Array) and type_.name is None and type_.items is not None:
            type_facts = self.types[type_.items.type].xml or _NOTHING
            return (type_.items.xml or _NOTHING).namespace or type_facts.namespace or ""
        return ""

    def _contract_namespace(self, type_: AnyType, profile: Profile) -> str:
        return ""

    def _items_of_root(self, use: Use, type_: AnyType, name: str) -> str:
        """What the items of a root list are called that have no name: as their component is, in a plain list."""
        if not isinstance(type_, Array) or type_.name is not None or type_.items is None:
            return name
        item = self.types[type_.items.type]
        named = (use.xml or _NOTHING).name or (type_.xml or _NOTHING).name
        return name if named or not isinstance(item, Object) else item.name or name

    def node(
        self, use: Use, name: str, inherited: Inherited, *, property_: str = "", in_list: bool = False,
        names_type: bool = True, is_member: bool = False,
    ) -> XmlNode:  # fmt: skip
        """The node of a value that would be called `name` (a property's, or a list's for its items)."""
        type_ = self.types[use.type]
        place = use.xml or _NOTHING
        # Lists, maps and scalars have said at their places what they say (`settle_facts`).
        type_facts = (type_.xml or _NOTHING) if isinstance(type_, (Object, Enum, Union)) else _NOTHING
        fallback, contract = name, type_facts
        dotnet = inherited.profile == "datacontract"
        if dotnet and isinstance(type_, (Object, Enum, Union)):
            type_facts = XmlFacts(node=type_facts.node, wrapped=type_facts.wrapped)
        namespace, prefix = _namespace(place, type_facts, inherited.namespace)
        node = self._kind_of_node(place, type_facts, type_, dotnet or in_list)
        if node == "attribute" and in_list:
            node = "element"  # of several attributes of one name there is one
        if node == "attribute":
            namespace, name = _attribute_name(place, type_facts, name)
            # Of a list, the items are words of the text; they have the attribute's name where one is asked for.
            holder = HoldingList(name, name, False, False, is_text=True) if isinstance(type_, Array) else None
            return XmlNode(
                property=property_, node=node, name=name, namespace=namespace,
                prefix=place.prefix or type_facts.prefix or _PREFIXES.get(namespace),
                qname=namespace == _XSI and name == "type",
                content=self.content(use, type_, inherited, holder),
            )  # fmt: skip
        also_read = []
        if place.name:
            name = place.name
        elif type_facts.name and names_type:
            name = type_facts.name
        elif is_member and self._reads_component(type_, place, dotnet) and type_.name not in (None, name):
            also_read.append(XmlName(name=element_name(type_.name or ""), namespace=namespace))
        if node == "none" and isinstance(type_, Array):
            name = fallback
        below = replace(inherited, namespace=_inherited(place, contract, inherited.namespace))
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
        if node in ("attribute", "text", "cdata") and self.has_members(type_, frozenset()):
            return usual
        return node

    def has_members(self, type_: AnyType, around: frozenset[TypeId]) -> bool:
        """Whether a value is, or holds, more than a text can say."""
        if isinstance(type_, Array):
            inside = [*type_.prefix, *([type_.items] if type_.items is not None else [])]
        elif isinstance(type_, Union):
            inside = type_.members
        else:
            return isinstance(type_, (Object, Map))
        around |= {type_.id}
        return any(self.has_members(self.types[use.type], around) for use in inside if use.type not in around)

    def content(
        self, use: Use, type_: AnyType, inherited: Inherited, holder: HoldingList | None
    ) -> ContentId:
        """The content of a value; made once for a type and what it inherits."""
        entries = use.entries or (type_.entries if isinstance(type_, Map) else None)
        is_root = holder is not None and holder.is_root
        free = _is_free(type_, entries, self.types) and (isinstance(type_, Scalar) or not is_root)
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
        type_facts = type_.xml or _NOTHING
        name = type_facts.name or _component_name(type_)
        if name is None and isinstance(type_, Object) and type_.id in self._alternatives:
            name = _joined(type_)  # the document has no name for it, and `xsi:type` may have to tell it
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
        below = replace(inherited, namespace=_inherited(_NOTHING, type_.xml or _NOTHING, inherited.namespace))
        name = element_name(_component_name(type_) or "")
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
                base = self.types[property_.declared_in].xml or _NOTHING
                below = replace(inherited, namespace=_inherited(_NOTHING, base, inherited.namespace))
            name = property_.name or encode_name("")  # a property may be called nothing, an element may not
            node = self.node(property_.use, name, below, property_=property_.name, is_member=True)
            node.omit = _omitted(property_, node, inherited.profile)
            if node.node == "attribute" and (node.namespace, node.name) == ("", "xmlns"):
                continue  # the declaration of a namespace, which XML does not give as an attribute
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
            result.reference = _reference(type_, result.attributes)
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
        type_facts = (type_.xml or _NOTHING).name or (
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
            name = (use.xml or _NOTHING).name or (member.xml or _NOTHING).name or member.name or place
            node = self.node(use, name, inherited)
            node.name = element_name(name)
            alternatives.append(node)
        result = XmlUnion(type=type_.id, alternatives=alternatives)
        result.by_name = holder is not None and not holder.is_keyed and (
            not holder.wrapped or self._is_by_name(type_, alternatives, holder)
        )  # fmt: skip
        for use, node in zip(type_.members, alternatives, strict=True):
            node.contract = None if result.by_name else self._type_name(use, node)
        if result.by_name:
            self.alike[type_.id] = self._alike(type_)
        else:
            if holder is None or not holder.is_named:
                names = [name for name in self._names_of(type_) if name and element_name(name) != place]
                self.unused.setdefault(type_.id, names)
            if holder is not None and holder.is_member and inherited.profile == "openapi":
                for name in self._items_of_lists(type_):
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

    def _names_of(self, type_: Union) -> list[str | None]:
        """The names in XML that the document gives to alternatives, or to the components that they are."""
        return [
            (use.xml or _NOTHING).name or (self.types[use.type].xml or _NOTHING).name for use in type_.members
        ]

    def _items_of_lists(self, type_: Union) -> Iterator[str]:
        """The names that the document gives to items of alternatives that are lists and are not wrapped."""
        for use in type_.members:
            array = self.types[use.type]
            facts = [each for each in (use.xml, array.xml) if each is not None]
            if not isinstance(array, Array) or array.items is None or array.prefix:
                continue
            if any(each.wrapped or each.node == "element" for each in facts):
                continue
            item = array.items
            name = (item.xml or _NOTHING).name or (self.types[item.type].xml or _NOTHING).name
            if name is not None:
                yield element_name(name)

    def _type_name(self, use: Use, node: XmlNode) -> XmlName | None:
        """What ``xsi:type`` says of an alternative: the name of its type, or of the type of XML Schema."""
        content, type_ = self.api.xml[node.content], self.types[use.type]
        if isinstance(content, XmlText) and isinstance(type_, Scalar):
            name = builtin_type(content.lexical)
            return XmlName(name=name, namespace=_XSD) if name is not None else None
        contract: XmlName | None = getattr(content, "contract", None)
        return contract if isinstance(type_, Object) or type_.name is not None else None

    def _alike(self, type_: Union) -> list[str]:
        """Names of scalars in XML that have one kind of value."""
        names: dict[str, list[str]] = {}
        for use, name in zip(type_.members, self._names_of(type_), strict=True):
            scalar = self.types[use.type]
            if isinstance(scalar, Scalar) and name:
                form = lexical_of(scalar, use.format, "openapi").json
                names.setdefault(scalar.base if scalar.base in ("integer", "number") else form, []).append(
                    name
                )
        return next((several for several in names.values() if len(several) > 1), [])

    def _is_by_name(self, type_: Union, alternatives: list[XmlNode], holder: HoldingList) -> bool:
        """Whether the names of elements tell the alternatives: the document gives a name to each object and scalar,
        and nothing else names the element. A scalar without a name is called as the place, beside scalars with names.
        """
        members = [self.types[use.type] for use in type_.members]
        names = self._names_of(type_)
        if holder.is_named or type_.discriminator is not None or not any(names):
            return False
        if not all(names):
            if not all(isinstance(member, (Enum, Scalar)) for member in members):
                return False
            for node, name in zip(alternatives, names, strict=True):
                node.name = node.name if name else holder.name
        return all(isinstance(member, (Object, Enum, Scalar)) for member in members) and len(
            {(node.namespace, node.name) for node in alternatives}
        ) == len(members)

    def _discriminator(self, name: str, alternatives: list[XmlNode]) -> XmlNode | None:
        for alternative in alternatives:
            content = self.api.xml[alternative.content]
            if isinstance(content, XmlObject):
                for node in (*content.attributes, *content.elements):
                    if node.property == name:
                        return node
        return None


def _namespace(place: XmlFacts, type_facts: XmlFacts, inherited: str) -> tuple[str, str | None]:
    if place.namespace is not None:
        return place.namespace, place.prefix or _PREFIXES.get(place.namespace)
    if type_facts.namespace is not None:
        prefix = type_facts.prefix if place.prefix is None else place.prefix
        return type_facts.namespace, prefix or _PREFIXES.get(type_facts.namespace)
    return inherited, _PREFIXES.get(inherited)


_PREFIXES = {
    _XSI: "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""Namespaces that are always called so: one may not be the default, the other has its prefix for ever."""


def _inherited(place: XmlFacts, type_facts: XmlFacts, inherited: str) -> str:
    """A namespace without a prefix is the default of the element and of its descendants."""
    for facts in (type_facts, place):
        if facts.namespace is not None and facts.prefix is None:
            return facts.namespace
    return inherited


def _is_free(type_: AnyType, entries: Entries | None, types: dict[TypeId, AnyType]) -> bool:
    """Whether any value may stand here: no schema, or an object of which nothing is said."""
    if isinstance(type_, Scalar):
        return type_.base in ("any", "never")
    if not isinstance(type_, Map) or entries is not None:
        return False
    values = types[type_.values.type]
    return isinstance(values, Scalar) and values.base == "any"


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


def _declares(api: Api, content_id: ContentId, around: frozenset[ContentId]) -> list[str]:
    """The namespaces that an element declares: of what stands within; of a collection, also of what its items hold."""
    content = api.xml[content_id]
    if content_id in around or isinstance(content, (XmlText, XmlAny, XmlMap, XmlUnion)):
        return []
    if isinstance(content, XmlTuple):
        return list(dict.fromkeys(item.namespace for item in parts_of(content) if item.namespace))
    namespaces = [content.inside]
    if isinstance(content, XmlList):
        item = api.xml[content.item.content]
        if isinstance(item, XmlList | XmlEntries):  # that declares for its own items by itself
            namespaces.append(item.inside)
        else:
            namespaces += _declares(api, content.item.content, around | {content_id})
    return list(dict.fromkeys(filter(None, namespaces)))


def _least(use: Use, type_: Array) -> int:
    """How many items a list has to have."""
    constraints = merged(use.constraints, type_.constraints)
    return (constraints.min_items or 0) if constraints is not None else 0


def _reference(type_: Object, attributes: list[XmlNode]) -> XmlReference | None:
    assert type_.reference is not None
    id_name, ref_name = type_.reference.id, type_.reference.attribute
    for node in attributes:
        if node.property == id_name:
            return XmlReference(
                id=XmlName(name=node.name, namespace=node.namespace),
                ref=XmlName(name=ref_name, namespace=node.namespace),
                prefix=node.prefix,
            )
    return None
