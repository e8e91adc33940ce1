"""What a whole document must have, and names that its parts use of each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bindwright.openapi.diagnostics.model import Place
from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.openapi.validation.collected import CollectedObjects, PathNode
from bindwright.openapi.validation.reporter import Reporter
from bindwright.openapi.validation.structure import place

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

_VARIABLE = re.compile(r"\{([^{}]*)\}")


def check_root(document: LoadedDocument, collected: CollectedObjects, reporter: Reporter) -> None:
    """Check the members of the root, security requirements, servers and links."""
    _needed(document, reporter)
    _other_paths(document, reporter)
    _security(document, collected, reporter)
    for server, node in collected.servers:
        _server(server, node, reporter)
    _links(collected, reporter)


def _needed(document: LoadedDocument, reporter: Reporter) -> None:
    root = document.root
    if "info" not in root:
        message = "the document has no `info`: no title and no version"
        reporter.add("warning", "missing-key", message, Place(), "add `info` with `title` and `version`")
    elif type(root["info"]) is dict:
        for member in ("title", "version"):
            if member not in root["info"]:
                where = Place(pointer="/info")
                reporter.add("warning", "missing-key", f"`info` has no `{member}`", where, f"add `{member}`")
    contents = {"paths", "components", "webhooks", "definitions"} & root.keys()
    if not contents:
        message = "the document describes nothing: it has no `paths`"
        reporter.add(document.wrong, "missing-key", message, Place(), _paths_remedy(root))
    elif "paths" not in root and document.version in ("2.0", "3.0"):
        reporter.add("warning", "missing-key", "the document has no `paths`", Place(), _paths_remedy(root))


_OTHER_PATHS = ("x-ms-paths",)
"""Extensions that hold paths which the specification has no place for."""


def _other_paths(document: LoadedDocument, reporter: Reporter) -> None:
    for key in _OTHER_PATHS:
        if document.root.get(key):
            message = f"the operations in `{key}` are not read: it is an extension of another tool"
            remedy = "move them to `paths`; two operations of one path may differ in a fragment (`/a#list`)"
            reporter.add("degraded", "unread-paths", message, Place(pointer=f"/{key}"), remedy)


def _paths_remedy(root: dict[str, Any]) -> str:
    for key in root:
        if did_you_mean("paths", [key]):
            return f"did you mean `paths` where it says `{key}`?"
    return "add `paths`"


def _security(document: LoadedDocument, collected: CollectedObjects, reporter: Reporter) -> None:
    root = document.root
    holder: Any = root if document.version == "2.0" else root.get("components")
    group = "securityDefinitions" if holder is root else "securitySchemes"
    schemes = holder.get(group) if type(holder) is dict else None
    declared = schemes if type(schemes) is dict else {}
    for requirement, node in collected.requirements:
        for name in requirement:
            if name not in declared and not (document.version == "3.2" and ("/" in name or "#" in name)):
                remedy = did_you_mean(name, declared, otherwise="describe it among the security schemes")
                message = f"no security scheme is called `{name}`"
                reporter.add("warning", "unknown-security-scheme", message, place((node, name)), remedy)


def _server(server: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    url, variables = server.get("url"), server.get("variables")
    if type(url) is not str:
        reporter.add("warning", "missing-key", "a server needs a `url`", place(node), "add `url`")
        return
    declared = variables if type(variables) is dict else {}
    for name in _VARIABLE.findall(url):
        if name not in declared:
            remedy = did_you_mean(name, declared, otherwise=f"describe `{name}` in `variables`")
            message = f"the server variable `{name}` is not described"
            reporter.add("warning", "server-variable", message, place((node, "url")), remedy)


def _links(collected: CollectedObjects, reporter: Reporter) -> None:
    if not collected.links:
        return
    ids = {operation.get("operationId") for operation, _ in collected.operations}
    for link, node in collected.links:
        name = link.get("operationId")
        if type(name) is str and name not in ids:
            remedy = did_you_mean(name, [operation_id for operation_id in ids if type(operation_id) is str])
            message = f"no operation has the id `{name}`"
            reporter.add("warning", "link-operation", message, place((node, "operationId")), remedy)
