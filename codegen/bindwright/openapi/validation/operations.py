"""Paths, operations and parameters that do not fit together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.openapi.path_templates import parameter_of
from bindwright.openapi.validation.collected import CollectedObjects, PathNode
from bindwright.openapi.validation.reporter import Reporter
from bindwright.openapi.validation.structure import place

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_STATUS = re.compile(r"default|[1-5](?:[0-9][0-9]|XX|xx)|x-.*")


def check_operations(document: LoadedDocument, collected: CollectedObjects, reporter: Reporter) -> None:
    """Check every operation, path and parameter that the walk came past."""
    _unique_ids(collected, reporter)
    for operation, node in collected.operations:
        _responses(operation, node, reporter)
    for path, node in collected.paths:
        _path(document, path, node, reporter)
    for parameter, node in collected.parameters:
        _parameter(document, parameter, node, reporter)


def _unique_ids(collected: CollectedObjects, reporter: Reporter) -> None:
    """OpenAPI 3.2.0, Operation Object: the id must be unique among all operations."""
    first: dict[str, PathNode] = {}
    for operation, node in collected.operations:
        name = operation.get("operationId")
        if type(name) is not str:
            continue
        if name in first:
            message = f"`{name}` is also the `operationId` of {_title(first[name])}"
            remedy = "give each operation its own; the generated names differ anyway"
            reporter.add("warning", "duplicate-operation-id", message, place((node, "operationId")), remedy)
        first.setdefault(name, node)


def _title(node: PathNode) -> str:
    method, path = node[1], node[0][1] if node[0] is not None else ""
    return f"`{str(method).upper()} {path}`"


def _responses(operation: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    responses = operation.get("responses")
    if type(responses) is not dict:
        return
    for status in responses:
        if not _STATUS.fullmatch(status):
            message = f"`{status}` is not a status: three digits, `4XX` or `default`"
            where = place(((node, "responses"), status))
            reporter.add("warning", "unknown-status", message, where, "correct it")


def _path(document: LoadedDocument, path: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    if node[0] is None or node[0][1] != "paths" or node[0][0] is None or node[0][0][0] is not None:
        return  # a webhook or a callback: its key is no template
    template = str(node[1])
    if not template.startswith("/"):
        message = f"the path `{template}` does not begin with a slash"
        reporter.add("warning", "path-slash", message, place(node), f"write `/{template}`")
    template_names = _TEMPLATE.findall(template)
    common = _names(document, path, node)
    _unused(common, template_names, reporter)
    for method in METHODS:
        operation = path.get(method)
        if type(operation) is dict:
            _template(document, operation, (node, method), template_names, common, reporter)


def _template(
    document: LoadedDocument,
    operation: dict[str, Any],
    node: PathNode,
    template_names: list[str],
    common: dict[str, PathNode],
    reporter: Reporter,
) -> None:
    own_names = _names(document, operation, node)
    named = {**common, **own_names}
    for name in template_names:
        if (meant := parameter_of(name, named)) != name:
            message = f"`{{{name}}}` of the path is read as `{{{meant}}}`: OpenAPI has no operators in paths"
            reporter.add(
                "note", "path-template-operator", message, place(node), "`style` and `explode` say it"
            )
        elif name not in named:
            message = f"`{{{name}}}` of the path has no path parameter"
            remedy = did_you_mean(
                name, named.keys() - set(template_names), otherwise=f"describe a parameter `{name}`"
            )
            reporter.add("warning", "path-parameter-missing", message, place(node), remedy)
    _unused(own_names, template_names, reporter)


def _unused(parameters: dict[str, PathNode], template_names: list[str], reporter: Reporter) -> None:
    meant = {parameter_of(name, parameters) for name in template_names}
    for name, where in parameters.items():
        if name not in meant:
            message = f"the path has no `{{{name}}}` for this parameter: it is left out"
            remedy = did_you_mean(
                name, template_names, otherwise="add it to the path, or remove the parameter"
            )
            reporter.add("warning", "path-parameter-unused", message, place(where), remedy)


def _names(document: LoadedDocument, holder: dict[str, Any], node: PathNode) -> dict[str, PathNode]:
    """The names of the path parameters in the `parameters` of an operation or path."""
    by_name: dict[str, PathNode] = {}
    parameters = holder.get("parameters")
    for index, item in enumerate(parameters if type(parameters) is list else ()):
        where = ((node, "parameters"), index)
        parameter = _followed(document, item, where)
        if type(parameter) is dict and parameter.get("in") == "path" and type(parameter.get("name")) is str:
            by_name[parameter["name"]] = where
    return by_name


def _followed(document: LoadedDocument, item: Any, node: PathNode) -> Any:
    if type(item) is dict and type(ref := item.get("$ref")) is str:
        ref_place = place(node)
        return (
            document.must_follow(ref, ref_place)[0] if document.unresolved(ref, ref_place) is None else None
        )
    return item


def _parameter(
    document: LoadedDocument, parameter: dict[str, Any], node: PathNode, reporter: Reporter
) -> None:
    places = ["path", "query", "header"]
    places += ["body", "formData"] if document.version == "2.0" else ["cookie"]
    if document.version == "3.2":
        places.append("querystring")
    for member in ("name", "in"):
        if type(parameter.get(member)) is not str:
            message = f"a parameter needs `{member}`"
            reporter.add(document.wrong, "missing-key", message, place(node), f"add `{member}`")
            return
    where = parameter["in"]
    if where not in places:
        remedy = did_you_mean(where, places, otherwise=f"one of {', '.join(places)}")
        message = f"a parameter cannot be in `{where}`"
        reporter.add(document.wrong, "parameter-in", message, place((node, "in")), remedy)
    if where == "path" and parameter.get("required") is not True:
        message = f"the path parameter `{parameter['name']}` is not `required: true`"
        reporter.add("warning", "path-parameter-optional", message, place(node), "add `required: true`")
