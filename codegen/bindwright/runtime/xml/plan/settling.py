"""The settler: places from the facts that classes and fields carry, where these do not say everything.

Hand-written models say what they must and get the rest by these rules. A generated model carries what the rules would
miss, and `ir` has settled the same places from the document: that both come to the same is tested over the corpus.

- **Names**: the place's own, else that of the class it refers to (`Wire.names` says of what), else the member's.
- **Namespaces** without a prefix hold for what stands within, as ``xmlns`` does.
- **Nodes**: an element, but lists that are not wrapped have none of their own.

Sources: OpenAPI 3.2.0, "XML Object"; for ``datacontract`` the conventions of .NET's DataContractSerializer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from attrs import evolve

from bindwright.runtime.resolve import evaluate
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.wire import Wire, Xml
from bindwright.runtime.xml.plan.places import SERIALIZATION, XmlPlace, xml_name
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.tree.names import expanded


def profile_of(shape: Shape, default: str = "openapi") -> str:
    """The profile of a type: its own, else that of what stands in it (a list of models), else the default."""
    if shape.wire.profile is not None:
        return shape.wire.profile
    if shape.root is not None and shape.root.profile is not None:
        return shape.root.profile
    if shape.kind in ("list", "map") and default == "openapi":
        return profile_of(shape.item, default)
    if shape.kind == "model" and shape.root is None:
        for base in shape.type.__mro__[1:]:
            facts = vars(base).get("__wire__")
            if facts is not None and facts.profile is not None:
                return str(facts.profile)
    return default


def root_place(type_: Any, *, wire: Wire | None = None, names: Any = None) -> XmlPlace:
    """The place of a document's root.

    Raises:
        TypeError: the type cannot stand on the wire.
    """
    shape = shape_of(type_, wire=wire, names=names).as_document()
    profile = profile_of(shape)
    if profile == "datacontract":
        shape.nullable = (
            True  # a document of the profile may be null: it does not tell whether its type is Nullable
        )
    use, type_facts = shape.wire.xml, _own(shape)
    name = use.name or type_facts.name or shape.name or _default_name(shape, profile)
    namespace, prefix = _namespace(use, type_facts, _default_namespace(shape))
    place = XmlPlace(
        shape=shape, node="element", name=name, namespace=namespace, prefix=prefix,
        inherited=inherited_of(use, type_facts, "" if prefix else namespace), profile=profile, within=_within,
        known_types=known_types_of(shape.type, (), profile), fallback=_called_inside(shape, name),
    )  # fmt: skip
    return place


def _called_inside(shape: Shape, name: str) -> str:
    """What items are called that have no name of their own: in a plain ``list[Pet]`` as the component is."""
    if shape.kind != "list" or shape.root is not None or shape.wire.xml.name or shape.item.kind != "model":
        return name
    return element_name(shape.item) or name


def _default_name(shape: Shape, profile: str) -> str:
    if shape.kind == "list":
        return "ArrayOf" + (element_name(shape.item) or "Item")
    return {"string": "string", "integer": "int", "boolean": "boolean"}.get(shape.kind, "value")


def _default_namespace(shape: Shape) -> str:
    if shape.kind == "list" and shape.root is None:
        return shape.item.wire.xml.namespace or _own(shape.item).namespace or ""
    return ""


def _own(shape: Shape) -> Xml:
    return shape.root.xml if shape.root is not None else Xml()


def _namespace(use: Xml, type_facts: Xml, inherited: str) -> tuple[str, str | None]:
    if use.namespace is not None:
        return use.namespace, use.prefix
    if type_facts.namespace is not None:
        return type_facts.namespace, type_facts.prefix if use.prefix is None else use.prefix
    return inherited, None


def inherited_of(use: Xml, type_facts: Xml, inherited: str) -> str:
    """A namespace without a prefix is the default of the element and of its descendants."""
    for xml in (type_facts, use):
        if xml.namespace is not None and xml.prefix is None:
            return xml.namespace
    return inherited


def own_known_types(model: Any) -> list[tuple[str, str]]:
    """The known types of a class and its bases, as (expression, module) pairs; none of what is no class."""
    return [
        (expression, class_.__module__)
        for class_ in (model.__mro__ if isinstance(model, type) else ())
        if "__wire__" in vars(class_)
        for expression in vars(class_)["__wire__"].known
    ]


def known_types_of(model: Any, around: tuple[Any, ...], profile: str) -> tuple[Any, ...]:
    """What may stand in a model's members beside the declared types, as (expression, module) pairs.

    Its own known types and those of its bases come first. In the ``datacontract`` profile those of the objects around it
    follow, in an order that does not depend on the way to it: .NET's serializers keep them in scope until the outer
    object ends (`XmlObjectSerializerContext.scopedKnownTypes`).
    """
    of_model = own_known_types(model)
    if profile != "datacontract":
        return tuple(of_model) or around
    return (*dict.fromkeys(of_model), *sorted({*around}.difference(of_model)))


def place_of(
    shape: Shape,
    *,
    name: str,
    inherited: str,
    profile: str,
    known_types: tuple[Any, ...] = (),
    explicit: bool = True,
    inside_list: bool = False,
) -> XmlPlace:
    """The place of a value that would be called ``name`` (a property's, or an array's for its items)."""
    use, type_facts = shape.wire.xml, _own(shape)
    fallback = name
    alternates: list[str] = []
    # A component's own namespace is not that of the member element in the profile.
    namespace, prefix = _namespace(use, Xml() if profile == "datacontract" else type_facts, inherited)
    node = _node(
        shape,
        use.node or type_facts.node,
        wraps=use.wrapped or type_facts.wrapped or profile == "datacontract",
        inside_list=inside_list,
    )
    if use.name:
        name = use.name
    elif explicit and profile != "datacontract" and type_facts.name and names_elements(shape):
        name = type_facts.name
    elif (
        type_facts.name and profile != "datacontract" and shape.root is not None and shape.root.names is None
    ):
        alternates.append(expanded(namespace, type_facts.name))
    if node == "none" and shape.kind == "list":
        name = fallback
    return XmlPlace(
        shape=shape, node=node, name=name, namespace=namespace, prefix=prefix,
        inherited=inherited_of(use, type_facts, inherited), profile=profile, within=_within,
        known_types=known_types_of(shape.type, known_types, profile), fallback=fallback if node == "none" else name, alternates=tuple(alternates),
        is_keyed=not explicit,
    )  # fmt: skip


def _node(shape: Shape, node: str | None, *, wraps: bool, inside_list: bool) -> str:
    """The kind of node of a value, where its place or type say ``node``; ``wraps``: a list has an element around it."""
    is_list = shape.kind in ("list", "tuple")
    usual = "none" if is_list and not (wraps or inside_list) else "element"
    if node == "none" and not is_list and shape.kind not in ("model", "union"):
        return "element"  # a map, a plain value: its content could not be found again
    if node == "attribute" and inside_list:
        return "element"  # of several attributes of one name there is one
    if node in ("attribute", "text", "cdata") and has_members(shape):
        return usual  # documents say that, too, of what has members: no text can hold it
    return node or usual


def read_also(place: XmlPlace, name: str) -> None:
    """Let the elements of a member be read by another name, too: those of its items, where it is a list."""
    while place.kind == "list":
        place = place.item
    place.alternates += (expanded(place.namespace, xml_name(name)),)


def attribute_place(shape: Shape, name: str, profile: str) -> XmlPlace:
    """The place of a member that is an attribute."""
    xml = shape.wire.xml  # an attribute without a prefix is in no namespace (Namespaces in XML, 6.2)
    return XmlPlace(
        shape=shape, node="attribute", name=xml.name or name, namespace=xml.namespace or "",
        prefix=xml.prefix, inherited="", profile=profile, within=_within,
    )  # fmt: skip


def id_place(shape: Shape, profile: str) -> XmlPlace:
    """The place of an id (IsReference) of which nothing says that it is an attribute: ``z:Id``, as .NET has it."""
    return XmlPlace(
        shape=shape, node="attribute", name="Id", namespace=SERIALIZATION, prefix="z", inherited="",
        profile=profile, within=_within,
    )  # fmt: skip


def has_members(shape: Shape, levels: int = 4) -> bool:
    """Whether a value is, or holds, more than a text can; what a user's hook makes is for the hook to say.

    Lists within lists are looked into so many levels deep: they may contain themselves.
    """
    if hooks().has(shape.type):
        return False
    if shape.kind in ("list", "tuple", "union"):
        return levels > 0 and any(has_members(inner, levels - 1) for inner in shape.inner())
    return shape.kind in ("model", "map")


def names_elements(shape: Shape) -> bool:
    """Whether the name of a class is that of its elements everywhere; one that says no more than the class is not."""
    root = shape.root
    if root is None or root.xml.name is None:
        return False
    return root.xml.name != shape.name if root.names is None else root.names == "everywhere"


def element_name(shape: Shape) -> str | None:
    """What a class is called as a root, and where it stands for one; None where the document has no name for it."""
    if shape.root is not None and shape.root.names == "nothing":
        return None
    return _own(shape).name or shape.name


def _within(place: XmlPlace) -> tuple[XmlPlace, ...]:
    """The places inside a place."""
    shape = place.shape
    if shape.kind == "map":
        return tuple(_map_value(place, item) for item in (shape.item, *shape.named_items()))
    if positions := place.positions:
        return tuple(
            _list_item(place, shape_of(expression, wire=facts, names=shape.names))
            for expression, facts in positions
        )
    if shape.kind == "list":
        return (_list_item(place, shape.item),)
    if shape.kind == "tuple":
        return tuple(_list_item(place, item) for item in shape.inner())
    members = tuple(_member_place(place, member) for member in shape.inner())
    if _some_have_names(place, members):
        # A scalar without a name of its own beside some that have one is called as the place.
        return tuple(
            member if has_name(member) else evolve(member, name=place.name, fallback=place.name)
            for member in members
        )
    return members


def has_name(member: XmlPlace) -> bool:
    """Whether an alternative has a name of its own: one that its place says, or its class wherever it stands."""
    return bool(member.shape.wire.xml.name) or names_elements(member.shape)


def _some_have_names(union: XmlPlace, members: Sequence[XmlPlace]) -> bool:
    """Whether of scalars, of which nothing else tells which one an element is, some have names and others none."""
    choice = union.shape.fact("choice")
    return (
        union.node != "none"
        and all(member.kind == "scalar" for member in members)
        and (choice is None or choice.discriminator is None)
        and 0 < sum(map(has_name, members)) < len(members)
    )


def _list_item(array: XmlPlace, shape: Shape) -> XmlPlace:
    under_root = array.fallback == array.name and shape.kind == "model" and array.shape.root is not None
    item_facts = _own(shape)
    name = array.fallback
    if under_root:
        name = element_name(shape) or name
    if array.profile == "datacontract" and item_facts.name:
        name = item_facts.name  # an item's element has the name of its contract
    item = place_of(
        shape,
        name=name,
        inherited=array.inherited,
        profile=array.profile,
        known_types=array.known_types,
        inside_list=True,
    )
    if array.wrapped and array.fallback != array.name and array.profile != "datacontract":
        item.alternates += (expanded(item.namespace, array.name),)
    return item


def _map_value(place: XmlPlace, shape: Shape) -> XmlPlace:
    entries = place.entries
    if entries is None:
        return place_of(
            shape, name="", inherited=place.inherited, profile=place.profile, known_types=place.known_types,
            explicit=False, inside_list=True,
        )  # fmt: skip
    value = place_of(
        shape, name=entries.value, inherited=entries.namespace or "", profile=place.profile,
        known_types=place.known_types, explicit=False, inside_list=True,
    )  # fmt: skip
    return evolve(value, name=entries.value, namespace=entries.namespace or "")


def mapped_places(union: XmlPlace, members: Sequence[XmlPlace]) -> list[XmlPlace]:
    """The places of models that a union's discriminator leads to and that are none of its members."""
    choice, names = union.shape.fact("choice"), union.shape.names
    if choice is None:
        return []
    types = {member.shape.type for member in members if member.kind == "model"}
    goals = dict.fromkeys(evaluate(goal, names) for goal in choice.mapping.values())
    return [
        _member_place(union, shape_of(goal, names=names))
        for goal in goals
        if attrs.has(goal) and goal not in types
    ]


def _member_place(union: XmlPlace, shape: Shape) -> XmlPlace:
    type_facts = _own(shape)
    name = shape.wire.xml.name or type_facts.name or shape.name or union.name
    place = place_of(
        shape, name=name, inherited=union.inherited, profile=union.profile, known_types=union.known_types
    )
    return evolve(place, name=name)
