"""Writing what stands among the items of a list or map, and inside items that are lists or maps themselves."""

from __future__ import annotations

import re

from bindwright.runtime.xml.encoding.unknown import (
    NamespaceScope,
    UnknownWriter,
    children_of,
    fragment,
    tokens_of,
    unknown_attributes,
)
from bindwright.runtime.xml.scalars.escape import namespace_value
from bindwright.runtime.xml.tree.names import expanded, written_name
from bindwright.runtime.xml.tree.unknown import Fragment, Inside, XmlExtra


def items_with_unknown(
    extra: XmlExtra, items: list[str], outer: NamespaceScope, depth: int, writer: UnknownWriter
) -> list[str]:
    """The items of a list or map that keeps by itself what stood among them: with it."""
    return _items_with_unknown(extra.inside[0], items, outer, depth, writer) if extra.inside else items


def member_with_unknown(
    text: str, inside: Inside, wrapped: bool, outer: NamespaceScope, depth: int, writer: UnknownWriter
) -> str:
    """What is written for a member, its element or (not wrapped) its items', with what stood among the items."""
    if wrapped:
        return _within(text, inside, outer, depth + 1, writer)
    return "".join(_items_with_unknown(inside, children_of(text), outer, depth, writer))


_start = re.compile(r"<[^\s/>]++").match


def _items_with_unknown(
    inside: Inside, items: list[str], outer: NamespaceScope, depth: int, writer: UnknownWriter
) -> list[str]:
    out = list(items)
    before: dict[int, list[str]] = {}
    for position, kept in inside.kept:
        if isinstance(kept, Fragment):
            # Collected first: inserting each into the list would take the square of their number.
            before.setdefault(min(position, len(items)), []).append(fragment(kept, outer, depth, writer))
        elif len(items) != inside.count:
            continue  # attributes and contents belong to the items that were read
        elif isinstance(kept, Inside):
            out[position] = _within(out[position], kept, outer, depth + 1, writer)
        else:
            out[position] = with_unknown_attributes(out[position], kept, outer, depth, writer.dcs)
    if not before:
        return out
    return [
        text for position, item in enumerate([*out, ""]) for text in (*before.get(position, ()), item) if text
    ]


def with_unknown_attributes(
    text: str, attributes: tuple[tuple[str, str], ...], outer: NamespaceScope, depth: int, dcs: bool
) -> str:
    """An element of ours, written already, with unknown attributes on it; without an element nothing."""
    name = _start(text)
    if name is None:
        return text
    start = text[: text.index(">")]  # in values it is escaped
    scope = declared_in(start, outer)
    present = {attribute for attribute, _ in attributes_of(start)}
    if present:
        # What was unknown may be written by the member by now: ``xsi:type``, above all.
        names = {prefix: uri for uri, prefix in reversed(scope[1])}
        expanded_names = {_expanded(attribute, names) for attribute in present}
        attributes = tuple(item for item in attributes if item[0] not in expanded_names)
    return name[0] + unknown_attributes(attributes, scope, depth, dcs) + text[name.end() :]


def _within(item: str, inside: Inside, outer: NamespaceScope, depth: int, writer: UnknownWriter) -> str:
    """An element of ours, written already, with what belongs among its children."""
    tokens = tokens_of(item)
    start = tokens[0]
    name = start[1:-1].rstrip("/ ").split(" ", 1)[0]
    children: list[str] = []
    if not start.endswith("/>"):
        children = children_of(item[len(start) : -len(tokens[-1])])
    start = start[:-1].rstrip("/ ") if start.endswith("/>") else start[:-1]
    content = "".join(_items_with_unknown(inside, children, declared_in(start, outer), depth, writer))
    return f"<{start[1:]}>{content}</{name}>" if content else item


attributes_of = re.compile(r' ([^\s="/>]+)="([^"]*)"').findall
"""Names and values of a start tag of ours. All attributes are matched, one after another, so that what looks like
one within a value is none."""


def _expanded(name: str, prefixes: dict[str, str]) -> str:
    prefix, colon, local = name.rpartition(":")
    return expanded(prefixes.get(prefix, ""), local) if colon else name


def declared_in(start: str, outer: NamespaceScope) -> NamespaceScope:
    """The scope inside a start tag."""
    default, pairs = outer
    for name, uri in attributes_of(start):
        if name == "xmlns":
            default = _unescaped(uri)
        elif name.startswith("xmlns:"):
            pairs = ((_unescaped(uri), name[6:]), *pairs)
    return default, pairs


def in_namespace(text: str, namespace: str, outer: NamespaceScope, depth: int, writer: UnknownWriter) -> str:
    """Elements of ours, written already under local names, in a namespace of their own.

    Only the elements' own names change: what stands in them keeps the default namespace around it.

    Raises:
        ValueError: elements in no namespace hold others, which are in the default namespace.
    """
    return "".join(_in_namespace(child, namespace, outer, depth, writer) for child in children_of(text))


def _in_namespace(text: str, namespace: str, outer: NamespaceScope, depth: int, writer: UnknownWriter) -> str:
    start, end = text[: text.index(">")], text.rindex("<")
    match = _start(start)
    assert match is not None
    local = match[0][1:].rpartition(":")[2]
    default, pairs = declared_in(start, outer)
    if not namespace:
        if default and text.find("<", 1) not in (-1, end):
            raise ValueError(f"elements within <{local}>, which is in no namespace")
        return f'<{local} xmlns=""{text[match.end() :]}' if default else text
    by_prefix = {prefix: uri for uri, prefix in reversed(pairs)}
    prefix = next((name for uri, name in pairs if uri == namespace and by_prefix[name] == uri), None)
    declaration = ""
    if prefix is None:
        number = 1
        while (prefix := f"d{depth}p{number}" if writer.dcs else f"ns{number}") in by_prefix:
            number += 1
        declaration = f' xmlns:{prefix}="{namespace_value(namespace)}"'
    name = written_name(prefix, local)
    if end == 0:
        return f"<{name}{declaration}{text[match.end() :]}"
    return f"<{name}{declaration}{text[match.end() : end]}</{name}>"


def _unescaped(uri: str) -> str:
    if "&" not in uri:
        return uri
    from html import unescape  # brings the names of two thousand characters

    return unescape(uri)
