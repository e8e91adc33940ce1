"""Where a JSON pointer stands in a text: found by reading the text again, with what was found kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from bindwright.openapi.diagnostics.model import Position
from bindwright.openapi.options import LoadLimits
from bindwright.openapi.text.text import Text
from bindwright.standards.json_pointer import split

if TYPE_CHECKING:
    from bindwright.openapi.text.json_scan import JsonMember
    from bindwright.openapi.text.yaml_nodes import YamlNode


class JsonPositions(Struct):
    """Positions in a JSON text."""

    text: Text
    unique: bool = False
    """Whether no name stands twice in an object; else the last one counts, so that all of them are looked at."""
    _members: dict[int, tuple[dict[str, JsonMember], Iterator[JsonMember]]] = field(default_factory=dict)
    """What was seen of each object and list so far, and what follows."""

    def find(self, pointer: str, *, key: bool) -> Position | None:
        """Position of the value at `pointer`: of its name, where it is an object or list or `key` is set."""
        from bindwright.openapi.text.json_scan import end_of

        source = self.text.string
        start = len(source) - len(source.lstrip(" \t\r\n"))
        member = None
        for token in split(pointer):
            member = self._inside(start, token)
            if member is None:
                return None
            start = member.start
        if member is None:
            return self.text.at(start)
        if key or source[member.start] in "{[":
            return self.text.at(member.name_start, max(1, member.name_end - member.name_start))
        return self.text.at(member.start, end_of(source, member.start) - member.start)

    def _inside(self, start: int, name: str) -> JsonMember | None:
        from bindwright.openapi.text.json_scan import members

        if start not in self._members:
            self._members[start] = {}, members(self.text.string, start)
        seen, rest = self._members[start]
        if not self.unique or name not in seen:
            for member in rest:
                seen[member.name] = member
                if self.unique and member.name == name:
                    break
        return seen.get(name)


class YamlPositions(Struct):
    """Positions in a YAML text."""

    text: Text
    limits: LoadLimits
    _root: YamlNode | None = None
    _read: bool = False

    def find(self, pointer: str, *, key: bool) -> Position | None:
        """Position of the value at `pointer`: of its key, for a mapping or sequence or with `key`."""
        from bindwright.openapi.text.yaml_build import where
        from bindwright.openapi.text.yaml_nodes import compose

        if not self._read:
            self._root, self._read = compose(self.text, self.limits), True
        node, name = self._root, None
        for token in split(pointer):
            child = _below(node, token) if node is not None else None
            if child is None:
                return None
            name, node = child
        if node is None:
            return None
        return where(self.text, name if name is not None and (key or node.kind != "scalar") else node)


def _below(node: YamlNode, token: str) -> tuple[YamlNode | None, YamlNode] | None:
    """The key (None in a sequence) and value that `token` names in `node`, merge keys followed."""
    from bindwright.openapi.text.yaml_build import is_merge

    if node.kind == "seq":
        index = int(token) if token.isascii() and token.isdigit() else len(node.items)
        return (None, node.items[index]) if index < len(node.items) else None
    merged: list[YamlNode] = []
    match: tuple[YamlNode | None, YamlNode] | None = None
    for key, item in zip(node.items[::2], node.items[1::2], strict=True):
        if key.kind == "scalar" and key.text == token:
            match = (key, item)
        if is_merge(key):
            merged += item.items if item.kind == "seq" else [item]
    if match is not None:
        return match
    for source in merged:
        inside = _below(source, token) if source.kind == "map" else None
        if inside is not None:
            return inside
    return None
