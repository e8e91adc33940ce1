"""Finding one's way in the IR's types, and JSON values at places of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from bindwright.ir.model import AnyType, Api, Array, Enum, Map, Object, Scalar, Union, Use

Side = Literal["request", "response"]
Shape = Literal["scalar", "array", "object"]


@frozen
class Violation:
    """One thing that is wrong with a request: where, and what."""

    where: str
    """``query.limit``, ``body$.items[0].id``."""
    what: str


def type_of(api: Api, use: Use) -> AnyType:
    """The type of a use; a free-form value where the table does not know it."""
    return api.types.get(use.type) or Scalar(id=use.type, base="any")


def hidden(use: Use, side: Side) -> bool:
    """Whether a member is not to be sent on this side (``readOnly``, ``writeOnly``), or never in JSON."""
    return use.only == "xml" or (use.read_only if side == "request" else use.write_only)


def shapes(api: Api, use: Use, seen: frozenset[str] = frozenset()) -> Iterator[Shape]:
    """The shapes a value may have, in the order in which a text should be tried against them."""
    kind = type_of(api, use)
    if isinstance(kind, Union) and use.type not in seen:
        found = [shape for member in kind.members for shape in shapes(api, member, seen | {use.type})]
        yield from sorted(set(found), key=("array", "object", "scalar").index)
    elif isinstance(kind, Array):
        yield "array"
    elif isinstance(kind, Object | Map):
        yield "object"
    else:
        yield "scalar"


def member_use(api: Api, use: Use, name: str) -> Use:
    """The use of an object's member or a map's value; free-form where nothing is declared."""
    kind = type_of(api, use)
    if isinstance(kind, Object):
        for prop in kind.properties:
            if prop.name == name:
                return prop.use
        return kind.additional or Use(type="any")
    return kind.values if isinstance(kind, Map) else _first(api, use, "object", name)


def item_use(api: Api, use: Use, index: int = 0) -> Use:
    """The use of an array's item."""
    kind = type_of(api, use)
    if isinstance(kind, Array):
        return kind.prefix[index] if index < len(kind.prefix) else kind.items or Use(type="any")
    return _first(api, use, "array", "")


def _first(api: Api, use: Use, shape: Shape, name: str) -> Use:
    kind = type_of(api, use)
    for member in kind.members if isinstance(kind, Union) else ():
        inner = type_of(api, member)
        if shape == "array" and isinstance(inner, Array):
            return item_use(api, member)
        if shape == "object" and isinstance(inner, Object | Map):
            return member_use(api, member, name)
    return Use(type="any")


def allowed_values(kind: Enum) -> list[object]:
    """The values of an enumeration, in order."""
    return [member.value for member in kind.members]


def dumps(value: Any) -> bytes:
    """Compact JSON; bytes inside become base64, which is what models read them from."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text).encode()


def _text(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
