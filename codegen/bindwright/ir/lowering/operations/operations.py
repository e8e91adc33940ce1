"""Operations: paths, webhooks and callbacks, with what a path item says for all of its operations."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.bodies import request_body, swagger_body
from bindwright.ir.lowering.operations.inline_names import METHODS, worded
from bindwright.ir.lowering.operations.parameters import parameter
from bindwright.ir.lowering.operations.responses import responses
from bindwright.ir.lowering.passes.info import requirements, servers, swagger_servers
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, sequence, text, text_or_none, true
from bindwright.ir.model import Operation, Parameter

_READ = frozenset({"x-pagination", "x-poll", "x-bindwright-name"})
_MAX_CALLBACKS = 3
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


def lower_operations(context: Lowering) -> None:
    """All operations and webhooks of the document."""
    root = context.root
    context.api.operations = _items(context, root.get("paths"), Location("", "/paths"))
    webhooks = root.get("webhooks") or root.get("x-webhooks")
    head = "/webhooks" if root.get("webhooks") else "/x-webhooks"
    context.api.webhooks = _items(context, webhooks, Location("", head), "webhook ")
    _clashes(context, context.api.operations)


def _items(
    context: Lowering, given: Any, location: Location, mark: str = "", level: int = 0
) -> list[Operation]:
    found: list[Operation] = []
    if given is not None and not isinstance(given, dict):
        context.degrade("invalid-paths", f"`{location.pointer[1:]}` is not an object", location)
    for key, item in mapping(given).items():
        name = text(key)
        if name[:2] != "x-":
            found += _path(context, name, item, location.down("/" + escape(name)), mark, level)
    return found


def _path(
    context: Lowering, key: str, item: Any, location: Location, mark: str, level: int
) -> list[Operation]:
    if not isinstance(item, dict):
        if item is not None:
            context.degrade("invalid-path-item", "a path item is not an object", location)
        return []
    homes = [(item, location)]
    if "$ref" in item:
        found = follow(context, item["$ref"], location)
        if found is None:
            context.degrade("unresolved-reference", "the operations of this path are unknown", location)
        elif isinstance(found[0], dict):
            homes.append(found)
    made: list[Operation] = []
    for method, given, at in _methods(context, homes):
        made.append(_operation(context, key, method, given, at, homes, mark, level))
    return made


def _methods(
    context: Lowering, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[str, dict[str, Any], Location]]:
    """The operations of a path item: what stands beside a ``$ref`` wins over what is referred to."""
    found: dict[str, tuple[str, dict[str, Any], Location]] = {}
    for item, location in homes:
        named = [(one, one.upper(), "/" + text(one)) for one in item if one in METHODS]
        extra = mapping(item.get("additionalOperations"))
        named += [(one, text(one), "/additionalOperations/" + escape(text(one))) for one in extra]
        for key, method, tail in named:
            given = item[key] if tail.count("/") == 1 else extra[key]
            if isinstance(given, dict):
                found.setdefault(method, (method, given, location.down(tail)))
            elif given is not None:
                context.degrade("invalid-operation", f"`{text(key)}` is not an operation", location)
    return list(found.values())


def _operation(
    context: Lowering,
    key: str,
    method: str,
    given: dict[str, Any],
    at: Location,
    homes: list[tuple[dict[str, Any], Location]],
    mark: str,
    level: int,
) -> Operation:
    # Keys of callbacks are expressions, in which `#` is not the mark of a fragment.
    path, _, fragment = (key, "", "") if mark else key.partition("#")
    made = Operation(id=f"{mark}{method} {key}", method=method, path=path, fragment=fragment, place=at.place)
    location = worded(at, given, method, path, fragment)
    context.homes.setdefault(at.id, []).append(made)
    around, context.operation = context.operation, made
    _prose(context, made, given, homes)
    raw = _parameters(context, given, location, homes)
    made.parameters = [one for _, one in raw]
    if context.swagger:
        bodies = _swagger_parameters(context, given, location, homes)
        consumes = given.get("consumes", context.root.get("consumes"))
        made.body = swagger_body(context, bodies, [text(one) for one in sequence(consumes)], location)
    elif "requestBody" in given:
        made.body = request_body(context, given["requestBody"], location.down("/requestBody", "body"))
    produces = [text(one) for one in sequence(given.get("produces", context.root.get("produces")))]
    made.responses = responses(context, given.get("responses"), produces, location)
    made.security = requirements(context, given.get("security"), location)
    made.servers = _servers(context, given, homes)
    made.callbacks = _callbacks(context, given, location, made.id, level)
    context.operation = around
    _templates(context, made, location, mark)
    return made


def _prose(
    context: Lowering, made: Operation, given: dict[str, Any], homes: list[tuple[dict[str, Any], Location]]
) -> None:
    name = given.get("operationId")
    made.operation_id = text_or_none(name)
    made.tags = [text(one) for one in sequence(given.get("tags")) if text(one)]
    made.summary = text(given.get("summary")) or next((text(one.get("summary")) for one, _ in homes), "")
    made.doc = text(given.get("description")) or next((text(one.get("description")) for one, _ in homes), "")
    made.deprecated = true(given.get("deprecated"))
    made.extensions = extensions(given, _READ)
    options = context.options
    override = given.get("x-bindwright-name")
    made.name_override = options.names.get(made.id) or (override if isinstance(override, str) else None)
    known = made.operation_id or made.id
    made.pagination = options.pagination.get(
        made.id, options.pagination.get(known, given.get("x-pagination"))
    )
    made.poll = options.poll.get(made.id, options.poll.get(known, given.get("x-poll")))


def _given_parameters(
    context: Lowering, given: dict[str, Any], location: Location, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[Any, Location]]:
    """Raw parameters, those of the path first, each with its location."""
    found: list[tuple[Any, Location]] = []
    holders = [(item, Location(at.file, at.pointer, None, location)) for item, at in reversed(homes)]
    for holder, at in [*holders, (given, location)]:
        listed = holder.get("parameters")
        if isinstance(listed, dict):
            context.degrade("invalid-parameters", "`parameters` is not a list", at)
            listed = list(listed.values())
        for index, one in enumerate(sequence(listed)):
            found.append((one, at.down(f"/parameters/{index}")))
    return found


def _parameters(
    context: Lowering, given: dict[str, Any], location: Location, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[tuple[str, str], Parameter]]:
    """Parameters; those of the operation take the place of the path's of the same name and location."""
    found: dict[tuple[str, str], Parameter] = {}
    lists: dict[tuple[str, str], str] = {}
    for one, at in _given_parameters(context, given, location, homes):
        if context.swagger and _bodily(context, one, at):
            continue
        made = parameter(context, one, at)
        if made is not None:
            key, listed = (made.name, made.location), at.pointer.rpartition("/")[0]
            if lists.get(key) == listed:
                message = f"`{made.name[:60]}` is there twice in {made.location}: the last one counts"
                context.warn("duplicate-parameter", message, at, "remove one")
            found[key], lists[key] = made, listed
    return list(found.items())


def _raw(context: Lowering, one: Any, at: Location) -> tuple[Any, Location]:
    if isinstance(one, dict) and "$ref" in one:
        found = (
            context.document.follow(one["$ref"], at.source_place) if isinstance(one["$ref"], str) else None
        )
        if found is not None:
            return found[0], Location(found[1].file, found[1].pointer, None, at)
    return one, at


def _bodily(context: Lowering, one: Any, at: Location) -> bool:
    return mapping(_raw(context, one, at)[0]).get("in") in ("body", "formData")


def _swagger_parameters(
    context: Lowering, given: dict[str, Any], location: Location, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[dict[str, Any], Location]]:
    found: dict[Any, tuple[dict[str, Any], Location]] = {}
    for one, at in _given_parameters(context, given, location, homes):
        raw, where = _raw(context, one, at)
        if mapping(raw).get("in") in ("body", "formData"):
            found[text(raw.get("name")), raw["in"]] = (raw, where)
    return list(found.values())


def _servers(context: Lowering, given: dict[str, Any], homes: list[tuple[dict[str, Any], Location]]) -> Any:
    if context.swagger:
        schemes = given.get("schemes")
        return swagger_servers(context.root, schemes) if schemes else []
    for holder in [given, *(item for item, _ in homes)]:
        if isinstance(holder.get("servers"), list) and holder["servers"]:
            return servers(holder["servers"])
    return []


def _callbacks(
    context: Lowering, given: dict[str, Any], location: Location, home: str, level: int
) -> list[Operation]:
    found: list[Operation] = []
    if level >= _MAX_CALLBACKS and given.get("callbacks"):
        context.degrade("too-deep", "callbacks of callbacks of callbacks are left out", location)
        return found
    for name, written in mapping(given.get("callbacks")).items():
        item, at = written, location.down("/callbacks/" + escape(text(name)), text(name))
        if isinstance(item, dict) and "$ref" in item:
            item, at = follow(context, item["$ref"], at) or ({}, at)
            at.word = at.word or at.pointer.rpartition("/")[2]
        for one in _items(context, item, at, f"{home} callback {text(name)} ", level + 1):
            one.extensions = {"x-callback-name": text(name), **one.extensions}
            found.append(one)
    return found


def _templates(context: Lowering, made: Operation, location: Location, mark: str) -> None:
    """Path parameters that the template has and nobody describes are text (the call cannot do without)."""
    from bindwright.ir.lowering.scalars import intern
    from bindwright.ir.model import Use

    if mark:
        return
    known = {one.name for one in made.parameters if one.location == "path"}
    for name in _TEMPLATE.findall(made.path):
        if name not in known:
            known.add(name)
            context.warn(
                "path-parameter-missing", f"`{{{name}}}` is not described: text is assumed", location
            )
            made.parameters.append(
                Parameter(
                    name=name,
                    location="path",
                    use=Use(type=intern(context, "string", {})),
                    required=True,
                    style="simple",
                    explode=False,
                    place=location.place,
                )
            )


def _clashes(context: Lowering, operations: list[Operation]) -> None:
    seen: dict[str, str] = {}
    for one in operations:
        if one.operation_id is not None and seen.setdefault(one.operation_id, one.id) != one.id:
            other = seen[one.operation_id]
            location = Location(one.place.file, one.place.pointer + "/operationId")
            context.warn("duplicate-operation-id", f"`{one.operation_id}` is the id of {other} too", location)
