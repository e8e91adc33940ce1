"""What tells the alternatives of a choice apart: tags, and what their schemas say of the values that are there.

``oneOf`` and ``anyOf`` select by validation (JSON Schema 2020-12 core, 10.2.1.2 and 10.2.1.3). Validating each
alternative in full would read a value as often as there are ways through nested choices. `grade` therefore looks
only a few levels down, which is as far as tags stand in practice: the time stays linear in the document.
"""

from __future__ import annotations

import decimal
import enum
import json
from collections.abc import Callable, Hashable, Mapping
from functools import cache
from typing import Any, NamedTuple, cast

import attrs

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.kept import KeepingDict, KeepingList, KeepingTuple
from bindwright.runtime.model import UNSET
from bindwright.runtime.resolve import Names, evaluate
from bindwright.runtime.scalar_checks import check_number, check_string, checks_of, size
from bindwright.runtime.shapes import Member, Shape, members_of, shape_of
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.values.raw_schemas import Schema, satisfies
from bindwright.runtime.wire import Checks, Choice, Wire

_LEVELS = 3
"""How deep members are looked at: the tag of an envelope stands in the header of the envelope's content."""
_ITEMS = 8
"""How many items of a list are looked at: they are of one kind nearly always."""


class Grade(NamedTuple):
    """How far a value is from an alternative; the smallest is the best."""

    violations: int
    """Members that are missing, or have a value or a type that the schema forbids."""
    unlisted: int
    """Values that an open enumeration does not list: a newer server's, if no other alternative lists them."""
    unknown: int
    """Members that the alternative does not declare."""
    lacking: int
    """Members that it declares and the value does not have."""


_FITS = Grade(0, 0, 0, 0)
_WRONG = Grade(1, 0, 0, 0)
_UNLISTED = Grade(0, 1, 0, 0)

ANYTHING: Any = object()
"""A value that fits every place, for `grade`: what stands for the nulls that lenient reading forgives."""

_STRINGS = frozenset(
    {
        "string",
        "uuid",
        "date",
        "time",
        "datetime",
        "duration",
        "bytes",
        "decimal",
        "literal",
        "enum",
        "number",
    }
)
_NUMBERS = frozenset({"integer", "number", "decimal", "literal", "enum"})
_KINDS: dict[type, frozenset[str]] = {
    bool: frozenset({"boolean", "literal", "enum"}),
    str: _STRINGS,
    int: _NUMBERS,
    float: _NUMBERS,
    dict: frozenset({"model", "map"}),
    list: frozenset({"list", "tuple"}),
}
# Of models in other styles, which may keep something beside a list or dict.
_KINDS |= {KeepingDict: _KINDS[dict], KeepingList: _KINDS[list], KeepingTuple: _KINDS[list]}


class _Place(NamedTuple):
    """What `grade` asks of a place each time; most values need nothing else."""

    plain: frozenset[type]
    """Types whose values fit, whatever they are."""
    listed: frozenset[str]
    """Texts that fit."""
    required: tuple[str, ...]
    """Names that a map must have."""
    checks: Checks | None
    sizes: tuple[int | None, int | None] = (None, None)
    """Of a list or map: the least and the most items or members, where the schema says how many."""
    asserts: tuple[Schema, ...] = ()
    """What types do not carry of the schema (``not``, ``if``, ``dependentRequired`` …)."""


_TEXT = frozenset({str})
_PLAIN: dict[str, frozenset[type]] = {
    "boolean": frozenset({bool}),
    "number": frozenset({int, float, str}),
    **dict.fromkeys(("uuid", "date", "time", "datetime", "duration", "bytes", "decimal"), _TEXT),
    "any": frozenset({bool, int, float, str, dict, list, type(None)}),
}
"""By kind, the types of values that `grade_scalar` asks nothing of; those of numbers where there are no checks."""


def _place_of(shape: Shape) -> _Place:
    checks, kind, listed = checks_of(shape), shape.kind, frozenset[str]()
    plain = _PLAIN.get(kind, frozenset())
    if kind in ("string", "integer") and checks is None and shape.fact("format") is None:
        plain = _TEXT if kind == "string" else frozenset({int})
    elif kind == "number" and checks is not None:
        plain = _TEXT
    elif kind == "literal":
        listed = frozenset(value for value in shape.literals if type(value) is str)
    elif kind == "enum":
        listed = frozenset(member.value for member in shape.type if type(member.value) is str)
    sizes: tuple[int | None, int | None] = (None, None)
    if checks is not None and kind in ("list", "map"):
        sizes = (
            (checks.min_items, checks.max_items)
            if kind == "list"
            else (checks.min_properties, checks.max_properties)
        )
    asserts = _asserts_of(shape)
    if shape.twins() or asserts:
        plain, listed = frozenset(), frozenset()
    shape.grading = _Place(plain, listed, tuple(shape.fact("required") or ()), checks, sizes, asserts)
    return cast("_Place", shape.grading)


def _asserts_of(shape: Shape) -> tuple[Schema, ...]:
    texts = (*shape.wire.asserts, *(shape.root.asserts if shape.root is not None else ()))
    return tuple(_schema(text) for text in dict.fromkeys(texts))


@cache
def _schema(text: str) -> Schema:
    return json.loads(text)


def grading_of(shape: Shape) -> _Place:
    """What the schema of a place says of its values."""
    return shape.grading or _place_of(shape)


def is_possible(kind: str, value: Any) -> bool:
    """Whether a parsed JSON value has the JSON type of a kind of place."""
    if value is None:
        return kind in ("null", "any")
    kinds = _KINDS.get(type(value))
    if kinds is None:  # a number with all its digits, or a value of a style that holds datetimes and the like
        return not isinstance(value, decimal.Decimal) or kind in _NUMBERS
    return kind == "any" or kind in kinds


def grade(shape: Shape, value: Any, levels: int = _LEVELS) -> Grade:
    """How far a parsed JSON value is from the values of a place."""
    place: _Place = shape.grading or _place_of(shape)
    if place.asserts and value is not None:
        return _and_asserted(place, value, _grade_by_type(shape, place, value, levels))
    return _grade_by_type(shape, place, value, levels)


def _and_asserted(place: _Place, value: Any, by_type: Grade) -> Grade:
    """A grade with what the schema says of a JSON value besides its type."""
    violations = sum(not satisfies(schema, value) for schema in place.asserts)
    return by_type._replace(violations=by_type.violations + violations) if violations else by_type


def _grade_by_type(shape: Shape, place: _Place, value: Any, levels: int) -> Grade:
    if type(value) in place.plain or (type(value) is str and value in place.listed):
        return _FITS
    if value is None:
        return _FITS if shape.nullable or shape.kind in ("any", "null") else _WRONG
    if shape.kind == "any":
        return _FITS
    if shape.twins():
        return min(grade(twin, value, levels) for twin in shape.twins())
    if shape.kind == "union":
        return (
            min((grade(member, value, levels - 1) for member in shape.inner()), default=_FITS)
            if levels
            else _FITS
        )
    if not is_possible(shape.kind, value):
        return _WRONG
    if type(value) is dict:
        if shape.kind == "model":
            of_class = grade_object(shape.type, value, levels)
            return of_class if shape.wire.checks is None else _and_size(shape, value, of_class)
        return _and_size(shape, value, _grade_items(shape.item, list(value.values()), levels))
    if type(value) is list:
        items = (
            _grade_items(shape.item, value, levels) if shape.kind == "list" else _tuple(shape, value, levels)
        )
        return _and_size(shape, value, items)
    return grade_scalar(shape, value)


def grade_scalar(shape: Shape, value: Any) -> Grade:
    """The same of a string, number or boolean, as it stands in JSON or as it was decoded."""
    if shape.twins():
        return min(grade_scalar(twin, value) for twin in shape.twins())
    if shape.kind == "enum":
        plain = value.value if isinstance(value, enum.Enum) else value
        # Flags combine: what is not listed is a sum of what is.
        if issubclass(shape.type, enum.Flag) or _is_listed(plain, (member.value for member in shape.type)):
            return _FITS
        return _UNLISTED
    if shape.kind == "literal":
        return _FITS if _is_listed(value, shape.literals) else _UNLISTED if shape.is_open else _WRONG
    if shape.kind == "integer" and isinstance(value, float) and not value.is_integer():
        return _WRONG
    if checks_of(shape) is None and shape.fact("format") is None:
        return _FITS
    if shape.kind == "string" and isinstance(value, str):
        return _WRONG if any(check_string(shape, value, "", 0)) else _FITS
    if shape.kind in ("integer", "number", "decimal") and not isinstance(value, str):
        return _WRONG if any(check_number(shape, value, "", 0)) else _FITS
    return _FITS


def _and_size(shape: Shape, value: Any, items: Grade) -> Grade:
    """The grade of a list or map with what its schema says of their number, and of names that have to be there."""
    place: _Place = shape.grading or _place_of(shape)
    violations, checks = items.violations, place.checks
    for name in place.required:
        violations += name not in value
    if checks is not None:
        minimum, maximum = (
            (checks.min_properties, checks.max_properties)
            if isinstance(value, dict)
            else (checks.min_items, checks.max_items)
        )
        violations += any(size(len(value), minimum, maximum, "", ("", "", "")))
    return items if violations == items.violations else items._replace(violations=violations)


def _tuple(shape: Shape, values: Any, levels: int) -> Grade:
    """The grade of a tuple: what is beyond its end is not allowed, items are asked each by its own place."""
    shapes = shape.inner()
    if len(values) > len(shapes):
        return _WRONG
    if not levels:
        return _FITS
    return _sum([grade(item, value, levels - 1) for item, value in zip(shapes, values, strict=False)])


def _is_listed(value: Any, listed: Any) -> bool:
    return any(value == item and isinstance(value, bool) == isinstance(item, bool) for item in listed)


def _grade_items(item: Shape, values: list[Any], levels: int) -> Grade:
    if not levels:
        return _FITS
    return _sum([grade(item, value, levels - 1) for value in values[:_ITEMS]])


def _sum(grades: list[Grade]) -> Grade:
    off = [grade_ for grade_ in grades if grade_ is not _FITS]
    if len(off) < 2:
        return off[0] if off else _FITS
    return Grade(*map(sum, zip(*off, strict=True)))


def grade_decoded(shape: Shape, value: Any, levels: int = _LEVELS) -> Grade:
    """How far a value that was read is from what its alternative allows: a format that reads before it asks.

    A member that is absent lacks nothing, be it of a type that tells null from it: who reads has refused what is required.
    """
    if value is None or value is UNSET or not levels:
        return _FITS
    place = grading_of(shape)
    by_type = _grade_decoded_by_type(shape, value, levels)
    return _and_asserted(place, _as_json(value), by_type) if place.asserts else by_type


def _grade_decoded_by_type(shape: Shape, value: Any, levels: int) -> Grade:
    if shape.twins():
        return min(grade_decoded(twin, value, levels) for twin in shape.twins())
    if shape.kind == "model":
        return _grade_model(value, levels)
    if shape.kind in ("list", "map", "tuple"):
        # A value that another style is to have may be of another alternative altogether.
        if not isinstance(value, dict if shape.kind == "map" else (list, tuple)):
            return _WRONG
        items = list(value.values() if isinstance(value, dict) else value)[:_ITEMS]
        shapes = shape.inner() if shape.kind == "tuple" else [shape.item] * len(items)
        grades = [grade_decoded(inner, item, levels - 1) for inner, item in zip(shapes, items, strict=False)]
        return _and_size(shape, value, _sum(grades))
    return _FITS if shape.kind in ("union", "any") else grade_scalar(shape, value)


def _as_json(value: Any) -> Any:
    """A value that was read, as what it is in JSON, near enough for what a schema asserts: times and bytes are texts."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(name): _as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(item) for item in value]
    model: type = type(value)
    if attrs.has(model):
        attributes = {
            name: getattr(value, member.attribute) for name, member in _table(model).members.items()
        }
        return {
            name: _as_json(item)
            for name, item in attributes.items()
            if item is not None and item is not UNSET
        }
    return value if isinstance(value, (str, int, float, decimal.Decimal, type(None))) else str(value)


Grader = Callable[[Any], Grade | None]
"""Gives the grade of a value that was read; None where it fits."""


def decoded_grader(shape: Shape, levels: int = _LEVELS) -> Grader | None:
    """`grade_decoded` for one place, which looks only at what a schema says something of; None where nothing is."""
    kind = shape.kind
    if not levels:
        return None
    if grading_of(shape).asserts:
        return lambda value: _or_none(grade_decoded(shape, value, levels))
    if kind in ("union", "any"):
        return None
    if shape.twins():
        return lambda value: _or_none(grade_decoded(shape, value, levels))
    if kind == "model":
        return _model_grader(shape, levels)
    if kind in ("list", "map"):
        return _items_grader(shape, levels)
    if kind == "enum":
        return _enum_grader(shape)
    if kind == "tuple":
        return lambda value: _or_none(grade_decoded(shape, value, levels))
    is_free = kind != "literal" and checks_of(shape) is None and shape.fact("format") is None
    return None if is_free else lambda value: _or_none(grade_decoded(shape, value))


def _or_none(how_far: Grade) -> Grade | None:
    return how_far if any(how_far) else None


def _enum_grader(shape: Shape) -> Grader:
    # By identity: members are hashed in Python, and others than these are looked at by their values.
    members = {id(member): member for member in shape.type.__members__.values()}

    def grader(value: Any) -> Grade | None:
        return None if id(value) in members else _or_none(grade_decoded(shape, value))

    return grader


def _items_grader(shape: Shape, levels: int) -> Grader | None:
    inner = decoded_grader(shape.item, levels - 1)
    if inner is None and checks_of(shape) is None and not shape.fact("required"):
        return None

    def grader(value: Any) -> Grade | None:
        if value is None or value is UNSET:
            return None
        items = list(value.values() if shape.kind == "map" else value)[:_ITEMS]
        grades = [] if inner is None else [how_far for item in items if (how_far := inner(item)) is not None]
        return _or_none(_and_size(shape, value, _sum(grades)))

    return grader


def _model_grader(shape: Shape, levels: int) -> Grader | None:
    model = shape.type
    if not attrs.has(model):
        return None
    if inherited_tags(model):
        return lambda value: _or_none(grade_decoded(shape, value, levels))
    graders = [
        (member.attribute, grader)
        for member in _table(model).members.values()
        if (grader := decoded_grader(member.shape, levels - 1)) is not None
    ]
    if not graders:
        return None

    def grade_members(value: Any) -> Grade | None:
        if value.__class__ is not model:
            return _or_none(grade_decoded(shape, value, levels))
        violations = unlisted = 0
        for attribute, grader in graders:
            inner = grader(getattr(value, attribute))
            if inner is not None:
                violations += inner.violations > 0
                unlisted += inner.unlisted
        return Grade(violations, unlisted, 0, 0) if violations or unlisted else None

    return grade_members


def _grade_model(value: Any, levels: int) -> Grade:
    model = type(value)
    if not attrs.has(model):
        return _FITS
    members = _table(model).members
    violations = unlisted = 0
    for member in members.values():
        inner = grade_decoded(member.shape, getattr(value, member.attribute), levels - 1)
        violations += inner.violations > 0
        unlisted += inner.unlisted

    def get(name: str) -> Any:
        return getattr(value, members[name].attribute) if name in members else None

    contradiction = contradicts_tag(model, get)
    return Grade(violations + (contradiction is True), unlisted + (contradiction is None), 0, 0)


class _Table(NamedTuple):
    """What `grade` asks of a class."""

    members: dict[str, Member]
    required: tuple[str, ...]
    closed: bool
    patterns: tuple[str, ...]
    checks: Checks | None
    needed: frozenset[str]
    """The names of `required`, for one look at all of them."""
    plain: dict[str, frozenset[type]]
    """By member, the types whose values fit (`_Place`)."""
    listed: dict[str, frozenset[str]]
    is_simple: bool
    """Whether its members say everything: it has neither checks nor a discriminator."""


@cache
def _table(model: type) -> _Table:
    root: Wire = getattr(model, "__wire__", None) or Wire()
    own: Wire = vars(model).get("__wire__") or Wire()
    members = {
        member.json: member
        for member in members_of(model)
        if member.attribute != root.additional and member.shape.wire.only != "xml"
    }
    required = [
        name for name, member in members.items() if member.required and member.shape.wire.emit_default
    ]
    names = (*required, *root.required)
    places = {name: member.shape.grading or _place_of(member.shape) for name, member in members.items()}
    return _Table(
        members, names, own.closed, own.patterns, root.checks, frozenset(names),
        plain={name: place.plain for name, place in places.items()},
        listed={name: place.listed for name, place in places.items() if place.listed},
        is_simple=root.checks is None and not inherited_tags(model),
    )  # fmt: skip


@cache
def table_of(model: type) -> _Table | None:
    """What `grade` asks of a class; None for one of the user's, with a hook."""
    return _table(model) if attrs.has(model) else None


Presence = tuple[bool | int, int, int]
"""Required members that are missing, that many violations at least; members that are unknown; members that are lacking."""


def presence(shape: Shape, value: Any, levels: int = _LEVELS) -> Presence | None:
    """The part of a grade that the names in a value tell, without a look at what they have; None where they cannot.

    Unknown and lacking members are those of `grade`.
    """
    if type(value) not in (dict, list) or shape.kind == "any":
        return 0, 0, 0
    if shape.kind == "model" and type(value) is dict:
        table = table_of(shape.type)
        if table is None:  # a class of the user's, with a hook
            return 0, 0, 0
        keys, members, needed = value.keys(), table.members.keys(), table.needed
        there = len(keys & members)
        is_short = bool(needed) and not needed <= keys
        return is_short, len(keys) - there, len(members) - there
    if shape.kind in ("union", "tuple"):
        return None
    if not is_possible(shape.kind, value):
        return 1, 0, 0
    missing = unknown = lacking = 0
    for item in list(value.values() if type(value) is dict else value)[:_ITEMS] if levels else ():
        inner = presence(shape.item, item, levels - 1)
        if inner is None:
            return None
        missing, unknown, lacking = missing + inner[0], unknown + inner[1], lacking + inner[2]
    return missing, unknown, lacking


def fits(shape: Shape, value: Any, levels: int = _LEVELS) -> bool:
    """Whether `grade` finds neither a violation nor an unlisted value; it stops at the first."""
    place: _Place = shape.grading or _place_of(shape)
    if type(value) in place.plain:
        return True
    if place.asserts:
        return grade(shape, value, levels)[:2] == (0, 0)
    if shape.twins() and value is not None:
        return any(fits(twin, value, levels) for twin in shape.twins())
    if shape.kind == "union" and value is not None:
        return not levels or any(fits(member, value, levels - 1) for member in shape.inner())
    if type(value) is list and shape.kind == "list":
        is_sized = _has_size(place, value)
        return is_sized and (not levels or _items_fit(shape.item, value[:_ITEMS], levels - 1))
    if type(value) is dict and shape.kind == "map":
        is_sized = _has_size(place, value)
        return is_sized and (not levels or _items_fit(shape.item, list(value.values())[:_ITEMS], levels - 1))
    if type(value) is dict and shape.kind == "model" and not (place.checks or place.required):
        table = table_of(shape.type)
        if table is not None and table.is_simple:
            return _object_fits(table, value, levels)
    return grade(shape, value, levels)[:2] == (0, 0)


def _has_size(place: _Place, value: Any) -> bool:
    """Whether a list or map has as many items, and the names, that its schema asks for."""
    least, most = place.sizes
    if (least is not None and len(value) < least) or (most is not None and len(value) > most):
        return False
    return all(name in value for name in place.required)


def _items_fit(item: Shape, values: list[Any], levels: int) -> bool:
    plain = (item.grading or _place_of(item)).plain
    return all(type(value) in plain or fits(item, value, levels) for value in values)


def _object_fits(table: _Table, value: Mapping[str, Any], levels: int) -> bool:
    if table.needed and not table.needed <= value.keys():
        return False
    plain, listed = table.plain, table.listed
    for name, item in value.items():
        if type(item) in plain.get(name, ()) or (type(item) is str and item in listed.get(name, ())):
            continue
        member = table.members.get(name)
        if member is None:
            if table.closed and not _matches(table.patterns, name):
                return False
        elif item is None and not member.required:
            continue  # null stands for absent
        elif levels and not fits(member.shape, item, levels - 1):
            return False
    return True


def grade_object(model: type, value: Mapping[str, Any], levels: int = _LEVELS) -> Grade:
    """How far an object is from a class, by the JSON names of its members."""
    table = table_of(model)
    if table is None:  # a class of the user's, with a hook
        return _FITS
    keys, violations = value.keys(), 0
    if not table.needed <= keys:
        violations = sum(name not in value for name in table.required)
    if (checks := table.checks) is not None:
        violations += any(size(len(value), checks.min_properties, checks.max_properties, "", ("", "", "")))
    unlisted = unknown = 0
    for name, item in value.items():
        member = table.members.get(name)
        if member is None:
            unknown += 1
            violations += table.closed and not _matches(table.patterns, name)
        elif item is None and not member.required:
            continue  # null stands for absent
        elif levels and (inner := grade(member.shape, item, levels - 1)) is not _FITS:
            violations += inner.violations > 0
            unlisted += inner.unlisted
    contradiction = contradicts_tag(model, value.get)
    lacking = len(table.members) - len(keys) + unknown
    return Grade(violations + (contradiction is True), unlisted + (contradiction is None), unknown, lacking)


def _matches(patterns: tuple[str, ...], name: str) -> bool:
    searches = [searcher(pattern) for pattern in patterns]
    return any(search is None or search(name) for search in searches)


class TagAttribute(NamedTuple):
    """The attribute that holds a discriminator in the objects of one class."""

    name: str
    values: tuple[Any, ...]
    """Those that say the class, in the attribute's type; absence among them where that says it."""


class Tag(NamedTuple):
    """A discriminator: the JSON name of the property, and which class a value of it stands for."""

    name: str
    choice: Choice
    names: Mapping[str, Any]
    base: type | None = None
    """The class that declares it; None where a union does."""
    above: Tag | None = None
    """That of the same property which a class further up declares: it knows values of more classes."""

    def type_of(self, text: str) -> Any:
        """The type that a value stands for. Raises KeyError for a value that nothing maps."""
        return evaluate(self.choice.mapping[text], self.names)

    def values_of(self, type_: Any) -> list[str]:
        """The values that stand for a type, in the order of the document.

        Where none names it, those do that lead to what it is an alternative or a derived class of.
        """
        # The choice is kept beside the result, so that its id is nobody else's meanwhile.
        key = (id(self.choice), type_)
        if key not in _VALUES:
            goals = {text: self.type_of(text) for text in self.choice.mapping}
            meant = {type_, *self._telling(type_)}
            texts = [text for text, goal in goals.items() if isinstance(goal, Hashable) and goal in meant]
            _VALUES[key] = (self.choice, texts or self._values_above(type_, goals))
        return _VALUES[key][1]

    def _telling(self, type_: Any) -> list[type]:
        """The classes between that tell their derived classes by another property: a value that leads to one of them
        stands beside theirs."""
        if self.base is None or not isinstance(type_, type) or not issubclass(type_, self.base):
            return []
        between = type_.__mro__[1 : type_.__mro__.index(self.base)]
        roots = [(above, vars(above).get("__wire__")) for above in between]
        return [
            above
            for above, root in roots
            if root is not None
            and root.choice is not None
            and root.choice.discriminator not in (None, self.name)
        ]

    def _values_above(self, type_: Any, goals: Mapping[str, Any]) -> list[str]:
        # A base says by its own discriminator what its derived classes are.
        if self.base is not None or not isinstance(type_, type):
            return []
        for base in type_.__mro__[:-1]:
            if texts := [text for text, goal in goals.items() if _is_among(base, goal, self.names)]:
                return texts
        return []

    def attribute_of(self, model: type) -> TagAttribute | None:
        """What `set_in` looks at in a model's objects; None where it gives them as they are."""
        texts = self.values_of(model) if attrs.has(model) else []
        member = _table(model).members.get(self.name) if texts else None
        if member is None:
            return None
        values = [_tag_value(text, member.shape) for text in texts]
        absences = (None, UNSET) if self.is_untold(model) else ()
        return TagAttribute(member.attribute, (*values, *absences))

    def check(self, model: type, present: Any) -> None:
        """Hold the discriminator that somebody set against the class of the object.

        Args:
            model: the class.
            present: the value of the property.

        Raises:
            EncodeError: it says another class (OpenAPI 3.2.0, Discriminator Object).
        """
        text, texts = tag_text(present), self.values_of(model)
        if text is None or not texts or text in texts:
            return
        named = self.named(text)
        if named is None:
            return
        # A base's value is no contradiction: who asks for the derived class by name reads it so.
        if not (isinstance(named, type) and (issubclass(named, model) or issubclass(model, named))):
            raise EncodeError(
                f"{self.name} says {text!r}, and the value is a {model.__name__} ({texts[0]!r})"
            )

    def named(self, text: str) -> Any:
        """The type that a value stands for, wherever a class says it; None where nobody does."""
        if text in self.choice.mapping:
            return self.type_of(text)
        return None if self.above is None else self.above.named(text)

    def is_untold(self, model: type) -> bool:
        """Whether absence of the discriminator says the class: ``defaultMapping`` (OpenAPI 3.2.0), or an untagged base."""
        if self.choice.untagged and model is self.base:
            return True
        return bool(self.choice.default) and evaluate(self.choice.default or "", self.names) is model

    def set_in(self, value: Any) -> Any:
        """A model with the discriminator that says its class; itself where it has one, or no place for one.

        Raises:
            EncodeError: it has one that says another class.
        """
        model = type(value)
        if not attrs.has(model) or not (texts := self.values_of(model)):
            return value
        member = _table(model).members.get(self.name)
        if member is None:
            return value
        present = getattr(value, member.attribute)
        if present is not None and present is not UNSET:
            self.check(model, present)
            return value
        if self.is_untold(model):
            return value
        return attrs.evolve(value, **{member.alias: _tag_value(texts[0], member.shape)})


_VALUES: dict[tuple[int, Any], tuple[Choice, list[str]]] = {}


def _is_among(model: type, goal: Any, names: Mapping[str, Any]) -> bool:
    """Whether a class is what a value of a discriminator leads to, or one of its alternatives."""
    if isinstance(goal, type):
        return goal is model
    waiting, seen = [shape_of(goal, names=names)], set[int]()
    while waiting:
        shape = waiting.pop()
        if shape.kind == "model" and shape.type is model:
            return True
        if shape.kind == "union" and id(shape.named) not in seen:  # what has no name holds itself nowhere
            seen |= set() if shape.named is None else {id(shape.named)}
            waiting += shape.inner()
    return False


def _tag_value(text: str, shape: Shape) -> Any:
    """A discriminator in the Python type of the property that it stands in."""
    if shape.kind == "enum":
        return shape.type(text)
    if shape.kind == "boolean":
        return text == "true"
    try:
        return {"integer": int, "number": float}.get(shape.kind, str)(text)
    except ValueError:
        return text


@cache
def inherited_tags(model: type) -> tuple[Tag, ...]:
    """The discriminators of a class and its bases: of each property the nearest, the nearest property first."""
    tags: dict[str, Tag] = {}
    for base in reversed(model.__mro__):
        root: Wire | None = vars(base).get("__wire__")
        if root is not None and root.choice is not None and root.choice.discriminator and root.choice.mapping:
            name = root.choice.discriminator
            tags[name] = Tag(name, root.choice, Names(base.__module__), base, tags.pop(name, None))
    return tuple(reversed(tags.values()))


def contradicts_tag(model: type, get: Any) -> bool | None:
    """Whether an inherited discriminator names another class; None where its value is one that nothing maps.

    Args:
        get: gives the value of a member by its JSON name, None where it is not there.
    """
    tags = inherited_tags(model)
    if not tags:
        return False
    answers = [_contradicts(tag, model, get(tag.name)) for tag in tags]
    return True if True in answers else None if None in answers else False


def _contradicts(tag: Tag, model: type, value: Any) -> bool | None:
    if value is None:
        return False
    text = tag_text(value)
    named = tag.named(text) if text is not None else None
    if named is None:
        return None
    if not isinstance(named, type):
        return True
    return not issubclass(named, model) and text not in tag.values_of(model)


def tag_text(value: Any) -> str | None:
    """A discriminator's value as a mapping spells it; None for what cannot be one.

    Keys of a mapping are strings; values may be compared after conversion (OpenAPI 3.1.1, Discriminator Object).
    """
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None
