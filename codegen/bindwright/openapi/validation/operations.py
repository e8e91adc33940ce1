"""Paths, operations and parameters that do not fit together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.openapi.validation.reporter import Reporter
from bindwright.openapi.validation.structure import Found, Spot, place

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_STATUS = re.compile(r"default|[1-5](?:[0-9][0-9]|XX|xx)|x-.*")


def check_operations(document: LoadedDocument, found: Found, reporter: Reporter) -> None:
    """Check every operation, path and parameter that the walk came past."""
    _unique_ids(found, reporter)
    for operation, spot in found.operations:
        _responses(operation, spot, reporter)
    for path, spot in found.paths:
        _path(document, path, spot, reporter)
    for parameter, spot in found.parameters:
        _parameter(document, parameter, spot, reporter)


def _unique_ids(found: Found, reporter: Reporter) -> None:
    """OpenAPI 3.2.0, Operation Object: the id must be unique among all operations."""
    first: dict[str, Spot] = {}
    for operation, spot in found.operations:
        name = operation.get("operationId")
        if type(name) is not str:
            continue
        if name in first:
            message = f"`{name}` is also the `operationId` of {_title(first[name])}"
            remedy = "give each operation its own; the generated names differ anyway"
            reporter.add("warning", "duplicate-operation-id", message, place((spot, "operationId")), remedy)
        first.setdefault(name, spot)


def _title(spot: Spot) -> str:
    method, path = spot[1], spot[0][1] if spot[0] is not None else ""
    return f"`{str(method).upper()} {path}`"


def _responses(operation: dict[str, Any], spot: Spot, reporter: Reporter) -> None:
    responses = operation.get("responses")
    if type(responses) is not dict:
        return
    for status in responses:
        if not _STATUS.fullmatch(status):
            message = f"`{status}` is not a status: three digits, `4XX` or `default`"
            where = place(((spot, "responses"), status))
            reporter.add("warning", "unknown-status", message, where, "correct it")


def _path(document: LoadedDocument, path: dict[str, Any], spot: Spot, reporter: Reporter) -> None:
    if spot[0] is None or spot[0][1] != "paths" or spot[0][0] is None or spot[0][0][0] is not None:
        return  # a webhook or a callback: its key is no template
    template = str(spot[1])
    if not template.startswith("/"):
        message = f"the path `{template}` does not begin with a slash"
        reporter.add("warning", "path-slash", message, place(spot), f"write `/{template}`")
    wanted = _TEMPLATE.findall(template)
    common = _names(document, path, spot)
    for method in METHODS:
        operation = path.get(method)
        if type(operation) is dict:
            _template(document, operation, (spot, method), wanted, common, reporter)


def _template(
    document: LoadedDocument,
    operation: dict[str, Any],
    spot: Spot,
    wanted: list[str],
    common: dict[str, Spot],
    reporter: Reporter,
) -> None:
    own = _names(document, operation, spot)
    named = {**common, **own}
    for name in wanted:
        if name not in named:
            message = f"`{{{name}}}` of the path has no path parameter"
            remedy = did_you_mean(
                name, named.keys() - set(wanted), otherwise=f"describe a parameter `{name}`"
            )
            reporter.add("warning", "path-parameter-missing", message, place(spot), remedy)
    for name, where in own.items():
        if name not in wanted:
            message = f"the path has no `{{{name}}}` for this parameter"
            remedy = did_you_mean(name, wanted, otherwise="add it to the path, or remove the parameter")
            reporter.add("warning", "path-parameter-unused", message, place(where), remedy)


def _names(document: LoadedDocument, holder: dict[str, Any], spot: Spot) -> dict[str, Spot]:
    """The names of the path parameters in the `parameters` of an operation or path."""
    found: dict[str, Spot] = {}
    parameters = holder.get("parameters")
    for index, item in enumerate(parameters if type(parameters) is list else ()):
        where = ((spot, "parameters"), index)
        parameter = _followed(document, item, where)
        if type(parameter) is dict and parameter.get("in") == "path" and type(parameter.get("name")) is str:
            found[parameter["name"]] = where
    return found


def _followed(document: LoadedDocument, item: Any, spot: Spot) -> Any:
    if type(item) is dict and type(ref := item.get("$ref")) is str:
        at = place(spot)
        return document.must_follow(ref, at)[0] if document.unresolved(ref, at) is None else None
    return item


def _parameter(document: LoadedDocument, parameter: dict[str, Any], spot: Spot, reporter: Reporter) -> None:
    places = ["path", "query", "header"]
    places += ["body", "formData"] if document.version == "2.0" else ["cookie"]
    if document.version == "3.2":
        places.append("querystring")
    for member in ("name", "in"):
        if type(parameter.get(member)) is not str:
            message = f"a parameter needs `{member}`"
            reporter.add(document.wrong, "missing-key", message, place(spot), f"add `{member}`")
            return
    where = parameter["in"]
    if where not in places:
        remedy = did_you_mean(where, places, otherwise=f"one of {', '.join(places)}")
        message = f"a parameter cannot be in `{where}`"
        reporter.add(document.wrong, "parameter-in", message, place((spot, "in")), remedy)
    if where == "path" and parameter.get("required") is not True:
        message = f"the path parameter `{parameter['name']}` is not `required: true`"
        reporter.add("warning", "path-parameter-optional", message, place(spot), "add `required: true`")
