"""Checking values against the constraints of their document (JSON Schema 2020-12 validation, 6 and 7).

Every violation is listed, with the path of JSON member names.
"""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextvars import ContextVar
from decimal import Decimal
from functools import partial
from typing import Any

import attrs

from bindwright.runtime.errors import DecodeError, EncodeError, ValidationError, Violation
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.model_styles import attrs_type, style_module, to_attrs
from bindwright.runtime.resolve import Names
from bindwright.runtime.scalar_checks import (
    check_enum,
    check_literal,
    check_number,
    check_string,
    check_text,
    checks_of,
    instance_check,
    shown,
    size,
    wrong_type,
)
from bindwright.runtime.shapes import Member, Shape, members_of, shape_of
from bindwright.runtime.validate.asserted import as_json, asserted, codec_of
from bindwright.runtime.values.by_name import named_indexes, named_item
from bindwright.runtime.values.patterns import searcher
from bindwright.runtime.wire import Checks, Wire

MOST_DEEP = 400


class _Trials:
    """The violations of values at places with alternatives, of one call.

    Each value is tried once at a place, however many ways of alternatives within alternatives lead to it. Shapes and
    values are kept, for their identities are in the keys.
    """

    def __init__(self) -> None:
        self._places: dict[int, tuple[Shape, Hashable]] = {}
        self._violations: dict[Hashable, tuple[Any, list[Violation]]] = {}

    def violations(
        self, shape: Shape, value: Any, find: Callable[[], Iterator[Violation]], *more: Any
    ) -> list[Violation]:
        """What `find` gives, with paths from the value; called where nobody has tried the value there."""
        key = (self._place(shape), id(value), *more)
        if key not in self._violations:
            self._violations[key] = value, list(find())
        return self._violations[key][1]

    def _place(self, shape: Shape) -> Hashable:
        """A named type with the facts of its place: types that hold themselves have another shape at each level."""
        if id(shape) not in self._places:
            wire: Hashable = shape.wire
            try:
                hash(wire)
            except TypeError:  # a constant that is a list or an object
                wire = id(wire)
            self._places[id(shape)] = shape, (id(shape) if shape.named is None else shape.named, wire)
        return self._places[id(shape)][1]


_TRIALS: ContextVar[_Trials] = ContextVar("trials")


def validate(
    value: Any, type: Any = None, *, wire: Wire | None = None, namespace: Any = None
) -> list[Violation]:
    """Everything in a value that its document does not allow; an empty list: nothing.

    Args:
        type: as for ``json.decode``; needed only where the value does not tell it.
        wire: facts of the place.
        namespace: where a type expression is evaluated.
    """
    if isinstance(namespace, str):
        namespace = Names(namespace)
    checked_type = type if type is not None else value.__class__
    if style_module(checked_type) is not None:
        value, checked_type = to_attrs(value, checked_type), attrs_type(checked_type)
    token = _TRIALS.set(_Trials())
    try:
        return list(_place(_document(checked_type, wire, namespace), value, "$", 0))
    finally:
        _TRIALS.reset(token)


def _document(type_: Any, wire: Wire | None, namespace: Any) -> Shape:
    return shape_of(type_, wire=wire, names=namespace).as_document()


def check(value: Any, type: Any = None, **place: Any) -> None:
    """The same, as an error.

    Raises:
        ValidationError: with all violations.
    """
    if violations := validate(value, type, **place):
        raise ValidationError(violations)


def _place(
    shape: Shape, value: Any, path: str, depth: int, *, with_items: bool = True
) -> Iterator[Violation]:
    if value is None and (shape.nullable or shape.kind in ("any", "null")):
        return
    if depth > MOST_DEEP:
        yield Violation(path, "depth", "it nests too deep to be checked, or contains itself")
        return
    if (shape.kind == "union" or shape.twins()) and not isinstance(value, _PLAIN):
        yield from _once(shape, value, path, depth, with_items=with_items)
        return
    yield from _checked(shape, value, path, depth, with_items=with_items)


_PLAIN = (str, int, float, bytes, Decimal, dt.date, dt.time, dt.timedelta, uuid.UUID, type(None))


def _once(shape: Shape, value: Any, path: str, depth: int, *, with_items: bool) -> Iterator[Violation]:
    """What is wrong with a value at a place with alternatives, as it was found the first time."""
    find = partial(_checked, shape, value, "", depth, with_items=with_items)
    for violation in _TRIALS.get().violations(shape, value, find, with_items):
        yield Violation(path + violation.path, violation.rule, violation.message)


def _checked(shape: Shape, value: Any, path: str, depth: int, *, with_items: bool) -> Iterator[Violation]:
    common = shape
    if shape.twins():
        # Items are checked once where the alternatives say the same of them: they may hold such lists again.
        is_alike = shape.are_twins_alike_inside()
        twins = (_place(twin, value, path, depth, with_items=not is_alike) for twin in shape.twins())
        yield from _best(list(map(list, twins)), path)
        common, with_items = shape.common(), is_alike
    checker = (_KINDS if with_items else _WITHOUT_ITEMS).get(common.kind)
    if checker is not None:
        yield from checker(common, value, path, depth)
    if common.kind in _TEXTS and checks_of(common) is not None:
        text = as_json(common, value)
        yield from check_text(common, text, path) if isinstance(text, str) else ()
    if common.kind not in _LISTING and common.kind not in _TEXTS:
        yield from _listed(common, value, path)
    if asserts := (*shape.wire.asserts, *(shape.root.asserts if shape.root is not None else ())):
        yield from asserted(shape, tuple(dict.fromkeys(asserts)), value, path)


_TEXTS = frozenset({"datetime", "date", "time", "duration", "uuid", "bytes", "decimal"})
"""Kinds whose values are texts in JSON, of which lengths and patterns speak."""
_LISTING = frozenset({"string", "enum", "literal"})
"""Kinds whose own checks know the values that are listed."""


def _listed(shape: Shape, value: Any, path: str) -> Iterator[Violation]:
    """Listed values that the type does not tell: of several types, and lists and objects (6.1.2, 6.1.3)."""
    checks = checks_of(shape)
    if checks is not None and checks.enum and key_of(value) not in map(key_of, checks.enum):
        listed = ", ".join(map(shown, checks.enum[:8])) + (", …" if len(checks.enum) > 8 else "")
        yield Violation(path, "enum", f"{shown(value)} is none of {listed}")
    const = shape.fact("const")
    if const is not None and key_of(value) != key_of(const):
        yield Violation(path, "const", f"{shown(value)} is not {shown(const)}")


def _list(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    yield from _list_itself(shape, value, path, depth)
    for index, item in enumerate(value if isinstance(value, (list, tuple)) else ()):
        yield from _place(shape.item, item, f"{path}[{index}]", depth + 1)


def _list_itself(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, (list, tuple)):
        yield wrong_type(shape, value, path, "a list")
        return
    if (checks := checks_of(shape)) is not None:
        yield from size(
            len(value), checks.min_items, checks.max_items, path, ("minItems", "maxItems", "items")
        )
        if checks.unique_items and (twice := _twice(value)) is not None:
            yield Violation(path, "uniqueItems", f"items {twice[0]} and {twice[1]} are equal")


def _twice(values: Any) -> tuple[int, int] | None:
    """The first two items that are equal as JSON values (``1`` is ``1.0`` and is not ``true``)."""
    first_index: dict[Any, int] = {}
    for index, item in enumerate(values):
        if (first := first_index.setdefault(key_of(item), index)) != index:
            return first, index
    return None


def key_of(value: Any) -> Any:
    """A hashable value that is equal for equal JSON values."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool) or value is None:
        return (type(value), value)
    if isinstance(value, Mapping):
        return (dict, frozenset((name, key_of(item)) for name, item in value.items()))
    if isinstance(value, (list, tuple)):
        return (list, tuple(map(key_of, value)))
    model: type = type(value)
    if attrs.has(model):
        members = tuple(key_of(getattr(value, member.attribute)) for member in members_of(model))
        return (model, members, _key_of_unknown(getattr(value, "_extra", None)))
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return (str, value) if isinstance(value, str) else value


def _key_of_unknown(extra: Any) -> Any:
    """The same of what an object keeps that its class does not know; nothing where it keeps no such."""
    members = frozenset((name, key_of(item)) for name, item, _ in getattr(extra, "members", ()))
    elements = tuple(fragment for _, fragment in getattr(extra, "fragments", ()))
    within = (getattr(extra, "on", ()), getattr(extra, "inside", ()))
    attributes, nulls = getattr(extra, "attributes", ()), frozenset(getattr(extra, "null_members", ()))
    known = (members, elements, *within, attributes, nulls)
    return known if any(known) else ()


def _tuple(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    item_shapes = shape.inner()
    if not isinstance(value, (list, tuple)) or len(value) > len(item_shapes):
        yield wrong_type(shape, value, path, f"a tuple of {len(item_shapes)}")
        return
    if (checks := checks_of(shape)) is not None:
        words = ("minItems", "maxItems", "items")
        yield from size(len(value), checks.min_items, checks.max_items, path, words)
    for index, (item_shape, item) in enumerate(zip(item_shapes, value, strict=False)):
        yield from _place(item_shape, item, f"{path}[{index}]", depth + 1)


def _map(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    yield from _map_itself(shape, value, path, depth)
    for name, item in value.items() if isinstance(value, Mapping) else ():
        yield from _place(shape.item, item, path + step(str(name)), depth + 1)


def _map_itself(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, Mapping):
        yield wrong_type(shape, value, path, "a dict")
        return
    if (checks := checks_of(shape)) is not None:
        yield from _properties(len(value), checks, path)
    yield from _required(value, shape.fact("required"), path)
    yield from _keys(value, shape.fact("keys"), path)


def _required(names: Collection[Any], required: tuple[str, ...], path: str) -> Iterator[Violation]:
    """Names that have to be there (JSON Schema 2020-12 validation, 6.5.3)."""
    for name in required:
        if name not in names:
            yield Violation(path + step(name), "required", "it is required")


def _keys(names: Collection[Any], keys: Wire | None, path: str) -> Iterator[Violation]:
    """What holds for all names (JSON Schema 2020-12 core, 10.3.2.4)."""
    if keys is None:
        return
    shape = Shape(kind="string", type=str, wire=keys)
    for name in names:
        text = str(name.value if isinstance(name, enum.Enum) else name)
        for violation in check_string(shape, text, path + step(text), 0):
            yield Violation(violation.path, "propertyNames", violation.message)


def _properties(count: int, checks: Checks, path: str) -> Iterator[Violation]:
    words = ("minProperties", "maxProperties", "members")
    yield from size(count, checks.min_properties, checks.max_properties, path, words)


def _model(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if not isinstance(value, shape.type):
        yield wrong_type(shape, value, path, f"a {shape.type.__name__}")
        return
    model: type = type(value)
    if not attrs.has(model):
        return
    root: Wire = getattr(model, "__wire__", None) or Wire()
    declared = [member for member in members_of(model) if member.attribute != root.additional]
    extra = getattr(value, "_extra", None)
    nulls: Collection[Any] = getattr(extra, "null_members", ()) or getattr(extra, "nulls", ())
    count = 0
    for member in declared:
        member_value = getattr(value, member.attribute)
        if _is_absent(member, member_value):
            if member.json in nulls:  # it was read as null, and is written so again
                count += 1
                yield Violation(path + step(member.json), "type", "null is not allowed here")
            continue
        count += 1
        if not member.shape.wire.conditional:
            yield from _member(member, member_value, path, depth)
    further = dict(getattr(value, root.additional)) if root.additional else {}
    if further:
        map_shape = next(member for member in members_of(model) if member.attribute == root.additional).shape
        for name, member_value in further.items():
            yield from _further(map_shape, str(name), member_value, path, depth + 1)
    names = [*further, *_unknown_names(value)]
    if (checks := checks_of(shape) or root.checks) is not None:
        yield from _properties(count + len(names), checks, path)
    yield from _further_names(
        model, {member.json for member in declared}, names, _unknown_elements(value), path
    )


def _further(shape: Shape, name: str, value: Any, path: str, depth: int) -> Iterator[Violation]:
    """A member beyond the named ones; what all patterns say that its name matches holds
    (JSON Schema 2020-12 core, 10.3.2.2)."""
    path += step(name)
    item = named_item(shape, name)
    yield from _place(item, value, path, depth)
    for index in named_indexes(shape, name):
        other = shape.named_items()[index]
        if other is not item:
            yield from _also(item, other, value, path, depth)


def _also(shape: Shape, other: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    """A value of one type as one of another that holds, too: by what it is in JSON."""
    try:
        again = codec_of(other).decode(codec_of(shape).encode(value))
    except EncodeError:
        return
    except DecodeError as error:
        yield Violation(path + error.path[1:], "type", f"expected {error.expected}, found {error.found}")
        return
    yield from _place(other, again, path, depth)


def _further_names(
    model: type, declared: set[str], names: list[str], elements: set[str], path: str
) -> Iterator[Violation]:
    """Whether members that are not declared may be there, and whether those that have to be are.

    A closed class says nothing of the classes that are derived from it: they have members of their own.
    """
    own: Wire = vars(model).get("__wire__") or Wire()
    for base in model.__mro__:
        root: Wire = vars(base).get("__wire__") or Wire()
        yield from _required({*declared, *names, *elements}, root.required, path)
        yield from _keys(names, root.keys, path)
    if own.closed:
        searches = [searcher(pattern) for pattern in own.patterns]
        for name in names:
            if not any(search is None or search(name) for search in searches):
                yield Violation(path + step(name), "additionalProperties", "no further member is allowed")


def _is_absent(member: Member, value: Any) -> bool:
    if member.shape.unset:
        return type(value).__name__ == "Unset"
    return value is None and not member.required


def _member(member: Member, value: Any, path: str, depth: int) -> Iterator[Violation]:
    if value is None and not member.shape.nullable and member.shape.kind not in ("any", "null"):
        yield Violation(path + step(member.json), "required", "it is required and may not be null")
        return
    yield from _place(member.shape, value, path + step(member.json), depth + 1)


def _unknown_names(value: Any) -> list[str]:
    """Names of the members that a JSON object held beside the declared ones."""
    kept = getattr(getattr(value, "_extra", None), "members", ())
    return [member[0] for member in kept if isinstance(member, tuple)]


def _unknown_elements(value: Any) -> set[str]:
    """Local names of the elements and attributes that XML held beside the declared members."""
    extra = getattr(value, "_extra", None)
    tags = [fragment.tag for _, fragment in getattr(extra, "fragments", ()) if hasattr(fragment, "tag")]
    return {
        str(tag).rpartition("}")[2]
        for tag in [*tags, *(name for name, _ in getattr(extra, "attributes", ()))]
    }


def _union(shape: Shape, value: Any, path: str, depth: int) -> Iterator[Violation]:
    """What the member that fits best says; oneOf's "exactly one" is told by the types."""
    yield from _best([list(_place(inner, value, path, depth + 1)) for inner in shape.inner()], path)


def _best(results: list[list[Violation]], path: str) -> Iterator[Violation]:
    """What the alternative that fits best says; nothing where one says nothing."""
    if not all(results):
        return
    of_the_type = [
        violations
        for violations in results
        if not any(violation.rule == "type" and violation.path == path for violation in violations)
    ]
    yield from min(of_the_type or results[:1], key=len)


_KINDS: dict[str, Callable[[Shape, Any, str, int], Iterator[Violation]]] = {
    "string": check_string, "integer": check_number, "number": check_number, "decimal": check_number,
    "boolean": instance_check(bool, "true or false"), "datetime": instance_check(dt.datetime, "a datetime"),
    "date": instance_check(dt.date, "a date"), "time": instance_check(dt.time, "a time"),
    "duration": instance_check(dt.timedelta, "a timedelta"), "uuid": instance_check(uuid.UUID, "a UUID"),
    "bytes": instance_check(bytes, "bytes"), "enum": check_enum, "literal": check_literal, "list": _list, "tuple": _tuple, "map": _map,
    "model": _model, "union": _union,
}  # fmt: skip
_WITHOUT_ITEMS = {**_KINDS, "list": _list_itself, "map": _map_itself}
