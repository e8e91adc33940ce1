"""Documents as other writers spell them: order, prefixes, white space, comments, encodings; all mean the canonical one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from lxml import etree

from bindwright.ports.bindings import Bindings
from bindwright.ports.vectors.canonical import Canonical
from bindwright.ports.vectors.extent import Extent
from bindwright.ports.vectors.model import Vector, readable, text_of
from bindwright.runtime.errors import BindwrightError

_EMPTY = re.compile(rb"<([\w:.-]+)([^<>]*)></\1>")
PART: Final = 3
"""Forms of a document of a type of which a part is shown."""
_Form = tuple[str, str, Callable[[], bytes | None]]
"""Name, rule, and what makes the document; None where it would be as others are."""


def vectors(
    bindings: Bindings, canonical: Canonical, label: str, extent: Extent, part: int = PART
) -> Iterator[Vector]:
    """Deviating forms of a canonical value, each with what has to come of it."""
    expected = {name: text_of(data) for name, data in canonical.documents.items()}
    for source, (name, rule, make) in extent.chosen(_forms(canonical), part):
        targets = expected if source == "json" or canonical.lossless else {"xml": expected["xml"]}
        data = make()
        if data is not None and _means(bindings, canonical, source, data):
            yield {
                "id": f"{label}.{source}-{name}", "kind": "to", "type": canonical.type_id,
                "in": {source: text_of(data)}, "out": targets, "rule": rule, **canonical.compare,
            }  # fmt: skip


def _forms(canonical: Canonical) -> Iterator[tuple[str, _Form]]:
    """The forms of a value's documents, with their formats."""
    for source, forms in (("json", _json_forms), ("xml", _xml_forms)):
        document = canonical.documents.get(source)
        if document is not None and (source == "json" or readable(document)):
            for form in forms(document):
                yield source, form


def empty(bindings: Bindings, canonicals: Sequence[Canonical], label: str) -> Iterator[Vector]:
    """The first value in whose document an element has an empty text, which another writer closes at once."""
    for canonical in canonicals:
        document = canonical.documents.get("xml", b"")
        closed = _EMPTY.sub(rb"<\1\2/>", document)
        if closed != document and readable(document) and _means(bindings, canonical, "xml", closed):
            names = canonical.documents if canonical.lossless else ("xml",)
            yield {
                "id": f"{label}.xml-empty", "kind": "to", "type": canonical.type_id, "in": {"xml": text_of(closed)},
                "out": {name: text_of(canonical.documents[name]) for name in names}, "rule": "xml/empty",
                **canonical.compare,
            }  # fmt: skip
            return


def _means(bindings: Bindings, canonical: Canonical, source: str, data: bytes) -> bool:
    """Whether the form still means the value: order matters where elements of one name are members of several."""
    try:
        value = bindings.decode(canonical.type_id, source, data)
        return bindings.encode(canonical.type_id, source, value) == canonical.documents[source]
    except BindwrightError:
        return False


def _json_forms(document: bytes) -> Iterator[_Form]:
    value = json.loads(document, parse_float=_Number, parse_int=_Number)
    yield "indented", "json/white-space", partial(_dumps, value, indent=2)
    yield "escaped", "json/escapes", partial(_dumps, value, escaped=True)
    if isinstance(value, dict) and len(value) > 1:
        yield "reversed", "json/order", partial(_dumps, dict(reversed(value.items())))


class _Number(str):
    """A number as it is spelled."""

    __slots__ = ()


def _dumps(value: Any, indent: int | None = None, escaped: bool = False, depth: int = 1) -> bytes:
    """JSON with the numbers as they were spelled."""
    outer, inner = (
        ("\n" + " " * (indent * (depth - 1)), "\n" + " " * (indent * depth)) if indent else ("", "")
    )
    if isinstance(value, _Number):
        return value.encode()
    if isinstance(value, dict):
        members = [
            _dumps(name, escaped=escaped)
            + (b" : " if indent else b":")
            + _dumps(member, indent, escaped, depth + 1)
            for name, member in value.items()
        ]
        return b"{" + b",".join(inner.encode() + member for member in members) + outer.encode() + b"}"
    if isinstance(value, list):
        items = [inner.encode() + _dumps(item, indent, escaped, depth + 1) for item in value]
        return b"[" + b",".join(items) + outer.encode() + b"]"
    if isinstance(value, str) and escaped:
        units = value.encode("utf-16-be", "surrogatepass")
        return (
            b'"'
            + b"".join(b"\\u%02x%02x" % (units[at], units[at + 1]) for at in range(0, len(units), 2))
            + b'"'
        )
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _xml_forms(document: bytes) -> Iterator[_Form]:
    utf_16 = (
        '<?xml version="1.0" encoding="utf-16"?>'.encode("utf-16") + document.decode().encode("utf-16")[2:]
    )
    yield "declared", "xml/declaration", lambda: b'<?xml version="1.0" encoding="utf-8"?>\n' + document
    yield "byte-order-mark", "xml/encoding", lambda: b"\xef\xbb\xbf" + document
    yield "utf-16", "xml/encoding", lambda: utf_16
    yield "comments", "xml/comments", partial(_changed, document, _comment)
    yield "blanks", "xml/white-space", partial(_changed, document, _blanks)
    yield "prefixes", "xml/prefixes", partial(_prefixed, document)
    yield "references", "xml/references", partial(_changed, document, _nothing, references=True)
    yield "reversed", "xml/order", partial(_reversed, document)


def _reversed(document: bytes) -> bytes | None:
    reverse = _changed(document, _reverse)
    return None if reverse == _changed(document, _nothing) else reverse


def _changed(document: bytes, change: Any, references: bool = False) -> bytes:
    root = etree.fromstring(document)
    for element in list(root.iter(etree.Element)):
        change(element)
    return etree.tostring(root, encoding="ascii" if references else "utf-8", xml_declaration=False)


def _nothing(element: etree._Element) -> None:
    """The document as another writer writes it."""


def _comment(element: etree._Element) -> None:
    if len(element) and not (element.text or "").strip():
        element.insert(0, etree.Comment(" a comment "))
        element.append(etree.ProcessingInstruction("target", "data"))


def _blanks(element: etree._Element) -> None:
    if (
        len(element)
        and not (element.text or "").strip()
        and not any((child.tail or "").strip() for child in element)
    ):
        element.text = "\n  "
        for child in element:
            child.tail = "\n\t"


def _reverse(element: etree._Element) -> None:
    tags = [child.tag for child in element]
    if len(set(tags)) == len(tags) > 1 and not any((child.tail or "").strip() for child in element):
        element[:] = reversed(element)


def _prefixed(document: bytes) -> bytes:
    """Every namespace of an element under a prefix of another writer's choice."""
    root = etree.fromstring(document)
    namespaces = sorted({etree.QName(element).namespace or "" for element in root.iter(etree.Element)} - {""})
    nsmap = {f"q{index + 1}": namespace for index, namespace in enumerate(namespaces)}
    nsmap |= {
        prefix: namespace
        for prefix, namespace in root.nsmap.items()
        if prefix and namespace not in namespaces
    }
    return etree.tostring(_copy(root, nsmap), encoding="utf-8")


def _copy(element: etree._Element, nsmap: dict[str, str]) -> etree._Element:
    copied = etree.Element(element.tag, nsmap={**nsmap, **{p: n for p, n in element.nsmap.items() if p}})
    for name, value in element.attrib.items():
        copied.set(name, value)
    copied.text, copied.tail = element.text, element.tail
    copied.extend(_copy(child, nsmap) for child in element)
    return copied
