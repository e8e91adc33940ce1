"""The reading side of a conversion: values one by one, and where each part of them stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from attrs import define

from bindwright.commands.conversion.lines import ElementLines, peek
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.streams import iter_located
from bindwright.runtime.shapes import Shape, shape_of

_MAY_BE_AN_ARRAY = frozenset({"any", "list", "tuple", "union"})
"""Kinds of types whose one value may be an array in JSON: an array is then one value, not many."""

Located = tuple[Any, Callable[[str], int]]


@define(kw_only=True)
class InputValues:
    """The values of an input, read one by one."""

    values: Iterator[Located]
    """Each with a function from a path to its line."""
    is_list: bool
    """Whether the input is one list."""
    item: Any
    """The type of a value."""
    expression: Any
    """The type of the whole, for a list's root."""
    models: ModuleType

    def form(self, count: int) -> str:
        """How the input stands, told by its first values (two at most)."""
        return "list" if self.is_list else ("one" if count == 1 else "documents")


def read_values(
    read_as: str, chunks: Iterator[bytes], type_: Any, models: ModuleType, located: bool
) -> InputValues:
    """Begin to read; ``located``: lines will be asked for."""
    shape = shape_of(type_)
    item = shape.item.type if _is_list_of_models(shape) else type_
    head, chunks = peek(chunks)
    if read_as == "xml":
        is_list = item is not type_ or (shape.kind not in _MAY_BE_AN_ARRAY and not _is_item(head, shape))
        values = _xml(chunks, item, is_list, located, models)
        if is_list and item is type_ and (root := _root_of_others(head)) is not None:
            values = _some(values, f"<{shape.name}>, or a list of them", f"<{root}> without one")
    else:
        is_list = head.lstrip(b"\xef\xbb\xbf \t\r\n\x1e")[:1] == b"[" and (
            item is not type_ or shape.kind not in _MAY_BE_AN_ARRAY
        )
        values = ((value, where.line_of) for value, where in iter_located(chunks, item))
    return InputValues(values=values, is_list=is_list, item=item, expression=type_, models=models)


def _is_list_of_models(shape: Shape) -> bool:
    return shape.kind == "list" and shape.item.kind == "model"


_start_tag = re.compile(rb"<(?:[^\s<>/!?:]+:)?([^\s<>/!?:]+)[\s/>]")


def _is_item(head: bytes, shape: Shape) -> bool:
    """Whether the document's root is a value, not a list of them."""
    start_tag = _start_tag.search(head.replace(b"\0", b""))
    if start_tag is None:
        return True
    names = {shape.name}
    if shape.root is not None and shape.root.xml.name is not None:
        names = {shape.root.xml.name}
    return start_tag[1].decode("utf-8", "replace") in names


_comment = re.compile(rb"<!--.*?-->", re.DOTALL)


def _root_of_others(head: bytes) -> str | None:
    """The name of the document's root, where there are elements in it."""
    names = _start_tag.findall(_comment.sub(b"", head.replace(b"\0", b"")))
    return names[0].decode("utf-8", "replace") if len(names) > 1 else None


def _some(values: Iterator[Located], expected: str, found: str) -> Iterator[Located]:
    """The values of a list that may be another document altogether.

    Raises:
        DecodeError: there are none.
    """
    first = next(values, None)
    if first is None:
        raise DecodeError(expected, found, "/")
    yield first
    yield from values


def _xml(
    chunks: Iterator[bytes], item: Any, is_list: bool, located: bool, models: ModuleType
) -> Iterator[Located]:
    lines = ElementLines(item, is_list) if located else None
    source = lines.watched(chunks) if lines is not None else chunks
    read = xml.iter_decode if is_list else xml.iter_documents
    for value in read(source, item, namespace=models.__name__):
        yield value, (lines.next_value() if lines is not None else _no_line)


def _no_line(path: str) -> int:
    return 1


__all__ = ["InputValues", "Located", "json", "read_values"]
