"""Finding one's way in the IR's types, and JSON values at places of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from bindwright.ir.model import AnyType, Api, Array, Enum, Map, Object, Scalar, Union, Use
from bindwright.runtime.values.patterns import searcher

Side = Literal["request", "response"]
Shape = Literal["scalar", "array", "object"]


@frozen
class RequestViolation:
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


def shapes(api: Api, use: Use, visited: frozenset[str] = frozenset()) -> Iterator[Shape]:
    """The shapes a value may have, in the order in which a text should be tried against them."""
    type_ = type_of(api, use)
    if isinstance(type_, Union) and use.type not in visited:
        alternatives = [
            shape for member in type_.members for shape in shapes(api, member, visited | {use.type})
        ]
        yield from sorted(set(alternatives), key=("array", "object", "scalar").index)
    elif isinstance(type_, Array):
        yield "array"
    elif isinstance(type_, Object | Map):
        yield "object"
    elif isinstance(type_, Enum):
        kinds = {type(member.value) for member in type_.members}
        if list in kinds:
            yield "array"
        if dict in kinds:
            yield "object"
        if not kinds or kinds - {list, dict}:
            yield "scalar"
    else:
        yield "scalar"


def member_use(api: Api, use: Use, name: str) -> Use:
    """The use of an object's member or a map's value; free-form where nothing is declared."""
    type_ = type_of(api, use)
    if isinstance(type_, Object):
        for prop in type_.properties:
            if prop.name == name:
                return prop.use
        return next(iter(matching(name, type_)), type_.additional or Use(type="any"))
    return type_.values if isinstance(type_, Map) else _first(api, use, "object", name)


def matching(name: str, type_: Object) -> list[Use]:
    """The uses of all ``patternProperties`` whose pattern is in a name (JSON Schema 2020-12, 10.3.2.2)."""
    matchers = ((searcher(pattern), use) for pattern, use in type_.pattern_additional)
    return [use for matches, use in matchers if matches is not None and matches(name)]


def item_use(api: Api, use: Use, index: int = 0) -> Use:
    """The use of an array's item."""
    type_ = type_of(api, use)
    if isinstance(type_, Array):
        return type_.prefix[index] if index < len(type_.prefix) else type_.items or Use(type="any")
    return _first(api, use, "array", "")


def _first(api: Api, use: Use, shape: Shape, name: str) -> Use:
    type_ = type_of(api, use)
    for member in type_.members if isinstance(type_, Union) else ():
        alternative = type_of(api, member)
        if shape == "array" and isinstance(alternative, Array):
            return item_use(api, member)
        if shape == "object" and isinstance(alternative, Object | Map):
            return member_use(api, member, name)
    return Use(type="any")


def allowed_values(type_: Enum) -> list[object]:
    """The values of an enumeration, in order."""
    return [member.value for member in type_.members]


def dumps(value: Any) -> bytes:
    """Compact JSON; bytes inside become base64, which is what models read them from."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text).encode()


def _text(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)
