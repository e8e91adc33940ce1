"""Null of a member that means absence by it: setting the member gives the document that it stands in, whatever became of null."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lxml import etree

from bindwright.ir.model import Object
from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors import refused, unknown
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, readable
from bindwright.runtime.errors import BindwrightError


def vectors(bindings: Bindings, canonical: Canonical, label: str, extent: Extent) -> Iterator[Vector]:
    """Of a canonical value its first such member in each format."""
    type_ = bindings.api.types[canonical.type_id]
    if extent.each(unknown.EVERY) is None or not isinstance(type_, Object):
        return
    value = json.loads(canonical.documents["json"])
    # An id is no member that somebody sets.
    own_id = type_.reference.id if type_.reference is not None else None
    names = [
        property.name
        for property in type_.properties
        if property.null == "absent" and property.name in value and property.name != own_id
    ]
    for source, rule in (("json", "json/null"), ("xml", "xml/nil")):
        for name, data in _documents(bindings, canonical, source, names):
            try:
                vector = unknown.edit(
                    bindings, canonical, canonical, name, f"{label}.{source}-null-absent", source, data, rule
                )
            except BindwrightError:
                continue
            if vector is not None:
                yield vector
                break


def _documents(
    bindings: Bindings, canonical: Canonical, source: str, names: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The canonical document with null for one of the members."""
    document = canonical.documents.get(source, b"")
    if source == "json":
        value = json.loads(document)
        for name in names:
            yield name, json.dumps({**value, name: None}, ensure_ascii=False, separators=(",", ":")).encode()
    elif readable(document):
        yield from _with_nil(bindings, canonical, document, names)


def _with_nil(
    bindings: Bindings, canonical: Canonical, document: bytes, names: list[str]
) -> Iterator[tuple[str, bytes]]:
    root = etree.fromstring(document)
    for node in refused.elements_of(bindings.api, canonical.type_id):
        index = refused.child_of(root, node) if node.property in names else None
        if index is not None:
            yield node.property, refused.with_content(document, index, None)
