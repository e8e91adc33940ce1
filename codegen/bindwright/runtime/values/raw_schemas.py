"""Values against schemas as the document writes them: for what the IR's types cannot say (`Type.asserts`).

The keywords of JSON Schema 2020-12 that validate, with the spellings of OpenAPI 3.0 (``nullable``, exclusive limits as
flags). A keyword that is not known here refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from decimal import Decimal
from typing import Any

from bindwright.runtime.values.equality import same
from bindwright.runtime.values.format_tests import fits
from bindwright.runtime.values.patterns import searcher

Schema = Any


def satisfies(schema: Schema, value: Any) -> bool:
    """Whether a value is valid by a fragment of a document, which may be no good schema: then it refuses nothing."""
    try:
        return accepts(schema, value)
    except (TypeError, AttributeError, ValueError, ArithmeticError, RecursionError):
        return True


def accepts(schema: Schema, value: Any) -> bool:
    """Whether a value is valid by a schema without references."""
    if not isinstance(schema, dict):
        return schema is not False
    if value is None and schema.get("nullable") is True:
        return True
    for keyword, argument in schema.items():
        check = _CHECKS.get(keyword)
        if check is not None and not check(schema, argument, value):
            return False
    return True


def _type(schema: dict[str, Any], types: Any, value: Any) -> bool:
    if isinstance(types, str):
        return types in _TYPES and _TYPES[types](value)
    return any(
        _TYPES[name](value) for name in (types if isinstance(types, list) else [types]) if name in _TYPES
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == value // 1,
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _number(test: Callable[[Decimal, Decimal], bool]) -> Callable[[dict[str, Any], Any, Any], bool]:
    def check(schema: dict[str, Any], limit: Any, value: Any) -> bool:
        if not _is_number(value) or not _is_number(limit):
            return True
        return test(Decimal(str(value)), Decimal(str(limit)))

    return check


def _minimum(schema: dict[str, Any], limit: Any, value: Any) -> bool:
    exclusive = schema.get("exclusiveMinimum") is True
    return not _is_number(value) or (value > limit if exclusive else value >= limit)


def _maximum(schema: dict[str, Any], limit: Any, value: Any) -> bool:
    exclusive = schema.get("exclusiveMaximum") is True
    return not _is_number(value) or (value < limit if exclusive else value <= limit)


def _size(type_: type[Sized], test: Callable[[int, int], bool]) -> Callable[[dict[str, Any], Any, Any], bool]:
    return lambda schema, limit, value: not isinstance(value, type_) or test(len(value), limit)


def _pattern(schema: dict[str, Any], pattern: Any, value: Any) -> bool:
    search = searcher(str(pattern))
    return not isinstance(value, str) or search is None or search(value)


def _unique(schema: dict[str, Any], flag: Any, value: Any) -> bool:
    if not isinstance(value, list) or flag is not True:
        return True
    return not any(same(item, other) for index, item in enumerate(value) for other in value[:index])


def _required(schema: dict[str, Any], names: Any, value: Any) -> bool:
    return not isinstance(value, dict) or not isinstance(names, list) or all(name in value for name in names)


def _properties(schema: dict[str, Any], properties: Any, value: Any) -> bool:
    if not isinstance(value, dict):
        return True
    return all(accepts(subschema, value[name]) for name, subschema in properties.items() if name in value)


def _pattern_properties(schema: dict[str, Any], patterns: Any, value: Any) -> bool:
    if not isinstance(value, dict):
        return True
    return all(
        accepts(subschema, member)
        for pattern, subschema in patterns.items()
        for name, member in value.items()
        if _pattern(schema, pattern, name)
    )


def _additional(schema: dict[str, Any], additional: Any, value: Any) -> bool:
    if not isinstance(value, dict):
        return True
    declared, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return all(
        accepts(additional, member)
        for name, member in value.items()
        if name not in declared and not any(_pattern(schema, pattern, name) for pattern in patterns)
    )


def _items(schema: dict[str, Any], items: Any, value: Any) -> bool:
    if not isinstance(value, list):
        return True
    if isinstance(items, list):  # before 2020-12: one schema a position
        return all(map(accepts, items, value))
    return all(accepts(items, item) for item in value[len(schema.get("prefixItems", ())) :])


def _contains(schema: dict[str, Any], contained: Any, value: Any) -> bool:
    if not isinstance(value, list):
        return True
    count = sum(accepts(contained, item) for item in value)
    return bool(schema.get("minContains", 1) <= count <= schema.get("maxContains", count))


def _dependent(schema: dict[str, Any], dependents: Any, value: Any) -> bool:
    """Names or a schema for each member that is there."""
    if not isinstance(value, dict):
        return True
    applicable = [dependent for name, dependent in dependents.items() if name in value]
    return all(
        _required(schema, dependent, value) if isinstance(dependent, list) else accepts(dependent, value)
        for dependent in applicable
    )


def _condition(schema: dict[str, Any], condition: Any, value: Any) -> bool:
    return accepts(schema.get("then" if accepts(condition, value) else "else", True), value)


_CHECKS: dict[str, Callable[[dict[str, Any], Any, Any], bool]] = {
    "type": _type,
    "enum": lambda schema, values, value: any(same(value, listed) for listed in values),
    "const": lambda schema, const, value: same(value, const),
    "format": lambda schema, name, value: fits(name, value),
    "minimum": _minimum,
    "maximum": _maximum,
    "exclusiveMinimum": _number(Decimal.__gt__),
    "exclusiveMaximum": _number(Decimal.__lt__),
    "multipleOf": _number(lambda value, step: not step or not value.is_finite() or not value % step),
    "minLength": _size(str, int.__ge__),
    "maxLength": _size(str, int.__le__),
    "pattern": _pattern,
    "minItems": _size(list, int.__ge__),
    "maxItems": _size(list, int.__le__),
    "uniqueItems": _unique,
    "minProperties": _size(dict, int.__ge__),
    "maxProperties": _size(dict, int.__le__),
    "required": _required,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "propertyNames": lambda schema, names, value: (
        not isinstance(value, dict) or all(accepts(names, name) for name in value)
    ),
    "items": _items,
    "prefixItems": lambda schema, items, value: (
        not isinstance(value, list) or all(map(accepts, items, value))
    ),
    "contains": _contains,
    "allOf": lambda schema, schemas, value: all(accepts(subschema, value) for subschema in schemas),
    "anyOf": lambda schema, schemas, value: any(accepts(subschema, value) for subschema in schemas),
    "oneOf": lambda schema, schemas, value: sum(accepts(subschema, value) for subschema in schemas) == 1,
    "not": lambda schema, subschema, value: not accepts(subschema, value),
    "if": _condition,
    "dependentRequired": _dependent,
    "dependentSchemas": _dependent,
    "dependencies": _dependent,
}
