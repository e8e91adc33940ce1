"""Objects that refer to each other: an id is written anew whatever it was, and a reference that nothing has is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from bindwright.ir.model import Object, Reference, XmlObject, XmlReference
from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.model import Vector, readable, text_of
from bindwright.runtime.errors import BindwrightError

_AUTHORITY = "Newtonsoft.Json, PreserveReferencesHandling; DataContractSerializer, IsReference"


def vectors(bindings: Bindings, canonical: Canonical, label: str) -> Iterator[Vector]:
    """Of a canonical value those of its own id, in each format that it is written in; none where it has no id."""
    type_ = bindings.api.types[canonical.type_id]
    if not isinstance(type_, Object) or type_.reference is None:
        return
    content = bindings.api.xml.get(type_.root.content) if type_.root is not None else None
    documents = {"json": dict(_in_json(canonical, type_.reference))}
    if isinstance(content, XmlObject) and content.reference is not None and "xml" in canonical.documents:
        documents["xml"] = dict(_in_xml(canonical, content.reference))
    for source, variations in documents.items():
        for name, data in variations.items():
            vector = _vector(bindings, canonical, source, data)
            if vector is not None:
                yield {"id": f"{label}.{source}-{name}", "rule": f"{source}/reference", **vector}


def _in_json(canonical: Canonical, reference: Reference) -> Iterator[tuple[str, bytes]]:
    """Names of variations, and documents."""
    value = json.loads(canonical.documents["json"])
    rest = {name: part for name, part in value.items() if name != reference.id}
    variations: dict[str, Any] = {
        "id-missing": rest,
        "id-other": {reference.id: "x 77", **rest},
        "id-last": {**rest, reference.id: "77"},
        "ref-unknown": {reference.ref: "78"},
        "ref-itself": {reference.id: "1", reference.ref: "79"},
    }
    for name, variation in variations.items():
        yield name, json.dumps(variation, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")  # fmt: skip


def _in_xml(canonical: Canonical, reference: XmlReference) -> Iterator[tuple[str, bytes]]:
    if not readable(canonical.documents["xml"]):
        return
    id_, ref = (f"{{{name.namespace}}}{name.name}" for name in (reference.id, reference.ref))
    for name, attributes in {"id-missing": {}, "id-other": {id_: "x77"}, "ref-unknown": {ref: "i78"}}.items():
        root = etree.fromstring(canonical.documents["xml"])
        if id_ in root.attrib:
            del root.attrib[id_]
        for attribute, text in attributes.items():
            root.set(attribute, text)
        yield name, etree.tostring(root, encoding="utf-8")


def _vector(bindings: Bindings, canonical: Canonical, source: str, data: bytes) -> Vector | None:
    """What comes of a document in its format; None where it cannot be written."""
    common = {"type": canonical.type_id, "in": {source: text_of(data)}}
    try:
        value = bindings.decode(canonical.type_id, source, data)
    except BindwrightError:
        return {"kind": "refused", **common, "at": "/", "authority": _AUTHORITY}
    try:
        written = bindings.encode(canonical.type_id, source, value)
    except BindwrightError:
        return None
    return {"kind": "to", **common, "out": {source: text_of(written)}, **canonical.compare}
