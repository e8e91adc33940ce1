"""Which optional members a sample has, where a document makes them depend on each other (`Type.asserts`)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bindwright.ir.lowering.keywords import CONSTRAINTS
from bindwright.ir.model import Constraints, Object
from bindwright.runtime.values.raw_schemas import satisfies
from bindwright.serve.answers import sample_patterns as patterns


def member_choice(fragments: list[Any], attempt: int) -> tuple[set[str], set[str]]:
    """Names of members to write and names to leave out; another attempt takes another alternative.

    A guess: whether the sample is valid is checked when it is whole.
    """
    added: set[str] = set()
    omitted: set[str] = set()
    for fragment in fragments:
        for keyword in ("anyOf", "oneOf"):
            alternatives = [_names(branch) for branch in _list(fragment, keyword)]
            if alternatives:
                chosen = alternatives[attempt % len(alternatives)]
                added |= chosen
                if keyword == "oneOf":
                    omitted |= set().union(*alternatives) - chosen
        for together in _forbidden(fragment):
            # leaving one of them out is enough, as long as nothing asks for it
            omitted |= set(sorted(together - added)[:1])
        for name, names in _dict(fragment, "dependentRequired").items():
            if name in added:
                added |= set(names) if isinstance(names, list) else set()
    return added, omitted - added


def without_forbidden(values: dict[str, Any], type_: Object, fragments: list[Any]) -> dict[str, Any]:
    """The members without optional ones that a part of an ``allOf`` forbids (its own ``additionalProperties``)."""
    rules = [
        {
            keyword: fragment[keyword]
            for keyword in ("properties", "additionalProperties")
            if keyword in fragment
        }
        for fragment in fragments
        if isinstance(fragment, dict) and "additionalProperties" in fragment
    ]
    required = {prop.name for prop in type_.properties if prop.required}
    return {
        name: value
        for name, value in values.items()
        if name in required or all(satisfies(rule, {name: value}) for rule in rules)
    }


def conditional_members(fragments: list[Any], values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Members that a condition asks for, as these values meet it (``if``, ``dependentSchemas``), with its schema of each.

    Those that are there and are as it says are left out.
    """
    for fragment in fragments:
        rules = [rule for name, rule in _dict(fragment, "dependentSchemas").items() if name in values]
        if isinstance(fragment, dict) and "if" in fragment:
            rules.append(_dict(fragment, "then" if satisfies(fragment["if"], values) else "else"))
        for rule in rules:
            properties = _dict(rule, "properties")
            for name in sorted({*_names(rule), *(set(properties) & set(values))}):
                schema = properties.get(name, {})
                if name not in values or not satisfies(schema, values[name]):
                    yield name, schema


def alternative_limits(fragments: list[Any], attempt: int) -> list[Constraints]:
    """The limits of one alternative of scalars; another attempt takes another one."""
    limits = []
    for fragment in fragments:
        for keyword in ("anyOf", "oneOf"):
            branches = [branch for branch in _list(fragment, keyword) if isinstance(branch, dict)]
            if branches:
                branch = branches[attempt % len(branches)]
                known = {CONSTRAINTS[key]: value for key, value in branch.items() if key in CONSTRAINTS}
                limits.append(Constraints(**known))
    return limits


def contained_items(fragments: list[Any]) -> list[Any]:
    """Items that ``contains`` asks for, as far as its schema says what they are."""
    items: list[Any] = []
    for fragment in fragments:
        if isinstance(fragment, dict) and "contains" in fragment:
            item = plain_value(fragment["contains"])
            if satisfies(fragment["contains"], item):
                items += [item] * int(fragment.get("minContains", 1))
    return items


def plain_value(schema: Any) -> Any:
    """The plainest value that a simple schema describes."""
    if not isinstance(schema, dict):
        return None
    if "const" in schema or schema.get("enum"):
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "properties" in schema or "required" in schema:
        properties = _dict(schema, "properties")
        return {
            name: plain_value(properties.get(name, {})) for name in sorted({*properties, *_names(schema)})
        }
    if "minimum" in schema or schema.get("type") in ("integer", "number"):
        return schema.get("minimum", schema.get("maximum", 0))
    plain = {"boolean": True, "array": [], "object": {}}.get(schema.get("type", ""), "x")
    return _text(schema) if plain == "x" else plain


def _text(schema: dict[str, Any]) -> str:
    minimum, pattern = schema.get("minLength", 0), schema.get("pattern")
    sample = patterns.sample(pattern, random.Random(pattern), minimum) if isinstance(pattern, str) else None
    return sample if sample is not None else "x" * max(minimum, 1)


def _forbidden(fragment: Any) -> Iterator[set[str]]:
    """Sets of members that must not stand together (``not: {required: [a, b]}``)."""
    negated = _dict(fragment, "not")
    for schema in [negated, *_list(negated, "anyOf")]:
        names = _names(schema)
        if names:
            yield names


def _names(schema: Any) -> set[str]:
    return {name for name in _list(schema, "required") if isinstance(name, str)}


def _list(schema: Any, keyword: str) -> list[Any]:
    value = schema.get(keyword) if isinstance(schema, dict) else None
    return value if isinstance(value, list) else []


def _dict(schema: Any, keyword: str) -> dict[str, Any]:
    value = schema.get(keyword) if isinstance(schema, dict) else None
    return value if isinstance(value, dict) else {}
