"""What all readers share: the state of reading a document, null, names, and finding a place's reader.

A reader takes an element and the `DecodeContext` and gives the value, or raises `DecodeError` with the
element's path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.lexical import Lexical
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK

NIL = f"{{{XSI}}}nil"


TYPE = f"{{{XSI}}}type"


class DecodeContext:
    """The state of reading one document."""

    __slots__ = ("_references", "aside", "bare", "settings")

    def __init__(self, settings: Settings, bare: bool = False) -> None:
        self.settings = settings
        self.bare = bare
        """Whether no element has attributes, as a glance at the text tells."""
        self._references: dict[str, Any] | None = None
        self.aside: list[tuple[int, Any]] = []
        """Unknown content of the list or map read last, for the model it is a member of to keep (`Inside`)."""

    @property
    def references(self) -> dict[str, Any]:
        """Objects by their id (IsReference)."""
        if self._references is None:
            self._references = {}
        return self._references


Reader = Callable[[Element, DecodeContext], Any]


@frozen
class ReaderFactory:
    """Makes readers of elements; the makers are handed in, for readers of containers need those of all kinds."""

    settings: Settings
    makers: Mapping[str, Callable[[XmlPlace, ReaderFactory], Reader]]
    """By the kind of a place."""

    @property
    def lenient(self) -> bool:
        """Whether names are compared without their namespaces."""
        return self.settings.namespaces == "lenient"

    def of(self, place: XmlPlace) -> Reader:
        """The reader of elements at a place; the element's name has been checked already."""
        return self.makers[place.kind](place, self)

    def item(self, place: XmlPlace) -> Reader:
        """The same, made on first use where it is no scalar's: types may contain themselves."""
        if place.kind == "scalar":
            return self.of(place)
        readers: list[Reader] = []

        def read(node: Element, context: DecodeContext) -> Any:
            if not readers:
                readers.append(self.of(place))
            return readers[0](node, context)

        return read


_TRUE, _FALSE = ("true", "1"), ("false", "0")


def is_nil(node: Element) -> bool:
    """Whether an element has ``xsi:nil`` and means it."""
    value = node.get(NIL)
    if value is None:
        return False
    if (value := value.strip(BLANK)) in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise wrong("true or false", repr(value), node, NIL)


def null_of(place: XmlPlace, node: Element) -> None:
    """The value of an element with ``xsi:nil="true"``."""
    if not place.shape.nullable:
        raise wrong("a value", 'xsi:nil="true"', node)


def text_reader(lexical: Lexical) -> Callable[[str, Element, str | None], Any]:
    """From text to value, with the node at which an error is told."""
    parse, what = lexical.parse, lexical.what

    def read(text: str, node: Element, attribute: str | None = None) -> Any:
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            raise wrong(what, shown(text), node, attribute) from None

    return read


def shown(text: str) -> str:
    """Text for an error message, shortened."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def by_name(place: XmlPlace) -> bool:
    """Whether members are told by elements of their own names."""
    members = place.members
    if place.node == "none":
        return True
    if place.shape.wire.xml.name or any(member.kind != "model" for member in members):
        return False
    choice = place.shape.fact("choice")
    if choice is not None and choice.discriminator is not None:
        return False
    named = [
        member
        for member in members
        if member.shape.wire.xml.name or own_name(member) not in (None, member.shape.name)
    ]
    return len(named) == len(members) and len({member.tag for member in members}) == len(members)


def own_name(place: XmlPlace) -> str | None:
    return place.shape.root.xml.name if place.shape.root is not None else None


def tags_of(place: XmlPlace) -> tuple[str, ...]:
    """The expanded names of elements that belong to a member of a model."""
    if place.node == "none":
        if place.kind == "list":
            return tags_of(place.item)
        if place.kind == "union":
            return tuple(tag for member in place.members for tag in tags_of(member))
        if place.kind == "model":
            return tuple(tag for slot in model_plan(place).elements for tag in tags_of(slot.place))
        if place.kind == "tuple":
            return tuple(tag for item in place.items for tag in tags_of(item))
    if place.kind == "union" and by_name(place):
        return (*(tag for member in place.members for tag in tags_of(member)), place.tag, *place.alternates)
    return (place.tag, *place.alternates)


def check_name(node: Element, names: frozenset[str], expected: str, settings: Settings) -> None:
    """Whether an element has one of the expanded names."""
    tag = str(node.tag)
    if tag in names or (settings.namespaces == "lenient" and local(tag) in {local(name) for name in names}):
        return
    raise wrong(f"<{expected}>", f"<{local(tag)}>" if local(expected) != local(tag) else f"<{tag}>", node)


def unknown_on(node: Element) -> tuple[tuple[str, str], ...]:
    """Attributes of an element whose type knows none."""
    return tuple((str(key), str(value)) for key, value in node.items() if key not in (NIL, TYPE))


def has_place(place: XmlPlace, value: Any) -> bool:
    """Whether a value itself keeps the attributes of its element: models do, what is free-form, and hooks may."""
    if place.kind == "any":
        return isinstance(value, dict) or hasattr(value.__class__, "__attrs_attrs__")
    return place.kind == "hooked" or hasattr(value.__class__, "__attrs_attrs__")


def only_blank(node: Element) -> None:
    """Refuse text between elements."""
    if node.text is not None and node.text.strip(BLANK):
        raise wrong("elements only", f"text {shown(node.text.strip(BLANK))}", node)
    for child in node:
        if child.tail is not None and child.tail.strip(BLANK):
            raise wrong("elements only", f"text {shown(child.tail.strip(BLANK))}", node)
