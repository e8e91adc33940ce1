"""Elements without a schema as plain values, in xmltodict's conventions.

Children by their names as they stand in the document, repeated ones as a list; attributes as ``@name``,
declarations as ``@xmlns`` and ``@xmlns:prefix``, text beside them as ``#text``. The text of an element without children
is as it stands there; beside children white space at its ends is cut off. Where elements of one name stand apart, or a
text beside elements, the dictionary keeps the order for writing (`FreeContent`).
The tree is converted itself: writing it to text and reading that with another parser takes the time of
declarations times elements, and the other parser refuses names that this one reads.
"""

from __future__ import annotations

from typing import Any

from bindwright.runtime.xml.settings import XML
from bindwright.runtime.xml.tree.free_order import FreeContent, Text, joined
from bindwright.runtime.xml.tree.names import split_name
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import find_prefixes


def free_value(node: Element) -> Any:
    """An element's value: text, None for an empty element, or a dictionary.

    Declarations around the element that something in it uses stand in its dictionary.
    """
    used: set[str] = set()
    value = _value(node, {} if (parent := node.getparent()) is None else parent.nsmap, used)
    if not used or node.getparent() is None:
        return value
    missing = {
        f"@xmlns:{prefix}": uri
        for prefix, uri in node.nsmap.items()
        if prefix is not None and prefix in used and f"@xmlns:{prefix}" not in _declarations(value)
    }
    if not missing:
        return value
    if not isinstance(value, dict):
        return {**missing, **({} if value is None else {"#text": value})}
    return _in_its_order({**missing, **value}, getattr(value, "order", None))


def _declarations(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def free_document(root: Element) -> dict[str, Any]:
    """A whole document: the root's name is the one key."""
    return {_name(root, str(root.tag), {}, set()): _value(root, {}, set())}


def _value(node: Element, outer: dict[str | None, str], used: set[str]) -> Any:
    value: dict[str, Any] = {}
    # Only a start tag with declarations has a map of its own; lxml makes a new dictionary for every element.
    scope = node.nsmap if node.prefix is not None or len(node.keys()) or _declares(node, outer) else outer
    if scope != outer:
        for prefix, uri in scope.items():
            if outer.get(prefix) != uri:
                value["@xmlns" if prefix is None else f"@xmlns:{prefix}"] = uri
        if None in outer and None not in scope:
            value["@xmlns"] = ""
    if node.prefix is not None:
        used.add(node.prefix)
    for key, text in node.items():
        value["@" + _name(node, str(key), scope, used)] = str(text)
        used.update(find_prefixes(str(text)))
    content = _content(node, scope, used)
    if not content.elements:
        text = content.texts[0].text
        if ":" in text:
            used.update(find_prefixes(text))
        if not value:
            return text or None
        return {**value, "#text": text} if text else value
    value.update(content.elements)
    text = joined(text.text for text in content.texts)
    if ":" in text:
        used.update(find_prefixes(text))
    if text:
        value["#text"] = text
    return _in_its_order(value, content.order(with_texts=bool(text)))


class _Content:
    """What stands in an element: its elements by name, and all texts and names in their order."""

    def __init__(self, text: str) -> None:
        self.elements: dict[str, Any] = {}
        self.texts = [Text(text)]
        self._order: list[str | Text] = [self.texts[0]]
        self._is_apart = False

    def add(self, name: str, item: Any, text_behind: str) -> None:
        """Note a child and the text behind it."""
        if name not in self.elements:
            self.elements[name] = item
        else:
            self._is_apart = self._is_apart or self._order[-2] != name
            if self.elements[name].__class__ is list:
                self.elements[name].append(item)
            else:
                self.elements[name] = [self.elements[name], item]
        self.texts.append(Text(text_behind))
        self._order += [name, self.texts[-1]]

    def order(self, with_texts: bool) -> list[str | Text] | None:
        """The order, where the dictionary does not say it."""
        if with_texts:
            return [step for step in self._order if step != Text("")]
        return [step for step in self._order if isinstance(step, str)] if self._is_apart else None


def _content(node: Element, scope: dict[str | None, str], used: set[str]) -> _Content:
    content = _Content(node.text or "")
    for child in node:
        if not isinstance(child.tag, str):
            raise wrong("elements only", "an entity reference", node)
        content.add(_name(child, child.tag, scope, used), _value(child, scope, used), child.tail or "")
    return content


def _in_its_order(value: dict[str, Any], order: list[str | Text] | None) -> dict[str, Any]:
    if order is None:
        return value
    content = FreeContent(value)
    content.order = order
    return content


def _declares(node: Element, outer: dict[str | None, str]) -> bool:
    """Whether an unprefixed element without attributes has a default namespace other than that around it."""
    return split_name(str(node.tag))[0] != (outer.get(None) or "") or len(node.nsmap) != len(outer)


def _name(node: Element, name: str, scope: dict[str | None, str], used: set[str]) -> str:
    """A name as it stands in the document; an attribute's prefix is found by its namespace."""
    namespace, local_part = split_name(name)
    if name == node.tag:
        return f"{node.prefix}:{local_part}" if node.prefix else local_part
    if not namespace:
        return local_part
    if namespace == XML:
        return f"xml:{local_part}"
    prefix = next(prefix for prefix, uri in scope.items() if uri == namespace and prefix is not None)
    used.add(prefix)
    return f"{prefix}:{local_part}"
