"""Names as words: what types, members, operations and values are to be called, in no language's spelling.

A language joins the words as it spells names, and evades its own reserved words. Words are unique where they have to
be told apart; of two that would be the same, the later one gets a number, so that a new one changes no older one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import AnyType, Enum, Object, Operation, Parameter, Scalar
from bindwright.ir.walks import operations_of
from bindwright.standards.name_words import words

_SIMPLE = re.compile(r"[a-z]+[0-9]*(?:_(?:[a-z]+[0-9]*|[0-9]+[a-z]*))*")
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
            text = member.value if isinstance(member.value, str) else str(member.value).replace("-", "minus ")
            member.words = _stored(text, member.name, values)


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
    return tuple(name.split("_")) if _SIMPLE.fullmatch(name) else ()


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
