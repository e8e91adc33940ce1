"""Which alternative of a hint, or of a shape, a value is of: unions of lists, maps, tuples and root models.

A value carries no mark of the alternative that it was read by, and datamodel-code-generator makes a class of its own
for each bounded scalar of a union (``list[Number | Text]``). It is told here by what the alternatives say of values.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import typing
import uuid
from functools import cache
from typing import Any

import attrs

from bindwright.runtime.alternatives.decoded import grade_decoded
from bindwright.runtime.alternatives.grades import grade
from bindwright.runtime.model_styles.names import (
    attrs_type,
    hints_of,
    is_root_model,
    is_typed_dict,
    item_shapes,
    options,
)
from bindwright.runtime.model_styles.texts import TEXTS, value_of
from bindwright.runtime.model_styles.whole_values import WholeValues
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import JsonObject, PythonValue, TypeForm

Distance = tuple[int, int, int]
"""How far a value is from a hint: what it forbids, what it does not list, what it does not declare."""

_FITS: Distance = (0, 0, 0)
_WRONG: Distance = (1, 0, 0)
_ITEMS = 8
"""How many items of a list or map are looked at: they are of one kind nearly always."""
_CONTAINERS = {"list": (list, tuple), "tuple": (list, tuple), "map": (dict,), "model": (dict,)}
"""What a style may hold at a place of a kind."""
_TEXT_CLASSES = (uuid.UUID, dt.date, dt.time, dt.timedelta, decimal.Decimal, bytes)
"""Classes of attrs models' values that a style may hold as text."""

_CLASSES: dict[str, tuple[type, ...]] = {
    **{kind: (class_, str) for kind, class_ in TEXTS.items()},
    "decimal": (decimal.Decimal, int, float, str),
    "number": (int, float, decimal.Decimal),
    "integer": (int,), "boolean": (bool,), "string": (str,),
}  # fmt: skip
"""What an item of a kind may be in an attrs model or in a style."""


def root_model(hint: TypeForm, value: PythonValue) -> TypeForm:
    """The root model that a hint wants around an attrs value; None where it wants none."""
    if value is None or not (root_models := _root_models(hint)):
        return None
    named = next((model for model in root_models if model.__name__ == type(value).__name__), None)
    candidates = tuple(option for option in options(hint) if option is not type(None))
    nearest = named or _nearest(candidates, value, WholeValues())
    return nearest if is_root_model(nearest) else None


@cache
def _root_models(hint: TypeForm) -> tuple[TypeForm, ...]:
    return tuple(option for option in options(hint) if is_root_model(option))


def item_hints(
    hint: TypeForm, value: list[Any] | tuple[Any, ...], wholes: WholeValues
) -> tuple[type, tuple[TypeForm, ...]]:
    """Whether a hint wants a list or a tuple, and the hints of the items; those of no hint are None."""
    containers = tuple(option for option in options(hint) if typing.get_origin(option) in (list, tuple))
    chosen = _nearest(containers, value, wholes)
    if chosen is None:
        return (tuple if isinstance(value, tuple) else list), (None,) * len(value)
    arguments: tuple[TypeForm, ...] = typing.get_args(chosen)
    container: Any = typing.get_origin(chosen)
    if container is list:
        return list, arguments * len(value)
    missing = max(0, len(value) - len(arguments))
    return tuple, (*arguments[: len(value)], *(None,) * missing)


def value_hint(hint: TypeForm, value: JsonObject, wholes: WholeValues) -> TypeForm:
    """The hint of a dict's values."""
    maps = tuple(option for option in options(hint) if typing.get_origin(option) is dict)
    chosen = _nearest(maps, value, wholes)
    return None if chosen is None else typing.get_args(chosen)[1]


def is_of_a_map(hint: TypeForm, value: JsonObject, typed_dict: TypeForm, wholes: WholeValues) -> bool:
    """Whether a dict is nearer to a map among a hint's alternatives than to a TypedDict.

    As when JSON is read: of equals the TypedDict.
    """
    maps = [option for option in options(hint) if typing.get_origin(option) is dict]
    if not maps:
        return False
    return min(distance(option, value, wholes) for option in maps) < _of_typed_dict(typed_dict, value, wholes)


def _nearest(candidates: tuple[TypeForm, ...], value: PythonValue, wholes: WholeValues) -> TypeForm:
    """The candidate that a value is nearest to, the first of equals; None of none."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    return min(candidates, key=lambda option: distance(option, value, wholes))


def distance(hint: TypeForm, value: PythonValue, wholes: WholeValues) -> Distance:
    """How far a value is from what a hint declares."""
    alternatives = options(hint)
    if len(alternatives) > 1:
        return min(distance(option, value, wholes) for option in alternatives)
    if hint is None or hint is Any:
        return _FITS
    if value is None or hint is type(None):
        return _FITS if value is None and hint in (None, type(None)) else _WRONG
    if typing.get_origin(hint) is not None:
        return _of_generic(hint, value, wholes)
    if is_root_model(hint):
        return _FITS if isinstance(value, hint) else _of_root(hint, value, wholes)
    if is_typed_dict(hint) and isinstance(value, dict):
        return _of_typed_dict(hint, value, wholes)
    if attrs.has(type(value)) or isinstance(value, enum.Enum):
        return _FITS if any(base.__name__ == hint.__name__ for base in type(value).__mro__) else _WRONG
    return _of_class(hint, value)


def _of_typed_dict(hint: TypeForm, value: JsonObject, wholes: WholeValues) -> Distance:
    misfits, violations, unlisted, unknown, _ = wholes.how_far(attrs_type(hint), value)
    return max(misfits, violations), unlisted, unknown


def _of_generic(hint: TypeForm, value: PythonValue, wholes: WholeValues) -> Distance:
    origin: Any = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin is typing.Literal:
        return _FITS if value in arguments else _WRONG
    if origin is dict:
        return (
            _sum(distance(arguments[1], item, wholes) for item in _some(value.values()))
            if isinstance(value, dict)
            else _WRONG
        )
    if not isinstance(value, (list, tuple)) or origin not in (list, tuple):
        return _WRONG
    if origin is list:
        return _sum(distance(arguments[0], item, wholes) for item in _some(value))
    if len(value) != len(arguments):
        return _WRONG
    return _sum(distance(argument, item, wholes) for argument, item in zip(arguments, value, strict=True))


def _of_root(model: TypeForm, value: PythonValue, wholes: WholeValues) -> Distance:
    if type(value).__name__ == model.__name__:
        return _FITS  # the attrs models' named type
    of_root = distance(hints_of(model).get("root"), value, wholes)
    if of_root == _FITS and isinstance(value, (str, int, float)) and not _is_valid(model, value):
        return 0, 1, 0  # bounds: of an alternative whose type holds, and which another may hold better
    if isinstance(value, (list, tuple)) and not _has_size(model, len(value)):
        return of_root[0], of_root[1] + 1, of_root[2]
    if of_root == (0, 0, 1) and isinstance(value, _TEXT_CLASSES):
        return 0, 0, 2  # a text of a format is of the alternative without bounds
    return of_root


def _has_size(model: TypeForm, count: int) -> bool:
    """Whether a root model's list may have so many items."""
    facts = model.model_fields["root"].metadata
    least = max((getattr(fact, "min_length", 0) or 0 for fact in facts), default=0)
    most = [most for fact in facts if (most := getattr(fact, "max_length", None)) is not None]
    return least <= count <= min(most, default=count)


def _is_valid(model: TypeForm, value: PythonValue) -> bool:
    try:
        model.model_validate(value)
    except ValueError:
        return False
    return True


def _of_class(class_: TypeForm, value: PythonValue) -> Distance:
    if is_typed_dict(class_):  # which nothing is an instance of
        return _WRONG
    if isinstance(value, bool) or class_ is bool:
        return _FITS if class_ is bool and isinstance(value, bool) else _WRONG
    if class_ is float:
        return _FITS if isinstance(value, (int, float, decimal.Decimal)) else _WRONG
    if class_ is str and isinstance(value, _TEXT_CLASSES):
        return 0, 0, 1
    if isinstance(value, dt.datetime) and "datetime" in getattr(class_, "__name__", "").lower():
        return _FITS  # pydantic's own, which nothing is an instance of
    return _FITS if isinstance(class_, type) and isinstance(value, class_) else _WRONG


def _some(values: typing.Iterable[Any]) -> list[Any]:
    return [value for value, _ in zip(values, range(_ITEMS), strict=False)]


def _sum(distances: typing.Iterable[Distance]) -> Distance:
    return typing.cast(Distance, tuple(map(sum, zip(*distances, strict=True))) or _FITS)


def alternative_shape(
    shape: Shape | None, value: PythonValue, wholes: WholeValues | None = None
) -> Shape | None:
    """The alternative of a union that a list, tuple, dict or text is nearest to; the shape itself elsewhere.

    Where it is a text, that is the one alternative that reads it; None would do, too: a text may stand for itself.

    Args:
        shape: the place.
        value: what stands there.
        wholes: what is known of its parts, where they are of a style whose objects are dicts.
    """
    if shape is None or shape.kind != "union":
        return shape
    candidates = [member for member in _members(shape, 4) if _may_hold(member, value)]
    if len(candidates) < 2:
        return candidates[0] if candidates else shape
    if isinstance(value, str):
        return shape if any(member.kind not in TEXTS for member in candidates) else candidates[0]
    if isinstance(value, (list, tuple, dict)):
        return min(
            candidates,
            key=lambda member: (
                wholes is not None and not wholes.is_of(member, value),
                _foreign(member, value),
                max(grade(member, value), grade_decoded(member, value)),
            ),
        )
    return candidates[0]


def _foreign(shape: Shape, value: Any) -> int:
    """How many items of a list, tuple or map are of classes that neither its attrs model nor a style has for them."""
    if shape.kind == "model":
        return 0
    items = _some(value.values() if isinstance(value, dict) else value)
    shapes = item_shapes(shape, len(items)) if shape.kind != "map" else (shape.item,) * len(items)
    return sum(
        inner is not None and not _may_be(inner, item) for inner, item in zip(shapes, items, strict=True)
    )


def _may_be(shape: Shape, item: PythonValue) -> bool:
    if shape.kind == "union":
        return any(_may_be(member, item) for member in _members(shape, 4))
    classes = _CLASSES.get(shape.kind)
    if item is None or classes is None:
        return True
    if shape.kind == "decimal" and shape.fact("quoted") and isinstance(item, (int, float)):
        return False  # a number is another alternative's: this one writes texts
    if isinstance(item, str) and shape.kind in TEXTS:
        return value_of(item, shape) is not item  # the text of such a value
    return isinstance(item, classes) and isinstance(item, bool) == (shape.kind == "boolean")


def of_a_text(shape: Shape | None, value: str, hint: TypeForm) -> PythonValue:
    """What a text of a style stands for: of a union, what the first alternative makes of it that reads it in JSON.

    Alternatives for whose values the style has a class of its own read no texts here. An enumeration comes first for
    what it lists, and last for what it does not.
    """
    if shape is None or shape.kind != "union":
        return value_of(value, shape)
    members = [member for member in _members(shape, 4) if _may_hold(member, value)]
    enums = [member.type for member in members if member.kind == "enum" and issubclass(member.type, str)]
    for type_ in enums:
        if value in type_._value2member_map_:
            return type_(value)
    classes = tuple(option for option in options(hint) if isinstance(option, type))
    for kind in _READ_FIRST:
        for member in members if not any(issubclass(option, TEXTS[kind]) for option in classes) else ():
            if member.kind == kind and (parsed := value_of(value, member)) is not value:
                return parsed
    others = [member for member in members if member.kind in ("string", "literal", "enum", "any")]
    if all(any(grade(member, value)) for member in others):  # none of them may be so
        for kind in ("decimal", "bytes"):
            for member in members:
                if member.kind == kind and (parsed := value_of(value, member)) is not value:
                    return parsed
    if enums and not any(member.kind in ("string", "any", "literal", *TEXTS) for member in members):
        return enums[0](value)
    return value_of(value, alternative_shape(shape, value))


_READ_FIRST = ("date", "datetime", "time", "duration", "uuid")
"""Kinds whose texts few other texts look like, as they are tried when JSON is read."""


def _members(union: Shape, levels: int) -> list[Shape]:
    """The alternatives of a union, and of the unions that stand within it."""
    if not levels:
        return []
    return [
        inner
        for member in union.inner()
        for inner in (_members(member, levels - 1) if member.kind == "union" else [member])
    ]


def _may_hold(shape: Shape, value: PythonValue) -> bool:
    if shape.kind in _CONTAINERS:
        return isinstance(value, _CONTAINERS[shape.kind])
    if isinstance(value, str):
        return shape.kind in TEXTS or shape.kind in ("string", "enum", "literal", "any")
    return shape.kind in TEXTS and isinstance(value, TEXTS[shape.kind])
