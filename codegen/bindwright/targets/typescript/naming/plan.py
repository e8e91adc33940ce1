"""The public names of everything in an `Api`, for TypeScript: one pass before anything is written.

Names come from the words that the IR settled; the lock keeps those that were given out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from bindwright.ir import model as ir
from bindwright.targets.naming import words
from bindwright.targets.naming.candidates import Candidates
from bindwright.targets.naming.groups import grouping, spelled
from bindwright.targets.naming.moved_paths import follow_paths
from bindwright.targets.naming.paths import inline_text, short_texts
from bindwright.targets.naming.scope import (
    Followed,
    LockedNames,
    NameScope,
    aliases_in,
    settle_all,
    settle_followed,
    with_older,
)
from bindwright.targets.typescript.naming import reserved
from bindwright.targets.typescript.naming.declared import declared, home_of, is_union_of_derived, two_sided
from bindwright.targets.typescript.naming.lock import read_locked, written

_NOT_ASCII = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_MODULE = 60


class Group(Struct, kw_only=True):
    """Operations with one tag."""

    tag: str
    attribute: str
    """The property of the client."""
    type: str
    """Its interface."""
    operations: list[ir.Operation] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    """Older names of the property, deprecated."""


class OperationNames(Struct, kw_only=True):
    """One operation's public names."""

    function: str
    module: str
    arguments: dict[str, str]
    """Names by ``"location:name"``."""
    headers: str = ""
    """What reads the headers of its answers; empty where the document describes none."""
    aliases: list[str] = field(default_factory=list)
    """Older names of the function, deprecated."""
    older_arguments: dict[str, list[str]] = field(default_factory=dict)
    """Older names of arguments, deprecated, by ``"location:name"``."""


class NamePlan(Struct, kw_only=True):
    """All public names."""

    types: dict[ir.TypeId, str]
    inputs: dict[ir.TypeId, str]
    """Names of the request's form, of those types that have two."""
    bases: dict[ir.TypeId, str]
    """Names of the interfaces of objects whose own name is that of the union of all types derived from them."""
    base_inputs: dict[ir.TypeId, str]
    modules: dict[ir.TypeId, str]
    operations: dict[str, OperationNames]
    groups: list[Group]
    aliases: dict[ir.TypeId, list[str]]
    """Older names of types, deprecated."""
    input_aliases: dict[ir.TypeId, list[str]]
    """Those of the request's form."""
    older_modules: dict[str, str]
    """Older names of modules, to those of today."""
    renamed: list[tuple[str, str]]
    """Names of the last run that another one was asked for in place of, with that one."""
    lock: dict[str, Any]


_OF_OPERATIONS = ("operations", "operation_modules", "arguments", "headers")
"""Sections of the lock whose keys are operations."""


def plan_names(
    api: ir.Api,
    overrides: Mapping[str, str],
    lock: LockedNames,
    group_by: str = "tag",
    older: Mapping[str, Any] | None = None,
) -> NamePlan:
    """Settle every public name of an API.

    Args:
        older: names that things had beside those of the lock, as its section ``aliases`` by ids of this API.
    """
    lock, keys = read_locked(api, lock)
    lock = follow_paths(api, lock, _OF_OPERATIONS)
    locked_aliases = {name: aliases_in(lock, name) for name in lock.get("aliases") or ()}
    if older:
        lock = {**lock, "aliases": with_older(locked_aliases, older)}
    types = declared(api)
    public = NameScope(reserved.TYPES)
    short = _short_texts(api, lock)
    names, aliases = _types(types, overrides, lock, public, short)
    (inputs, input_aliases), bases, base_inputs = _further_types(api, types, names, lock, public)
    functions, function_aliases = _functions(api, overrides, lock, public, short)
    (modules, module_aliases), homes = _modules(api, types, lock, short)
    operations = _operations(api, overrides, lock, Followed(functions, function_aliases), public)
    older_arguments = {key: call.older_arguments for key, call in operations.items() if call.older_arguments}
    headers = {key: call.headers for key, call in operations.items() if call.headers}
    groups = _groups(api, overrides, lock, group_by, public)
    group_aliases = {group.tag: group.aliases for group in groups if group.aliases}
    older_modules = {alias: modules[key] for key, aliases_ in module_aliases.items() for alias in aliases_}
    every = {"types": aliases, "operations": function_aliases, "inputs": input_aliases, "modules": module_aliases, "groups": group_aliases, "arguments": older_arguments}  # fmt: skip
    usual = {name: table for name, table in every.items() if table or name in ("types", "operations")}
    attributes = {group.tag: group.attribute for group in groups}
    tables = [
        ("types", aliases, names),
        ("operations", function_aliases, functions),
        ("groups", group_aliases, attributes),
    ]
    return NamePlan(
        aliases=aliases, input_aliases=input_aliases, older_modules=older_modules, renamed=_all_renamed(locked_aliases, tables, operations),
        types=names, inputs=inputs, bases=bases, base_inputs=base_inputs, modules={key: modules[homes[key]] for key in types}, operations=operations, groups=groups,
        lock=written({
            "types": names, "inputs": inputs, "bases": bases, "base_inputs": base_inputs, "modules": modules, "operations": functions, "operation_modules": {key: call.module for key, call in operations.items()},
            "arguments": {key: call.arguments for key, call in operations.items() if call.arguments},
            **({"headers": headers} if headers else {}),
            **({"aliases": usual} if any(usual.values()) else {}),
            "groups": attributes,
            "group_types": {group.tag: group.type for group in groups},
        }, keys),
    )  # fmt: skip


def _operations(
    api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, functions: Followed, public: NameScope
) -> dict[str, OperationNames]:
    """Names of operations and of what stands in their modules."""
    files = settle_all(
        NameScope(reserved.MODULES, fold=True), functions.names, lambda _, name: [_file(name)],
        lock=lock.get("operation_modules"), fallback="operation",
    )  # fmt: skip
    headers = settle_all(
        public, {operation.id: functions.names[operation.id] for operation in api.operations if any(map(described_headers, operation.responses))},
        lambda _, name: [f"{name}Headers"], lock=lock.get("headers"), fallback="headers",
    )  # fmt: skip
    names: dict[str, OperationNames] = {}
    for operation in api.operations:
        key, arguments = operation.id, _arguments(operation, overrides, lock)
        names[key] = OperationNames(
            function=functions.names[key], module=files[key], arguments=arguments.names, headers=headers.get(key, ""),
            aliases=functions.aliases.get(key, []), older_arguments=arguments.aliases,
        )  # fmt: skip
    return names


def described_headers(response: ir.Response) -> list[ir.Parameter]:
    """The headers that a response describes; the type of its content is none of them (OpenAPI 3.1.1, 4.8.17)."""
    return [header for header in response.headers if header.name.lower() != "content-type"]


def _short_texts(api: ir.Api, lock: LockedNames) -> Mapping[str, str]:
    """Texts of operations without an id to those without what all their paths begin with."""
    locked = lock.get("operations")
    locked = locked if isinstance(locked, Mapping) else {}
    texts = short_texts(
        api, lambda operation: locked.get(operation.id) == camel(_lower(inline_text(operation)))
    )
    return texts.inline


def _lower(text: str) -> str:
    """Words as the IR has them."""
    return " ".join(words.words(text)).lower()


def _shortened(parts: list[str], text: str, short: Mapping[str, str]) -> str:
    """Words of the IR; where they begin with those of a text that is shortened, with those of the short one."""
    whole = " ".join(parts)
    if text in short and f"{whole} ".startswith(f"{_lower(text)} "):
        return _lower(short[text]) + whole[len(_lower(text)) :]
    return whole


def _types(
    types: Mapping[ir.TypeId, ir.AnyType],
    overrides: Mapping[str, str],
    lock: LockedNames,
    public: NameScope,
    short: Mapping[str, str],
) -> Followed:
    chosen = {
        key: [_identifier(_pascal(name))]
        for key, type_ in types.items()
        if (name := _asked_for(type_, overrides))
    }
    return settle_followed(
        public, types, lambda _, type_: Candidates(_type_candidates(type_, overrides, short)), chosen=chosen,
        aliases=aliases_in(lock, "types"), lock=lock.get("types"), fallback="Model",
    )  # fmt: skip


def _further_types(
    api: ir.Api,
    types: Mapping[ir.TypeId, ir.AnyType],
    names: Mapping[ir.TypeId, str],
    lock: LockedNames,
    public: NameScope,
) -> tuple[Followed, dict[ir.TypeId, str], dict[ir.TypeId, str]]:
    """Names of the forms that types have in requests, of the interfaces below unions, and of these in requests."""
    sides = two_sided(api)
    followed = settle_followed(
        public, {key: names[key] for key in types if key in sides}, lambda _, name: [f"{name}Input", f"{name}Request"],
        chosen={}, aliases=aliases_in(lock, "inputs"), lock=lock.get("inputs"), fallback="Input",
    )  # fmt: skip
    inputs = followed.names
    bases = settle_all(
        public, {key: names[key] for key, type_ in types.items() if is_union_of_derived(type_)},
        lambda _, name: [f"{name}Base"], lock=lock.get("bases"), fallback="Base",
    )  # fmt: skip
    base_inputs = settle_all(
        public, {key: name for key, name in bases.items() if key in inputs}, lambda _, name: [f"{name}Input"],
        lock=lock.get("base_inputs"), fallback="BaseInput",
    )  # fmt: skip
    return followed, bases, base_inputs


def _all_renamed(
    earlier: Mapping[str, Any],
    tables: Iterable[tuple[str, Mapping[str, list[str]], Mapping[str, str]]],
    operations: Mapping[str, OperationNames],
) -> list[tuple[str, str]]:
    """Aliases that the lock does not have, with the names that took their places.

    Args:
        earlier: those that it has.
        tables: sections with their aliases and names.
    """
    renamed = [
        pair for section, older, names in tables for pair in _renamed(earlier.get(section), older, names)
    ]
    arguments = earlier.get("arguments") or {}
    for key, call in operations.items():
        renamed += _renamed(arguments.get(key), call.older_arguments, call.arguments)
    return renamed


def _renamed(
    earlier: Any, aliases: Mapping[str, list[str]], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    known = earlier if isinstance(earlier, Mapping) else {}
    for key, older in aliases.items():
        yield from ((alias, names[key]) for alias in older if alias not in (known.get(key) or ()))


def _asked_for(type_: ir.AnyType, overrides: Mapping[str, str]) -> str | None:
    """The name that configuration or document ask for."""
    override = overrides.get(type_.id) or (overrides.get(type_.name) if type_.name else None)
    return override or ir.name_asked_for(type_.names, "typescript")


def _type_candidates(
    type_: ir.AnyType, overrides: Mapping[str, str], short: Mapping[str, str]
) -> Iterator[str]:
    if asked_for := _asked_for(type_, overrides):
        yield _identifier(_pascal(asked_for))
    if type_.name is not None:
        yield _identifier(_pascal(type_.name))
    if short and type_.context:
        yield _identifier(_pascal(_shortened(type_.words, type_.context[0], short)))
    yield _identifier(_pascal(" ".join(type_.words or type_.context)))
    yield _identifier(
        words.pascal_spelled(type_.name) if type_.name else words.pascal_spelled_of(type_.context)
    )


def _pascal(text: str) -> str:
    name = words.pascal(text)
    return name[:1].upper() + name[1:]


def _identifier(name: str) -> str:
    """A name that may begin an identifier; empty where there is none."""
    return f"N{name}" if name[:1].isdigit() else name


def camel(text: str) -> str:
    """``contactListId``; empty where the text has no word."""
    first, *rest = words.words(text) or ("",)
    name = first.lower() + "".join(word[:1].upper() + word[1:] for word in rest)
    if text.isupper():
        name = first.lower() + "".join(word.capitalize() for word in rest)
    return name if len(name) <= words.LONGEST else camel_of_pascal(words.pascal(text))


def camel_of_pascal(name: str) -> str:
    """A name with its first word in small letters."""
    head = re.match(r"[A-Z]+(?![a-z])|[A-Z]", name)
    return name[: head.end()].lower() + name[head.end() :] if head else name


def _functions(
    api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, public: NameScope, short: Mapping[str, str]
) -> Followed:
    scope = NameScope(reserved.FUNCTIONS)
    scope.taken = public.taken
    chosen = {
        operation.id: [camel(name)]
        for operation in api.operations
        if (name := overrides.get(operation.id) or ir.name_asked_for(operation.names, "typescript"))
    }

    def candidates(key: str, operation: ir.Operation) -> Iterator[str]:
        yield from chosen.get(key, ())
        text = operation.operation_id or ""
        for name in (
            camel(_shortened(operation.words, inline_text(operation), short)) if short else "",
            camel(" ".join(operation.words)),
            camel(text),
            camel(f"{operation.method} {operation.path}"),
        ):
            if name and not name[0].isdigit():
                yield name

    return settle_followed(
        scope, {operation.id: operation for operation in api.operations},
        lambda key, operation: Candidates(candidates(key, operation)), chosen=chosen, aliases=aliases_in(lock, "operations"),
        lock=lock.get("operations"), fallback="call",
    )  # fmt: skip


def _arguments(operation: ir.Operation, overrides: Mapping[str, str], lock: LockedNames) -> Followed:
    locked = lock.get("arguments")
    locked = locked.get(operation.id) if isinstance(locked, Mapping) else None
    chosen = {
        f"{parameter.location}:{parameter.name}": [_argument(name)]
        for parameter in operation.parameters
        if (
            name := overrides.get(f"{operation.id} {parameter.location} {parameter.name}")
            or ir.name_asked_for(parameter.names, "typescript")
        )
    }

    def candidates(key: str, parameter: ir.Parameter) -> Iterator[str]:
        yield from chosen.get(key, ())
        for text in (" ".join(parameter.words), parameter.name, words.snake_spelled(parameter.name)):
            if name := _argument(text):
                yield name

    return settle_followed(
        NameScope(reserved.ARGUMENTS),
        {f"{parameter.location}:{parameter.name}": parameter for parameter in operation.parameters},
        lambda key, parameter: Candidates(candidates(key, parameter)),
        chosen=chosen,
        aliases=aliases_in(lock, "arguments").get(operation.id),
        lock=locked,
        fallback="parameter",
    )


def _argument(text: str) -> str:
    name = camel(text)
    return f"p{name}" if name[:1].isdigit() else name


def _modules(
    api: ir.Api, types: Mapping[ir.TypeId, ir.AnyType], lock: LockedNames, short: Mapping[str, str]
) -> tuple[Followed, dict[ir.TypeId, str]]:
    """Names of the modules by their homes, and the home of each type."""
    homes: dict[ir.TypeId, str] = {}
    texts: dict[str, str] = {}
    for key in types:
        homes[key], text = home_of(api, key)
        texts.setdefault(homes[key], short.get(text, text))

    def candidates(key: str, text: str) -> list[str]:
        name = _file(text)
        return [name, f"{name}_bodies" if key.startswith("operation ") else f"{name}_model"] if name else []

    scope = NameScope(reserved.MODULES, fold=True)
    followed = settle_followed(
        scope, texts, candidates, chosen={}, aliases=aliases_in(lock, "modules"), lock=lock.get("modules"), fallback="model",
    )  # fmt: skip
    return followed, homes


def _file(text: str) -> str:
    name = _NOT_ASCII.sub("_", words.snake(words.ascii_only(re.sub(r"[^\w]+", "_", text)))).strip("_")
    name = name[:_LONGEST_MODULE].rstrip("_")
    return name if name[:1].isalpha() else f"n{name}" if name else ""


def _groups(
    api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, group_by: str, public: NameScope
) -> list[Group]:
    members: dict[str, list[ir.Operation]] = {}
    group_of = grouping(api, group_by, lock.get("groups"))
    for operation in api.operations:
        members.setdefault(group_of(operation), []).append(operation)

    def attribute_names(tag: str, _: object) -> list[str]:
        return [_attribute(overrides.get(f"tag {tag}") or spelled(tag) or "api")]

    def type_names(tag: str, _: object) -> list[str]:
        return [f"{_identifier(_pascal(spelled(tag) or 'Default'))}Operations"]

    attributes, aliases = settle_followed(
        NameScope(reserved.GROUPS), members, attribute_names, aliases=aliases_in(lock, "groups"), lock=lock.get("groups"),
        chosen={tag: [_attribute(overrides[f"tag {tag}"])] for tag in members if overrides.get(f"tag {tag}")}, fallback="api",
    )  # fmt: skip
    types = settle_all(public, members, type_names, lock=lock.get("group_types"), fallback="Operations")
    return [
        Group(
            tag=tag,
            attribute=attributes[tag],
            type=types[tag],
            operations=operations,
            aliases=aliases.get(tag, []),
        )
        for tag, operations in members.items()
    ]


def _attribute(text: str) -> str:
    name = camel(text)
    return f"api{name}" if name[:1].isdigit() else name
