"""Operations: paths, webhooks and callbacks, with what a path item says for all of its operations."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.bodies import request_body, swagger_body
from bindwright.ir.lowering.operations.inline_names import METHODS, worded
from bindwright.ir.lowering.operations.parameters import is_ignored_header, parameter
from bindwright.ir.lowering.operations.responses import responses
from bindwright.ir.lowering.passes.info import requirements, servers, swagger_servers
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import (
    extensions,
    mapping,
    names_asked_for,
    prose,
    sequence,
    text,
    text_or_none,
    true,
)
from bindwright.ir.model import Operation, Parameter
from bindwright.openapi.path_templates import parameter_of

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
    context: Lowering, raw: Any, location: Location, mark: str = "", level: int = 0
) -> list[Operation]:
    operations: list[Operation] = []
    if raw is not None and not isinstance(raw, dict):
        context.degrade("invalid-paths", f"`{location.pointer[1:]}` is not an object", location)
    for key, item in mapping(raw).items():
        name = text(key)
        if name[:2] != "x-":
            operations += _path(context, name, item, location.down("/" + escape(name)), mark, level)
    return operations


def _path(
    context: Lowering, key: str, item: Any, location: Location, mark: str, level: int
) -> list[Operation]:
    if not isinstance(item, dict):
        if item is not None:
            context.degrade("invalid-path-item", "a path item is not an object", location)
        return []
    homes = [(item, location)]
    if "$ref" in item:
        target = follow(context, item["$ref"], location)
        if target is None:
            context.degrade("unresolved-reference", "the operations of this path are unknown", location)
        elif isinstance(target[0], dict):
            homes.append(target)
    operations: list[Operation] = []
    described: list[dict[str, Any]] = []
    for method, raw, place in _methods(context, homes):
        operations.append(_operation(context, key, method, raw, place, homes, mark, level))
        described.append(raw)
    _report_unused_prose(context, homes, described)
    return operations


def _report_unused_prose(
    context: Lowering, homes: list[tuple[dict[str, Any], Location]], operations: list[dict[str, Any]]
) -> None:
    """What a path says of all its operations (OpenAPI 3.2.0, Path Item Object) is said of those that say nothing."""
    for item, location in homes:
        for keyword in ("summary", "description"):
            if item.get(keyword) and all(text(operation.get(keyword)) for operation in operations):
                context.note(
                    "unread-keyword",
                    f"`{keyword}` of a path whose operations all have their own: no effect",
                    location,
                )


def _methods(
    context: Lowering, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[str, dict[str, Any], Location]]:
    """The operations of a path item: what stands beside a ``$ref`` wins over what is referred to."""
    result: dict[str, tuple[str, dict[str, Any], Location]] = {}
    for item, location in homes:
        named = [(key, key.upper(), "/" + text(key)) for key in item if key in METHODS]
        extra = mapping(item.get("additionalOperations"))
        named += [(key, text(key), "/additionalOperations/" + escape(text(key))) for key in extra]
        for key, method, tail in named:
            raw = item[key] if tail.count("/") == 1 else extra[key]
            if isinstance(raw, dict):
                result.setdefault(method, (method, raw, location.down(tail)))
            elif raw is not None:
                context.degrade("invalid-operation", f"`{text(key)}` is not an operation", location)
    return list(result.values())


def _operation(
    context: Lowering,
    key: str,
    method: str,
    operation_object: dict[str, Any],
    place: Location,
    homes: list[tuple[dict[str, Any], Location]],
    mark: str,
    level: int,
) -> Operation:
    # Keys of callbacks are expressions, in which `#` is not the mark of a fragment.
    path, _, fragment = (key, "", "") if mark else key.partition("#")
    operation = Operation(
        id=f"{mark}{method} {key}", method=method, path=path, fragment=fragment, place=place.place
    )
    location = worded(place, operation_object, method, path, fragment)
    context.homes.setdefault(place.id, []).append(operation)
    around, context.operation = context.operation, operation
    _prose(context, operation, operation_object, homes)
    raw = _parameters(context, operation_object, location, homes)
    operation.parameters = [parameter for _, parameter in raw]
    if context.swagger:
        bodies = _swagger_parameters(context, operation_object, location, homes)
        consumes = operation_object.get("consumes", context.root.get("consumes"))
        operation.body = swagger_body(
            context, bodies, [text(value) for value in sequence(consumes)], location
        )
    elif "requestBody" in operation_object:
        operation.body = request_body(
            context, operation_object["requestBody"], location.down("/requestBody", "body")
        )
    produces = [
        text(value) for value in sequence(operation_object.get("produces", context.root.get("produces")))
    ]
    operation.responses = responses(context, operation_object.get("responses"), produces, location)
    operation.security = requirements(context, operation_object.get("security"), location)
    operation.servers = _servers(context, operation_object, homes)
    operation.callbacks = _callbacks(context, operation_object, location, operation.id, level)
    context.operation = around
    _templates(context, operation, location, mark)
    return operation


def _prose(
    context: Lowering, operation: Operation, raw: dict[str, Any], homes: list[tuple[dict[str, Any], Location]]
) -> None:
    name = raw.get("operationId")
    operation.operation_id = text_or_none(name)
    operation.tags = [text(value) for value in sequence(raw.get("tags")) if text(value)]
    operation.summary = text(raw.get("summary")) or next((text(home.get("summary")) for home, _ in homes), "")
    operation.doc = prose(raw, next((text(home.get("description")) for home, _ in homes), ""))
    operation.deprecated = true(raw.get("deprecated"))
    operation.extensions = extensions(raw, _READ)
    options = context.options
    operation.names = names_asked_for(raw, options.names.get(operation.id))
    key = operation.operation_id or operation.id
    operation.pagination = options.pagination.get(
        operation.id, options.pagination.get(key, raw.get("x-pagination"))
    )
    operation.poll = options.poll.get(operation.id, options.poll.get(key, raw.get("x-poll")))


def _raw_parameters(
    context: Lowering, raw: dict[str, Any], location: Location, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[Any, Location]]:
    """Raw parameters, those of the path first, each with its location."""
    parameters: list[tuple[Any, Location]] = []
    holders = [(item, Location(place.file, place.pointer, None, location)) for item, place in homes[::-1]]
    for holder, place in [*holders, (raw, location)]:
        listed = holder.get("parameters")
        if isinstance(listed, dict):
            context.degrade("invalid-parameters", "`parameters` is not a list", place)
            listed = list(listed.values())
        for index, value in enumerate(sequence(listed)):
            parameters.append((value, place.down(f"/parameters/{index}")))
    return parameters


def _parameters(
    context: Lowering, raw: dict[str, Any], location: Location, homes: list[tuple[dict[str, Any], Location]]
) -> list[tuple[tuple[str, str], Parameter]]:
    """Parameters; those of the operation take the place of the path's of the same name and location."""
    parameters: dict[tuple[str, str], Parameter] = {}
    lists: dict[tuple[str, str], str] = {}
    for written, place in _raw_parameters(context, raw, location, homes):
        if context.swagger and _bodily(context, written, place):
            continue
        result = parameter(context, written, place)
        if result is not None and not is_ignored_header(context, result, place):
            key, listed = (result.name, result.location), place.pointer.rpartition("/")[0]
            if lists.get(key) == listed:
                message = f"`{result.name[:60]}` is there twice in {result.location}: the last one counts"
                context.warn("duplicate-parameter", message, place, "remove one")
            parameters[key], lists[key] = result, listed
    return list(parameters.items())


def _raw(context: Lowering, written: Any, place: Location) -> tuple[Any, Location]:
    if isinstance(written, dict) and "$ref" in written:
        target = (
            context.document.follow(written["$ref"], place.source_place)
            if isinstance(written["$ref"], str)
            else None
        )
        if target is not None:
            return target[0], Location(target[1].file, target[1].pointer, None, place)
    return written, place


def _bodily(context: Lowering, written: Any, place: Location) -> bool:
    return mapping(_raw(context, written, place)[0]).get("in") in ("body", "formData")


def _swagger_parameters(
    context: Lowering,
    operation_object: dict[str, Any],
    location: Location,
    homes: list[tuple[dict[str, Any], Location]],
) -> list[tuple[dict[str, Any], Location]]:
    parameters: dict[Any, tuple[dict[str, Any], Location]] = {}
    for written, place in _raw_parameters(context, operation_object, location, homes):
        raw, where = _raw(context, written, place)
        if mapping(raw).get("in") in ("body", "formData"):
            parameters[text(raw.get("name")), raw["in"]] = (raw, where)
    return list(parameters.values())


def _servers(context: Lowering, raw: dict[str, Any], homes: list[tuple[dict[str, Any], Location]]) -> Any:
    if context.swagger:
        schemes = raw.get("schemes")
        return swagger_servers(context.root, schemes) if schemes else []
    for holder in [raw, *(item for item, _ in homes)]:
        if isinstance(holder.get("servers"), list) and holder["servers"]:
            return servers(holder["servers"])
    return []


def _callbacks(
    context: Lowering, raw: dict[str, Any], location: Location, home: str, level: int
) -> list[Operation]:
    callbacks: list[Operation] = []
    if level >= _MAX_CALLBACKS and raw.get("callbacks"):
        context.degrade("too-deep", "callbacks of callbacks of callbacks are left out", location)
        return callbacks
    for name, written in mapping(raw.get("callbacks")).items():
        item, place = written, location.down("/callbacks/" + escape(text(name)), text(name))
        if isinstance(item, dict) and "$ref" in item:
            item, place = follow(context, item["$ref"], place) or ({}, place)
            place.word = place.word or place.pointer.rpartition("/")[2]
        for callback in _items(context, item, place, f"{home} callback {text(name)} ", level + 1):
            callback.callback = text(name)
            callbacks.append(callback)
    return callbacks


def _templates(context: Lowering, operation: Operation, location: Location, mark: str) -> None:
    """The path parameters are those of the template.

    One that nobody describes is text (the call cannot do without it). One that the template does not have can be
    neither sent nor received, so it is left out (OpenAPI 3.2.0, Parameter Object, `name`); validation reports it.
    """
    from bindwright.ir.lowering.scalars import intern
    from bindwright.ir.model import Use

    if mark:
        return
    declared = {parameter.name for parameter in operation.parameters if parameter.location == "path"}
    operation.path = _TEMPLATE.sub(lambda match: f"{{{parameter_of(match[1], declared)}}}", operation.path)
    template_names = _TEMPLATE.findall(operation.path)
    operation.parameters = [
        parameter
        for parameter in operation.parameters
        if parameter.location != "path" or parameter.name in template_names
    ]
    names = {parameter.name for parameter in operation.parameters if parameter.location == "path"}
    for name in template_names:
        if name not in names:
            names.add(name)
            context.warn(
                "path-parameter-missing", f"`{{{name}}}` is not described: text is assumed", location
            )
            operation.parameters.append(
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
    first: dict[str, str] = {}
    for operation in operations:
        if (
            operation.operation_id is not None
            and first.setdefault(operation.operation_id, operation.id) != operation.id
        ):
            other = first[operation.operation_id]
            location = Location(operation.place.file, operation.place.pointer + "/operationId")
            context.warn(
                "duplicate-operation-id", f"`{operation.operation_id}` is the id of {other} too", location
            )
