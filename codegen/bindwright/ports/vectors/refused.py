"""Documents with one fault each, which a reader has to refuse; and by which text."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from lxml import etree

from bindwright.ir.model import Api, Object, Property, Scalar, XmlList, XmlNode, XmlObject
from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, readable, text_of
from bindwright.runtime.errors import DecodeError

_WORDS = frozenset(
    {"string", "any", "char", "dotnet-uri", "octets", "value", "name", "flags", "never", "null"}
)
"""Forms for which some word is a value, or whose JSON is not a number, a boolean or a text of one grammar."""


_OF_KIND: Final = "JSON Schema 2020-12 validation, 6.1.1"
_OF_REQUIRED: Final = "JSON Schema 2020-12 validation, 6.5.3"
_PART: Final = 4
"""Faults in each format of a type of which a part is shown."""


def vectors(bindings: Bindings, canonical: Canonical, label: str, extent: Extent) -> Iterator[Vector]:
    """Faulty forms of a canonical value. A reader that is lenient by choice is not asked: these are strict readers."""
    for source, faults in (("json", _json_faults), ("xml", _xml_faults)):
        if source not in canonical.documents or (
            source == "xml" and not readable(canonical.documents["xml"])
        ):
            continue
        for name, rule, authority, place, make in extent.chosen(faults(bindings.api, canonical), _PART):
            data = make()
            try:
                bindings.decode(canonical.type_id, source, data)
            except DecodeError:
                yield {
                    "id": f"{label}.{source}-{name}", "kind": "refused", "type": canonical.type_id,
                    "in": {source: text_of(data)}, "at": place, "rule": rule, "authority": authority,
                }  # fmt: skip


Fault = tuple[str, str, str, str, Callable[[], bytes]]
"""Name, rule, authority, place, and what makes the document."""


def _json_faults(api: Api, canonical: Canonical) -> Iterator[Fault]:
    document = canonical.documents["json"]
    yield "cut", "json/grammar", "RFC 8259, 2", "$", lambda: document[:-1]
    yield "twice", "json/grammar", "RFC 8259, 2", "$", lambda: document + document
    yield "comma", "json/grammar", "RFC 8259, 4", "$", lambda: document[:-1] + b"," + document[-1:]
    yield "not-utf-8", "json/grammar", "RFC 8259, 8.1", "$", lambda: document[:-1] + b"\xff" + document[-1:]
    type_, value = api.types[canonical.type_id], json.loads(document)
    if not isinstance(type_, Object) or not isinstance(value, dict):
        return
    yield from _repeated_names(document, value)
    yield "a-list", "json/kind", _OF_KIND, "$", lambda: b"[" + document + b"]"
    for property in type_.properties:
        place, name = f"$.{property.name}", property.name
        if property.required and name in value:
            rest = {key: member for key, member in value.items() if key != name}
            yield f"{name}-missing", "json/required", _OF_REQUIRED, place, partial(_dumps, rest)
        if not property.use.nullable and name in value:
            yield f"{name}-null", "json/null", _OF_KIND, place, partial(_dumps, {**value, name: None})
        if name in value and (odd := _odd(api, property)) is not None:
            yield f"{name}-kind", "json/kind", _OF_KIND, place, partial(_dumps, {**value, name: odd})


def _repeated_names(document: bytes, value: dict[str, Any]) -> Iterator[Fault]:
    """A name that stands twice: as it is, escaped, and in an object that no type describes."""
    name = next(iter(value), None)
    if name is None:
        return
    member = _dumps(value[name])
    escaped = "".join(f"\\u{unit:04x}" for unit in _units(name))
    for label, spelled in (("name", _dumps(name)), ("escaped-name", f'"{escaped}"'.encode())):
        faulty = document[:-1] + b"," + spelled + b":" + member + b"}"
        yield f"{label}-twice", "json/once", "RFC 8259, 4", f"$.{name}", partial(bytes, faulty)
    within = b'"x-unknown":{"a":1,"b":[{"c":"\\":","c":null}]}}'
    yield "unknown-name-twice", "json/once", "RFC 8259, 4", "$", lambda: document[:-1] + b"," + within


def _units(text: str) -> list[int]:
    data = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(data[index : index + 2], "big") for index in range(0, len(data), 2)]


def _odd(api: Api, property: Property) -> Any:
    """A value that the member's type does not have; None where the type takes nearly everything."""
    type_ = api.types.get(property.use.type)
    if isinstance(type_, Scalar) and type_.base in ("string", "integer", "number", "boolean"):
        return {"an": "object"}
    return "a word" if isinstance(type_, Object) else None


def _dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _xml_faults(api: Api, canonical: Canonical) -> Iterator[Fault]:
    document = canonical.documents["xml"]
    root = etree.fromstring(document)
    name = etree.QName(root)
    yield "cut", "xml/grammar", "XML 1.0, 2.1", "/", lambda: document[:-1]
    yield "entity", "xml/grammar", "XML 1.0, 4.1", "/", lambda: document.replace(b">", b">&nowhere;", 1)
    dtd = b"<!DOCTYPE x [<!ENTITY a 'b'>]>"
    yield "dtd", "xml/dtd", "RULES.md, xml/dtd", "/", lambda: dtd + document
    another = f"{{{name.namespace}}}Another" if name.namespace else "Another"
    rule = "OpenAPI 3.2.0, XML Object, name"
    yield "another-root", "xml/root", rule, "/", partial(_renamed, document, another)
    if name.namespace:
        other = f"{{{name.namespace}x}}{name.localname}"
        rule = "Namespaces in XML 1.0, 3"
        yield "another-namespace", "xml/namespace", rule, "/", partial(_renamed, document, other)
    yield from _member_faults(api, canonical, root)
    yield from _missing_members(api, canonical, root)


def _member_faults(api: Api, canonical: Canonical, root: etree._Element) -> Iterator[Fault]:
    """Words where a lexical form has none, and nil where no null is."""
    document, name = canonical.documents["xml"], etree.QName(root).localname
    for node in elements_of(api, canonical.type_id):
        index = child_of(root, node)
        if index is None:
            continue
        place = f"/{name}/{node.name}"
        form = getattr(api.xml[node.content], "lexical", None)
        if form is not None and form not in _WORDS:
            faulty = partial(with_content, document, index, "a word")
            yield f"{node.property}-word", f"lexical/{form}", "RULES.md, lexical forms", place, faulty
        doubled = partial(_doubled, document, index)
        yield f"{node.property}-twice", "xml/once", "RULES.md, xml/once", place, doubled
        if not node.nil:
            faulty = partial(with_content, document, index, None)
            yield f"{node.property}-nil", "xml/nil", "RULES.md, xml/nil", place, faulty


def _missing_members(api: Api, canonical: Canonical, root: etree._Element) -> Iterator[Fault]:
    type_ = api.types[canonical.type_id]
    properties = type_.properties if isinstance(type_, Object) else ()
    required = {property.name for property in properties if property.required}
    for node in elements_of(api, canonical.type_id):
        index = child_of(root, node) if node.property in required else None
        if index is not None:
            place = f"/{etree.QName(root).localname}/{node.name}"
            faulty = partial(_without, canonical.documents["xml"], index)
            yield f"{node.property}-missing", "xml/required", _OF_REQUIRED, place, faulty


def elements_of(api: Api, type_id: str) -> list[XmlNode]:
    """The members of a type that are elements of names of their own; none where it is no object."""
    content = api.xml.get(root_content(api, type_id) or "")
    nodes = content.elements if isinstance(content, XmlObject) else []
    # Whose an element is that several may be, the number of all tells: one more or less is another document.
    names = Counter(
        name for node in nodes for name in {(each.namespace, each.name) for each in _places(api, node)}
    )
    return [node for node in nodes if node.node == "element" and names[node.namespace, node.name] == 1]


def _places(api: Api, node: XmlNode) -> list[XmlNode]:
    """Where the elements of a member stand: of a list without one of its own, its items do."""
    content = api.xml.get(node.content)
    return [content.item] if node.node == "none" and isinstance(content, XmlList) else [node]


def child_of(parent: etree._Element, node: XmlNode) -> int | None:
    """Where the first element of a member is; a comparison, since lxml's ``find`` takes a path, which a name may look like."""
    tag = f"{{{node.namespace}}}{node.name}" if node.namespace else node.name
    return next((index for index, child in enumerate(parent) if child.tag == tag), None)


def root_content(api: Api, type_id: str) -> str | None:
    """The content of a type's root element."""
    root = api.types[type_id].root
    return root.content if root is not None else None


def _renamed(document: bytes, tag: str) -> bytes:
    root = etree.fromstring(document)
    root.tag = tag
    return etree.tostring(root, encoding="utf-8")


def _doubled(document: bytes, index: int) -> bytes:
    """The document with one child twice."""
    root = etree.fromstring(document)
    root.insert(index + 1, copy.deepcopy(root[index]))
    return etree.tostring(root, encoding="utf-8")


def _without(document: bytes, index: int) -> bytes:
    """The document without a child."""
    root = etree.fromstring(document)
    root.remove(root[index])
    return etree.tostring(root, encoding="utf-8")


def with_content(document: bytes, index: int, text: str | None) -> bytes:
    """The document with another text of one child; None: ``xsi:nil``."""
    root = etree.fromstring(document)
    target = root[index]
    for child in list(target):
        target.remove(child)
    target.text = text
    if text is None:
        target.set("{http://www.w3.org/2001/XMLSchema-instance}nil", "true")
    return etree.tostring(root, encoding="utf-8")
