"""Types that users' hooks read and write: elements, and scalars as attributes and text.

A hook is given, and gives, text where an element holds nothing else, else a dictionary: children by local
name, attributes as ``@name``, text beside them as ``#text``, repeated children as a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import xmltodict
from attrs import evolve

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.xml.decoding.context import (
    KINDS,
    DecodeContext,
    Reader,
    is_nil,
    null_of,
    reader_of,
    shown,
)
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.elements import (
    WRITERS,
    contracts,
    element,
    open_tag,
    space_of,
    typed_attribute,
)
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_text, illegal
from bindwright.runtime.xml.scalars.hooks import HOOKS, WriteHook, hook_text
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK


def reader(place: XmlPlace, settings: Settings) -> Reader:
    """The reader of a hooked type's element; what the hook raises becomes a `DecodeError` with the path."""
    cls, hook = place.shape.type, HOOKS.read.get(place.shape.type)
    if hook is None:
        return reader_of(evolve(place, hooked=False), settings)

    def read(node: Element, context: DecodeContext) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
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


def _element(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    hook = HOOKS.write.get(place.shape.type)
    if hook is None:
        return element(src, evolve(place, hooked=False), env, value, name=name, typed=typed)
    tag, scope, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
    typed_attribute(src, tag, scope, typed)
    parts, variable = src.name("h"), src.bind("hook", _parts(hook))
    src.line(f"{parts} = {variable}({value})")
    return f"<{tag.text(src.style)}{{{parts}[0]}}>{{{parts}[1]}}</{tag.name}>"


_split = re.compile(r"<x([^>]*+)>(.*)</x>", re.DOTALL).fullmatch


def _parts(hook: WriteHook) -> Callable[[Any], tuple[str, str]]:
    """What a hook makes of a value, as attributes and content."""

    def parts(value: Any) -> tuple[str, str]:
        result = hook(value)
        if not isinstance(result, dict):
            return "", escape_text(hook_text(result))
        match = _split(str(xmltodict.unparse({"x": result}, full_document=False)))
        if match is None or illegal(match[0]) is not None:
            raise ValueError(f"a hook for {type(value).__name__} gave what XML 1.0 cannot carry")
        return match[1], match[2]

    return parts


KINDS["hooked"] = reader
WRITERS["hooked"] = _element
