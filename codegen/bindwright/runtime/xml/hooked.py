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
from bindwright.runtime.xml.decoding.context import KINDS, Reader, Reading, is_nil, null_of, reader_of, shown
from bindwright.runtime.xml.encoding.code import Source
from bindwright.runtime.xml.encoding.elements import (
    WRITERS,
    contracts,
    element,
    open_tag,
    space_of,
    typed_attribute,
)
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.plan.places import Place
from bindwright.runtime.xml.scalars.escape import escape_text, illegal
from bindwright.runtime.xml.scalars.hooks import HOOKS, WriteHook, hook_text
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK


def reader(place: Place, settings: Settings) -> Reader:
    """The reader of a hooked type's element; what the hook raises becomes a `DecodeError` with the path."""
    kind, hook = place.shape.type, HOOKS.read.get(place.shape.type)
    if hook is None:
        return reader_of(evolve(place, hooked=False), settings)

    def read(node: Element, reading: Reading) -> Any:
        if node.keys() and is_nil(node):
            return null_of(place, node)
        value = plain(node)
        try:
            return hook(value, kind)
        except DecodeError:
            raise
        except Exception as error:
            raise wrong(f"a {kind.__name__} ({error})", shown(str(value)), node) from error

    return read


def plain(node: Element) -> Any:
    """An element as text or dictionary, without namespaces."""
    found: dict[str, Any] = {}
    for key, value in node.items():
        if not str(key).startswith(f"{{{XSI}}}"):
            found["@" + local(str(key))] = str(value)
    for one in node:
        if not isinstance(one.tag, str):
            raise wrong("elements only", "an entity reference", node)
        name, value = local(one.tag), plain(one)
        if name not in found:
            found[name] = value
        elif found[name].__class__ is list:
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    text = (node.text or "") + "".join(one.tail or "" for one in node)
    if not found:
        return text
    if text.strip(BLANK):
        found["#text"] = text
    return found


def _element(src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None) -> str:
    hook = HOOKS.write.get(place.shape.type)
    if hook is None:
        return element(src, evolve(place, hooked=False), env, value, name=name, typed=typed)
    tag, inner, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
    typed_attribute(src, tag, inner, typed)
    parts, made = src.name("h"), src.bind("hook", _parts(hook))
    src.line(f"{parts} = {made}({value})")
    return f"<{tag.text(src.style)}{{{parts}[0]}}>{{{parts}[1]}}</{tag.name}>"


_split = re.compile(r"<x([^>]*+)>(.*)</x>", re.DOTALL).fullmatch


def _parts(hook: WriteHook) -> Callable[[Any], tuple[str, str]]:
    """What a hook makes of a value, as attributes and content."""

    def parts(value: Any) -> tuple[str, str]:
        given = hook(value)
        if not isinstance(given, dict):
            return "", escape_text(hook_text(given))
        found = _split(str(xmltodict.unparse({"x": given}, full_document=False)))
        if found is None or illegal(found[0]) is not None:
            raise ValueError(f"a hook for {type(value).__name__} gave what XML 1.0 cannot carry")
        return found[1], found[2]

    return parts


KINDS["hooked"] = reader
WRITERS["hooked"] = _element
