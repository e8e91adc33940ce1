"""What a decoded object keeps beside its members, so that nothing is lost on writing it again.

`XmlExtra` stands in a model's ``_extra``. A document whose layout is uniform (no space, one blank, or an
indentation) keeps that, too, at its root.
"""

from __future__ import annotations

import re
from typing import Any

from attrs import define, frozen

from bindwright.runtime.xml.tree.parse import Element, wrong

BLANK = " \t\r\n"


@frozen
class Layout:
    """White space between elements: ``newline`` and ``unit`` times the depth."""

    newline: str
    unit: str = ""


# `Fragment` and `XmlExtra` are never changed; ``frozen`` would make one take four times as long.


@define(unsafe_hash=True)
class Fragment:
    """An element that the model does not know, as a value."""

    tag: str
    """Expanded name."""
    attributes: tuple[tuple[str, str], ...]
    content: tuple[str | Fragment, ...]
    prefixes: tuple[tuple[str | None, str], ...] = ()
    """Declarations in scope that its text may use (a QName as a value)."""


Attributes = tuple[tuple[str, str], ...]
"""Unknown attributes: expanded name, value."""


ADDITIONAL = -1
"""The index of typed members without a name."""


FRAGMENT = -2
"""Stands for an unknown element where the order names each child."""


@frozen
class Inside:
    """What stands among the items of a list or map that is a member, and is none of them."""

    index: int
    """The member's, or `ADDITIONAL`; 0 where the list keeps it itself."""
    count: int
    """How many items were read: attributes belong to these, not to what has been changed since."""
    kept: tuple[tuple[int, Fragment | Attributes | Inside], ...]
    """Unknown elements before the item of this number, unknown attributes on it, and what stands inside it."""


@define(kw_only=True, unsafe_hash=True)
class XmlExtra:
    """Kept beside the members of one object."""

    attributes: Attributes = ()
    fragments: tuple[tuple[int, Fragment], ...] = ()
    """Unknown elements, each with the index of the known member's element before it (-1: none)."""
    on: tuple[tuple[int, Attributes], ...] = ()
    """Unknown attributes on elements of members that are no models, by index."""
    inside: tuple[Inside, ...] = ()
    order: tuple[int, ...] | None = None
    """The members of the known elements one by one, where that is not the written order; each once where its
    elements stand together. Members without a name have the index behind all others."""
    layout: Layout | None = None
    nulls: tuple[int, ...] = ()
    """Members that were null where None means absent, by index."""
    null_members: tuple[str, ...] = ()
    """The same by their names in JSON, for ``validate``."""
    text: tuple[tuple[int, str], ...] = ()
    """Mixed content: the pieces of the text, each with the number of elements before it."""

    @property
    def plain(self) -> bool:
        """Whether it says nothing but a layout."""
        return not (
            self.attributes
            or self.fragments
            or self.on
            or self.inside
            or self.order
            or self.nulls
            or self.text
        )

    @property
    def only_order(self) -> bool:
        """Whether it says nothing but an order (and a layout), in which each member stands once."""
        return (
            self.order is not None
            and not (self.attributes or self.fragments or self.on or self.inside or self.nulls or self.text)
            and len(frozenset(self.order)) == len(self.order)
        )


def nested(value: Any, kept: list[tuple[int, Any]]) -> Inside:
    """What stands inside an item that is a list or map itself."""
    return Inside(0, count_of(value), tuple(kept))


def count_of(value: Any) -> int:
    """How many elements stand inside a value's: a DateTimeOffset has two."""
    return len(value) if isinstance(value, (list, tuple, dict)) else 2


def keep_inside(value: Any, count: int, kept: list[tuple[int, Any]]) -> bool:
    """Let a list or map of a named type keep what stood among its items; False where it cannot."""
    try:
        value._extra = XmlExtra(inside=(Inside(0, count, tuple(kept)),))
    except AttributeError:
        return False
    return True


def fragment_of(node: Element, known: dict[Element, Fragment] | None = None) -> Fragment:
    """An element and all within, as a value.

    Args:
        node: the element.
        known: those of elements that were made before. Alternatives that are tried one after another, and within
            each other, ask for the same again and again.
    """
    if known is not None and node in known:
        return known[node]
    content: list[str | Fragment] = [node.text] if node.text else []
    for child in node:
        if not isinstance(child.tag, str):
            raise wrong("an element", "an entity reference", node)
        content.append(fragment_of(child, known))
        if child.tail:
            content.append(child.tail)
    attributes = tuple((str(key), str(value)) for key, value in node.items())
    fragment = Fragment(str(node.tag), attributes, tuple(content), _prefixes_used(node, attributes, content))
    if known is not None:
        known[node] = fragment
    return fragment


find_prefixes = re.compile(r"([^\W\d][\w.\-]*):").findall
"""What may be a prefix in a text: names as values (QNames) need their declarations."""


def _prefixes_used(
    node: Element, attributes: Attributes, content: list[str | Fragment]
) -> tuple[tuple[str | None, str], ...]:
    """Declarations in scope that text of the element may use."""
    prefixes: dict[str | None, None] = {}
    for name, value in attributes:
        if ":" in value:
            prefixes.update(dict.fromkeys(find_prefixes(value)))
        elif name.endswith("XMLSchema-instance}type"):
            prefixes[None] = None
    for part in content:
        if isinstance(part, str) and ":" in part:
            prefixes.update(dict.fromkeys(find_prefixes(part)))
    if not prefixes:
        # `nsmap` gathers the declarations of all ancestors: asked for at each element, it takes the time of
        # declarations times elements.
        return ()
    scope = node.nsmap
    return tuple((prefix, scope[prefix]) for prefix in prefixes if prefix in scope)


def layout_of(root: Element) -> Layout | None:
    """The document's layout, where it is uniform and not compact."""
    first, last = root.text, root[-1].tail if len(root) else None
    if not len(root) or not first or first.strip(BLANK):
        return None
    end = last or ""
    layout = Layout(end, first[len(end) :]) if first.startswith(end) else None
    if layout is None or not is_uniform(root, layout, 0):
        return None
    return layout


def is_uniform(node: Element, layout: Layout, depth: int) -> bool:
    """Whether the white space within an element is as a layout says; ``depth`` is the element's, the root's 0."""
    if not len(node):
        return True
    indentation = layout.newline + layout.unit * (depth + 1)
    if node.text != indentation or (node[-1].tail or "") != layout.newline + layout.unit * depth:
        return False
    last = len(node) - 1
    return all(
        (index == last or child.tail == indentation) and is_uniform(child, layout, depth + 1)
        for index, child in enumerate(node)
    )


def layout_settled(text: str | None) -> bool:
    """Whether text between elements is white space only."""
    return not text or not text.strip(BLANK)
