"""Names of models: classes, their modules, fields and members of enums."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.lowering.operations.inline_names import METHODS
from bindwright.targets.python.naming import reserved, words
from bindwright.targets.python.naming.candidates import (
    Tries,
    class_candidates,
    inline_candidates,
    is_simple,
    kept,
    variable,
)
from bindwright.targets.python.naming.scope import Lock, Scope, settle_all

SUFFIX = {
    "scalar": "Value",
    "enum": "Enum",
    "object": "Model",
    "array": "List",
    "map": "Map",
    "union": "Choice",
}


def is_class(type_: ir.AnyType) -> bool:
    """Whether a type gets a public name: whatever the document names, and inline objects and enums."""
    if type_.name is not None or isinstance(type_, ir.Object):
        return True
    return isinstance(type_, ir.Enum) and is_enumeration(type_)


def is_enumeration(type_: ir.Enum) -> bool:
    """Whether an enum is one in Python: not a constant or a flag, nor one in which ``True`` and ``1`` would be one member."""
    if type_.const or type_.base == "boolean":
        return False
    if type_.base != "mixed":
        return True
    values = [one.value for one in type_.members]
    flags = [one for one in values if isinstance(one, bool)]
    return not any(
        one in flags for one in values if isinstance(one, (int, float)) and not isinstance(one, bool)
    )


def classes_of(
    api: ir.Api, overrides: Mapping[str, str], lock: Lock, made: dict[str, Any]
) -> dict[ir.TypeId, str]:
    scope = Scope(reserved.CLASSES)

    def candidates(key: str, type_: ir.AnyType) -> Iterable[str]:
        override = overrides.get(key) or type_.name_override
        if type_.name is not None:
            tries = class_candidates(type_.name, SUFFIX[type_.kind])
        else:
            tries = inline_candidates(type_.context, SUFFIX[type_.kind])
        return [override, *tries] if override else tries

    named = {key: one for key, one in api.types.items() if one.name is not None}
    inline = {key: one for key, one in api.types.items() if one.name is None and is_class(one)}
    locked = lock.get("classes")
    if isinstance(locked, Mapping):  # names of inline types stay too when a named type comes that wants them
        for key in sorted(inline):
            if isinstance(name := locked.get(key), str):
                scope.reserved |= {name}
    names = settle_all(scope, named, candidates, lock=locked, fallback="Model")
    scope.reserved = reserved.CLASSES
    names |= settle_all(scope, inline, candidates, lock=locked, fallback="Model")
    made["classes"] = dict(names)
    return names


def modules_of(
    api: ir.Api, classes: dict[ir.TypeId, str], package: str, lock: Lock, made: dict[str, Any]
) -> dict[ir.TypeId, str]:
    longest = min(words.LONGEST, 100 - len(package) - len("/models_typeddict/.py") - 8)
    homes: dict[ir.TypeId, str] = {}
    wanted: dict[str, str] = {}
    for key, name in classes.items():
        home, text = _home(api, key, name)
        homes[key] = home
        wanted.setdefault(home, text)
    lowered = frozenset(name for name in classes.values() if name == name.lower())

    def candidates(key: str, text: str) -> list[str]:
        name = words.snake(words.ascii_only(_PUNCTUATION.sub("_", text)))[:longest].rstrip("_")
        # Of a schema and an operation with one name, each says what it is.
        suffix = "_bodies" if key.startswith(_OPERATION) else "_model"
        return [name, name + suffix] if name[:1].isalpha() else []

    scope = Scope(reserved.MODULES | lowered, fold=True)
    names = settle_all(scope, wanted, candidates, lock=lock.get("modules"), fallback="schema")
    made["modules"] = names
    return {key: names[home] for key, home in homes.items()}


def _home(api: ir.Api, key: ir.TypeId, name: str) -> tuple[str, str]:
    """Which module a class stands in: key and the text that names it.

    An inline object with a base is alone in its module, so that imports of bases form no cycle.
    """
    type_ = api.types[key]
    if type_.name is not None or (isinstance(type_, ir.Object) and type_.base):
        return key, name
    if type_.owner and type_.owner in api.types and api.types[type_.owner].name is not None:
        owner = api.types[type_.owner]
        return type_.owner, next(iter(class_candidates(owner.name or "", SUFFIX[owner.kind])))
    first = _operation_words(key, type_.context) or name
    return _OPERATION + first, first


def _operation_words(key: str, context: tuple[str, ...]) -> str:
    """The words of the operation in which an inline type stands: its id, else its method and path."""
    tokens = key.partition("#")[2].split("/")
    if context and context[0] in METHODS and tokens[1:2] in (["paths"], ["webhooks"]) and len(tokens) > 2:
        path, _, fragment = tokens[2].replace("~1", "/").replace("~0", "~").partition("#")
        segments = [one.replace("{", "").replace("}", "") for one in (*path.split("/"), fragment)]
        wanted = tuple(one for one in segments if one)
        if context[1 : 1 + len(wanted)] == wanted:
            return " ".join((context[0], *wanted))
    return context[0] if context else ""


_OPERATION = "operation "
_PUNCTUATION = re.compile(r"\W+")


def fields_of(
    api: ir.Api, overrides: Mapping[str, str], lock: Lock, made: dict[str, Any]
) -> tuple[dict[ir.TypeId, dict[str, str]], dict[ir.TypeId, str]]:
    fields: dict[ir.TypeId, dict[str, str]] = {}
    additional: dict[ir.TypeId, str] = {}
    locked = lock.get("fields")
    locked = locked if isinstance(locked, Mapping) else {}
    forbidden = reserved.FIELDS
    plain = not any("/properties/" in one for one in overrides)
    made["fields"], made["additional"] = {}, {}

    def name(type_: ir.Object) -> set[str]:
        taken: set[str] = set()
        if type_.base and isinstance(base := api.types.get(type_.base), ir.Object):
            taken = inherited[type_.base] if type_.base in inherited else name(base)
        own = {one.name: one for one in type_.properties if one.declared_in == type_.id}
        # Where each property is spelled as its field will be, there is nothing to settle.
        settled = plain and not taken and type_.id not in locked and all(map(is_simple, own))
        if settled and not _beyond(type_) and not any(one.name_override for one in own.values()):
            fields[type_.id] = dict(zip(own, own, strict=True))
            inherited[type_.id] = set(own)
            return inherited[type_.id]
        scope = Scope(forbidden)
        scope.taken = set(taken)
        mine = locked.get(type_.id)

        def candidates(key: str, one: ir.Property) -> Iterable[str]:
            return variable(key, "field", overrides.get(f"{type_.id}/properties/{key}") or one.name_override)

        names = fields[type_.id] = settle_all(scope, own, candidates, lock=mine, fallback="field")
        if locks := kept(names):
            made["fields"][type_.id] = locks
        if _beyond(type_):
            tries = variable("additional_properties", "members")
            one = additional[type_.id] = settle_all(
                scope,
                {"additional_properties": 0},
                lambda *_: tries,
                lock={"additional_properties": lock.get("additional", {}).get(type_.id)},
            )["additional_properties"]
            if one != "additional_properties":
                made["additional"][type_.id] = one
        inherited[type_.id] = scope.taken
        return scope.taken

    inherited: dict[ir.TypeId, set[str]] = {}
    for type_ in api.types.values():
        if isinstance(type_, ir.Object) and type_.id not in inherited:
            name(type_)
    return fields, additional


def _beyond(type_: ir.Object) -> bool:
    """Whether an object has a field for members that are not named."""
    return type_.additional is not None or bool(type_.pattern_additional)


def members_of(api: ir.Api, lock: Lock, made: dict[str, Any]) -> dict[ir.TypeId, list[str]]:
    members: dict[ir.TypeId, list[str]] = {}
    locked = lock.get("members")
    locked = locked if isinstance(locked, Mapping) else {}
    made["members"] = {}
    for type_ in api.types.values():
        if isinstance(type_, ir.Enum):
            taken = {
                json.dumps(one.value, default=str) for one in type_.members if not isinstance(one.value, str)
            }
            keys = {_value_key(one.value, taken): one for one in type_.members}
            names = settle_all(
                Scope(reserved.MEMBERS), keys, _member_candidates, lock=locked.get(type_.id), fallback="VALUE"
            )
            if locks := kept(names):
                made["members"][type_.id] = locks
            members[type_.id] = [names[_value_key(one.value, taken)] for one in type_.members]
    return members


def _value_key(value: ir.Json, taken: set[str]) -> str:
    """The key of a value; text that reads like another value (`taken`) is quoted."""
    return value if isinstance(value, str) and value not in taken else json.dumps(value, default=str)


def _member_candidates(key: str, member: ir.EnumMember) -> Iterable[str]:
    named = islice(variable(member.name, "value"), 2) if member.name else ()
    return Tries(map(str.upper, chain(named, variable(key, "value"))))
