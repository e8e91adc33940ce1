"""The public names of everything in an `Api`: one pass before anything is written.

Names the document spells exactly as they will be called are not in the lock: they win their scope by
that spelling, with or without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from bindwright.ir import model as ir
from bindwright.targets.python import reserved, words
from bindwright.targets.python.declared import is_polled, waiting_names
from bindwright.targets.python.names import Scope, settle_all

_SIMPLE = re.compile(r"[a-z][a-z0-9_]*")
UNTAGGED = "default"

Lock = Mapping[str, Any]


@define(kw_only=True)
class Group:
    """One tag's class."""

    tag: str
    attribute: str
    cls: str
    module: str
    operations: list[ir.Operation] = field(factory=list)


@define(kw_only=True)
class Call:
    """One operation's public names: method, and parameters by ``"location:name"``."""

    method: str
    arguments: dict[str, str]
    wait: str = ""
    """The method that waits until the operation's state says done; empty without ``x-poll``."""


@define(kw_only=True)
class Plan:
    """All public names."""

    classes: dict[ir.TypeId, str]
    modules: dict[ir.TypeId, str]
    """The module of each class."""
    fields: dict[ir.TypeId, dict[str, str]]
    """Own fields of each object, by JSON name."""
    additional: dict[ir.TypeId, str]
    members: dict[ir.TypeId, list[str]]
    """Members of each enum, in its order."""
    groups: list[Group]
    calls: dict[str, Call]
    schemes: dict[str, str]
    """Security schemes to arguments of the client."""
    lock: dict[str, Any]


def is_class(type_: ir.AnyType) -> bool:
    """Whether a type gets a public name: whatever the document names, and inline objects and enums."""
    if type_.name is not None or isinstance(type_, ir.Object):
        return True
    return isinstance(type_, ir.Enum) and not type_.const and type_.base != "boolean"


def plan_names(api: ir.Api, package: str, overrides: Mapping[str, str], lock: Lock) -> Plan:
    """Settle every public name of an API."""
    made: dict[str, Any] = {}
    classes = _classes(api, overrides, lock, made)
    modules = _modules(api, classes, package, lock, made)
    fields, additional = _fields(api, overrides, lock, made)
    members = _members(api, lock, made)
    groups = _groups(api, package, overrides, lock, made)
    calls = _calls(groups, overrides, lock, made)
    schemes = settle_all(
        Scope(reserved.SCHEMES),
        dict.fromkeys(api.security_schemes),
        lambda key, _: variable(key, "key"),
        lock=lock.get("schemes"),
        fallback="scheme",
    )
    made["schemes"] = _kept(schemes)
    return Plan(classes=classes, modules=modules, fields=fields, additional=additional, members=members,
                groups=groups, calls=calls, schemes=schemes, lock=made)  # fmt: skip


def _is_simple(name: str) -> bool:
    return name not in reserved.FIELDS and len(name) <= words.LONGEST and _SIMPLE.fullmatch(name) is not None


def _kept(names: Mapping[str, str]) -> dict[str, str]:
    return {key: name for key, name in names.items() if key != name}


def variable(text: str, role: str, override: str | None = None) -> list[str]:
    """Candidates for a field, parameter or method."""
    if override is None and _SIMPLE.fullmatch(text) and len(text) <= words.LONGEST:
        return [text, f"{text}_{role}"]
    plain, spelled = words.snake(text), words.snake_spelled(text)
    tries = [override] if override else []
    if plain[:1].isdigit() and text[:1] not in "+-":
        tries.append(f"{role}_{plain}")
    tries += [one for one in (plain, spelled) if one and not one[0].isdigit()]
    base = next(iter(tries), role)
    return [*tries, base + _case(text), f"{base}_{role}"]


def _case(text: str) -> str:
    if text.isupper():
        return "_upper"
    return "_lower" if text.islower() else "_capital" if text[:1].isupper() else "_mixed"


def class_candidates(text: str, suffix: str) -> list[str]:
    """Candidates for a class of this name."""
    tries = [words.pascal(text), words.pascal_spelled(text)]
    tries = [one if not one[:1].isdigit() else suffix + one for one in tries if one] or [suffix]
    return [*dict.fromkeys(tries), tries[0] + suffix]


def _inline_candidates(context: tuple[str, ...], suffix: str) -> list[str]:
    """Where it stands, in full; if that is too long or taken, the owner with ever more of the last words."""
    full = [*class_candidates(" ".join(context), suffix)[:-1], words.pascal_whole(" ".join(context))]
    if len(context) < 3:
        return [*full, full[0] + suffix]
    shorter = [
        words.pascal(" ".join((context[0], *context[-count:]))) for count in range(1, len(context) - 1)
    ]
    long = sum(map(len, context)) > words.LONGEST
    return [*shorter, *full, full[0] + suffix] if long else [*full, *shorter, full[0] + suffix]


_SUFFIX = {
    "scalar": "Value",
    "enum": "Enum",
    "object": "Model",
    "array": "List",
    "map": "Map",
    "union": "Choice",
}


def _classes(
    api: ir.Api, overrides: Mapping[str, str], lock: Lock, made: dict[str, Any]
) -> dict[ir.TypeId, str]:
    scope = Scope(reserved.CLASSES)

    def candidates(key: str, type_: ir.AnyType) -> list[str]:
        override = overrides.get(key) or type_.name_override
        if type_.name is not None:
            tries = class_candidates(type_.name, _SUFFIX[type_.kind])
        else:
            tries = _inline_candidates(type_.context, _SUFFIX[type_.kind])
        if override:
            tries.insert(0, override)
        return tries

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


def _modules(
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
        name = words.snake(words.ascii_only(text))[:longest].rstrip("_")
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
        return type_.owner, next(iter(class_candidates(owner.name or "", _SUFFIX[owner.kind])))
    first = type_.context[0] if type_.context else name
    return _OPERATION + first, first


_OPERATION = "operation "


def _fields(
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
        if plain and not taken and type_.id not in locked and all(map(_is_simple, own)):
            # Each property is spelled as its field will be: nothing to settle.
            if not any(one.name_override for one in own.values()) and not type_.additional:
                fields[type_.id] = dict(zip(own, own, strict=True))
                inherited[type_.id] = set(own)
                return inherited[type_.id]
        scope = Scope(forbidden)
        scope.taken = set(taken)
        mine = locked.get(type_.id)

        def candidates(key: str, one: ir.Property) -> list[str]:
            return variable(key, "field", overrides.get(f"{type_.id}/properties/{key}") or one.name_override)

        names = fields[type_.id] = settle_all(scope, own, candidates, lock=mine, fallback="field")
        if kept := _kept(names):
            made["fields"][type_.id] = kept
        if type_.additional or type_.pattern_additional:
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


def _members(api: ir.Api, lock: Lock, made: dict[str, Any]) -> dict[ir.TypeId, list[str]]:
    members: dict[ir.TypeId, list[str]] = {}
    locked = lock.get("members")
    locked = locked if isinstance(locked, Mapping) else {}
    made["members"] = {}
    for type_ in api.types.values():
        if isinstance(type_, ir.Enum):
            keys = {_value_key(one.value): one for one in type_.members}
            names = settle_all(
                Scope(reserved.MEMBERS), keys, _member_candidates, lock=locked.get(type_.id), fallback="VALUE"
            )
            if kept := _kept(names):
                made["members"][type_.id] = kept
            members[type_.id] = [names[_value_key(one.value)] for one in type_.members]
    return members


def _value_key(value: ir.Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _member_candidates(key: str, member: ir.EnumMember) -> Iterable[str]:
    tries: list[str] = []
    if member.name:
        tries += variable(member.name, "value")[:2]
    tries += variable(key, "value")
    return [one.upper() for one in tries]


def _groups(
    api: ir.Api, package: str, overrides: Mapping[str, str], lock: Lock, made: dict[str, Any]
) -> list[Group]:
    members: dict[str, list[ir.Operation]] = {}
    for operation in api.operations:
        members.setdefault(operation.tags[0] if operation.tags else "", []).append(operation)

    def texts(key: str) -> str:
        return overrides.get(f"tag {key}") or key or UNTAGGED

    attributes = settle_all(
        Scope(reserved.GROUPS),
        members,
        lambda key, _: variable(texts(key), "api"),
        lock=lock.get("groups"),
        fallback="api",
    )
    classes = settle_all(
        Scope(reserved.GROUP_CLASSES), members, lambda key, _: _group_candidates(texts(key)),
        lock=lock.get("group_classes"), fallback="Api",
    )  # fmt: skip
    longest = min(words.LONGEST, 100 - len(package) - len("/api/.py") - 8)
    modules = settle_all(
        Scope(reserved.MODULES, fold=True), members,
        lambda key, _: [one for one in [words.ascii_only(attributes[key])[:longest].strip("_")] if one[:1].isalpha()],
        lock=lock.get("group_modules"), fallback="api",
    )  # fmt: skip
    made["groups"], made["group_classes"], made["group_modules"] = _kept(attributes), classes, _kept(modules)
    return [
        Group(
            tag=key, attribute=attributes[key], cls=classes[key], module=modules[key], operations=operations
        )
        for key, operations in members.items()
    ]


def _group_candidates(text: str) -> list[str]:
    tries = class_candidates(text, "Api")
    return (
        tries[1:]
        if tries[0] in reserved.GROUP_CLASSES or f"Async{tries[0]}" in reserved.GROUP_CLASSES
        else tries
    )


_METHOD_TAGGED = re.compile(r"[/._:\-\s]+")


def method_text(operation: ir.Operation, tag: str) -> str:
    """What names an operation: its id without the tag in front of it, else method and path."""
    text = operation.operation_id
    if not text:
        return path_text(operation)
    parts = _METHOD_TAGGED.split(text)
    if tag and len(parts) > 1:
        for count in range(1, len(parts)):
            if words.snake(" ".join(parts[:count])) == words.snake(tag):
                rest = " ".join(parts[count:])
                return rest if words.words(rest) else text
    return text


def path_text(operation: ir.Operation) -> str:
    """``get pets by id`` for ``GET /pets/{id}``."""
    path = re.sub(r"\{([^{}]*)\}", r" by \1 ", operation.path)
    return f"{operation.method.lower()} {path} {operation.fragment}"


def _calls(
    groups: list[Group], overrides: Mapping[str, str], lock: Lock, made: dict[str, Any]
) -> dict[str, Call]:
    calls: dict[str, Call] = {}
    made["operations"], made["arguments"] = {}, {}
    arguments = lock.get("arguments")
    arguments = arguments if isinstance(arguments, Mapping) else {}
    for group in groups:

        def candidates(key: str, one: ir.Operation, tag: str = group.tag) -> list[str]:
            override = overrides.get(key) or one.name_override
            tries = variable(method_text(one, tag), "call", override)
            return [*tries[:2], words.snake(path_text(one)), words.snake_spelled(path_text(one)), *tries[2:]]

        keys = {one.id: one for one in group.operations}
        scope = Scope(reserved.METHODS)
        methods = settle_all(scope, keys, candidates, lock=lock.get("operations"), fallback="call")
        for key, operation in keys.items():
            names = _arguments(operation, overrides, arguments.get(key))
            calls[key] = Call(method=methods[key], arguments=names)
            made["operations"][key] = methods[key]
            if is_polled(operation):
                wait = scope.settle(
                    f"{key} wait", _kept_first(lock, key, waiting_names(methods[key])), "wait"
                )
                calls[key].wait = made["operations"][f"{key} wait"] = wait
            if kept := {one: name for one, name in names.items() if one.partition(":")[2] != name}:
                made["arguments"][key] = kept
    return calls


def _kept_first(lock: Lock, key: str, tries: list[str]) -> list[str]:
    operations = lock.get("operations")
    kept = operations.get(f"{key} wait") if isinstance(operations, Mapping) else None
    return [kept, *tries] if isinstance(kept, str) else tries


def _arguments(operation: ir.Operation, overrides: Mapping[str, str], lock: Any) -> dict[str, str]:
    keys = {f"{one.location}:{one.name}": one for one in operation.parameters}

    def candidates(key: str, one: ir.Parameter) -> list[str]:
        override = overrides.get(f"{operation.id} {one.location} {one.name}") or one.name_override
        tries = variable(one.name, "param", override)
        return [*tries[:1], f"{tries[0]}_{one.location}", *tries[1:]]

    scope = Scope(reserved.PARAMETERS)
    return settle_all(scope, keys, candidates, lock=lock, fallback="param")
