"""Free-form content whose order a dictionary cannot say: elements of one name apart, texts between elements.

The dictionary is what users see; the order beside it is for writing the content again. It is heeded as long as the
dictionary has as many elements of each name, and the text, that it was read with: whatever they are now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from bindwright.runtime.xml.tree.unknown import BLANK


@frozen
class Text:
    """A text between elements, as it stands in the document."""

    text: str


class FreeContent(dict[str, Any]):
    """An element's content that is written in the order in which it was read."""

    __slots__ = ("order",)

    order: list[str | Text]
    """The names of the elements, and the texts."""


def in_order(value: dict[str, Any]) -> Iterator[tuple[str, Any]] | None:
    """Names and values of the elements in the order that they were read in, texts as ``#text``; None for any order."""
    order = getattr(value, "order", None)
    if not isinstance(value, FreeContent) or order is None:
        return None
    elements = {
        name: list(item) if isinstance(item, (list, tuple)) else [item]
        for name, item in value.items()
        if name[:1] != "@" and name != "#text"
    }
    names = Counter(step for step in order if isinstance(step, str))
    text = joined(step.text for step in order if isinstance(step, Text))
    if text != value.get("#text", "") or names != {name: len(items) for name, items in elements.items()}:
        return None
    rest = {name: iter(items) for name, items in elements.items()}
    return (("#text", step.text) if isinstance(step, Text) else (step, next(rest[step])) for step in order)


def items_of(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys and values of a map of any values in the order that they were read in, or as they are."""
    ordered = in_order(value) if isinstance(value, FreeContent) else None
    return iter(value.items()) if ordered is None else ordered


def joined(texts: Iterator[str]) -> str:
    """What ``#text`` is where texts stand between elements: all of them, without white space at the ends."""
    return "".join(texts).strip(BLANK)
