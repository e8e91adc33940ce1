"""What a port does not know stays: unknown members, elements and attributes, also while a known member is set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from bindwright.ir.model import Object, Use
from bindwright.ports.bindings import Bindings
from bindwright.ports.tagged import Tagged, tagged
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, readable, text_of
from bindwright.runtime.errors import BindwrightError
from bindwright.runtime.shapes import members_of

_UNKNOWN = "urn:example:unknown"
EVERY = 4
"""Of the types of which a part is shown, so many show it once: what reads and writes it is made for each of them."""


def vectors(
    bindings: Bindings, canonical: Canonical, label: str, other: Canonical | None, extent: Extent
) -> Iterator[Vector]:
    """Documents with something unknown in them; `other` is another value of the type, whose member is set."""
    turn = extent.each(EVERY)
    if turn is None:
        return
    for source, where, extended in turn.chosen(_extended(canonical, has_id=_has_id(bindings, canonical)), 1):
        vector = _kept(bindings, canonical, f"{label}.{source}-unknown{where}", source, extended)
        if vector is None:
            continue
        yield vector
        if other is not None and not where:
            edit = _edited(bindings, canonical, other, label, source, extended)
            if edit is not None:
                yield edit


def _has_id(bindings: Bindings, canonical: Canonical) -> bool:
    """Whether the objects of a type begin with an id in JSON."""
    type_ = bindings.api.types[canonical.type_id]
    return isinstance(type_, Object) and type_.reference is not None


def _extended(canonical: Canonical, *, has_id: bool) -> Iterator[tuple[str, str, bytes]]:
    """Documents in each format, with what is unknown behind all, then before all and between."""
    value = json.loads(canonical.documents["json"])
    if isinstance(value, dict):
        document = canonical.documents["json"].rstrip()[:-1] + (b"," if value else b"")
        yield "json", "", document + b'"x-unknown":{"list":[1,null,"a"],"flag":true}}'
    root = None
    if "xml" in canonical.documents and readable(canonical.documents["xml"]):
        root = etree.fromstring(canonical.documents["xml"])
    if root is not None and len(root):
        yield "xml", "", _with_elements(root, len(root))
    if isinstance(value, dict):
        # What stands before an id is the port's to say.
        for where, place in _places(len(value))[has_id:]:
            yield "json", where, _with_member(canonical.documents["json"], place)
    if root is not None:
        for where, place in _places(len(root)):
            yield "xml", where, _with_elements(root, place)


def _places(size: int) -> list[tuple[str, int]]:
    """Where else something unknown stands, and behind how many of the known ones."""
    return [("-first", 0), *([("-between", 1)] if size > 1 else [])] if size else []


def _with_member(document: bytes, place: int) -> bytes:
    """A JSON object with an unknown member behind so many of its own, whose texts stay as they are."""
    text = document.decode("utf-8", "surrogatepass")
    decoder, at = json.JSONDecoder(), text.index("{") + 1
    for _ in range(place):
        _, at = decoder.raw_decode(text, at)
        _, at = decoder.raw_decode(text, at + 1)
        at += 1  # behind the comma
    return f'{text[:at]}"x-unknown":[1,{{}}],{text[at:]}'.encode("utf-8", "surrogatepass")


def _with_elements(document: etree._Element, place: int) -> bytes:
    """An XML document with an unknown element behind so many of the root's."""
    root = deepcopy(document)
    unknown = etree.Element(f"{{{_UNKNOWN}}}chip", nsmap={"u": _UNKNOWN})
    unknown.text = "4711"
    unknown.set("kind", "a & b")
    root.insert(place, unknown)
    return etree.tostring(root, encoding="utf-8")


def _kept(bindings: Bindings, canonical: Canonical, id_: str, source: str, data: bytes) -> Vector | None:
    try:
        written = bindings.encode(canonical.type_id, source, bindings.decode(canonical.type_id, source, data))
    except BindwrightError:
        return None  # a closed type
    if not _is_as_it_came(source, written):
        return None  # a map, say: what is unknown is known there, as an entry of its values
    return {
        "id": id_, "kind": "to", "type": canonical.type_id, "in": {source: text_of(data)},
        "out": {source: text_of(written)}, "rule": f"{source}/unknown", **_compare(canonical),
    }  # fmt: skip


def _is_as_it_came(source: str, written: bytes) -> bool:
    """Whether the unknown stands in a document as it was put there."""
    if source == "json":
        return b'"x-unknown"' in written
    chip = etree.fromstring(written).find(f"{{{_UNKNOWN}}}chip")
    return chip is not None and chip.get("kind") == "a & b" and chip.text == "4711"


def _compare(*values: Canonical) -> dict[str, str]:
    """Where namespaces that nobody knows are declared is the port's in every profile; digits of doubles are in any value."""
    real = any("number" in value.compare.get("compare", "") for value in values)
    return {"compare": "infoset-number" if real else "infoset"}


def _edited(
    bindings: Bindings, canonical: Canonical, other: Canonical, label: str, source: str, data: bytes
) -> Vector | None:
    """The member that differs first between two values, set on the first one."""
    type_ = bindings.api.types[canonical.type_id]
    if not isinstance(type_, Object):
        return None
    before, after = (json.loads(value.documents["json"]) for value in (canonical, other))
    uses = {property.name: property.use for property in type_.properties}
    name = next(
        (name for name in before if name in after and name in uses and before[name] != after[name]), None
    )
    if name is None:
        return None
    return edit(bindings, canonical, other, name, f"{label}.{source}-edit", source, data, f"{source}/edit")


def edit(
    bindings: Bindings, canonical: Canonical, other: Canonical, name: str, id_: str, source: str, data: bytes, rule: str
) -> Vector | None:  # fmt: skip
    """A document in which a member of `other` is set; None where Python has no such member or cannot write it."""
    value = bindings.decode(canonical.type_id, source, data)
    replacement = bindings.decode(canonical.type_id, "json", other.documents["json"])
    attribute = next(
        (member.attribute for member in members_of(value.__class__) if member.json == name), None
    )
    if attribute is None:
        return None
    setattr(value, attribute, getattr(replacement, attribute))
    try:
        written = bindings.encode(canonical.type_id, source, value)
    except BindwrightError:
        return None
    members: Any = tagged(bindings.api, Use(type=canonical.type_id), other.documents["json"])
    setting: Tagged = members[name]
    pointer = "/" + name.replace("~", "~0").replace("/", "~1")
    return {
        "id": id_, "kind": "edit", "type": canonical.type_id, "in": {source: text_of(data)},
        "set": [[pointer, setting]], "out": {source: text_of(written)}, "rule": rule, **_compare(canonical, other),
    }  # fmt: skip
