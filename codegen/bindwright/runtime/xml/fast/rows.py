"""One item of a list that deviates from the layout of the others: read by the full reader, at the cost of one item.

The item is cut out of the text and read within the start tags that stand around it. Whatever is kept at another
place than in the item itself (attributes of an item without room for them, white space that makes the document's
layout another one) is not read here, and the whole document is the full reader's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.leniency import Deviation, record
from bindwright.runtime.xml.fast.layout_regex import MISS, Apart, Frame
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.tree.parse import Element, path_of, tree_of, wrong
from bindwright.runtime.xml.tree.unknown import Layout, is_uniform
from bindwright.standards.regular_expressions import possessive

_COMMENT = r"<!--(?:[^-]++|-(?!-))*+-->"
_INSTRUCTION = r"<\?(?:[^?]++|\?(?!>))*+\?>"
_ASIDE = rf"(?:{_COMMENT}|{_INSTRUCTION})*+"
_tags = re.compile(
    possessive(
        rf"""[^<]*+(?:{_COMMENT}|{_INSTRUCTION}|<!\[CDATA\[(?:[^\]]++|\](?!\]>))*+\]\]>"""
        r"""|(</)[^<>]++>|(<)[^<>"'!?/](?:[^<>"'/]|"[^"<]*+"|'[^'<]*+')*+(/)?+>)"""
    )
)
"""The next comment, section or tag: an end tag, a start tag, an empty tag."""

_FREE = 4
"""Items that may deviate in any document; beyond them one in `_SHARE`. Before any has matched, only one: where all deviate,
as in a document of another order, the attempt is in vain."""
_SHARE = 16


class RowReader:
    """Reads those items of one list that do not match its expression."""

    def __init__(
        self,
        place: XmlPlace,
        names: Sequence[str],
        tags: Iterable[str],
        frame: Frame,
        around: Sequence[str],
        layout: Layout | None,
    ) -> None:
        """Make one.

        Args:
            place: of an item.
            names: qualified names of its elements in this document.
            tags: the same, expanded.
            frame: the root.
            around: qualified names of the elements between the root and the items.
            layout: white space of the document.
        """
        self._place = place
        self._tags = frozenset(tags)
        self._frame = frame
        self._before = frame.head + "".join(f"<{name}>" for name in around)
        self._after = "".join(f"</{name}>" for name in reversed(around)) + frame.tail
        self._depth = len(around) + 1
        self._layout = layout
        blank = "" if layout is None else layout.newline + layout.unit * self._depth
        marks = (*(f"<{name}" for name in names), "<!", "<?")
        self.starts = (*(blank + mark for mark in marks), *(("<!", "<?") if blank else ()))
        """How an item begins, or what may stand before it."""
        self._starts = re.compile(
            possessive(
                rf"{_ASIDE}{re.escape(blank)}{_ASIDE}<(?:{'|'.join(map(re.escape, names))})(?=[ \t\n/>])"
            )
        ).match

    def __call__(self, text: str, position: int, items: list[Any], apart: list[Apart]) -> int:
        """Where the item ends that begins at a position and is added to the others; the position: none is read."""
        if self._starts(text, position) is None:
            return position
        # Where many deviate, the way for whole documents takes less time.
        free = _FREE if len(items) > len(apart) else 1
        if len(apart) >= free + len(items) // _SHARE or (end := end_of_element(text, position)) < 0:
            return position
        document = self._before + text[position:end] + self._after
        deviations: list[Deviation] = []
        try:
            node = self._item_of(document)
            try:
                value = self._frame.read(self._place, node, None)
            except DecodeError:
                # Of other kinds one path does not tell which item it is.
                if self._frame.settings.values == "strict" or self._place.kind != "model":
                    return position
                node = self._item_of(document)  # a tree of its own, for reading has changed the first
                value = self._frame.read(self._place, node, deviations)
        except (DecodeError, RecursionError):
            return position
        if value is MISS:
            return position
        apart.append((path_of(node), len(items), deviations))
        items.append(value)
        return end

    def _item_of(self, text: str) -> Element:
        """The item's element.

        Raises:
            DecodeError: it is not well-formed, or not in the document's layout.
        """
        node = tree_of(text, self._frame.settings)
        for _ in range(self._depth):
            if len(node) != 1:
                raise wrong("one item", str(len(node)), node)
            node = node[0]
        if node.tag not in self._tags:
            raise wrong("an item", str(node.tag), node)
        if self._layout is not None and not is_uniform(node, self._layout, self._depth):
            raise wrong("the document's white space", "other", node)
        return node


def end_of_element(text: str, position: int) -> int:
    """Where the first element after a position ends; -1: nowhere."""
    depth = 0
    match = _tags.match
    while (tag := match(text, position)) is not None:
        position = tag.end()
        mark = tag.lastindex
        if mark == 1:
            depth -= 1
        elif mark == 2:
            depth += 1
        if depth <= 0 and mark is not None:
            return position if depth == 0 else -1
    return -1


def with_deviations(value: Any, lists: Iterable[tuple[list[Any], list[Apart]]]) -> Any:
    """A document's value, with what did not fit in items that were read apart noted as for a whole document."""
    deviations: list[Deviation] = []
    for items, apart in lists:
        for path, number, item_deviations in apart:
            # As `path_of` numbers them: where there is more than one.
            place = f"{path}[{number + 1}]" if len(items) > 1 else path
            deviations += [evolve(each, path=place + each.path[len(path) :]) for each in item_deviations]
    return record(value, deviations) if deviations else value
