"""Responses with their headers and links."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.bodies import contents, swagger_contents
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.operations.parameters import header
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, text, text_or_none
from bindwright.ir.model import Link, Response


def responses(context: Lowering, given: Any, produces: list[str], location: Location) -> list[Response]:
    """The responses of an operation, in the document's order."""
    if not isinstance(given, dict):
        context.warn("no-responses", "an operation without `responses`", location, "say what it answers")
        return []
    skipped = extensions(given)
    return [
        _response(context, text(status), one, produces, location.down(f"/responses/{escape(text(status))}"))
        for status, one in given.items()
        if status not in skipped
    ]


def _response(
    context: Lowering, status: str, given: Any, produces: list[str], location: Location
) -> Response:
    status = _status(context, status, location)
    if isinstance(given, dict) and "$ref" in given:
        found = follow(context, given["$ref"], location)
        if found is None:
            context.degrade("unresolved-reference", "the response is unknown", location)
            return Response(status=status)
        value, at = found
        key = ("response", at.id, tuple(produces))
        context.shares(at)
        if key not in context.cache:
            name = at.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            if (home := at_home(context, at)) is not None:
                at = home
            else:
                at.word = (
                    name if at.pointer.startswith(("/components/", "/responses/")) else location.words[0]
                )
            context.cache[key] = _read(context, status, value, produces, at)
        made: Response = context.cache[key]
        doc = text(given.get("description")) or made.doc
        return Response(
            status=status, doc=doc, contents=made.contents, headers=made.headers, links=made.links
        )
    if status not in ("200", "default"):
        location.word = status
    return _read(context, status, given, produces, location)


def _status(context: Lowering, status: str, location: Location) -> str:
    upper = status.upper()
    if len(upper) == 3 and upper[0] in "12345" and upper[1:] == "XX":
        return upper
    if status != "default" and not (len(status) == 3 and status.isascii() and status.isdigit()):
        context.warn(
            "unknown-status", f"{status[:40]!r} is no status", location, "such as `200`, `4XX` or `default`"
        )
    return status


def _read(context: Lowering, status: str, given: Any, produces: list[str], location: Location) -> Response:
    if not isinstance(given, dict):
        context.degrade("invalid-response", "a response is not an object", location)
        return Response(status=status)
    made = Response(status=status, doc=text(given.get("description") or given.get("summary")))
    location = location.down("", "response")
    if context.swagger:
        if "schema" in given:
            below = location.down("/schema")
            made.contents = swagger_contents(context, given["schema"], produces, below, given.get("examples"))
    else:
        made.contents = contents(context, given.get("content"), location.down("/content"))
    for name, one in mapping(given.get("headers")).items():
        below = location.down("/headers/" + escape(text(name)), text(name))
        found = header(context, text(name), one, below)
        made.headers += [found] if found else []
    for name, one in mapping(given.get("links")).items():
        link = _link(context, text(name), one, location.down("/links/" + escape(text(name))))
        made.links += [link] if link else []
    return made


def _link(context: Lowering, name: str, given: Any, location: Location) -> Link | None:
    if isinstance(given, dict) and "$ref" in given:
        found = follow(context, given["$ref"], location)
        given = found[0] if found else None
    if not isinstance(given, dict):
        context.degrade("invalid-link", f"the link `{name[:60]}` is not an object", location)
        return None
    return Link(
        name=name,
        operation=text_or_none(given.get("operationId") or given.get("operationRef")),
        parameters=mapping(given.get("parameters")),
        body=given.get("requestBody"),
        doc=text(given.get("description")),
    )
