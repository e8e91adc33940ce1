"""What all readers share: the state of reading a document, null, names, and finding a place's reader.

A reader takes an element and the `DecodeContext` and gives the value, or raises `DecodeError` with the
element's path.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.leniency import Deviation
from bindwright.runtime.xml.decoding.free_content import free_value
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.members import ModelPlan, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE, qname_or_text
from bindwright.runtime.xml.scalars.lexical import Lexical
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.names import local, split_name
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK, Fragment

NIL = f"{{{XSI}}}nil"


class DecodeContext:
    """The state of reading one document."""

    __slots__ = (
        "_references", "around_nulls", "aside", "bare", "deviations", "fragments", "instead", "settings", "trials"
    )  # fmt: skip

    def __init__(
        self, settings: Settings, bare: bool = False, deviations: list[Deviation] | None = None
    ) -> None:
        self.settings = settings
        self.deviations = deviations
        """What does not fit and is kept as it came; None: nothing is, the first raises."""
        self.trials: dict[tuple[Element, int], Trial] | None = None
        """Outcomes of unions within unions, by element and place; None outside of any (see `unions`)."""
        self.bare = bare
        """Whether no element has attributes, as a glance at the text tells."""
        self.fragments: dict[Element, Fragment] | None = None
        """Unknown elements by their nodes, while alternatives are tried."""
        self.around_nulls: set[Element] | None = None
        """The elements that are null or hold one that is, of the outermost union that no alternative read."""
        self._references: dict[str, Any] | None = None
        self.aside: list[tuple[int, Any]] = []
        """Unknown content of the list or map read last, for the model it is a member of to keep (`Inside`)."""
        self.instead: Any = None
        """The free-form value of the element that was refused last, which holds all of it."""

    @property
    def references(self) -> dict[str, Any]:
        """Objects by their id (IsReference)."""
        if self._references is None:
            self._references = {}
        return self._references

    def mark_references(self) -> int:
        """How many objects are known by an id: for `forget_references`."""
        return 0 if self._references is None else len(self._references)

    def forget_references(self, mark: int) -> None:
        """Forget the objects that an alternative made known that did not fit in the end."""
        while self._references is not None and len(self._references) > mark:
            self._references.popitem()

    def refuse_element(self, error: DecodeError, node: Element) -> Any:
        """As `refuse`; what is kept is the element as a free-form value."""
        if self.deviations is None:
            raise error
        self.instead = free_value(node)
        return self.refuse(error, self.instead)

    def refuse(self, error: DecodeError, value: Any = None) -> Any:
        """Raise an error, or note it where answers are read leniently and give what is kept."""
        if self.deviations is None:
            raise error
        self.deviations.append(Deviation(error.path, error.expected, error.found or "something else"))
        return value


Trial = tuple[Any, list[tuple[int, Any]], DecodeError | None]
"""The outcome of reading an element as a union: value, what was set aside within it, or the error."""

Reader = Callable[[Element, DecodeContext], Any]


_ALL_OR_NOTHING = frozenset(("offset", "tuple", "map", "hooked"))
"""Kinds of places whose readers raise for what does not fit, leniently or not: they are kept as a whole."""


def _tolerant(read: Reader) -> Reader:
    def read_or_keep(node: Element, context: DecodeContext) -> Any:
        if context.deviations is None:
            return read(node, context)
        start = len(context.aside)
        try:
            return read(node, context)
        except DecodeError as error:
            del context.aside[start:]
            return context.refuse_element(error, node)

    return read_or_keep


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
        read = self.makers[place.kind](place, self)
        return _tolerant(read) if place.kind in _ALL_OR_NOTHING else read

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


def null_of(place: XmlPlace, node: Element, context: DecodeContext) -> None:
    """The value of an element with ``xsi:nil="true"``."""
    if not place.shape.nullable:
        context.refuse(wrong("a value", 'xsi:nil="true"', node))


def text_reader(lexical: Lexical) -> Callable[[str, Element, DecodeContext, str | None], Any]:
    """From text to value, with the node at which an error is told."""
    parse, what = lexical.parse, lexical.what

    def read(text: str, node: Element, context: DecodeContext, attribute: str | None = None) -> Any:
        try:
            return parse(text)
        except (ValueError, ArithmeticError):
            error = wrong(what, shown(text), node, attribute)
        return context.refuse(error, text)

    return read


def shown(text: str) -> str:
    """Text for an error message, shortened."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def tags_of(place: XmlPlace) -> tuple[str, ...]:
    """The expanded names of elements that belong to a member of a model, each once."""
    tags: dict[str, None] = {}
    _collect_tags(place, tags, set())
    return tuple(tags)


def _collect_tags(place: XmlPlace, tags: dict[str, None], visited: set[ModelPlan]) -> None:
    """Add the names; a model within in several ways brings its names once, or the time doubled with each level."""
    if place.node == "none" and place.kind == "model":
        plan = model_plan(place)
        if plan not in visited:
            visited.add(plan)
            for slot in plan.elements:
                _collect_tags(slot.place, tags, visited)
        return
    is_flat = place.node == "none" and place.kind in ("list", "union", "tuple")
    if is_flat or (place.kind == "union" and by_name(place)):
        for part in place.inside:
            _collect_tags(part, tags, visited)
    if not is_flat:
        tags.update(dict.fromkeys((place.tag, *place.alternates)))


def is_named_by_key(item: XmlPlace) -> bool:
    """Whether items of a list or tuple in a map are called by the map's key: neither they nor all of their
    alternatives have a name."""
    alternatives = item.members if item.kind == "union" else ()
    return not item.name and not (alternatives and all(member.name for member in alternatives))


def is_named(node: Element, names: frozenset[str], *, lenient: bool) -> bool:
    """Whether an element has one of the expanded names.

    Leniently, names are also equal where either has no namespace: descriptions forget to name one, and some
    servers send none. Where both name one, they are never taken for each other.
    """
    tag = str(node.tag)
    if tag in names:
        return True
    if not lenient:
        return False
    namespace, name = split_name(tag)
    if namespace:
        return name in names
    return any(local(candidate) == name for candidate in names)


def is_foreign(child: Element) -> bool:
    """Whether an element is in a namespace, and not in that of the element around it."""
    namespace = split_name(str(child.tag))[0]
    parent = child.getparent()
    return bool(namespace) and parent is not None and namespace != split_name(str(parent.tag))[0]


class LenientNames:
    """Finds the children of one element that have a name, where names are compared leniently.

    A name without a namespace stands for one in the namespace of the element around it. In any other it does so
    only where no child has it in that one: beside ``title``, ``media:title`` is foreign content.
    """

    __slots__ = ("_native", "_node")

    def __init__(self, node: Element) -> None:
        self._node = node
        self._native: set[str] | None = None

    def accepts(self, child: Element) -> bool:
        """Whether a child stands for a member of its local name that names no namespace."""
        if not is_foreign(child):
            return True
        if self._native is None:  # once for all children: each would look at all others else
            self._native = {
                local(sibling.tag)
                for sibling in self._node
                if isinstance(sibling.tag, str) and not is_foreign(sibling)
            }
        return local(str(child.tag)) not in self._native


def text_of_child(node: Element, name: str, *, lenient: bool) -> str | None:
    """The text of the first child of an expanded name; None where there is none.

    Not by ``find``: namespace names may hold what its paths take for syntax.
    """
    for child in node:
        if child.tag == name or (lenient and is_named(child, frozenset((name,)), lenient=True)):
            return child.text or ""
    return None


def check_name(node: Element, names: frozenset[str], expected: str, settings: Settings) -> None:
    """Refuse an element that has none of the expanded names.

    Raises:
        DecodeError: it has none.
    """
    if is_named(node, names, lenient=settings.namespaces == "lenient"):
        return
    tag = str(node.tag)
    raise wrong(f"<{expected}>", f"<{local(tag)}>" if local(expected) != local(tag) else f"<{tag}>", node)


def unknown_on(node: Element) -> tuple[tuple[str, str], ...]:
    """Attributes of an element whose type knows none; ``xsi:type`` with an expanded name, for it is a QName."""
    return tuple(
        (str(key), qname_or_text(node, str(value)) if key == TYPE else str(value))
        for key, value in node.items()
        if key != NIL
    )


def has_place(place: XmlPlace, value: Any) -> bool:
    """Whether a value itself keeps the attributes of its element: models do, what is free-form, and hooks may."""
    if place.kind == "any":
        return isinstance(value, dict) or hasattr(value.__class__, "__attrs_attrs__")
    return place.kind == "hooked" or hasattr(value.__class__, "__attrs_attrs__")


def only_blank(node: Element, context: DecodeContext) -> None:
    """Refuse text between elements."""
    if node.text is not None and node.text.strip(BLANK):
        context.refuse(wrong("elements only", f"text {shown(node.text.strip(BLANK))}", node))
    for child in node:
        if child.tail is not None and child.tail.strip(BLANK):
            context.refuse(wrong("elements only", f"text {shown(child.tail.strip(BLANK))}", node))
