"""Source of one writing function while it is put together, and what all such functions use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.model import UNSET
from bindwright.runtime.references import number_of
from bindwright.runtime.xml.encoding.namespaces import Style, map_name
from bindwright.runtime.xml.encoding.unknown import (
    UnknownWriter,
    full_order,
    model_with_unknown,
    more_attributes,
    type_attribute,
)
from bindwright.runtime.xml.encoding.unknown_among_items import (
    in_namespace,
    items_with_unknown,
    member_with_unknown,
    with_unknown_attributes,
)
from bindwright.runtime.xml.scalars.escape import (
    cdata,
    encode_name,
    escape_attribute,
    escape_lines,
    escape_text,
    special,
    special_attribute,
    special_lines,
)
from bindwright.runtime.xml.tree.unknown import XmlExtra

Write = Callable[[Any, int, tuple[str, ...]], str]


def unknown_writer_of(style: Style) -> UnknownWriter:
    """How unknown elements, and text, are written in a style."""
    escape = escape_lines(style.newline) if style.w else escape_text
    return UnknownWriter(escape, style.dcs, style.close)


def fresh(prefixes: tuple[str, ...], depth: int) -> str:
    """The UTF-8 text writer's next prefix: the first letter that is free, then by depth."""
    for letter in "abcdefghjklmnopqrstuvwxyz":
        if letter not in prefixes:
            return letter
    count = 0
    while f"d{depth}p{count}" in prefixes:
        count += 1
    return f"d{depth}p{count}"


def numerals(*values: int) -> list[str]:
    """Whole numbers in digits, those of classes of their own and truth values, too.

    Raises:
        TypeError, ValueError: something is no whole number.
    """
    return [f"{value:d}" for value in values]


class FirstUse:
    """A writing function that is compiled on its first call: types may hold themselves.

    From then on all functions that call it have it itself, so that the detour is taken once and not for each
    object.
    """

    __slots__ = ("_function", "_make", "_uses")

    def __init__(self, make: Callable[[], Write]) -> None:
        self._make = make
        self._function: Write | None = None
        self._uses: list[tuple[dict[str, Any], str]] = []

    def used(self, names: dict[str, Any], name: str) -> None:
        """Note the globals of a function that calls this one, and the name there."""
        if self._function is not None:
            names[name] = self._function
        else:
            self._uses.append((names, name))

    def __call__(self, value: Any, depth: int, prefixes: tuple[str, ...]) -> str:
        if self._function is None:
            self._function = self._make()
            for names, name in self._uses:
                names[name] = self._function
            self._uses.clear()
        return self._function(value, depth, prefixes)


def is_special(name: str, *, attribute: bool = False) -> str:
    """An expression of whether a string may hold what XML escapes or cannot carry.

    What is printable is no control character, no surrogate and no end of line. A string of another type than
    ``str`` raises here, as joining does.
    """
    quote = f""" or '"' in {name}""" if attribute else ""
    return f"'&' in {name} or '<' in {name} or '>' in {name}{quote} or not {name}.isprintable()"


class WriterSource:
    """Source of one function being written."""

    def __init__(self, style: Style, title: str, *, with_nulls: bool = False) -> None:
        self.style = style
        self.title = title
        self.with_nulls = with_nulls
        """Whether the object keeps which members were null where None means that they are absent, or is an error."""
        self.late = False
        """Whether the text that is being made is used at the function's end and not before."""
        self.whole: list[str] = []
        """Variables of integers in such text."""
        self.inlining: list[object] | None = []
        """Plans of the models whose content is being written into this function, the outermost first; None: the
        content of each model is a function of its own."""
        self.inlined = 0
        """Members of such models."""
        self.looked_at: set[str] = set()
        """Variables of strings that need no escaping any more."""
        self.lines: list[str] = []
        self.level = 1
        self.count = 0
        unknown_writer = unknown_writer_of(style)
        self.names: dict[str, Any] = {
            "UNSET": UNSET, "fresh": fresh, "cdata": cdata, "XmlExtra": XmlExtra, "items_with_unknown": items_with_unknown, "with_unknown_attributes": with_unknown_attributes, "member_with_unknown": member_with_unknown, "model_with_unknown": model_with_unknown, "more_attributes": more_attributes, "type_attribute": type_attribute, "full_order": full_order, "map_name": map_name, "in_namespace": in_namespace, "numerals": numerals, "number_of": number_of,
            "unknown_writer": unknown_writer, "escape": unknown_writer.escape, "escape_attribute": escape_attribute,
            "special": special_lines if style.w else special, "encode_name": encode_name, "special_attribute": special_attribute,
        }  # fmt: skip

    def name(self, prefix: str) -> str:
        """A new name."""
        self.count += 1
        return f"{prefix}{self.count}"

    def bind(self, prefix: str, value: Any) -> str:
        """A new name for a value."""
        name = self.name(prefix)
        self.names[name] = value
        if isinstance(value, FirstUse):
            value.used(self.names, name)
        return name

    @contextmanager
    def inline(self, plan: object, members: int) -> Iterator[None]:
        """While the content of a model is written into this function."""
        assert self.inlining is not None
        self.inlining.append(plan)
        self.inlined += members
        self.level += 1
        yield
        self.level -= 1
        self.inlining.pop()

    def line(self, text: str) -> None:
        """One line at the present indentation."""
        self.lines.append("    " * self.level + text)

    def look_at(self, strings: list[tuple[str, str]]) -> None:
        """Escape what is special in some strings: one look tells that none is, as it is nearly always.

        Args:
            strings: variables, each with a test of whether it is null or absent, or none.
        """
        texts = [f"'' if {missing} else {name}" if missing else name for name, missing in strings]
        self.line(f"t = {texts[0]}" if len(texts) == 1 else f"t = ''.join(({', '.join(texts)},))")
        self.line(f"if {is_special('t')}:")
        for name, missing in strings:
            self.line(f"    {name} = {f'{name} if {missing} else ' if missing else ''}escape({name})")
            self.looked_at.add(name)

    def settle(self) -> None:
        """Whole numbers as they are written; plain ones need no format, and one look tells that all are plain."""
        if self.whole:
            kinds = " is ".join(f"{variable}.__class__" for variable in self.whole)
            self.line(f"if not ({kinds} is int):")
            self.line(f"    {', '.join(self.whole)}, = numerals({', '.join(self.whole)})")

    def function(self) -> Write:
        """The function."""
        source = "def write(o, d, p):\n" + "\n".join(self.lines) + "\n"
        function: Write = compiled(source, "write", f"xml write {self.title}", self.names)
        return function
