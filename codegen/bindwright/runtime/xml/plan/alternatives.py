"""Alternatives of a union: their order, which of them a text is for, and which of them a value is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bindwright.runtime.alternatives.decoded import grade_decoded
from bindwright.runtime.scalar_checks import checks_of
from bindwright.runtime.shapes import Shape
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import has_name
from bindwright.runtime.xml.scalars.lexical import KIND_ORDER, is_altered, is_listed, lexical_of, parse_choice
from bindwright.runtime.xml.scalars.numbers import read_int

_BASES: dict[str, type] = {"string": str, "integer": int, "bytes": bytes}
"""What scalars with a class of their own are made of: a plain value is one of them, too."""
_PYTHON: dict[str, Any] = {"list": (list, tuple), "tuple": (list, tuple), "map": dict}


def in_order(place: XmlPlace) -> list[XmlPlace]:
    """Members, the most specific kinds first; of lists, and of maps, those of the most specific items."""
    if place.ordered is None:
        place.ordered = sorted(place.members, key=lambda member: KIND_ORDER.index(member.shape.kind))
        if len(of_scalars(place.ordered)) > 1:
            place.ordered.sort(
                key=lambda member: (KIND_ORDER.index(member.shape.kind), _rank_of_items(member))
            )
    return place.ordered


def of_scalars(members: Sequence[XmlPlace]) -> list[XmlPlace]:
    """The lists and maps among alternatives whose items, or values, are texts: their names tell nothing."""
    return [member for member in members if member.kind in ("list", "map") and member.item.kind == "scalar"]


def _rank_of_items(member: XmlPlace) -> int:
    return KIND_ORDER.index(member.item.shape.kind) if of_scalars([member]) else -1


def alters(member: XmlPlace, texts: Iterable[str]) -> bool:
    """Whether a list of scalars would lose something of the texts of its items (`is_altered`)."""
    if not of_scalars([member]):
        return False
    shape, lexical = member.item.shape, lexical_of(member.item.shape, member.item.profile)
    try:
        return any(is_altered(shape, lexical, lexical.parse(text), text) for text in texts if text)
    except (ValueError, ArithmeticError):  # they were read otherwise
        return False


def by_name(place: XmlPlace) -> bool:
    """Whether members are told by elements of their own names."""
    members = place.members
    if place.node == "none":
        return True
    if (
        place.node != "element"
        or place.is_keyed
        or place.shape.wire.xml.name
        or any(member.kind not in ("model", "scalar") for member in members)
    ):
        return False
    choice = place.shape.fact("choice")
    if choice is not None and choice.discriminator is not None:
        return False
    named = sum(map(has_name, members))
    # Of scalars some may be called as the place is.
    is_named = named == len(members) or (named > 0 and all(member.kind == "scalar" for member in members))
    return is_named and len({member.tag for member in members}) == len(members)


def choose(members: Sequence[XmlPlace], text: str) -> tuple[Any, XmlPlace | None]:
    """The value of a text and the scalar member that it is of (`parse_choice`); no member where none takes the text."""
    scalars = {id(member.shape): member for member in members if member.kind == "scalar"}
    try:
        value, shape = parse_choice(
            [(member.shape, lexical_of(member.shape, member.profile)) for member in scalars.values()], text
        )
    except ValueError:
        return None, None
    return value, scalars[id(shape)]


_IN_DIGITS = frozenset({"integer", "decimal", "date", "datetime", "time"})
"""Kinds whose texts begin with a digit, a sign or a point, or white space."""
_STARTS = frozenset("+-.0123456789 \t\r\n")


def chooser(members: Sequence[XmlPlace]) -> Callable[[str], tuple[Any, XmlPlace | None]]:
    """`choose` for many texts. What plainly is a whole number, or a string and nothing else, is not put to each alternative."""
    scalars = {id(member.shape): member for member in members if member.kind == "scalar"}
    pairs = [(member.shape, lexical_of(member.shape, member.profile)) for member in scalars.values()]
    kinds = [shape.kind for shape, _ in pairs]
    number = text_member = None
    if pairs and kinds[0] == "integer" and pairs[0][1].parse is read_int and _takes_any(pairs[0][0]):
        number = scalars[id(pairs[0][0])]
    if pairs and kinds[-1] == "string" and pairs[-1][1].parse is str and _takes_any(pairs[-1][0]):
        text_member = scalars[id(pairs[-1][0])] if _IN_DIGITS.issuperset(kinds[:-1]) else None

    def chosen(text: str) -> tuple[Any, XmlPlace | None]:
        if text_member is not None and text[:1] not in _STARTS:
            return text, text_member
        if (
            number is not None
            and text.isdecimal()
            and text.isascii()
            and len(text) < 19
            and (text[0] != "0" or text == "0")
        ):
            return int(text), number
        try:
            value, shape = parse_choice(pairs, text)
        except ValueError:
            return None, None
        return value, scalars[id(shape)]

    return chosen


def _takes_any(shape: Shape) -> bool:
    """Whether a schema has nothing against any value of its kind."""
    return checks_of(shape) is None and shape.fact("format") is None and not shape.twins()


def members_for(place: XmlPlace, value: Any) -> Iterator[XmlPlace]:
    """The members that a value may be of, the best first.

    Last come enumerations, of which a value may be given as it is: those that list it, and those that are open for it.
    """
    members = in_order(place)
    if isinstance(value, (list, dict)) and len(texts := of_scalars(members)) > 1:
        members = _by_items(members, texts, value)
    for exact in (True, False):
        for member in members:
            if _fits(member, value, exact):
                yield member
    if isinstance(value, dt.datetime):  # a date to Python, if no alternative wants its time
        yield from (member for member in in_order(place) if member.shape.kind == "date")
    enums = [member for member in in_order(place) if _is_value_of(member.shape, value)]
    yield from sorted(enums, key=lambda member: not is_listed(member.shape, member.shape.type(value)))
    for member in members:  # whose alternatives may be meant as these last ones are
        if member.shape.kind == "union" and next(members_for(member, value), None) is not None:
            yield member


def _by_items(members: list[XmlPlace], texts: list[XmlPlace], value: Any) -> list[XmlPlace]:
    """The members, those that are lists or maps of scalars in the order of how well the items of a value fit them."""
    items = list(value.values() if isinstance(value, dict) else value)

    def how_well(member: XmlPlace) -> tuple[bool, bool, bool]:
        values = [item for item in items if item is not None]
        fits = all(_fits(member.item, item, False) for item in values)
        exactly = fits and all(_fits(member.item, item, True) for item in values)
        return not fits, not exactly, any(grade_decoded(member.shape, value))

    best = iter(sorted(texts, key=how_well))
    return [next(best) if member in texts else member for member in members]


def leaf_for(place: XmlPlace, value: Any) -> XmlPlace | None:
    """What a value is of, of a place's alternatives and those of the unions among them; None where nothing takes it."""
    leaf: XmlPlace | None = place
    while leaf is not None and leaf.kind == "union":
        leaf = next(members_for(leaf, value), None)
    return leaf


def _is_value_of(shape: Shape, value: Any) -> bool:
    """Whether a value that is no member of an enumeration stands for one."""
    if shape.kind != "enum" or isinstance(value, shape.type) or not isinstance(value, str | int | float):
        return False
    try:
        shape.type(value)
    except ValueError:
        return False
    return not (isinstance(value, bool) and issubclass(shape.type, int | float))


def _fits(place: XmlPlace, value: Any, exact: bool) -> bool:
    shape = place.shape
    if shape.kind == "union":
        return any(_fits(member, value, exact) for member in in_order(place))
    if shape.kind == "any":
        return not exact
    if shape.kind == "literal":
        return any(
            type(literal) is type(value) and (shape.is_open or literal == value) for literal in shape.literals
        )
    if shape.kind == "null":
        return value is None
    python_type = _PYTHON.get(shape.kind, shape.type)
    if exact:
        return type(value) is python_type or type(value) is shape.type
    if shape.kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if shape.kind == "date" and isinstance(value, dt.datetime):
        return False
    python_type = _BASES.get(shape.kind, python_type)
    return isinstance(value, python_type) and not (isinstance(value, bool) and python_type is int)
