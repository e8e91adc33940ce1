"""Expressions for speculation: a model in one layout as a regular expression, and its groups as values."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs
from attrs import define, field, frozen

from bindwright.runtime.leniency import Deviation
from bindwright.runtime.model import UNSET
from bindwright.runtime.xml.plan.members import ModelPlan, Slot
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.datetimes import known_moments, read_moment
from bindwright.runtime.xml.scalars.escape import referred
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.integer_batches import Integers, integer
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.parse import Element
from bindwright.runtime.xml.tree.unknown import Layout
from bindwright.standards.regular_expressions import possessive

MISS: Any = object()
"""What a matcher gives where the text is not in its layout."""


OPEN = "\x01("
"""A capturing group while expressions are put together: within a list's text it captures nothing."""


_TEXT = r"[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_REFERRING = r"[^<>\r\x00-\x08\x0b\x0c\x0e-\x1f]*+"
"""Text that may hold references to characters."""
_VALUE = r"[^<>&\"\t\r\n\x00-\x08\x0b\x0c\x0e-\x1f]*+"
"""Text of an attribute."""
_REFERRING_VALUE = r"[^<>\"\t\r\n\x00-\x08\x0b\x0c\x0e-\x1f]*+"
_ANY = r"[^<]*+"
"""For values whose reader looks at every character: what is no such value does not match."""


_forbidden = tuple(chr(code) for code in range(32) if chr(code) not in "\t\n")
CLEAN = 1 << 14
"""Characters from which on a look at a whole document takes less time than one at each text in it."""


def is_clean(text: str) -> bool:
    """Whether a text holds nothing that only the full reader knows to read: CR, control characters, ``]]>``."""
    if "]" in text and "]]>" in text:
        return False
    # A search for each in turn, in C, takes a tenth of the time of an expression that looks for all of them.
    for character in _forbidden:  # noqa: SIM110 - a generator takes as long as the searches
        if character in text:
            return False
    return True


class Unfit(Exception):
    """The type or the document is nothing to speculate on."""


@frozen
class ScalarLine:
    """A scalar's value, made of the text of one group."""

    value: str
    """The variable."""
    group: str
    expression: str

    @property
    def column(self) -> str:
        """The values of many models, where the group's name stands for the texts of all."""
        return f"[{self.expression} for {self.group} in {self.group}]"


Line = str | ScalarLine | Integers
"""Source: a line as it is, or what can be made for one model or for many at once."""


@define
class MatcherSource:
    """The function of one expression: how its groups become values."""

    names: dict[str, Any]
    groups: list[str] = field(factory=list)
    lines: list[Line] = field(factory=list)
    count: int = 0
    integers: Integers = field(factory=Integers)
    """Of the model that is being put together."""

    def group(self) -> str:
        """The variable of a new group."""
        name = f"g{len(self.groups)}"
        self.groups.append(name)
        return name

    def bind(self, value: Any) -> str:
        """A name for a value."""
        self.count += 1
        name = f"n{self.count}"
        self.names[name] = value
        return name

    def scalar(self, value: str, group: str, read: Any, missing: str | None) -> None:
        """Lines that make a scalar's value of its group; ``missing`` is the value where there is no group."""
        # Integers of one model are made in one go: one call for all instead of one for each.
        if read is int and missing in (None, "None"):
            self.integers.add(value, group, required=missing is None)
        else:
            expression = _read(read, group, self)
            assigned = expression if missing is None else f"{missing} if {group} is None else {expression}"
            self.lines.append(ScalarLine(value, group, assigned))

    def rendered(self, lines: list[Line] | None = None) -> list[str]:
        """Lines that make the values of one model; those of the function, or others."""
        result: list[str] = []
        for line in self.lines if lines is None else lines:
            if isinstance(line, ScalarLine):
                result.append(f"{line.value} = {line.expression}")
            elif isinstance(line, Integers):
                result += line.lines(self.bind)
            else:
                result.append(line)
        return result

    def indented(self, lines: list[Line]) -> list[Line]:
        """The same, one level further in."""
        return [f"    {line}" for line in self.rendered(lines)]


Apart = tuple[str, int, Sequence[Deviation]]
"""One item that was read apart: the path of its list's items, its number, and what does not fit in it."""

ReadApart = Callable[[XmlPlace, Element, "list[Deviation] | None"], Any]
"""Reads one element by the full reader; `MISS` where something is kept that the element's value has no room for.

Raises:
    DecodeError: the element does not stand for the type.
"""


@frozen
class Frame:
    """What stands around the elements that are read apart."""

    head: str
    """The document up to the end of the root's start tag."""
    tail: str
    """The root's end tag."""
    settings: Settings
    read: ReadApart


Scan = Callable[[str, int, list[Any], list[Apart]], int]
"""Adds the items that stand from a position on to a list, those that were read apart to another as well, and gives
where they end."""

SCANNED = "\x02"
"""Stands in an expression where items are scanned one by one."""


@define
class Layouter:
    """White space and qualified names of the document that is being learnt."""

    names: dict[str | None, str]
    """Prefix to namespace, as the root declares them."""
    layout: Layout | None
    frame: Frame
    root_attributes: list[tuple[str, str]] | None = None
    """Names of the root's attributes, each with the text of the whole attribute, from the first on that is no
    declaration."""
    close: str = "/>"
    """How an empty tag ends."""
    exact: bool = False
    """Whether the members that the samples show are there, and no others."""
    clean: bool = False
    """Whether the matcher is only asked for documents that `is_clean` says yes to: text needs no look at each
    character then."""
    open: list[type] = field(factory=list)
    """Models that are being put together."""
    scans: list[tuple[str, Scan]] | None = None
    """Gets the lists that are read item by item, each with the variable of its items; None: lists are part of the
    expression."""
    stepwise: bool = True
    """Whether elements that hold lists are always there, so that these can be read item by item; a document without
    them is in another layout."""
    around: list[str] = field(factory=list)
    """Qualified names of the elements between the root and the members that are put together, while lists are read
    item by item."""
    substitute: str = ""
    """The namespace that stands for none, where names are compared leniently and the plan names none."""

    def namespace(self, place: XmlPlace) -> str:
        """The namespace of a place's element in this document."""
        if not self.substitute:
            return place.namespace
        # The plan names no namespace and the document does: lenient names take the document's for all members.
        if place.namespace:
            raise Unfit  # which of both namespaces its children are in is the full reader's to say
        return self.substitute

    def name(self, place: XmlPlace) -> str:
        """An element's qualified name in this document, for an expression."""
        namespace = self.namespace(place)
        if namespace == (self.names.get(None) or ""):
            return re.escape(place.name)
        return self._prefixed(namespace, place.name)

    def attribute(self, place: XmlPlace) -> str:
        """An attribute's: without a prefix it is in no namespace (Namespaces in XML 1.0, 6.2)."""
        return self._prefixed(place.namespace, place.name) if place.namespace else re.escape(place.name)

    def _prefixed(self, namespace: str, name: str) -> str:
        # Declarations below the root are not seen here: a document that has them is a miss.
        for prefix, uri in self.names.items():
            if prefix is not None and uri == namespace and namespace:
                return re.escape(f"{prefix}:{name}")
        raise Unfit

    @contextmanager
    def whole(self, *, exact: bool | None = None) -> Iterator[None]:
        """While lists are part of the expression, and for `exact` members are as the samples have them."""
        before = self.scans, self.exact
        self.scans, self.exact = None, self.exact if exact is None else exact
        try:
            yield
        finally:
            self.scans, self.exact = before

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """While an element's members are put together."""
        self.around.append(name)
        try:
            yield
        finally:
            self.around.pop()

    def tags(self, name: str, content: str, end: str = "", *, slim: bool) -> str:
        """The rest of an element after its name, with a group for its content.

        Args:
            name: the element's, as `name` gives it.
            content: an expression that does not match this very element's empty tag.
            end: of the white space before the end tag.
            slim: whether an empty tag stands for no content, too.
        """
        if not slim:
            return f">{OPEN}{content}){end}</{name}>"
        # What comes before tells whether the tag was an empty one: a group more would cost each element its value.
        empty = f"(?<=<{name}{self.close})"
        return f"(?:>|{self.close}){OPEN}{empty}|{content})(?:{empty}|{end}</{name}>)"

    def space(self, depth: int) -> str:
        """White space before an element at a depth (children of the root: 1), or before the end tag above it."""
        if self.layout is None:
            return ""
        return re.escape(self.layout.newline + self.layout.unit * depth)

    @property
    def nil(self) -> str:
        """The attribute of a null element."""
        prefix = next(
            (prefix for prefix, uri in self.names.items() if uri == XSI and prefix is not None), None
        )
        return r"(?!)" if prefix is None else rf' {re.escape(prefix)}:nil="true" ?+/>'


def scanner_of(pattern: str) -> Any:
    """``Pattern.scanner``: matches one after the other without slicing (CPython's, not in the type stubs)."""
    return getattr(re.compile(possessive(pattern)), "scanner")  # noqa: B009


def capturing(pattern: str) -> str:
    return pattern.replace(OPEN, "(")


def slot_values(build: MatcherSource) -> dict[int, str]:
    """By slot: the variable its value is in."""
    variables: dict[int, str] = build.names.setdefault("_slots", {})
    return variables


def default_of(slot: Slot, build: MatcherSource) -> str:
    default = slot.member.default
    if default is None:
        return "None"
    if default is UNSET:
        build.names["UNSET"] = UNSET
        return "UNSET"
    # A required member that is not in the learnt document: None is never used, the group always matches.
    if default is attrs.NOTHING:
        return "None"
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return f"{build.bind(default.factory)}()"
    return build.bind(default)


def scalar_of(place: XmlPlace, *, clean: bool = False) -> tuple[str, Any]:
    """The expression of a scalar's text, and what reads it; ``clean`` as in `Layouter`."""
    shape = place.shape
    form = shape.fact("format") or ""
    lexical = lexical_of(shape, place.profile)
    if shape.root is None and shape.kind == "integer":
        # Nine digits always fit; ten may not, and are left to the full reader, which knows the range.
        if form in ("int32", ""):
            return "[-0-9]{1,9}+", int
        if form == "int64":
            return "[-0-9]{1,18}+", int
    if shape.root is None and shape.kind == "string" and lexical.parse is str:
        return _ANY if clean else _REFERRING, str
    if shape.root is None and shape.kind == "datetime" and lexical.parse is read_moment:
        return _ANY, read_moment
    # "1" and "0" are booleans as well, and rare: they are a miss.
    if shape.root is None and shape.kind == "boolean":
        return "true|false", bool
    if shape.root is None and shape.kind == "uuid":
        return "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", uuid.UUID
    if shape.root is None and shape.kind == "number":
        # No exponent: what `float` and XML Schema read alike, within the digits that a double keeps.
        return r"-?[0-9]{1,15}+(?:\.[0-9]{1,15}+)?", float
    if (
        shape.kind == "enum"
        and issubclass(shape.type, str)
        and not getattr(shape.type, "__xml_names__", None)
    ):
        # A dict of the listed words is faster than the call of the enum; unlisted ones go through its reader.
        members = {member.value: member for member in shape.type.__members__.values()}
        return _ANY if clean else _REFERRING, Listed(members, lexical.parse)
    if shape.root is None and shape.kind in _LOOKED_AT and not hooks().has(shape.type):
        return _ANY, lexical.parse
    return _TEXT, lexical.parse


_LOOKED_AT = frozenset({"date", "time", "duration", "decimal", "bytes"})
"""Kinds whose readers refuse every character that has no place in their texts, markup among them."""


class Listed:
    """Words that an enum lists, and what reads others."""

    def __init__(self, members: dict[str, Any], parse: Callable[[str], Any]) -> None:
        self.members = members
        self.parse = parse


def _unlisted(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        return parse(referred(text) if "&" in text else text)

    return read


def uuid_of(text: str) -> uuid.UUID:
    """A UUID of 36 characters that an expression has looked at: without the checks of its class, in a third of
    the time. Its attributes are the two that ``UUID`` itself sets."""
    # `UUID.__init__` parses and checks the form, which the expression has done already.
    value = _new_uuid(uuid.UUID)
    _set(value, "int", int(text.replace("-", ""), 16))
    _set(value, "is_safe", _UNKNOWN)
    return value


_new_uuid, _set, _UNKNOWN = object.__new__, object.__setattr__, uuid.SafeUUID.unknown


def _read(read: Any, group: str, build: MatcherSource) -> str:
    if read is str:
        # References are rare: looking for the ampersand is what most texts pay.
        return f"({group} if '&' not in {group} else {build.bind(referred)}({group}))"
    if read is bool:
        return f"({group} == 'true')"
    if read is int:
        return integer(group, build.bind)
    if read is read_moment:
        # A place often holds the date-time that it held in the document before (a page's `StartDate`, say).
        cell, fresh = (build.bind(part) for part in known_moments())
        return f"(last if (last := {cell}[0])._text == {group} else {fresh}({group}))"
    if read is float:
        return f"{build.bind(float)}({group})"
    if read is uuid.UUID:
        return f"{build.bind(uuid_of)}({group})"
    if isinstance(read, Listed):
        return f"({build.bind(read.members.get)}({group}) or {build.bind(_unlisted(read.parse))}({group}))"
    return f"{build.bind(read)}({group})"


def instance(plan: ModelPlan, build: MatcherSource, kept: str) -> str:
    """The expression that makes an object of its members' variables."""
    values = slot_values(build)
    model = plan.model
    bare = is_bare(model)
    name = build.bind(model)
    pairs = [(slot.member, values[id(slot)]) for slot in plan.slots]
    keeps = any(attribute.name == "_extra" for attribute in attrs.fields(model))
    # A user's hook or validator must run: the object is made by its class.
    if not bare or len(pairs) + keeps != len(attrs.fields(model)):
        arguments = [f"{member.alias}={value}" for member, value in pairs] + (
            [f"_extra={kept}"] if keeps else []
        )
        return f"{name}({', '.join(arguments)})"
    # Else the fields are set one by one, as attrs' own `__init__` does, without its call and keywords.
    variable = build.bind(None)
    new = build.bind(object.__new__)
    build.lines.append(f"{variable} = {new}({name})")
    build.lines += [f"{variable}.{member.attribute} = {value}" for member, value in pairs]
    if keeps:
        build.lines.append(f"{variable}._extra = {kept}")
    return variable


def is_bare(model: Any) -> bool:
    """Whether making an object is nothing but setting its fields."""
    # Whatever runs while an object is made must run for objects of the fast way, too.
    if any(hasattr(model, hook) for hook in ("__attrs_pre_init__", "__attrs_post_init__")):
        return False
    if model.__setattr__ is not object.__setattr__ or issubclass(model, BaseException):
        return False
    if getattr(model.__init__, "__module__", None) != model.__module__ or "__attrs_attrs__" not in vars(
        model
    ):
        return False
    return all(
        attribute.validator is None and attribute.converter is None for attribute in attrs.fields(model)
    )


def attribute_of(place: XmlPlace) -> tuple[str, Any]:
    """The expression of an attribute's value, and what reads it."""
    pattern, read = scalar_of(place)
    if read is str or isinstance(read, Listed):
        return _REFERRING_VALUE, read
    return (_VALUE if pattern in (_TEXT, _ANY) else pattern), read
