"""Documents of many rows, of which some deviate: each row is read the fast way, or in full, by itself.

The fast way reads a document or it does not. Without this one row in a thousand (an unknown member, a value that does
not fit) sends the other 999 the general way as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Raw

from bindwright.runtime.json.codecs.guard import Guard, Reader
from bindwright.runtime.json.codecs.json_structs import MAKING, StructTyper
from bindwright.runtime.json.codecs.places import place_reader
from bindwright.runtime.json.codecs.whole_documents import document_reader, prove
from bindwright.runtime.json.decoding.lenient_helpers import COLLECTOR, keep
from bindwright.runtime.json.decoding.read_helpers import within
from bindwright.runtime.json.plan.members import is_plain_class, object_members, root_of
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.settings import DEFAULT, Settings
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.json.text.parse import parse
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import PythonValue

SHORTEST = 1 << 12
"""Bytes of a document from which on its rows are read one by one."""
_WITHIN = Settings(max_depth=DEFAULT.max_depth - 2)
"""A row stands in a list, and that in an object: what nests deeper is left to the general way, which says so."""
_EMPTY = Raw(b"[]")
_encode = msgspec.json.Encoder().encode
_read_members = msgspec.json.Decoder(dict[str, Raw]).decode
_read_items = msgspec.json.Decoder(list[Raw]).decode


class Rows:
    """Reads lists of models that are the root, or members of the model that is."""

    def __init__(
        self,
        shape: Shape,
        registry: Registry,
        profile: str,
        *,
        structure: Callable[[Any], PythonValue],
        lenient: Registry | None,
    ) -> None:
        """A reader of rows.

        Args:
            shape: the root.
            registry: the codecs.
            profile: the conventions of the root.
            structure: reads what stands around the rows from parsed JSON, strictly.
            lenient: where rows may deviate, the codecs that list it.
        """
        self._registry = registry
        self._profile = profile
        self._structure = structure
        self._lenient = lenient
        self._root = shape if shape.kind == "list" else None
        self._lists = {} if shape.kind == "list" else self._lists_of(shape)
        self._readers: dict[int, Reader] = {}

    @property
    def any(self) -> bool:
        """Whether there are such lists."""
        return bool(self._lists) or (self._root is not None and self._is_rows(self._root))

    def _is_rows(self, shape: Shape) -> bool:
        if shape.kind != "list" or shape.type is not list or self._registry.read_hook(list) is not None:
            return False
        item = shape.item
        return item.kind == "model" and not item.nullable and self._registry.read_hook(item.type) is None

    def _lists_of(self, shape: Shape) -> dict[str, tuple[str, Shape]]:
        root = root_of(shape.type) if shape.kind == "model" else None
        if (
            root is None
            or root.reference is not None
            or root.choice is not None
            or not is_plain_class(shape.type)
        ):
            return {}
        if self._registry.read_hook(shape.type) is not None:
            return {}
        members = object_members(shape.type)
        return {
            member.name: (member.attribute, member.shape) for member in members if self._is_rows(member.shape)
        }

    def read(self, data: bytes) -> PythonValue:
        """The value; any exception means: read the whole document in full."""
        if self._root is not None:
            return self._read_rows(self._root, data, "")
        members = _read_members(data)
        prove(data, members)  # the rows prove their own names
        lists = [name for name in self._lists if name in members and bytes(members[name])[:1] == b"["]
        value = self._structure(parse(_encode({**members, **dict.fromkeys(lists, _EMPTY)}), DEFAULT))
        for name in lists:
            attribute, shape = self._lists[name]
            setattr(value, attribute, self._read_rows(shape, bytes(members[name]), step(name)))
        return value

    def _read_rows(self, shape: Shape, data: bytes, path: str) -> list[PythonValue]:
        read = self._readers.get(id(shape))
        if read is None:
            with MAKING:
                read = self._readers[id(shape)] = self._row_reader(shape.item)
        if self._lenient is None:
            return [read(bytes(row)) for row in _read_items(data)]
        rows, errors = [], COLLECTOR.get().errors
        for index, row in enumerate(_read_items(data)):
            listed = len(errors)
            rows.append(read(bytes(row)))
            for error in errors[listed:]:
                within(error, f"{path}[{index}]")
        return rows

    def _row_reader(self, item: Shape) -> Reader:
        typing = StructTyper(self._registry, 0)
        struct_type = typing.of(item, nullable=False)
        guard = Guard(self._in_full(item))
        if struct_type is Any:
            return guard.general
        decode = msgspec.json.Decoder(struct_type, float_hook=read_untyped).decode
        guard.attempt = document_reader(item, self._registry, self._profile, typing, decode, guard)
        return guard.attempt

    def _in_full(self, item: Shape) -> Reader:
        read = place_reader(item, self._lenient or self._registry, self._profile)
        if self._lenient is None:
            return lambda data: read(parse(data, _WITHIN))
        return lambda data: keep(read, parse(data, _WITHIN), "")
