"""Sample values of a type: the mock server's samples, and variations of one member each at its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from bindwright.ir.model import Api, Array, Enum, Object, Property, Scalar, Union, Use
from bindwright.ir.model.lexical import LexicalForm
from bindwright.ports.sample_values import SampleValues
from bindwright.ports.vectors.extent import Extent
from bindwright.serve.validation.json_values import Checker

SEEDS: Final = 3
_PART: Final = 5
"""Variations of an object type of which a part is shown."""

_TEXTS: Final = (
    "", " two  blanks ", "<a href=\"x\">&amp;</a>", "]]>", "'quoted' \"twice\"", "tab\tand\nline", "Ünïcödé 名前 \U0001f600",
    "true", "null", "12",
)  # fmt: skip
_INTEGERS: Final[dict[str, tuple[int, int]]] = {
    "int8": (-(2**7), 2**7 - 1), "int16": (-(2**15), 2**15 - 1), "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1), "uint8": (0, 2**8 - 1), "uint16": (0, 2**16 - 1), "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1), "integer": (-(10**30), 10**30),
}  # fmt: skip
_VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "boolean": (True, False),
    "date": ("2024-02-29", "0001-01-01", "9999-12-31"),
    "date-time": (
        "2024-02-29T10:45:01.4007824Z", "2024-02-29T10:45:01Z", "2024-02-29T10:45:01.5+02:00", "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.9999999Z",
    ),
    "double": (0.0, -1.5, 1e300, 5e-324, 0.1),
    "float": (0.0, -1.5, 1e30),
    "decimal": (0, -1.5, 12345678901234567890),
    "uuid": ("00000000-0000-0000-0000-000000000000", "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
    "base64": ("", "AA==", "//79"),
    "duration": ("PT0S", "P1DT2H3M4.5S", "-PT1M"),
    "time": ("10:45:01Z", "23:59:59.5+02:00"),
}  # fmt: skip
"""Values at the limits of a lexical form, as JSON has them."""


def samples(sample_values: SampleValues, type_id: str, extent: Extent) -> Iterator[tuple[str, Any]]:
    """Names and JSON values that satisfy a type, as both sides would send them."""
    api = sample_values.api
    use, checker = Use(type=type_id), Checker(api, "response")
    seen: set[str] = set()

    def unseen(value: Any) -> bool:
        key = json.dumps(value, sort_keys=True, default=str)
        return key not in seen and not seen.add(key) and not checker.check(value, use)  # type: ignore[func-returns-value]

    first: Any = None
    for seed in range(SEEDS if extent.whole else 2):
        value = sample_values.of(use, "response", seed, examples=seed == 0)
        if first is None:
            first = value
        if unseen(value):
            yield f"sample-{seed + 1}", value
    type_ = api.types[type_id]
    if isinstance(type_, Object) and isinstance(first, dict):
        variations = [*extent.chosen(_variations(api, type_, first), _PART)]
        chosen = extent.chosen(_members_chosen(sample_values, type_, first), _PART)
        for name, value in [*_together(type_, first), *variations, *chosen]:
            if unseen(value):
                yield name, value
    elif isinstance(type_, Union):
        for index, value in extent.chosen(enumerate(_choices(sample_values, use)), 1):
            if unseen(value):
                yield f"alternative-{index + 1}", value
    elif isinstance(type_, Enum):
        for index, member in extent.chosen(enumerate(type_.members[:20]), 1):
            if unseen(member.value):
                yield f"value-{index + 1}", member.value


def _together(type_: Object, first: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Variations of all members at once."""
    required = {property.name for property in type_.properties if property.required}
    yield "required-alone", {name: value for name, value in first.items() if name in required}
    nullable = [property.name for property in type_.properties if property.use.nullable]
    if nullable:
        yield "all-null", {**first, **dict.fromkeys(nullable)}


def _variations(api: Api, type_: Object, first: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Variations of one member each."""
    for property in type_.properties:
        if property.use.nullable:
            yield f"{property.name}-null", {**first, property.name: None}
        if not property.required:
            yield (
                f"{property.name}-absent",
                {name: value for name, value in first.items() if name != property.name},
            )
        for index, value in enumerate(_limits(api, property)):
            yield f"{property.name}-{index + 1}", {**first, property.name: value}


def _members_chosen(
    sample_values: SampleValues, type_: Object, first: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Variations of one member each, whose value, or whose only item, is of each alternative and derived type."""
    for property in type_.properties:
        target = sample_values.api.types.get(property.use.type)
        items = target.items if isinstance(target, Array) and not target.prefix else None
        for index, value in enumerate(_choices(sample_values, items or property.use)):
            chosen = value if items is None else [value]
            yield f"{property.name}-alternative-{index + 1}", {**first, property.name: chosen}


def _choices(sample_values: SampleValues, use: Use) -> Iterator[Any]:
    """A value of each alternative of a union, and of each type that a discriminator names in an object's place."""
    type_ = sample_values.api.types.get(use.type)
    if isinstance(type_, Union) and type_.discriminator is None:
        for member in type_.members:
            yield sample_values.of(member, "response", 1, examples=False)
    elif isinstance(type_, Union | Object) and type_.discriminator is not None:
        for target, said in {target: said for said, target in reversed(type_.mapping.items())}.items():
            value = sample_values.of(Use(type=target), "response", 1, examples=False)
            if isinstance(value, dict):
                yield {**value, type_.discriminator: said}


def _limits(api: Api, property: Property) -> tuple[Any, ...]:
    type_ = api.types.get(property.use.type)
    if isinstance(type_, Enum):
        return tuple(member.value for member in type_.members[:5])
    if not isinstance(type_, Scalar) or type_.lexical is None:
        return ()
    form: LexicalForm = (property.use.lexical or type_.lexical).json
    if form in _INTEGERS:
        low, high = _INTEGERS[form]
        return (low, 0, high)
    if form == "string":
        return _TEXTS
    return _VALUES.get(form, ())
