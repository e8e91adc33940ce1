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
    for position, kept in reversed(inside.kept):
        if isinstance(kept, Fragment):
            out.insert(min(position, len(items)), fragment(kept, outer, depth, writer))
        elif len(items) != inside.count:
            continue  # attributes and contents belong to the items that were read
        elif isinstance(kept, Inside):
            out[position] = _within(out[position], kept, outer, depth + 1, writer)
        else:
            out[position] = with_unknown_attributes(out[position], kept, outer, depth, writer.dcs)
    return out


def with_unknown_attributes(
    text: str, attributes: tuple[tuple[str, str], ...], outer: NamespaceScope, depth: int, dcs: bool
) -> str:
    """An element of ours, written already, with unknown attributes on it; without an element nothing."""
    name = _start(text)
    if name is None:
        return text
    scope = _declared(text[: text.index(">")], outer)  # in values it is escaped
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
    content = "".join(_items_with_unknown(inside, children, _declared(start, outer), depth, writer))
    return f"<{start[1:]}>{content}</{name}>" if content else item


_declarations = re.compile(r' xmlns(?::([^=]+))?="([^"]*)"').findall


def _declared(start: str, outer: NamespaceScope) -> NamespaceScope:
    """The scope inside a start tag."""
    default, pairs = outer
    for prefix, uri in _declarations(start):
        if prefix:
            pairs = ((_unescaped(uri), prefix), *pairs)
        else:
            default = _unescaped(uri)
    return default, pairs


def _unescaped(uri: str) -> str:
    if "&" not in uri:
        return uri
    from html import unescape  # brings the names of two thousand characters

    return unescape(uri)
