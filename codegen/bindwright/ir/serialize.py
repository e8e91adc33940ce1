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


def _of_values(annotation: Any) -> bool:
    return annotation in (list[Any], dict[str, Any], dict[str, dict[str, Any]])


def _items(value: Any, _: Any) -> Any:
    if isinstance(value, list):
        return [from_json(item) for item in value]
    return {key: from_json(item) for key, item in value.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return {key: to_json(item) for key, item in value.items()}


def _number(value: Any, _: Any) -> Any:
    return from_json(value)


def _converter() -> Converter:
    converter = Converter()
    converter.register_unstructure_hook_func(lambda annotation: annotation is Any, to_json)
    converter.register_structure_hook_func(
        lambda annotation: annotation is Any, lambda value, _: from_json(value)
    )
    # cattrs takes what is in these as it is.
    converter.register_structure_hook_func(_of_values, _items)
    converter.register_unstructure_hook_func(_of_values, _plain)
    converter.register_structure_hook(_Order, lambda value, _: value)
    converter.register_structure_hook(int | float | str | None, _number)
    converter.register_unstructure_hook(int | float | str | None, to_json)
    converter.register_unstructure_hook_factory(_is_struct, lambda class_: _unstructure(converter, class_))
    converter.register_structure_hook_factory(_is_struct, lambda class_: _structure(converter, class_))
    converter.register_structure_hook(
        model.AnyType, lambda value, _: converter.structure(value, _KINDS[value["kind"]])
    )
    converter.register_unstructure_hook(
        model.AnyType, lambda value: converter.unstructure(value, type(value))
    )
    return converter


def _is_struct(class_: Any) -> bool:
    return isinstance(class_, type) and issubclass(class_, Struct)


def _unstructure(converter: Converter, class_: type[Struct]) -> Callable[[Any], dict[str, Any]]:
    """Leave out defaults, but never the kind by which a type is told."""

    tagged = class_ in _KINDS.values()

    @cache
    def members() -> list[tuple[str, Any, Callable[[Any], Any]]]:
        return [
            (
                member.name,
                NODEFAULT if tagged and member.name == "kind" else _default(member),
                converter.get_unstructure_hook(member.type),
            )
            for member in fields(class_)
        ]

    def unstructured(value: Any) -> dict[str, Any]:
        result = {}
        for name, default, hook in members():
            member = getattr(value, name)
            if default is NODEFAULT or member != default:
                result[name] = hook(member)
        return result

    return unstructured


def _structure(converter: Converter, class_: type[Struct]) -> Callable[[Any, Any], Any]:
    @cache
    def members() -> list[tuple[str, Any, Callable[[Any, Any], Any]]]:
        return [
            (member.name, member.type, converter.get_structure_hook(member.type)) for member in fields(class_)
        ]

    def structured(value: Any, _: Any) -> Any:
        return class_(**{name: hook(value[name], type_) for name, type_, hook in members() if name in value})

    return structured


def _default(member: FieldInfo) -> Any:
    return member.default if member.default_factory is NODEFAULT else member.default_factory()


_CONVERTER = _converter()
