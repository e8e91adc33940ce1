"""The IR as JSON and back: what ports read. Members that have their default are left out."""

from __future__ import annotations

import json
from typing import Any, Literal

from attrs import has
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from bindwright.ir import model
from bindwright.ir.jsontext import from_json, to_json

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

    Raises ValueError for what is no JSON and an exception of cattrs for JSON of another form.
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
    made = Converter(omit_if_default=True)
    made.register_unstructure_hook_func(lambda kind: kind is Any, to_json)
    made.register_structure_hook_func(lambda kind: kind is Any, lambda value, _: from_json(value))
    # cattrs takes what is in these as it is.
    made.register_structure_hook_func(_of_values, _items)
    made.register_unstructure_hook_func(_of_values, _plain)
    made.register_structure_hook(_Order, lambda value, _: value)
    made.register_structure_hook(int | float | str | None, _number)
    made.register_unstructure_hook(int | float | str | None, to_json)
    made.register_unstructure_hook_factory(has, lambda kind: _unstructure(made, kind))
    made.register_structure_hook_factory(has, lambda kind: make_dict_structure_fn(kind, made))
    made.register_structure_hook(model.AnyType, lambda value, _: made.structure(value, _KINDS[value["kind"]]))
    made.register_unstructure_hook(model.AnyType, lambda value: made.unstructure(value, type(value)))
    return made


def _unstructure(made: Converter, kind: Any) -> Any:
    """Leave out defaults, but never the kind by which a type is told."""
    if kind in _KINDS.values():
        return make_dict_unstructure_fn(
            kind, made, _cattrs_omit_if_default=True, kind=override(omit_if_default=False)
        )
    return make_dict_unstructure_fn(kind, made, _cattrs_omit_if_default=True)


_CONVERTER = _converter()
