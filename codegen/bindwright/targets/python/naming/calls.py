"""Names of tags, operations and their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct, field

from bindwright.ir import model as ir
from bindwright.ir.lowering.operations.operation_ids import short_operation_id
from bindwright.targets.naming import words
from bindwright.targets.naming.candidates import Candidates
from bindwright.targets.naming.groups import grouping, spelled
from bindwright.targets.naming.paths import path_text
from bindwright.targets.naming.scope import (
    Followed,
    LockedNames,
    NameScope,
    aliases_in,
    settle_all,
    settle_followed,
)
from bindwright.targets.python.naming import reserved
from bindwright.targets.python.naming.candidates import (
    class_candidates,
    kept,
    variable,
    with_more,
)
from bindwright.targets.python.naming.vendor_extensions import is_polled, waiting_names

UNTAGGED = "default"


class TagGroup(Struct, kw_only=True):
    """One tag's class."""

    tag: str
    attribute: str
    cls: str
    module: str
    operations: list[ir.Operation] = field(default_factory=list)
    aliases: list[str] = []
    """Older names of the attribute, deprecated."""


class CallNames(Struct, kw_only=True):
    """One operation's public names: method, and parameters by ``"location:name"``."""

    method: str
    arguments: dict[str, str]
    aliases: list[str] = []
    """Older names of the method, deprecated."""
    argument_aliases: dict[str, list[str]] = {}
    """Older names of its arguments, deprecated, by the keys of `arguments`."""
    wait: str = ""
    """The method that waits until the operation's state says done; empty without ``x-poll``."""


def groups_of(
    api: ir.Api,
    package: str,
    overrides: Mapping[str, str],
    lock: LockedNames,
    names: dict[str, Any],
    group_by: str = "tag",
) -> list[TagGroup]:
    members: dict[str, list[ir.Operation]] = {}
    group_of = grouping(api, group_by, lock.get("groups"))
    for operation in api.operations:
        members.setdefault(group_of(operation), []).append(operation)
    texts = {key: overrides.get(f"tag {key}") or spelled(key) or UNTAGGED for key in members}
    attributes, aliases = _group_attributes(texts, overrides, lock)
    classes = settle_all(
        NameScope(reserved.GROUP_CLASSES), members, lambda key, _: _group_candidates(texts[key]),
        lock=lock.get("group_classes"), fallback="Api",
    )  # fmt: skip
    longest = min(words.LONGEST, 100 - len(package) - len("/api/.py") - 8)
    modules = settle_all(
        NameScope(reserved.MODULES, fold=True), members,
        lambda key, _: [name for name in [words.ascii_only(attributes[key])[:longest].strip("_")] if name[:1].isalpha()],
        lock=lock.get("group_modules"), fallback="api",
    )  # fmt: skip
    names["aliases"]["groups"] = aliases
    names["groups"], names["group_classes"], names["group_modules"] = kept(attributes), classes, kept(modules)
    return [
        TagGroup(
            aliases=aliases.get(key, []), tag=key, attribute=attributes[key], cls=classes[key], module=modules[key],
            operations=operations,
        )
        for key, operations in members.items()
    ]  # fmt: skip


def _group_attributes(texts: Mapping[str, str], overrides: Mapping[str, str], lock: LockedNames) -> Followed:
    chosen = {key: [overrides[f"tag {key}"]] for key in texts if f"tag {key}" in overrides}
    locked = lock.get("groups")
    if isinstance(locked, Mapping):  # without the tags that are spelled as their attributes
        locked = {key: key for key in chosen} | dict(locked)
    return settle_followed(
        NameScope(reserved.GROUPS), texts, lambda _, text: variable(text, "api"), chosen=chosen,
        aliases=aliases_in(lock, "groups"), lock=locked, fallback="api",
    )  # fmt: skip


def _group_candidates(text: str) -> list[str]:
    tries = list(dict.fromkeys(class_candidates(text, "Api")))
    return (
        tries[1:]
        if tries[0] in reserved.GROUP_CLASSES or f"Async{tries[0]}" in reserved.GROUP_CLASSES
        else tries
    )


_METHOD_TAGGED = re.compile(r"[/._:\-\s]+")
_METHOD_DOTTED = re.compile(r"[/.:]+")


def method_text(operation: ir.Operation, tag: str, short: Mapping[str, str]) -> str:
    """What names an operation: its id without the tag in front of it, else method and path."""
    text = operation.operation_id
    if not text:
        return short.get(operation.id) or path_text(operation)
    text = short_operation_id(text, operation.path, operation.method)
    parts = _METHOD_TAGGED.split(text)
    if tag and len(parts) > 1:
        for count in range(1, len(parts)):
            if words.snake(" ".join(parts[:count])) == words.snake(tag):
                rest = " ".join(parts[count:])
                return rest if words.words(rest) else text
        # ``gmail.users.drafts.list`` of the tag ``users``: what stands before the tag names the whole API.
        dotted = _METHOD_DOTTED.split(text)
        if len(dotted) > 2 and words.snake(dotted[1]) == words.snake(tag):
            rest = " ".join(dotted[2:])
            return rest if words.words(rest) else text
    return text


def _path_names(operation: ir.Operation) -> Iterator[str]:
    text = path_text(operation)
    yield words.snake(text)
    yield words.snake_spelled(text)


def calls_of(
    groups: list[TagGroup],
    overrides: Mapping[str, str],
    lock: LockedNames,
    locked_names: dict[str, Any],
    short: Mapping[str, str],
) -> dict[str, CallNames]:
    """The names of all operations; ``short`` has texts that name those whose whole path would be too much."""
    calls: dict[str, CallNames] = {}
    locked_names["operations"], locked_names["arguments"], locked_names["operation_ids"] = {}, {}, {}
    locked_names["aliases"]["arguments"] = {}
    arguments = lock.get("arguments")
    arguments = arguments if isinstance(arguments, Mapping) else {}
    for group in groups:

        def candidates(key: str, operation: ir.Operation, tag: str = spelled(group.tag)) -> Candidates:
            override = overrides.get(key) or ir.name_asked_for(operation.names, "python")
            return with_more(
                variable(method_text(operation, tag, short), "call", override),
                _path_names(operation),
                after=2,
            )

        keys = {operation.id: operation for operation in group.operations}
        scope = NameScope(reserved.METHODS)
        methods, aliases = settle_followed(
            scope, keys, candidates, chosen=_chosen_methods(group, overrides, lock), fallback="call",
            aliases=aliases_in(lock, "operations"), lock=lock.get("operations"),
        )  # fmt: skip
        locked_names["aliases"]["operations"] |= aliases
        for key, operation in keys.items():
            names, older = _arguments(
                operation, overrides, arguments.get(key), aliases_in(lock, "arguments").get(key)
            )
            calls[key] = CallNames(
                method=methods[key], arguments=names, aliases=aliases.get(key, []), argument_aliases=older
            )
            if older:
                locked_names["aliases"]["arguments"][key] = older
            locked_names["operation_ids"][key] = operation.operation_id or ""
            locked_names["operations"][key] = methods[key]
            if is_polled(operation):
                wait = scope.settle(
                    f"{key} wait", _kept_first(lock, key, waiting_names(methods[key])), "wait"
                )
                calls[key].wait = locked_names["operations"][f"{key} wait"] = wait
            if names:  # all of them: a parameter that gets a namesake in another place keeps its argument
                locked_names["arguments"][key] = names
    return calls


def _chosen_methods(
    group: TagGroup, overrides: Mapping[str, str], lock: LockedNames
) -> dict[str, Iterable[str]]:
    """Names that are asked for: by configuration or the document, or by an ``operationId`` that has changed."""
    operation_ids = lock.get("operation_ids")
    operation_ids = operation_ids if isinstance(operation_ids, Mapping) else {}
    chosen: dict[str, Iterable[str]] = {}
    for operation in group.operations:
        key = operation.id
        if name := overrides.get(key) or ir.name_asked_for(operation.names, "python"):
            chosen[key] = [name]
        elif (
            operation.operation_id
            and operation_ids.get(key, operation.operation_id) != operation.operation_id
        ):
            chosen[key] = islice(variable(method_text(operation, spelled(group.tag), {}), "call"), 1)
    return chosen


def _kept_first(lock: LockedNames, key: str, tries: list[str]) -> list[str]:
    operations = lock.get("operations")
    kept = operations.get(f"{key} wait") if isinstance(operations, Mapping) else None
    return [kept, *tries] if isinstance(kept, str) else tries


def _arguments(operation: ir.Operation, overrides: Mapping[str, str], lock: Any, aliases: Any) -> Followed:
    keys = {f"{parameter.location}:{parameter.name}": parameter for parameter in operation.parameters}

    def candidates(key: str, parameter: ir.Parameter) -> Candidates:
        override = overrides.get(
            f"{operation.id} {parameter.location} {parameter.name}"
        ) or ir.name_asked_for(parameter.names, "python")
        tries = variable(parameter.name, "param", override)
        return with_more(tries, (f"{first}_{parameter.location}" for first in islice(tries, 1)), after=1)

    chosen = {
        key: [name]
        for key, parameter in keys.items()
        if (
            name := overrides.get(f"{operation.id} {parameter.location} {parameter.name}")
            or ir.name_asked_for(parameter.names, "python")
        )
    }
    scope = NameScope(reserved.PARAMETERS)
    return settle_followed(
        scope,
        keys,
        candidates,
        chosen=chosen,
        aliases=aliases,
        lock=lock,
        fallback="param",
        rank=_location_rank,
    )


_LOCATIONS = ("path", "query", "querystring", "header", "cookie")


def _location_rank(key: str) -> int:
    """Of namesakes, the one that stands nearest to the front of a request gets the short name."""
    return _LOCATIONS.index(key.partition(":")[0])
