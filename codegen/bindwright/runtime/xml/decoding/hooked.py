"""Types that users' hooks read and write: elements, and scalars as attributes and text.

A hook is given, and gives, text where an element holds nothing else, else a dictionary: children by local
name, attributes as ``@name``, text beside them as ``#text``, repeated children as a list.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    Reader,
    ReaderFactory,
    is_nil,
    null_of,
    shown,
)
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.settings import XSI
from bindwright.runtime.xml.tree.names import local
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK


def reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """The reader of a hooked type's element; what the hook raises becomes a `DecodeError` with the path."""
    cls, hook = place.shape.type, hooks().read.get(place.shape.type)
    if hook is None:
        return factory.of(evolve(place, hooked=False))

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        value = plain(node)
        try:
            return hook(value, cls)
        except DecodeError:
            raise
        except Exception as error:
            raise wrong(f"a {cls.__name__} ({error})", shown(str(value)), node) from error

    return read


def plain(node: Element) -> Any:
    """An element as text or dictionary, without namespaces."""
    entries: dict[str, Any] = {}
    for key, value in node.items():
        if not str(key).startswith(f"{{{XSI}}}"):
            entries["@" + local(str(key))] = str(value)
    for child in node:
        if not isinstance(child.tag, str):
            raise wrong("elements only", "an entity reference", node)
        name, value = local(child.tag), plain(child)
        if name not in entries:
            entries[name] = value
        elif entries[name].__class__ is list:
            entries[name].append(value)
        else:
            entries[name] = [entries[name], value]
    text = (node.text or "") + "".join(child.tail or "" for child in node)
    if not entries:
        return text
    if text.strip(BLANK):
        entries["#text"] = text
    return entries
