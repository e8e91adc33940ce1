"""What settled XML says of names and a class does not tell by itself: it is written in `root(…)` of the class."""

from __future__ import annotations

from collections.abc import Iterator

from bindwright.ir import model as ir


def unnamed_roots(api: ir.Api) -> dict[ir.TypeId, str]:
    """Objects that are roots of XML, or items of a root list, for whose elements the document has no name; with what
    they are called as roots, empty for items.

    The element of an inline schema may be called anything (OpenAPI 3.2.0, "XML Object", `name`: a root element that
    nothing names is not defined), an item is called as the list says: the class's name is none of the document's.
    """
    return {
        use.type: name
        for use, name in _uses_of_roots(api)
        if isinstance(type_ := api.types[use.type], (ir.Object, ir.Enum))
        and type_.name is None
        and not (type_.xml and type_.xml.name)
        and not (use.xml and use.xml.name)
    }


def _uses_of_roots(api: ir.Api) -> Iterator[tuple[ir.Use, str]]:
    for type_ in api.types.values():
        if type_.root is not None:
            yield from _items(type_)
    for operation in api.operations:
        for place in (operation.body, *operation.responses):
            for content in place.contents if place is not None else ():
                if content.use is not None and content.root is not None:
                    yield from _items(api.types[content.use.type])
                    yield content.use, content.root.name


def _items(type_: ir.AnyType) -> Iterator[tuple[ir.Use, str]]:
    if isinstance(type_, ir.Array) and type_.items is not None:
        yield type_.items, ""


def other_names(api: ir.Api) -> dict[ir.TypeId, dict[str, str]]:
    """The other names by which elements of members are read, by the members' names in JSON: where the base of an
    object does not say the same; empty for a name that the base says and the object does not."""
    names = {
        type_.id: dict(_other_names(api, content))
        for type_ in api.types.values()
        if isinstance(type_, ir.Object) and isinstance(content := api.xml.get(type_.id), ir.XmlObject)
    }
    if not any(names.values()):
        return {}
    result = {}
    for type_id, own in names.items():
        type_ = api.types[type_id]
        inherited = names.get(type_.base or "", {}) if isinstance(type_, ir.Object) else {}
        differing = {name: other for name, other in own.items() if inherited.get(name) != other}
        result[type_id] = differing | dict.fromkeys(inherited.keys() - own.keys(), "")
    return result


def _other_names(api: ir.Api, content: ir.XmlObject) -> Iterator[tuple[str, str]]:
    for node in content.elements:
        element, inside = node, api.xml[node.content]
        visited = {node.content}
        while isinstance(inside, ir.XmlList) and inside.item.content not in visited:  # a list may hold itself
            visited.add(inside.item.content)
            element, inside = inside.item, api.xml[inside.item.content]
        for name in element.also_read:
            if element is node or name.name != node.name:  # items of a list are read by its own name anyway
                yield node.property, name.name
