"""XML documents: names, namespaces, nodes and orders, as the IR has settled them.

What a value is (its type, whether it may be null) is compared by the walk over types, in the column of XML; here
only what is XML's own.
"""

from __future__ import annotations

from typing import Any

from bindwright.changes.findings import Context
from bindwright.changes.objects import renamed_properties
from bindwright.changes.scalars import lexical
from bindwright.changes.walk import Places, Walk
from bindwright.ir.model import Api, Object, SourcePlace, Use, XmlNode, XmlRoot


def compare_roots(walk: Walk, old: XmlRoot, new: XmlRoot, element: str, context: Context) -> None:
    """Compare two documents. What is said of a schema is said once, whichever bodies are made of it."""
    element = _name_of(walk, old) or element
    places = _place_of(walk.old, old), _place_of(walk.new, new)
    if old.profile != new.profile:
        walk.findings.add("xml-profile", element, context, old.profile, new.profile, places=places)
        return
    _XmlWalk(walk, context, old.profile, places).nodes(old, new, element, "xml-root-name")


def _place_of(api: Api, node: XmlNode) -> SourcePlace | None:
    """Where the type of what stands in a node is described."""
    content = api.xml.get(node.content)
    type_ = api.types.get(content.type) if content is not None else None
    return type_.place if type_ is not None and type_.place.pointer else None


def _form(content: Any) -> str:
    """What a content is: a tuple is a list whose positions tell its first items."""
    return "list" if content.kind == "tuple" else str(content.kind)


def _items(content: Any) -> tuple[list[XmlNode], XmlNode | None]:
    """The nodes of a list's first items, and that of those which follow."""
    return ([], content.item) if content.kind == "list" else (content.items, content.rest)


def _name_of(walk: Walk, node: XmlNode) -> str:
    content = walk.old.xml.get(node.content)
    type_ = walk.old.types.get(content.type) if content is not None else None
    return (
        (type_.name or "") if type_ is not None and content is not None and content.kind == "object" else ""
    )


class _XmlWalk:
    def __init__(self, walk: Walk, context: Context, profile: str, places: Places) -> None:
        self._walk = walk
        self._context = context
        self._profile = profile
        self._places = places
        """Where what is compared is described in both documents."""
        self._visited: set[tuple[str, str]] = set()
        self._root: tuple[str, str] | None = None
        """The namespaces of the root element, where it moved: readers find out at once, whatever else moved along."""
        self._moved: list[tuple[str, str]] = []
        """The namespaces, old and new, of the objects around, where all their members moved."""

    def _has_moved(self, old: str, new: str) -> bool:
        """Whether a namespace moved with those of all members of an object around it."""
        return (old, new) in self._moved

    def _add(self, kind: str, element: str, before: Any = None, after: Any = None) -> None:
        self._walk.findings.add(kind, element, self._context, before, after, places=self._places)

    def nodes(self, old: XmlNode, new: XmlNode, element: str, renamed: str = "xml-property-name") -> None:
        """Compare where two values stand, then what stands within."""
        forms = {"text": "text", "cdata": "text"}  # one information set
        before, after = forms.get(old.node, old.node), forms.get(new.node, new.node)
        if self._kind(self._walk.old, old) != self._kind(self._walk.new, new):
            # One value became a list, or an object text: the walk over types says so, for an item of its own.
            if self._kind(self._walk.new, new) == "list" and after == "element":
                self._add("xml-unwrapped", element, before, after)
            return
        if before != after:
            lists = "none" in (before, after) and self._is_list(old, new)
            self._add("xml-unwrapped" if lists else "xml-attribute-to-element", element, before, after)
        elif old.node in ("element", "attribute"):
            if old.name != new.name and new.name not in [read.name for read in old.also_read]:
                wrapper = renamed == "xml-property-name" and self._is_list(old, new)
                self._add("xml-wrapper-name" if wrapper else renamed, element, old.name, new.name)
            elif old.namespace != new.namespace and not self._has_moved(old.namespace, new.namespace):
                if renamed == "xml-root-name":
                    self._root = old.namespace, new.namespace
                kind = "xml-root-namespace" if renamed == "xml-root-name" else "xml-namespace"
                self._add(kind, element, old.namespace, new.namespace)
        if old.omit != new.omit and "zero" in (old.omit, new.omit):
            self._add("dcs-emit-default", element, old.omit, new.omit)
        self.contents(old.content, new.content, element, same_node=before == after)

    def _kind(self, api: Api, node: XmlNode) -> str:
        content = api.xml.get(node.content)
        return _form(content) if content is not None else ""

    def _is_list(self, old: XmlNode, new: XmlNode) -> bool:
        return self._kind(self._walk.old, old) == self._kind(self._walk.new, new) == "list"

    def contents(self, old_id: str, new_id: str, element: str, same_node: bool = True) -> None:
        """Compare what stands within two nodes."""
        old: Any = self._walk.old.xml.get(old_id)
        new: Any = self._walk.new.xml.get(new_id)
        if old_id == new_id and old_id in self._walk.unchanged_xml:
            return
        if old is None or new is None or (old_id, new_id) in self._visited or _form(old) != _form(new):
            return
        self._visited.add((old_id, new_id))
        around = self._places
        first, second = self._walk.old.types.get(old.type), self._walk.new.types.get(new.type)
        if first is not None and second is not None and first.name and second.name:
            self._places = first.place, second.place
        self._within(old, new, element)
        self._places = around

    def _within(self, old: Any, new: Any, element: str) -> None:
        name = self._walk.old.types[old.type].name if old.type in self._walk.old.types else None
        compare = {"object": self._objects, "list": self._lists, "union": self._unions, "text": self._texts}
        if _form(old) in compare:
            compare[_form(old)](old, new, name or element)
        elif old.kind == "entries":
            self._entries(old, new, name or element)
        elif old.kind == "map":
            self.nodes(old.value, new.value, f"{name or element}.*", "xml-item-name")

    def _objects(self, old: Any, new: Any, element: str) -> None:
        renames = self._renames(old.type, new.type)
        self._moved.append(self._moved_as_a_whole(old, new, element))
        self._members(old, new, element, renames)
        self._moved.pop()
        self._known(old, new, element)

    def _moved_as_a_whole(self, old: Any, new: Any, element: str) -> tuple[str, str]:
        """The namespace that all members of an object have left for another one, which is told once."""
        before = {node.namespace for node in old.elements if node.node == "element"}
        after = {node.namespace for node in new.elements if node.node == "element"}
        if len(old.elements) < 2 or len(before) != 1 or len(after) != 1 or before == after:
            return "", ""
        pair = (before.pop(), after.pop())
        if pair != self._root and pair not in self._moved:
            self._add("xml-namespace", element, *pair)
        return pair

    def _members(self, old: Any, new: Any, element: str, renames: dict[str, str]) -> None:
        after = {node.property: node for node in [*new.attributes, *new.elements, *filter(None, [new.text])]}
        for node in [*old.attributes, *old.elements, *filter(None, [old.text])]:
            other = after.get(renames.get(node.property, node.property))
            if other is None:
                continue
            around = self._places
            self._places = (
                self._of_member(self._walk.old, old.type, node, around[0]),
                self._of_member(self._walk.new, new.type, other, around[1]),
            )
            if (
                node.property in renames
            ):  # a rename of the element with the member is one change, reported as such
                other_node = other if node.name == other.name or node.name != node.property else node
                self.contents(node.content, other_node.content, f"{element}.{node.property}")
            else:
                self.nodes(node, other, f"{element}.{node.property}")
            self._places = around
        old_order = [renames.get(node.property, node.property) for node in old.elements]
        new_order = [node.property for node in new.elements]
        before = [name for name in old_order if name in new_order]
        if before != [name for name in new_order if name in old_order]:
            kind = "dcs-order" if self._profile == "datacontract" else "property-order"
            self._add(kind, element, before, [name for name in new_order if name in old_order])

    def _of_member(
        self, api: Api, type_id: str, node: XmlNode, around: SourcePlace | None
    ) -> SourcePlace | None:
        type_ = api.types.get(type_id)
        members = type_.properties if isinstance(type_, Object) else ()
        return next((member.place for member in members if member.name == node.property), around)

    def _renames(self, old_type: str, new_type: str) -> dict[str, str]:
        old, new = self._walk.old.types.get(old_type), self._walk.new.types.get(new_type)
        if old is None or new is None or old.kind != "object" or new.kind != "object":
            return {}
        return renamed_properties(self._walk.old, self._walk.new, old, new)

    def _known(self, old: Any, new: Any, element: str) -> None:
        """Types that `i:type` may name."""
        before = {self._contract(self._walk.old, content) for content in old.derived}
        after = {self._contract(self._walk.new, content) for content in new.derived}
        if before - after:
            self._add("dcs-known-type-removed", element, sorted(before - after))
        if after - before:
            self._add("dcs-known-type-added", element, None, sorted(after - before))

    def _contract(self, api: Any, content_id: str) -> str:
        content = api.xml.get(content_id)
        contract = getattr(content, "contract", None)
        return f"{{{contract.namespace}}}{contract.name}" if contract else content_id

    def _lists(self, old: Any, new: Any, element: str) -> None:
        """Items, those that positions tell each with the item at the same position."""
        (first, rest), (second, other) = _items(old), _items(new)
        for index in range(max(len(first), len(second))):
            before = first[index] if index < len(first) else rest
            after = second[index] if index < len(second) else other
            if before is not None and after is not None:
                self.nodes(before, after, f"{element}[{index}]", "xml-item-name")
        if rest is not None and other is not None:
            self.nodes(rest, other, f"{element}[]", "xml-item-name")

    def _unions(self, old: Any, new: Any, element: str) -> None:
        by_content = {self._type_name(self._walk.new, node): node for node in new.alternatives}
        for node in old.alternatives:
            other = by_content.get(self._type_name(self._walk.old, node))
            if other is not None:
                self.nodes(node, other, f"{element} ({self._type_name(self._walk.old, node)})")

    def _type_name(self, api: Any, node: XmlNode) -> str:
        content = api.xml.get(node.content)
        type_ = api.types.get(content.type) if content is not None else None
        return (type_.name or type_.id) if type_ is not None else node.content

    def _texts(self, old: Any, new: Any, element: str) -> None:
        """A form of text that only XML has (``x-dcs-type``): where JSON differs as well, the walk over types says so."""
        if old.lexical == new.lexical:
            return
        first, second = self._walk.old.types.get(old.type), self._walk.new.types.get(new.type)
        forms = [
            lexical(type_, Use(type=type_.id))
            if type_ is not None and type_.kind in ("scalar", "enum")
            else ""
            for type_ in (first, second)
        ]
        bases = [getattr(type_, "base", None) for type_ in (first, second)]
        if forms[0] == forms[1] and bases[0] == bases[1]:
            self._add("dcs-type", element, old.lexical, new.lexical)

    def _entries(self, old: Any, new: Any, element: str) -> None:
        names = [(entries.entry.name, entries.key.name, entries.value.name) for entries in (old, new)]
        if names[0] != names[1]:
            self._add("dcs-entries", element, names[0], names[1])
        self.contents(old.value.content, new.value.content, f"{element}.*")
