"""The IR as JSON and back: what ports read. Members that have their default are left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from cattrs import Converter
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from bindwright.ir import model
from bindwright.ir.json_writer import from_json, to_json

_KINDS: dict[str, type[Any]] = {
    "scalar": model.Scalar,
    "enum": model.Enum,
    "object": model.Object,
    "array": model.Array,
    "map": model.Map,
    "union": model.Union,
}


_Order = Literal["declared", "alphabetical"] | list[str] | None


def dumps(api: model.Api) -> bytes:
    """`api` as one JSON document (UTF-8, ASCII only)."""
    return json.dumps(_CONVERTER.unstructure(api), separators=(",", ":"), allow_nan=False).encode()


def loads(data: bytes) -> model.Api:
    """The API that `dumps` wrote.

    Raises ValueError for what is no JSON, and TypeError, KeyError or an exception of cattrs for JSON of
    another form.
    """
    return _CONVERTER.structure(json.loads(data), model.Api)


def _of_values(kind: Any) -> bool:
    return kind in (list[Any], dict[str, Any], dict[str, dict[str, Any]])


def _items(value: Any, _: Any) -> Any:
    if isinstance(value, list):
        return [from_json(one) for one in value]
    return {key: from_json(one) for key, one in value.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [to_json(one) for one in value]
    return {key: to_json(one) for key, one in value.items()}


def _number(value: Any, _: Any) -> Any:
    return from_json(value)


def _converter() -> Converter:
    made = Converter()
    made.register_unstructure_hook_func(lambda kind: kind is Any, to_json)
    made.register_structure_hook_func(lambda kind: kind is Any, lambda value, _: from_json(value))
    # cattrs takes what is in these as it is.
    made.register_structure_hook_func(_of_values, _items)
    made.register_unstructure_hook_func(_of_values, _plain)
    made.register_structure_hook(_Order, lambda value, _: value)
    made.register_structure_hook(int | float | str | None, _number)
    made.register_unstructure_hook(int | float | str | None, to_json)
    made.register_unstructure_hook_factory(_is_struct, lambda kind: _unstructure(made, kind))
    made.register_structure_hook_factory(_is_struct, lambda kind: _structure(made, kind))
    made.register_structure_hook(model.AnyType, lambda value, _: made.structure(value, _KINDS[value["kind"]]))
    made.register_unstructure_hook(model.AnyType, lambda value: made.unstructure(value, type(value)))
    return made


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _unstructure(made: Converter, kind: type[Struct]) -> Callable[[Any], dict[str, Any]]:
    """Leave out defaults, but never the kind by which a type is told."""

    tagged = kind in _KINDS.values()

    @cache
    def members() -> list[tuple[str, Any, Callable[[Any], Any]]]:
        return [
            (
                one.name,
                NODEFAULT if tagged and one.name == "kind" else _default(one),
                made.get_unstructure_hook(one.type),
            )
            for one in fields(kind)
        ]

    def unstructured(value: Any) -> dict[str, Any]:
        result = {}
        for name, default, hook in members():
            one = getattr(value, name)
            if default is NODEFAULT or one != default:
                result[name] = hook(one)
        return result

    return unstructured


def _structure(made: Converter, kind: type[Struct]) -> Callable[[Any, Any], Any]:
    @cache
    def members() -> list[tuple[str, Any, Callable[[Any, Any], Any]]]:
        return [(one.name, one.type, made.get_structure_hook(one.type)) for one in fields(kind)]

    def structured(value: Any, _: Any) -> Any:
        return kind(**{name: hook(value[name], type_) for name, type_, hook in members() if name in value})

    return structured


def _default(one: FieldInfo) -> Any:
    return one.default if one.default_factory is NODEFAULT else one.default_factory()


_CONVERTER = _converter()
