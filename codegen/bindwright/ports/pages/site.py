"""The pages together: an index, an operation a page, all types."""

from __future__ import annotations

import re
from importlib import resources

from bindwright.ir.model import Api, Content, Object, Operation, Parameter
from bindwright.ports.bindings import Bindings
from bindwright.ports.file_names import free_name
from bindwright.ports.pages.html import code, line, page, prose, table, text
from bindwright.ports.pages.samples import Samples
from bindwright.ports.pages.types import described, members, sections


def pages(bindings: Bindings) -> dict[str, bytes]:
    """Files of the pages by name."""
    api, samples = bindings.api, Samples(bindings)
    names = _file_names(api)
    site = {"style.css": resources.files("bindwright.ports.pages").joinpath("style.css").read_bytes()}
    for operation in api.operations:
        site[names[operation.id]] = page(_title(operation), _operation(api, operation, samples))
    site["index.html"] = page(api.info.title, _index(api, names))
    types = "<h1>Types</h1>\n" + "".join(sections(api))
    site["types.html"] = page(f"{api.info.title}: types", types)
    return site


def _file_names(api: Api) -> dict[str, str]:
    """A file name an operation, from its id; unique on file systems that do not tell cases apart."""
    names: dict[str, str] = {}
    taken = {"index", "types"}
    for operation in api.operations:
        stem = re.sub(r"[^A-Za-z0-9]+", "-", operation.operation_id or operation.id).strip("-")
        names[operation.id] = f"{free_name(stem or 'operation', taken)}.html"
    return names


def _title(operation: Operation) -> str:
    return f"{operation.method} {operation.path}"


def _index(api: Api, names: dict[str, str]) -> str:
    parts = [f"<h1>{text(api.info.title)}</h1>\n", prose(api.info.doc or api.info.summary)]
    groups: dict[str, list[Operation]] = {}
    for operation in api.operations:
        groups.setdefault(operation.tags[0] if operation.tags else "Operations", []).append(operation)
    docs = {tag.name: tag.doc or tag.summary for tag in api.tags}
    for group, operations in groups.items():
        rows = [
            (
                f'<span class="method">{text(operation.method)}</span>',
                f'<a href="{names[operation.id]}">{text(operation.path)}</a>',
                line(operation.summary or operation.doc),
            )
            for operation in operations
        ]
        parts.append(
            f"<h2>{text(group)}</h2>\n{prose(docs.get(group, ''))}{table(('', 'Path', 'Summary'), rows)}"
        )
    return "".join(parts)


def _operation(api: Api, operation: Operation, samples: Samples) -> str:
    head = f'<h1><span class="method">{text(operation.method)}</span> {text(operation.path)}</h1>\n'
    parts = [head, prose(operation.summary), prose(operation.doc)]
    if operation.deprecated:
        parts.append('<p class="note">Deprecated.</p>')
    parts.append("<h2>Request</h2>\n")
    parts.append(_parameters(api, operation.parameters))
    if operation.body is not None:
        parts.append(prose(operation.body.doc))
        parts.append(_body(api, operation, None, operation.body.contents, samples))
    elif not operation.parameters:
        parts.append("<p>No parameters and no body.</p>\n")
    for response in operation.responses:
        parts.append(f"<h2>Response {text(response.status)}</h2>\n{prose(response.doc)}")
        parts.append(_body(api, operation, response.status, response.contents, samples))
    return "".join(parts)


def _parameters(api: Api, parameters: list[Parameter]) -> str:
    rows = [
        (
            code(parameter.name), text(parameter.location), described(api, parameter.use),
            "required" if parameter.required else "optional", prose(parameter.doc or parameter.use.doc),
        )
        for parameter in parameters
    ]  # fmt: skip
    return table(("Name", "In", "Type", "", "Description"), rows)


def _body(
    api: Api, operation: Operation, status: str | None, contents: list[Content], samples: Samples
) -> str:
    if not contents:
        return ""
    uses = {content.use.type: content.use for content in contents if content.use is not None}
    parts = [f"<p>Body: {described(api, use)}</p>\n" for use in uses.values()]
    for use in uses.values():
        type_ = api.types.get(use.type)
        if isinstance(type_, Object):
            parts.append(members(api, type_))
    shown = set()
    for media_type, sample, _ in samples.of_body(operation, status, contents):
        shown.add(media_type)
        parts.append(f"<h3>{text(media_type)}</h3>\n<pre>{text(sample)}</pre>\n")
    others = [content.media_type for content in contents if content.media_type not in shown]
    if others:
        parts.append("<p>Also as " + ", ".join(code(media_type) for media_type in others) + ".</p>\n")
    return "".join(parts)
