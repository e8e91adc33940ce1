"""Writing what stands among the items of a list or map, and inside items that are lists or maps themselves."""

from __future__ import annotations

import re

from bindwright.runtime.xml.encoding.unknown import (
    Around,
    How,
    children_of,
    fragment,
    tokens_of,
    unknown_attributes,
)
from bindwright.runtime.xml.tree.unknown import Extra, Fragment, Inside


def among(extra: Extra, items: list[str], around: Around, depth: int, how: How) -> list[str]:
    """The items of a list or map that keeps by itself what stood among them: with it."""
    return _woven(extra.inside[0], items, around, depth, how) if extra.inside else items


def filled(text: str, inside: Inside, wrapped: bool, around: Around, depth: int, how: How) -> str:
    """What is written for a member, its element or (not wrapped) its items', with what stood among the items."""
    if wrapped:
        return _within(text, inside, around, depth + 1, how)
    return "".join(_woven(inside, children_of(text), around, depth, how))


_start = re.compile(r"<[^\s/>]++").match


def _woven(inside: Inside, items: list[str], around: Around, depth: int, how: How) -> list[str]:
    out = list(items)
    for at, kept in reversed(inside.kept):
        if isinstance(kept, Fragment):
            out.insert(min(at, len(items)), fragment(kept, around, depth, how))
        elif len(items) != inside.count:
            continue  # attributes and contents belong to the items that were read
        elif isinstance(kept, Inside):
            out[at] = _within(out[at], kept, around, depth + 1, how)
        else:
            out[at] = attributed(out[at], kept, around, depth, how.dcs)
    return out


def attributed(
    text: str, attributes: tuple[tuple[str, str], ...], around: Around, depth: int, dcs: bool
) -> str:
    """An element of ours, written already, with unknown attributes on it; without an element nothing."""
    name = _start(text)
    if name is None:
        return text
    scope = _declared(text[: text.index(">")], around)  # in values it is escaped
    return name[0] + unknown_attributes(attributes, scope, depth, dcs) + text[name.end() :]


def _within(item: str, inside: Inside, around: Around, depth: int, how: How) -> str:
    """An element of ours, written already, with what belongs among its children."""
    tokens = tokens_of(item)
    start = tokens[0]
    name = start[1:-1].rstrip("/ ").split(" ", 1)[0]
    children: list[str] = []
    if not start.endswith("/>"):
        children = children_of(item[len(start) : -len(tokens[-1])])
    start = start[:-1].rstrip("/ ") if start.endswith("/>") else start[:-1]
    content = "".join(_woven(inside, children, _declared(start, around), depth, how))
    return f"<{start[1:]}>{content}</{name}>" if content else item


_declarations = re.compile(r' xmlns(?::([^=]+))?="([^"]*)"').findall


def _declared(start: str, around: Around) -> Around:
    """The scope inside a start tag."""
    default, pairs = around
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
