"""Keys of open content: what an element is called that only a map or additional members take."""

from __future__ import annotations

from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.tree.names import expanded, split_name
from bindwright.runtime.xml.tree.parse import Element


def key_of(child: Element, place: XmlPlace) -> str:
    """The key of an element: its local name, or the expanded one where its namespace is not that of the place.

    So elements of foreign vocabularies keep their namespaces, two of one local name do not meet, and both can
    be set. Where the document names no namespace at all, there is none to keep.
    """
    namespace, name = split_name(str(child.tag))
    key = decode_name(name)
    if namespace != place.item_of(key).namespace:
        parent = child.getparent()
        if namespace or parent is None or split_name(str(parent.tag))[0]:
            return f"{{{namespace}}}{name}" if not namespace else expanded(namespace, name)
    return key
