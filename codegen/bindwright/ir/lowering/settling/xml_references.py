"""What a property that is a mere reference is called in XML: docs/decisions/0012-xml-references.md."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.model import AnyType, Array, Enum, Map, Object, Scalar, TypeId, Union, Use, XmlFacts
from bindwright.ir.walks import uses_of


def name_references(types: dict[TypeId, AnyType]) -> None:
    """The setting ``xml-references = "component"``: a component without ``xml.name`` is called by its key everywhere."""
    for type_ in types.values():
        if type_.name is not None:
            type_.xml = type_.xml or XmlFacts()
            type_.xml.name = type_.xml.name or type_.name


def warn_of_missing_elements(context: Lowering) -> None:
    """Tell of members without a node of their own whose content could not be found again: maps and plain values.

    The entries of a map would stand among the members of the object around it (OpenAPI 3.2.0, "XML Node Types",
    ``none``), and nothing would tell them from its other content.
    """
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            type_ = context.types[property_.use.type]
            facts = (property_.use.xml, type_.xml)
            if isinstance(type_, Map | Scalar | Enum) and any(
                fact is not None and fact.node == "none" for fact in facts
            ):
                context.degrade(
                    "invalid-node-type",
                    f"`nodeType: none` of {'a map' if isinstance(type_, Map) else 'a plain value'}: it has an element",
                    Location(property_.place.file, property_.place.pointer),
                    "`nodeType: element`, or `additionalProperties` of the object around it",
                )
            elif isinstance(type_, Object) and any(map(_is_none, facts)) and _needs_element(type_):
                context.degrade(
                    "invalid-node-type",
                    "`nodeType: none` of an object with attributes or a text: it has an element",
                    Location(property_.place.file, property_.place.pointer),
                    "describe them at the object around it",
                )
                for fact in facts:
                    if fact is not None and fact.node == "none":
                        fact.node = None
        _warn_of_items(context, owner)
    _warn_of_circles(context)


def _warn_of_circles(context: Lowering) -> None:
    """Give an element to an object that would stand within itself without one: nothing would tell where it ends."""
    inlined: dict[TypeId, set[TypeId]] = {}
    """Of each object those whose members stand among its own."""
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) else ():
            use, type_ = property_.use, context.types[property_.use.type]
            if not isinstance(type_, Object) or _node_of(use, type_) != "none":
                continue
            if not _is_reached(inlined, type_.id, owner.id):
                inlined.setdefault(owner.id, set()).add(type_.id)
                continue
            context.degrade(
                "invalid-node-type",
                "`nodeType: none` of an object within itself: it has an element",
                Location(property_.place.file, property_.place.pointer),
                "`nodeType: element`",
            )
            use.xml = replace(use.xml or XmlFacts(), node="element")


def _node_of(use: Use, type_: AnyType) -> str | None:
    """The kind of node that a place says, else its type."""
    nodes = (facts.node for facts in (use.xml, type_.xml) if facts is not None)
    return next(filter(None, nodes), None)


def _is_reached(inlined: dict[TypeId, set[TypeId]], start: TypeId, goal: TypeId) -> bool:
    visited, pending = {start}, [start]
    while pending:
        type_id = pending.pop()
        if type_id == goal:
            return True
        further = inlined.get(type_id, set()) - visited
        visited |= further
        pending += further
    return False


def _warn_of_items(context: Lowering, owner: AnyType) -> None:
    """Give the objects of a list or map elements: nothing would tell where one of them ends and the next begins."""
    for use, holder in _uses_of_many(owner):
        type_ = context.types[use.type]
        if not isinstance(type_, Object) or _node_of(use, type_) != "none":
            continue
        context.degrade(
            "invalid-node-type",
            f"`nodeType: none` of the objects of a {holder}: each has an element",
            Location(owner.place.file, owner.place.pointer),
            "`nodeType: element`, or a choice (`oneOf`) of elements",
        )
        # A component keeps its own: where it is no item its members are those of the object around it.
        use.xml = replace(use.xml or XmlFacts(), node="element")


def _uses_of_many(owner: AnyType) -> Iterator[tuple[Use, str]]:
    """What there may be many of in a type, and what holds them."""
    if isinstance(owner, Array):
        yield from ((use, "list") for use in (*owner.prefix, owner.items) if use is not None)
    elif isinstance(owner, Map):
        yield owner.values, "map"
    elif isinstance(owner, Object):
        uses = (owner.additional, *(use for _, use in owner.pattern_additional))
        yield from ((use, "map") for use in uses if use is not None)


def _needs_element(type_: Object) -> bool:
    """Whether members of an object stand at its element, and would be lost without one."""
    return any(
        property_.use.xml is not None and property_.use.xml.node in ("attribute", "text", "cdata")
        for property_ in type_.properties
    )


def warn_of_positions(context: Lowering) -> None:
    """Tell of lists in the profile of data contracts whose first items have names of their own: .NET has one name for
    all items of a list."""
    for type_ in context.types.values():
        if not isinstance(type_, Array) or type_.profile != "datacontract" or type_.items is None:
            continue
        names = set()
        for use in (*type_.prefix, type_.items):
            item = context.types[use.type]
            names.add((use.xml or item.xml or XmlFacts()).name)
        if len(names) > 1:
            context.degrade(
                "xml-open-tuple",
                "items of `prefixItems` are called otherwise in XML than those of `items`; the data contract serializer "
                "has one name for all, that of `items`",
                Location(type_.place.file, type_.place.pointer),
                "write `items: false`, give all items one name, or describe an object whose last member is a list",
            )


def warn_of_unused_names(
    context: Lowering, unused: dict[TypeId, list[str]], alike: dict[TypeId, list[str]]
) -> None:
    """Tell of choices whose alternatives have names that no element has, for each is called as the place; and of those
    with alternatives that values are of alike, so that a value is written under the name of the first."""
    for type_id, names in alike.items():
        if names:
            place = context.types[type_id].place
            context.degrade(
                "xml-alternative-names",
                f"alternatives of one kind of value are called `{names[0][:60]}` and `{names[1][:60]}` in XML: values "
                "do not tell which, and are written under the name of the first that takes them",
                Location(place.file, place.pointer),
                "describe an object with a member for each",
            )
    for type_id, names in unused.items():
        type_ = context.types[type_id]
        if names and isinstance(type_, Union) and type_.discriminator is None:
            context.degrade(
                "xml-alternative-names",
                f"an alternative is called `{names[0][:60]}` in XML, and its element is not: nothing but the name of "
                "the place, or a key, names all of them",
                Location(type_.place.file, type_.place.pointer),
                "give each alternative a name of its own, or describe an object with a member for each",
            )


def warn_of_enclosed_items(context: Lowering, enclosed: dict[TypeId, str]) -> None:
    """Tell of alternatives that are lists whose items are called otherwise than the member: they stand within its
    element, where those of a list that is no alternative stand side by side."""
    for type_id, name in enclosed.items():
        place = context.types[type_id].place
        context.degrade(
            "xml-alternative-names",
            f"an alternative is a list whose items are called `{name[:60]}` in XML: they stand within an element of the "
            "member, as those of a list that is wrapped, which tells the list",
            Location(place.file, place.pointer),
            "leave the name of the items out, or say `wrapped: true` (`nodeType: element` in 3.2) at the list",
        )


def warn_of_items_alike(context: Lowering) -> None:
    """Tell of lists, and of maps, among alternatives of which one has any texts and another numbers or truth values:
    their elements have one name, and say no type."""
    for type_ in context.types.values():
        if not isinstance(type_, Union) or type_.discriminator is not None or type_.profile != "openapi":
            continue
        members = [context.types[member.type] for member in type_.members]
        for kind, words in ((Array, "lists"), (Map, "maps")):
            items = [_scalar_in(context, member) for member in members if isinstance(member, kind)]
            others = [item for item in items if item is not None and item.base in _NO_TEXTS]
            if others and any(item is not None and _is_any_text(item) for item in items):
                context.degrade(
                    "xml-alternative-values",
                    f"alternatives are {words} of texts and of type {others[0].base}: in XML nothing tells texts that "
                    f"could be of the latter, and they are read so",
                    Location(type_.place.file, type_.place.pointer),
                    "give the texts a `pattern` that no other value has, or describe an object with a member for each",
                )


_NO_TEXTS = frozenset({"integer", "number", "boolean"})


def _scalar_in(context: Lowering, type_: Array | Map) -> Scalar | None:
    """What stands in a list or map, where that is a scalar."""
    use = type_.values if isinstance(type_, Map) else type_.items
    inside = context.types.get(use.type) if use is not None else None
    # What the place says of them may tell them.
    return inside if isinstance(inside, Scalar) and use is not None and use.constraints is None else None


def _is_any_text(type_: Scalar) -> bool:
    return type_.base == "string" and type_.format is None and type_.constraints is None


def join_choices(context: Lowering) -> None:
    """Put the alternatives of a choice of elements that stands in another one (both `nodeType: none`) in its place.

    Neither has a node, so that the elements of both stand side by side, and each tells which alternative it is.
    """
    for choice in _choices(context.types):
        if choice.discriminator is None:
            choice.members = [
                each for member in choice.members for each in _joined(context, choice, member, [])
            ]


def _joined(context: Lowering, choice: Union, member: Use, within: list[TypeId]) -> list[Use]:
    inner = context.types[member.type]
    if (
        not isinstance(inner, Union)
        or inner.id == choice.id
        or inner.id in within
        or not _is_none(member.xml or inner.xml)
        or inner.any_of != choice.any_of
        or inner.discriminator is not None
        or member.nullable
        or member.constraints is not None
        or [*member.asserts, *inner.asserts]
    ):
        return [member]
    return [each for use in inner.members for each in _joined(context, choice, use, [*within, inner.id])]


def warn_of_alternatives(context: Lowering) -> None:
    """Tell of alternatives of a choice of elements (`nodeType: none`) that have no element by which they are told."""
    for choice in _choices(context.types):
        for member in choice.members:
            if what := _without_element(member, context.types[member.type]):
                context.degrade(
                    "invalid-node-type",
                    f"a choice of elements (`nodeType: none`) has {what} among its alternatives, which no element tells",
                    Location(choice.place.file, choice.place.pointer),
                    "an object with an `xml.name` around it, or the default `nodeType` for the choice",
                )


def _choices(types: dict[TypeId, AnyType]) -> list[Union]:
    """The unions that have no node of their own, of themselves or where they stand."""
    choices = {
        type_.id: type_ for type_ in types.values() if isinstance(type_, Union) and _is_none(type_.xml)
    }
    for owner in types.values():
        for use in uses_of(owner):
            type_ = types[use.type]
            if isinstance(type_, Union) and _is_none(use.xml):
                choices[type_.id] = type_
    return list(choices.values())


def _is_none(facts: XmlFacts | None) -> bool:
    return facts is not None and facts.node == "none"


def _without_element(member: Use, type_: AnyType) -> str:
    """What an alternative is that has no element by which it could be told; empty where it has one."""
    nodes = {facts.node for facts in (member.xml, type_.xml) if facts is not None}
    if isinstance(type_, Array):
        return "a list"
    if isinstance(type_, Map):
        return "a map"
    if nodes & {"text", "cdata", "attribute"} and isinstance(type_, Scalar | Enum | Union):
        return "a text" if "attribute" not in nodes else "an attribute"
    if isinstance(type_, Union) and "none" in nodes:
        return "another choice"
    return "an object without a node" if isinstance(type_, Object) and "none" in nodes else ""


def warn_of_references(context: Lowering) -> None:
    """Tell where the letter of 3.2 and all other versions call an element differently, and no XML Object says which."""
    for owner in context.types.values():
        for property_ in owner.properties if isinstance(owner, Object) and owner.profile == "openapi" else ():
            use = property_.use
            type_ = context.types[use.type]
            says = use.xml is not None or (type_.xml is not None and (type_.xml.name or type_.xml.node))
            if type_.name in (None, property_.name) or says or property_.declared_in != owner.id:
                continue
            context.warn(
                "xml-reference-name",
                f"in XML, the element of `{property_.name[:60]}` is called `{property_.name[:60]}`, as in every"
                f" version; by the letter of 3.2 it would be `{(type_.name or '')[:60]}`, as what it refers to",
                Location(property_.place.file, property_.place.pointer),
                'say which: `xml: {nodeType: element}` beside the reference, or `xml-references = "component"`'
                " in the configuration",
            )
