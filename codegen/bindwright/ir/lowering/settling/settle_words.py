"""Names as words: what types, members, operations and values are to be called, in no language's spelling.

A language joins the words as it spells names, and evades its own reserved words. Words are unique where they have to
be told apart; of two that would be the same, the later one gets a number, so that a new one changes no older one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import (
    AnyType,
    Api,
    Enum,
    EnumMember,
    Object,
    Operation,
    Parameter,
    Property,
    Scalar,
)
from bindwright.ir.model.kept_names import KeptNames
from bindwright.ir.walks import operations_of
from bindwright.standards.name_words import words

_SIMPLE = r"[a-z]+[0-9]*(?:_(?:[a-z]+[0-9]*|[0-9]+[a-z]*))*"
"""Names whose words are what stands between their underscores."""
WordLists = set[tuple[str, ...]]


def settle_words(context: Lowering) -> None:
    """Set the words of everything that has a name."""
    types: WordLists = set()
    # Names of the document before those that are made: an inline type is to give way to a component.
    for type_ in sorted(context.types.values(), key=lambda type_: type_.name is None):
        _type(type_, types)
    operations: WordLists = set()
    for operation in operations_of(context.api):
        operation.words = _unique(_of_operation(operation), operations)
        _parameters(operation.parameters)


def _type(type_: AnyType, words_before: WordLists) -> None:
    name = type_.names.get("*") or type_.name
    if name is not None or not isinstance(type_, Scalar):
        type_.words = _unique(_lower(name) if name else _of_context(type_.context), words_before)
    if isinstance(type_, Object):
        members: WordLists = set()
        for property_ in type_.properties:
            property_.words = _stored(property_.name, property_.names.get("*"), members)
    elif isinstance(type_, Enum):
        values: WordLists = set()
        for member in type_.members:
            member.words = _stored(_value_text(member), member.name, values)


def _value_text(member: EnumMember) -> str:
    return member.value if isinstance(member.value, str) else str(member.value).replace("-", "minus ")


def keep_words(api: Api, kept: KeptNames) -> None:
    """Call things by the words of names that were given out before: what else would have them gives way."""
    if kept.types:
        named = [type_ for type_ in api.types.values() if type_.words or type_.id in kept.types]
        _keep([(type_, kept.types.get(type_.id), type_.words) for type_ in named])
    for type_ in api.types.values() if kept.members else ():
        if isinstance(type_, Object):
            names = [kept.members.get(member.declared_in, {}).get(member.name) for member in type_.properties]
            if any(names):
                pairs = zip(type_.properties, names, strict=True)
                _keep([(member, name, _stored_words(member)) for member, name in pairs])
    for type_id, values in kept.values.items():
        type_ = api.types[type_id]
        if isinstance(type_, Enum):
            members = enumerate(type_.members)
            _keep([(member, values.get(index), _words_of_value(member)) for index, member in members])
    if kept.operations:
        everything = list(operations_of(api))
        _keep([(each, kept.operations.get(each.id), each.words) for each in everything])
    for operation in operations_of(api):
        if arguments := kept.parameters.get(operation.id):
            argument_names = [
                (each, arguments.get(f"{each.location}:{each.name}")) for each in operation.parameters
            ]
            _keep([(each, name, _stored_words(each)) for each, name in argument_names])


def _keep(scope: list[tuple[Any, str | None, list[str]]]) -> None:
    """Set the words of all things in a scope: of each the name that it keeps, and its words without one."""
    words_before: WordLists = set()
    for thing, name, parts in sorted(scope, key=lambda row: row[1] is None):
        result = _unique(_lower(name) if name else parts, words_before)
        spelled = _text_of(thing)
        thing.words = [] if spelled is not None and _simple(spelled) == tuple(result) else result


def _text_of(thing: Any) -> str | None:
    """What the words of a thing are left out for where it has them already; None where they are always written."""
    if isinstance(thing, EnumMember):
        return _value_text(thing)
    return thing.name if isinstance(thing, (Property, Parameter)) else None


def _stored_words(thing: Property | Parameter) -> list[str]:
    return thing.words or list(_simple(thing.name))


def _words_of_value(member: EnumMember) -> list[str]:
    return member.words or list(_simple(_value_text(member)))


def _parameters(parameters: list[Parameter]) -> None:
    words_before: WordLists = set()
    for parameter in parameters:
        parameter.words = _stored(parameter.name, parameter.names.get("*"), words_before)


def _stored(name: str, override: str | None, words_before: WordLists) -> list[str]:
    """Words, where they are not simply those between the underscores of the name."""
    simple = _simple(name)
    if simple and override is None and simple not in words_before:
        words_before.add(simple)
        return []
    parts = list(simple) if simple and override is None else _lower(override or name)
    result = _unique(parts, words_before)
    return [] if simple == tuple(result) else result


@lru_cache(maxsize=1 << 14)
def _simple(name: str) -> tuple[str, ...]:
    """What stands between the underscores of a name where that are its words; else nothing."""
    return tuple(name.split("_")) if re.fullmatch(_SIMPLE, name) else ()


def _lower(name: str) -> list[str]:
    return list(_words(name)) or ["value"]


@lru_cache(maxsize=1 << 14)
def _words(name: str) -> tuple[str, ...]:
    return tuple([word.lower() for word in words(name)])


def _of_context(context: tuple[str, ...]) -> list[str]:
    """Words that do not say the same thing twice in a row: ``pet``, ``pet tags`` is ``pet tags``."""
    result: list[str] = []
    for part in context:
        parts = _lower(part)
        result = result[: -len(parts)] + parts if result[-len(parts) :] == parts else result + parts
    return result or ["value"]


def _of_operation(operation: Operation) -> list[str]:
    name = operation.names.get("*") or operation.operation_id
    if name and words(name):
        return _lower(name)
    path = words(operation.path.replace("{", " ").replace("}", " "))
    return [operation.method.lower(), *(word.lower() for word in path)]


def _unique(parts: list[str], words_before: WordLists) -> list[str]:
    number, result = 2, parts
    while tuple(result) in words_before:
        result, number = [*parts, str(number)], number + 1
    words_before.add(tuple(result))
    return result
