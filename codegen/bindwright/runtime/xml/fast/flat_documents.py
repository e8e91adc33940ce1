"""Documents of flat models read as text where no layout fits: any order, any prefixes, references.

A flat model's document is a root with elements that hold text alone. From a root's start tag that the full
parser has read before, the names of the members' elements are known; what stands within is one run of such
elements, each with its own end tag, and one search finds all of them. Whatever is anything else (another
element within one, an attribute that is not ``xsi:nil``, white space between elements, a second element of a
name) is not read here, and the full parser says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from attrs import define, field

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.xml.fast.layout_regex import MISS, is_bare
from bindwright.runtime.xml.fast.layouts import tail_of
from bindwright.runtime.xml.plan.members import ModelPlan, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import referred
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XSI, Settings
from bindwright.runtime.xml.tree.unknown import Fragment, XmlExtra
from bindwright.standards.regular_expressions import possessive

_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f"
_leaves = re.compile(
    rf"""<([^<>&"'=/!? \t\n]++)(?:>([^<>\r{_CONTROL}]*+)</\1>|([^<>]*+/>))|[\s\S]++"""
).findall
"""Name, text, and the rest of an empty tag; from what is none of these on, one match without a name."""
_MOST_STRANGERS = 256
_LARGEST = 1 << 16
"""Characters of the longest document that is read here; long ones are lists, which are read by their layout."""

_plain_name = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_.-]*+:)?[A-Za-z_][A-Za-z0-9_.-]*+").fullmatch
_dressing = re.compile(
    possessive(
        rf">(?:(?:<!--(?:[^-{_CONTROL}]++|-(?!-))*+-->|<\?(?![xX][mM][lL])[A-Za-z_][A-Za-z0-9_.-]*+(?:[ \t\n][^?{_CONTROL}]*+)?\?>)++|<!\[CDATA\[((?:[^\]]++|\](?!\]>))*+)\]\]>(?=</))"
    )
).sub


_declaration = re.compile(
    r"""<\?xml[ \t\n]+version="1\.[0-9]+"(?:[ \t\n]+encoding="[A-Za-z][A-Za-z0-9._-]*+")?[ \t\n]*+\?>[ \t\n]*+"""
).match


def tidied(text: str) -> str | None:
    """The same document without comments, processing instructions, CDATA sections and CR where that is plain to see;
    None: there are none.

    Only what follows a ``>`` is looked at. A document that a matcher reads has no ``>`` but at the end of its
    tags, so comments stood where comments may stand, and a section within an element.
    """
    result = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    # A search for one character takes a tenth of the time of one for two.
    if ("!" in result and "<!" in result) or ("?" in result and "<?" in result):
        result = _dressing(_undressed, result)
    return None if result is text or result == text else result


def undeclared(text: str) -> str | None:
    """The same document without its declaration: the characters are there, whatever encoding it tells of."""
    if not text.startswith("<?xml") or (match := _declaration(text)) is None:
        return None
    # A second declaration would be the head of a layout that was learnt with one.
    return None if text.startswith("<?", match.end()) else text[match.end() :]


def _undressed(match: re.Match[str]) -> str:
    section: str | None = match[1]
    if section is None:
        return ">"
    return ">" + section.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FlatMember = tuple[int, Callable[[str], Any], Callable[[str], Any], bool]
"""One member's element: its number, the most usual values by their text, its parser, and whether it may be null."""


@define
class LearntRoot:
    """A start tag of the root that was seen, and the names within."""

    tail: str
    leaves: dict[str, FlatMember]
    empty: dict[str, bool]
    """What may follow the name in an empty tag, and whether that means null."""
    spaces: dict[str, str]
    """Namespaces by prefix; the default one by an empty prefix."""
    strangers: dict[str, str] = field(factory=dict)
    """Expanded names of unknown elements, by their names as they stand there."""


class FlatReader:
    """Reads documents of one flat model."""

    def __init__(self, plan: ModelPlan, *, lenient: bool) -> None:
        self._lenient = lenient
        self._ordered = plan.profile != "datacontract"
        self._keeps = any(attribute.name == "_extra" for attribute in attrs.fields(plan.model))
        self._roots: dict[str, LearntRoot] = {}
        self._make = _maker(plan)
        self._absent = [_absent(slot.member) for slot in plan.elements]
        self._leaves: dict[str, FlatMember] = {}
        for number, slot in enumerate(plan.elements):
            lexical = lexical_of(slot.place.shape, slot.place.profile)
            nullable = slot.place.shape.nullable and not slot.null_is_absent
            self._leaves[slot.place.tag] = (number, lexical.small.get, lexical.quick(), nullable)

    def learn(self, head: str, names: Mapping[str | None, str]) -> None:
        """Note a start tag of the root, with the prefixes that it declares."""
        if len(self._roots) > 16 or head.endswith("/>"):
            return
        leaves = {}
        empty = {"/>": False, " />": False}
        spaces = {"": "", **{prefix or "": uri for prefix, uri in names.items()}}
        for prefix, namespace in spaces.items():
            mark = f"{prefix}:" if prefix else ""
            if namespace == XSI and prefix:
                empty |= {f' {mark}nil="true"/>': True, f' {mark}nil="true" />': True}
            for tag, leaf in self._leaves.items():
                space, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
                if space == namespace and (space or not prefix):
                    leaves[mark + local] = leaf
        self._roots[head] = LearntRoot(tail_of(head), leaves, empty, spaces)

    def read(self, text: str) -> Any:
        """The value of a document; `MISS` where it is not for this reader."""
        if len(text) > _LARGEST:
            return MISS
        for head, root in self._roots.items():
            if text.startswith(head):
                if not text.startswith("<", len(head)):
                    return MISS
                end = text.rfind("</")
                return self._within(text, len(head), end, root) if _ends(text, end, root.tail) else MISS
        return MISS

    def _within(self, text: str, start: int, end: int, root: LearntRoot) -> Any:
        values = [*self._absent]
        numbers: list[int] = []
        strangers: list[tuple[int, Fragment]] = []
        leaves, plain = root.leaves, "&" not in text
        try:
            for name, raw, rest in _leaves(text, start, end):
                leaf = leaves.get(name)
                if leaf is None:
                    if self._lenient:  # a member may stand there in another namespace
                        return MISS
                    strangers.append((numbers[-1] if numbers else -1, _stranger(root, name, raw, rest)))
                    continue
                number, small, parse, nullable = leaf
                numbers.append(number)
                if rest and root.empty[rest]:
                    if not nullable:
                        return MISS
                    values[number] = None
                else:
                    content = raw if plain or "&" not in raw else referred(raw)
                    values[number] = small(content) or parse(content)
        except (KeyError, ValueError, ArithmeticError):
            return MISS
        return self._settled(values, numbers, strangers)

    def _settled(self, values: list[Any], numbers: list[int], strangers: list[tuple[int, Fragment]]) -> Any:
        """The object, where each element stands once and none is missing."""
        present = set(numbers)
        if len(present) != len(numbers):
            return MISS
        if len(present) != len(values):
            for number, value in enumerate(values):
                if value is MISS:
                    return MISS
                if value.__class__ is _Factory:
                    values[number] = value.make()
        order = tuple(numbers) if self._ordered and numbers != sorted(numbers) else None
        extra = None
        if order is not None or (strangers and self._keeps):
            extra = XmlExtra(order=order, fragments=tuple(strangers) if self._keeps else ())
        return self._make(values, extra)


def _stranger(root: LearntRoot, name: str, raw: str, rest: str) -> Fragment:
    """An element that the model does not know, as `fragment_of` gives it.

    Raises:
        ValueError: what it says is for the full parser to read.
    """
    tag = root.strangers.get(name)
    if tag is None:
        prefix, colon, local = name.rpartition(":")
        if _plain_name(name) is None or (colon and not prefix):
            raise ValueError(name)
        space = root.spaces[prefix]
        tag = f"{{{space}}}{local}" if space else local
        if len(root.strangers) < _MOST_STRANGERS:
            root.strangers[name] = tag
    if (rest and root.empty[rest]) or ":" in raw:
        raise ValueError(name)
    content = referred(raw) if "&" in raw else raw
    return Fragment(tag, (), (content,) if content else ())


def _ends(text: str, end: int, tail: str) -> bool:
    """Whether a text ends in an end tag that begins at a position, and white space."""
    return text.startswith(tail, end) and not text[end + len(tail) :].strip(" \t\n")


@define
class _Factory:
    """A default that is made anew for each object."""

    make: Callable[[], Any]


def _absent(member: Any) -> Any:
    if member.required:
        return MISS
    default = member.default
    return _Factory(default.factory) if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


def flat_reader_of(place: XmlPlace, settings: Settings) -> FlatReader | None:
    """The reader of a place's documents; None where its model is not flat."""
    if place.kind != "model":
        return None
    plan = model_plan(place)
    if plan.attributes or plan.text is not None or plan.additional is not None or plan.reference is not None:
        return None
    if plan.root.choice is not None:  # a discriminator tells the class, not the layout
        return None
    slots = plan.elements
    if not slots or any(slot.place.kind != "scalar" or slot.place.node != "element" for slot in slots):
        return None
    if len({slot.place.tag for slot in slots}) != len(slots) or any(slot.place.alternates for slot in slots):
        return None
    return FlatReader(plan, lenient=settings.namespaces == "lenient")


def _maker(plan: ModelPlan) -> Callable[[list[Any], XmlExtra | None], Any]:
    """A function from the values of all members, in written order, to the object."""
    members = [slot.member for slot in plan.elements]
    variables = [f"v{number}" for number in range(len(members))]
    keeps = any(attribute.name == "_extra" for attribute in attrs.fields(plan.model))
    lines = ["def make(values, extra):", f"    {', '.join(variables)}, = values"]
    if is_bare(plan.model) and len(members) + keeps == len(attrs.fields(plan.model)):
        lines.append("    instance = new(model)")
        lines += [
            f"    instance.{member.attribute} = {variable}"
            for member, variable in zip(members, variables, strict=True)
        ]
        lines += [*(["    instance._extra = extra"] if keeps else []), "    return instance"]
    else:
        arguments = [
            f"{member.alias}={variable}" for member, variable in zip(members, variables, strict=True)
        ]
        lines.append(f"    return model({', '.join(arguments + (['_extra=extra'] if keeps else []))})")
    names = {"model": plan.model, "new": object.__new__}
    function: Callable[[list[Any], XmlExtra | None], Any] = compiled(
        "\n".join(lines) + "\n", "make", f"xml make {plan.model.__qualname__}", names
    )
    return function
