"""What is written as it comes: unknown attributes and elements, untyped values, pairs.

Everything here works with the scope as it is while writing: (default namespace, ((namespace, prefix) …)),
innermost first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from bindwright.runtime.values.times import canonical_datetime, datetime_text, fraction_of
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.escape import escape_attribute, namespace_value
from bindwright.runtime.xml.settings import XML
from bindwright.runtime.xml.tree.names import split_name, written_name
from bindwright.runtime.xml.tree.unknown import FRAGMENT, Fragment, XmlExtra


class UnknownWriter(NamedTuple):
    """How unknown elements are written."""

    escape: Callable[[str], str]
    dcs: bool
    close: str


NamespaceScope = tuple[str, tuple[tuple[str, str], ...]]


def offset_parts(value: Any) -> tuple[str, int]:
    """A DateTimeOffset's two elements: the instant in UTC with ``Z``, and the offset in minutes."""
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{type(value).__name__} where datetime belongs")
    shift = value.utcoffset()
    # Without an offset the second element could not be written; .NET's type always has one.
    if shift is None:
        raise ValueError("a DateTimeOffset needs an offset")
    digits = fraction_of(datetime_text(value)).rstrip("0")
    instant = canonical_datetime(dt.datetime(*value.timetuple()[:6]) - shift).partition(".")[0]
    return f"{instant}{'.' + digits if digits else ''}Z", round(shift.total_seconds() / 60)


def _prefixes(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """By namespace: the innermost prefix that nothing further inside gives another meaning."""
    prefixes: dict[str, str] = {}
    # Innermost first: a prefix that was bound again further inside must not be used with its outer meaning.
    hidden: set[str] = set()
    for namespace, prefix in pairs:
        if prefix not in hidden:
            hidden.add(prefix)
            prefixes.setdefault(namespace, prefix)
    return prefixes


def unknown_attributes(
    attributes: tuple[tuple[str, str], ...], outer: NamespaceScope, depth: int, dcs: bool
) -> str:
    """Attributes that the model does not know, with the declarations they need.

    Raises:
        ValueError: a name is none of XML, or a value holds what XML cannot carry.
    """
    out: list[str] = []
    # What is declared here already is used again: declaring it anew would change the infoset's namespaces.
    prefixes = _prefixes(outer[1])
    names = {prefix for _, prefix in outer[1]}

    def prefix_of(namespace: str) -> str:
        if namespace not in prefixes:
            prefixes[namespace] = _new_prefix(names, depth, dcs)
            names.add(prefixes[namespace])
            out.append(f' xmlns:{prefixes[namespace]}="{namespace_value(namespace)}"')
        return prefixes[namespace]

    for name, value in attributes:
        namespace, local = split_name(name)
        # Attributes have no default namespace (Namespaces in XML 1.0, 6.2): each namespace needs a prefix.
        prefix = "xml" if namespace == XML else prefix_of(namespace) if namespace else ""
        text = value
        if name == TYPE and value[:1] == "{":  # a QName, whose prefix is that of this place
            type_namespace, type_name = split_name(value)
            text = type_name if type_namespace == outer[0] else f"{prefix_of(type_namespace)}:{type_name}"
        out.append(f' {written_name(prefix, local)}="{escape_attribute(text)}"')
    return "".join(out)


def more_attributes(extra: Any, outer: NamespaceScope, depth: int, dcs: bool, typed: bool) -> str:
    """Unknown attributes on a model's own element; without ``xsi:type`` where one is written (``typed``)."""
    if extra.__class__ is not XmlExtra or not extra.attributes:
        return ""
    attributes = extra.attributes
    if typed:
        # The value's own type wins over the one that was read: the object may have been put there since.
        attributes = tuple(item for item in attributes if item[0] != TYPE)
    return unknown_attributes(attributes, outer, depth, dcs)


def type_attribute(text: str, namespace: str, outer: NamespaceScope, name: str, depth: int) -> str:
    """An attribute whose value is the QName of a type, as XML text.

    Its prefix is of a series of its own: declarations of unknown attributes stand in the same tag.
    """
    if not namespace or namespace == outer[0]:
        return f' {name}="{escape_attribute(text)}"'
    prefix = _prefixes(outer[1]).get(namespace)
    if prefix is not None:
        return f' {name}="{prefix}:{escape_attribute(text)}"'
    names = {prefix for _, prefix in outer[1]}
    number = 1
    # Not `d1p1` or `ns1`: those may be declared for unknown attributes of the same start tag.
    while (prefix := f"q{number}") in names:
        number += 1
    return f' xmlns:{prefix}="{namespace_value(namespace)}" {name}="{prefix}:{escape_attribute(text)}"'


def _new_prefix(names: set[str], depth: int, dcs: bool) -> str:
    number = 1
    while (name := f"d{depth}p{number}" if dcs else f"ns{number}") in names:
        number += 1
    return name


def model_with_unknown(
    extra: XmlExtra,
    text: str,
    pieces: list[str],
    tail: str,
    outer: NamespaceScope,
    depth: int,
    writer: UnknownWriter,
    wrap: Callable[[str], str],
) -> str:
    """A model's content with the unknown elements, and the pieces of its text, in their places.

    ``pieces`` is what is written for each member, ``tail`` for members without a name, ``text`` for the text
    node, which ``wrap`` made of its value.
    """
    fragments = [(index, fragment(element, outer, depth + 1, writer)) for index, element in extra.fragments]
    children = [child for child in _children([*pieces, tail], extra.order or (), fragments) if child]
    # The text node is as it was read: its pieces go back between the children they stood between.
    if extra.text and wrap("".join(piece for _, piece in extra.text)) == text:
        return _mixed(children, extra.text, wrap)
    # The text has been changed since: where its pieces belong cannot be told.
    return text + "".join(children)


@lru_cache(maxsize=4096)
def full_order(order: tuple[int, ...], count: int) -> tuple[int, ...]:
    """An order of some members with all others behind them, as they are written."""
    there = frozenset(order)
    return (*order, *(index for index in range(count) if index not in there))


def _mixed(children: list[str], text: tuple[tuple[int, str], ...], wrap: Callable[[str], str]) -> str:
    out: list[str] = []
    position = 0
    for number, piece in text:
        out += children[position:number]
        out.append(wrap(piece))
        # Children that were removed since leave fewer places than pieces: the rest follows in order.
        position = max(position, number)
    return "".join(out + children[position:])


def _children(pieces: list[str], order: tuple[int, ...], fragments: list[tuple[int, str]]) -> Iterator[str]:
    """What is written for each member, in the order that was read; then what was not there.

    Where the order names each child, it names unknown elements, too (`FRAGMENT`). Else an unknown element
    follows the element of its member; where a member's elements were split, they are so again as long as
    there are as many.
    """
    by_index: dict[int, list[str]] = {}
    # Two notations of order, see `children.order_of_runs`: with every child named, or with each member once.
    placed = FRAGMENT in order
    unplaced = iter([text for _, text in fragments])
    if not placed:
        for index, text in fragments:
            by_index.setdefault(index, []).append(text)
        # What stood before the first known child.
        yield from by_index.pop(-1, ())
    parts: dict[int, Iterator[str]] = {}
    for index, count in Counter(order).items():
        if index != FRAGMENT:
            # A list whose items stood apart: they go apart again only if there are still as many as were read.
            children = [pieces[index]] if count == 1 else children_of(pieces[index])
            parts[index] = iter(children if len(children) == count else [pieces[index]])
    for index in order:
        if index == FRAGMENT:
            yield next(unplaced, "")
            continue
        yield next(parts[index], "")
        yield from by_index.pop(index, ())
    # Members that were not in the document: set since, they follow in written order.
    for index, piece in enumerate(pieces):
        if index not in parts:
            yield piece
            yield from by_index.pop(index, ())


tokens_of = re.compile(r"<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.DOTALL).findall
"""Tags, CDATA sections and texts of what we have written ourselves."""


def children_of(text: str) -> list[str]:
    """The elements, and the texts between them, of content that we have written ourselves."""
    children: list[str] = []
    level = position = start = 0
    for token in tokens_of(text):
        position += len(token)
        # We have written this text, so that a scan for brackets is enough: no comment, no quote with a bracket.
        if token.startswith("</"):
            level -= 1
        elif token[0] == "<" and token[1] != "!" and not token.endswith("/>"):
            level += 1
        if not level:
            children.append(text[start:position])
            start = position
    return children


def fragment(element: Fragment, outer: NamespaceScope, depth: int, writer: UnknownWriter) -> str:
    """An unknown element and all within."""
    namespace, local = split_name(element.tag)
    default, pairs = outer
    declared: list[str] = []
    # Reversed: of two declarations of one prefix the inner one holds.
    in_scope = {prefix: uri for uri, prefix in reversed(pairs)}
    for prefix, uri in element.prefixes:
        if prefix is None:
            if uri != default:
                default = uri
                declared.append(f' xmlns="{namespace_value(uri)}"')
        elif in_scope.get(prefix) != uri and prefix != "xml":
            pairs = ((uri, prefix), *pairs)
            declared.append(f' {written_name("xmlns", prefix)}="{namespace_value(uri)}"')
    own_prefix = ""
    if namespace != default:
        existing = _prefixes(pairs).get(namespace) if namespace else None
        if existing is not None:
            own_prefix = existing
        # QNames may stand in text and in values that nobody here understands: their prefixes have to mean what they meant.
        elif any(prefix is None for prefix, _ in element.prefixes):
            # A name in its text has the default namespace of this place, so the element cannot change it.
            own_prefix = _new_prefix({prefix for _, prefix in pairs}, depth, writer.dcs)
            pairs = ((namespace, own_prefix), *pairs)
            declared.append(f' xmlns:{own_prefix}="{namespace_value(namespace)}"')
        else:
            default = namespace
            declared.append(f' xmlns="{namespace_value(namespace)}"')
    scope = (default, pairs)
    name = written_name(own_prefix, local)
    start = f"{name}{''.join(declared)}{unknown_attributes(element.attributes, scope, depth, writer.dcs)}"
    content = "".join(
        writer.escape(part) if isinstance(part, str) else fragment(part, scope, depth + 1, writer)
        for part in element.content
    )
    return f"<{start}>{content}</{name}>" if content else f"<{start}{writer.close}"
