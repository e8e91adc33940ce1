"""Operations: paths, webhooks and callbacks, with what a path item says for all of its operations."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Spot, escape
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


def lower_operations(low: Lowering) -> None:
    """All operations and webhooks of the document."""
    root = low.root
    low.api.operations = _items(low, root.get("paths"), Spot("", "/paths"))
    webhooks = root.get("webhooks") or root.get("x-webhooks")
    head = "/webhooks" if root.get("webhooks") else "/x-webhooks"
    low.api.webhooks = _items(low, webhooks, Spot("", head), "webhook ")
    _clashes(low, low.api.operations)


def _items(low: Lowering, given: Any, spot: Spot, mark: str = "", level: int = 0) -> list[Operation]:
    found: list[Operation] = []
    if given is not None and not isinstance(given, dict):
        low.degrade("invalid-paths", f"`{spot.pointer[1:]}` is not an object", spot)
    for key, item in mapping(given).items():
        name = text(key)
        if name[:2] != "x-":
            found += _path(low, name, item, spot.down("/" + escape(name)), mark, level)
    return found


def _path(low: Lowering, key: str, item: Any, spot: Spot, mark: str, level: int) -> list[Operation]:
    if not isinstance(item, dict):
        if item is not None:
            low.degrade("invalid-path-item", "a path item is not an object", spot)
        return []
    homes = [(item, spot)]
    if "$ref" in item:
        found = follow(low, item["$ref"], spot)
        if found is None:
            low.degrade("unresolved-reference", "the operations of this path are unknown", spot)
        elif isinstance(found[0], dict):
            homes.append(found)
    made: list[Operation] = []
    for method, given, at in _methods(low, homes):
        made.append(_operation(low, key, method, given, at, homes, mark, level))
    return made


def _methods(
    low: Lowering, homes: list[tuple[dict[str, Any], Spot]]
) -> list[tuple[str, dict[str, Any], Spot]]:
    """The operations of a path item: what stands beside a ``$ref`` wins over what is referred to."""
    found: dict[str, tuple[str, dict[str, Any], Spot]] = {}
    for item, spot in homes:
        named = [(one, one.upper(), "/" + text(one)) for one in item if one in METHODS]
        extra = mapping(item.get("additionalOperations"))
        named += [(one, text(one), "/additionalOperations/" + escape(text(one))) for one in extra]
        for key, method, tail in named:
            given = item[key] if tail.count("/") == 1 else extra[key]
            if isinstance(given, dict):
                found.setdefault(method, (method, given, spot.down(tail)))
            elif given is not None:
                low.degrade("invalid-operation", f"`{text(key)}` is not an operation", spot)
    return list(found.values())


def _operation(
    low: Lowering,
    key: str,
    method: str,
    given: dict[str, Any],
    at: Spot,
    homes: list[tuple[dict[str, Any], Spot]],
    mark: str,
    level: int,
) -> Operation:
    # Keys of callbacks are expressions, in which `#` is not the mark of a fragment.
    path, _, fragment = (key, "", "") if mark else key.partition("#")
    made = Operation(id=f"{mark}{method} {key}", method=method, path=path, fragment=fragment, place=at.place)
    spot = worded(at, given, method, path, fragment)
    low.homes.setdefault(at.id, []).append(made)
    around, low.operation = low.operation, made
    _prose(low, made, given, homes)
    raw = _parameters(low, given, spot, homes)
    made.parameters = [one for _, one in raw]
    if low.swagger:
        bodies = _swagger_parameters(low, given, spot, homes)
        consumes = given.get("consumes", low.root.get("consumes"))
        made.body = swagger_body(low, bodies, [text(one) for one in sequence(consumes)], spot)
    elif "requestBody" in given:
        made.body = request_body(low, given["requestBody"], spot.down("/requestBody", "body"))
    produces = [text(one) for one in sequence(given.get("produces", low.root.get("produces")))]
    made.responses = responses(low, given.get("responses"), produces, spot)
    made.security = requirements(low, given.get("security"), spot)
    made.servers = _servers(low, given, homes)
    made.callbacks = _callbacks(low, given, spot, made.id, level)
    low.operation = around
    _templates(low, made, spot, mark)
    return made


def _prose(
    low: Lowering, made: Operation, given: dict[str, Any], homes: list[tuple[dict[str, Any], Spot]]
) -> None:
    name = given.get("operationId")
    made.operation_id = text_or_none(name)
    made.tags = [text(one) for one in sequence(given.get("tags")) if text(one)]
    made.summary = text(given.get("summary")) or next((text(one.get("summary")) for one, _ in homes), "")
    made.doc = text(given.get("description")) or next((text(one.get("description")) for one, _ in homes), "")
    made.deprecated = true(given.get("deprecated"))
    made.extensions = extensions(given, _READ)
    options = low.options
    override = given.get("x-bindwright-name")
    made.name_override = options.names.get(made.id) or (override if isinstance(override, str) else None)
    known = made.operation_id or made.id
    made.pagination = options.pagination.get(
        made.id, options.pagination.get(known, given.get("x-pagination"))
    )
    made.poll = options.poll.get(made.id, options.poll.get(known, given.get("x-poll")))


def _given_parameters(
    low: Lowering, given: dict[str, Any], spot: Spot, homes: list[tuple[dict[str, Any], Spot]]
) -> list[tuple[Any, Spot]]:
    """Raw parameters, those of the path first, each with its spot."""
    found: list[tuple[Any, Spot]] = []
    holders = [(item, Spot(at.file, at.pointer, None, spot)) for item, at in reversed(homes)]
    for holder, at in [*holders, (given, spot)]:
        listed = holder.get("parameters")
        if isinstance(listed, dict):
            low.degrade("invalid-parameters", "`parameters` is not a list", at)
            listed = list(listed.values())
        for index, one in enumerate(sequence(listed)):
            found.append((one, at.down(f"/parameters/{index}")))
    return found


def _parameters(
    low: Lowering, given: dict[str, Any], spot: Spot, homes: list[tuple[dict[str, Any], Spot]]
) -> list[tuple[tuple[str, str], Parameter]]:
    """Parameters; those of the operation take the place of the path's of the same name and location."""
    found: dict[tuple[str, str], Parameter] = {}
    lists: dict[tuple[str, str], str] = {}
    for one, at in _given_parameters(low, given, spot, homes):
        if low.swagger and _bodily(low, one, at):
            continue
        made = parameter(low, one, at)
        if made is not None:
            key, listed = (made.name, made.location), at.pointer.rpartition("/")[0]
            if lists.get(key) == listed:
                message = f"`{made.name[:60]}` is there twice in {made.location}: the last one counts"
                low.warn("duplicate-parameter", message, at, "remove one")
            found[key], lists[key] = made, listed
    return list(found.items())


def _raw(low: Lowering, one: Any, at: Spot) -> tuple[Any, Spot]:
    if isinstance(one, dict) and "$ref" in one:
        found = low.document.follow(one["$ref"], at.source_place) if isinstance(one["$ref"], str) else None
        if found is not None:
            return found[0], Spot(found[1].file, found[1].pointer, None, at)
    return one, at


def _bodily(low: Lowering, one: Any, at: Spot) -> bool:
    return mapping(_raw(low, one, at)[0]).get("in") in ("body", "formData")


def _swagger_parameters(
    low: Lowering, given: dict[str, Any], spot: Spot, homes: list[tuple[dict[str, Any], Spot]]
) -> list[tuple[dict[str, Any], Spot]]:
    found: dict[Any, tuple[dict[str, Any], Spot]] = {}
    for one, at in _given_parameters(low, given, spot, homes):
        raw, where = _raw(low, one, at)
        if mapping(raw).get("in") in ("body", "formData"):
            found[text(raw.get("name")), raw["in"]] = (raw, where)
    return list(found.values())


def _servers(low: Lowering, given: dict[str, Any], homes: list[tuple[dict[str, Any], Spot]]) -> Any:
    if low.swagger:
        schemes = given.get("schemes")
        return swagger_servers(low.root, schemes) if schemes else []
    for holder in [given, *(item for item, _ in homes)]:
        if isinstance(holder.get("servers"), list) and holder["servers"]:
            return servers(holder["servers"])
    return []


def _callbacks(low: Lowering, given: dict[str, Any], spot: Spot, home: str, level: int) -> list[Operation]:
    found: list[Operation] = []
    if level >= _MAX_CALLBACKS and given.get("callbacks"):
        low.degrade("too-deep", "callbacks of callbacks of callbacks are left out", spot)
        return found
    for name, written in mapping(given.get("callbacks")).items():
        item, at = written, spot.down("/callbacks/" + escape(text(name)), text(name))
        if isinstance(item, dict) and "$ref" in item:
            item, at = follow(low, item["$ref"], at) or ({}, at)
            at.word = at.word or at.pointer.rpartition("/")[2]
        for one in _items(low, item, at, f"{home} callback {text(name)} ", level + 1):
            one.extensions = {"x-callback-name": text(name), **one.extensions}
            found.append(one)
    return found


def _templates(low: Lowering, made: Operation, spot: Spot, mark: str) -> None:
    """Path parameters that the template has and nobody describes are text (the call cannot do without)."""
    from bindwright.ir.lowering.scalars import intern
    from bindwright.ir.model import Use

    if mark:
        return
    known = {one.name for one in made.parameters if one.location == "path"}
    for name in _TEMPLATE.findall(made.path):
        if name not in known:
            known.add(name)
            low.warn("path-parameter-missing", f"`{{{name}}}` is not described: text is assumed", spot)
            made.parameters.append(
                Parameter(
                    name=name,
                    location="path",
                    use=Use(type=intern(low, "string", {})),
                    required=True,
                    style="simple",
                    explode=False,
                    place=spot.place,
                )
            )


def _clashes(low: Lowering, operations: list[Operation]) -> None:
    seen: dict[str, str] = {}
    for one in operations:
        if one.operation_id is not None and seen.setdefault(one.operation_id, one.id) != one.id:
            other = seen[one.operation_id]
            spot = Spot(one.place.file, one.place.pointer + "/operationId")
            low.warn("duplicate-operation-id", f"`{one.operation_id}` is the id of {other} too", spot)
