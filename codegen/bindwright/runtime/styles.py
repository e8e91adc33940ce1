"""Models of other styles (pydantic, dataclass, TypedDict, msgspec) through the codecs of the attrs ones.

``shop.models_pydantic.Order`` has the wire facts of ``shop.models.Order``: the generator gives both the same
names. `attrs_type` finds the attrs type, `to_attrs` and `from_attrs` carry values over, field by field.
"""

from __future__ import annotations

import enum
import importlib
import re
import types
import typing
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any

import attrs

from bindwright.runtime.kept import keeping, kept
from bindwright.runtime.shapes import Member, members_of

_PREFIX = "models_"
# A schema may be called "Models of …": its module stands within models, the styles' stand beside it.
_STYLE = re.compile(r"(?<!\.models)\.models_(?:pydantic|dataclass|typeddict|msgspec)(?=\.|$)")


def style_module(type_: Any) -> ModuleType | None:
    """The module of a model in another style, also where it stands in a list or union."""
    for one in typing.get_args(type_):
        if (inner := style_module(one)) is not None:
            return inner
    name = getattr(type_, "__module__", None)
    if not isinstance(name, str) or not isinstance(type_, type) or _PREFIX not in name:
        return None
    found = _STYLE.search(name)
    return importlib.import_module(name[: found.end()]) if found is not None else None


def attrs_type(type_: Any) -> Any:
    """The same type in the attrs style.

    Raises:
        TypeError: the package has no attrs model of that name.
    """
    if (origin := typing.get_origin(type_)) is not None:
        inner = tuple(attrs_type(one) for one in typing.get_args(type_))
        return typing.Union[inner] if origin is types.UnionType else origin[inner]  # noqa: UP007 of a tuple
    module = style_module(type_)
    if module is None:
        return type_
    found = getattr(_attrs_models(module.__name__), type_.__name__, None)
    if found is None:
        raise TypeError(f"{type_.__module__}.{type_.__name__} has no attrs model of its name")
    return found


@cache
def _attrs_models(style: str) -> ModuleType:
    return importlib.import_module(style.rpartition("." + _PREFIX)[0] + ".models")


def to_attrs(value: Any, type_: Any = None) -> Any:
    """A value with its models in the attrs style; ``type_`` is needed where it is a TypedDict.

    What they keep beside their members, for they were read, goes with them.
    """
    type_ = _alternative(type_, value)
    if isinstance(value, dict) and _is_typed_dict(type_):
        return _from_dict(value, type_)
    if isinstance(value, (list, tuple)):
        inner = next(iter(typing.get_args(type_)), None)
        return keeping([to_attrs(one, inner) for one in value], kept(value))
    if isinstance(value, dict):
        inner = typing.get_args(type_)[1] if len(typing.get_args(type_)) == 2 else None
        return keeping({to_attrs(name): to_attrs(one, inner) for name, one in value.items()}, kept(value))
    if style_module(type(value)) is None:
        return value
    if isinstance(value, enum.Enum):
        return value.value
    model = attrs_type(type(value))
    given = getattr(value, "model_fields_set", None)
    return _made(value, model, {
        one.attribute: to_attrs(getattr(value, one.attribute, one.absent))
        for one in members_of(model)
        if (one.attribute in given if given is not None else not _is_unsaid(one, value)) or one.required
    })  # fmt: skip


def _is_unsaid(member: Member, value: Any) -> bool:
    """Whether a member is absent; None means that, too, for most styles cannot tell it from null."""
    found = getattr(value, member.attribute, None)
    if type(found).__name__ == "UnsetType":  # of msgspec, which can
        return True
    return (
        member.shape.unset and found is None and type(value).__module__.rpartition(".")[2] != "models_msgspec"
    )


def _is_typed_dict(type_: Any) -> bool:
    # `typing.is_typeddict` of Python 3.11 does not know those of `typing_extensions`
    return isinstance(type_, type) and issubclass(type_, dict) and hasattr(type_, "__required_keys__")


def _alternative(type_: Any, value: Any) -> Any:
    """What a value is of where its type is a union; only TypedDicts, and what holds them, need to be told."""
    if typing.get_origin(type_) not in (typing.Union, types.UnionType) or not isinstance(value, (dict, list)):
        return type_
    kind = dict if isinstance(value, dict) else list
    fitting = [one for one in typing.get_args(type_) if typing.get_origin(one) is kind]
    typed = [one for one in typing.get_args(type_) if kind is dict and _is_typed_dict(one)]
    keys = set(value) if typed else set()
    typed.sort(key=lambda one: (not one.__required_keys__ <= keys, len(keys - _hints(one).keys())))
    return next(iter(typed + fitting), None)


@cache
def _hints(style: Any) -> dict[str, Any]:
    return typing.get_type_hints(style)


def _from_dict(value: Mapping[str, Any], style: Any) -> Any:
    """TypedDicts have JSON names for keys."""
    model, hints = attrs_type(style), _hints(style)
    members = {one.json: one.attribute for one in members_of(model)}
    found = {members[name]: to_attrs(one, hints.get(name)) for name, one in value.items() if name in members}
    return _made(value, model, found)


def _made(value: Any, model: Any, values: dict[str, Any]) -> Any:
    made = model(**{one.alias: values[one.attribute] for one in members_of(model) if one.attribute in values})
    if (extra := kept(value)) is not None:
        made._extra = extra
    return made


def from_attrs(value: Any, style: ModuleType) -> Any:
    """A value with its models in another style. It is not validated again: the codec has read it."""
    extra = getattr(value, "_extra", None)
    if isinstance(value, list):
        return keeping([from_attrs(one, style) for one in value], extra)
    if isinstance(value, dict):
        return keeping(
            {from_attrs(name, style): from_attrs(one, style) for name, one in value.items()}, extra
        )
    if isinstance(value, enum.Enum):
        return _member(getattr(style, type(value).__name__, None), value)
    kind: type = type(value)
    if not attrs.has(kind) or (model := getattr(style, kind.__name__, None)) is None:
        return value
    present = [one for one in members_of(kind) if not _is_absent(one, getattr(value, one.attribute))]
    found = {one.attribute: from_attrs(getattr(value, one.attribute), style) for one in present}
    if _is_typed_dict(model):
        return keeping({one.json: found[one.attribute] for one in present}, extra)
    made = model.model_construct(**found) if hasattr(model, "model_construct") else model(**found)
    return keeping(made, extra)


def _is_absent(member: Member, value: Any) -> bool:
    return not member.required and value is member.absent


def _member(kind: Any, value: enum.Enum) -> Any:
    """The style's own member; what it does not list stays the bare value."""
    try:
        return value.value if kind is None else kind(value.value)
    except ValueError:
        return value.value
