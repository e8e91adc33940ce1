"""Responses with their headers and links."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.operations.bodies import contents, swagger_contents
from bindwright.ir.lowering.operations.contents import NO_CONTENT
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.operations.parameters import header, is_content_type
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, text, text_or_none
from bindwright.ir.model import Link, Response


def responses(context: Lowering, raw: Any, produces: list[str], location: Location) -> list[Response]:
    """The responses of an operation, in the document's order."""
    if not isinstance(raw, dict):
        context.warn("no-responses", "an operation without `responses`", location, "say what it answers")
        return []
    skipped = extensions(raw)
    result: list[Response] = []
    for status, described in raw.items():
        if status in skipped:
            continue
        below = location.down(f"/responses/{escape(text(status))}")
        response = _response(context, text(status), described, produces, below)
        result.append(response)
        if response.status in NO_CONTENT and response.contents:
            context.note(
                "unread-content",
                f"no answer with the status {response.status} has content (RFC 9110): what is described is left out",
                below,
            )
    return result


def _response(context: Lowering, status: str, raw: Any, produces: list[str], location: Location) -> Response:
    status = _status(context, status, location)
    if isinstance(raw, dict) and "$ref" in raw:
        target = follow(context, raw["$ref"], location)
        if target is None:
            context.degrade("unresolved-reference", "the response is unknown", location)
            return Response(status=status)
        value, place = target
        key = (place.id, tuple(produces))
        context.shares(place)
        if key not in context.shared_responses:
            name = place.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            if (home := at_home(context, place)) is not None:
                place = home
            else:
                place.word = (
                    name if place.pointer.startswith(("/components/", "/responses/")) else location.words[0]
                )
            context.shared_responses[key] = _read(context, status, value, produces, place)
        response = context.shared_responses[key]
        doc = text(raw.get("description")) or response.doc
        return Response(
            status=status, doc=doc, contents=response.contents, headers=response.headers, links=response.links
        )
    if status not in ("200", "default"):
        location.word = status
    return _read(context, status, raw, produces, location)


def _prose(raw: dict[str, Any]) -> str:
    """``summary`` (OpenAPI 3.2.0) and ``description``."""
    return "\n\n".join(filter(None, (text(raw.get("summary")), text(raw.get("description")))))


def _status(context: Lowering, status: str, location: Location) -> str:
    upper = status.upper()
    if len(upper) == 3 and upper[0] in "12345" and upper[1:] == "XX":
        return upper
    if status != "default" and not (len(status) == 3 and status.isascii() and status.isdigit()):
        context.warn(
            "unknown-status", f"{status[:40]!r} is no status", location, "such as `200`, `4XX` or `default`"
        )
    return status


def _read(context: Lowering, status: str, raw: Any, produces: list[str], location: Location) -> Response:
    if not isinstance(raw, dict):
        context.degrade("invalid-response", "a response is not an object", location)
        return Response(status=status)
    response = Response(status=status, doc=_prose(raw))
    location = location.down("", "response")
    if context.swagger:
        if "schema" in raw:
            below = location.down("/schema")
            response.contents = swagger_contents(context, raw["schema"], produces, below, raw.get("examples"))
    else:
        response.contents = contents(context, raw.get("content"), location.down("/content"))
    for name, written in mapping(raw.get("headers")).items():
        if is_content_type(context, text(name)):
            continue
        below = location.down("/headers/" + escape(text(name)), text(name))
        parameter = header(context, text(name), written, below)
        response.headers += [parameter] if parameter else []
    for name, written in mapping(raw.get("links")).items():
        link = _link(context, text(name), written, location.down("/links/" + escape(text(name))))
        response.links += [link] if link else []
    return response


def _link(context: Lowering, name: str, raw: Any, location: Location) -> Link | None:
    if isinstance(raw, dict) and "$ref" in raw:
        target = follow(context, raw["$ref"], location)
        raw = target[0] if target else None
    if not isinstance(raw, dict):
        context.degrade("invalid-link", f"the link `{name[:60]}` is not an object", location)
        return None
    return Link(
        name=name,
        operation=text_or_none(raw.get("operationId") or raw.get("operationRef")),
        parameters=mapping(raw.get("parameters")),
        body=raw.get("requestBody"),
        doc=text(raw.get("description")),
    )
