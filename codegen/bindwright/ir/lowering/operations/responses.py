"""Responses with their headers and links."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Spot, escape
from bindwright.ir.lowering.operations.bodies import contents, swagger_contents
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.operations.parameters import header
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.values import extensions, mapping, text, text_or_none
from bindwright.ir.model import Link, Response


def responses(low: Lowering, given: Any, produces: list[str], spot: Spot) -> list[Response]:
    """The responses of an operation, in the document's order."""
    if not isinstance(given, dict):
        low.warn("no-responses", "an operation without `responses`", spot, "say what it answers")
        return []
    skipped = extensions(given)
    return [
        _response(low, text(status), one, produces, spot.down(f"/responses/{escape(text(status))}"))
        for status, one in given.items()
        if status not in skipped
    ]


def _response(low: Lowering, status: str, given: Any, produces: list[str], spot: Spot) -> Response:
    status = _status(low, status, spot)
    if isinstance(given, dict) and "$ref" in given:
        found = follow(low, given["$ref"], spot)
        if found is None:
            low.degrade("unresolved-reference", "the response is unknown", spot)
            return Response(status=status)
        value, at = found
        key = ("response", at.id, tuple(produces))
        low.shares(at)
        if key not in low.cache:
            name = at.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            if (home := at_home(low, at)) is not None:
                at = home
            else:
                at.word = name if at.pointer.startswith(("/components/", "/responses/")) else spot.words[0]
            low.cache[key] = _read(low, status, value, produces, at)
        made: Response = low.cache[key]
        doc = text(given.get("description")) or made.doc
        return Response(
            status=status, doc=doc, contents=made.contents, headers=made.headers, links=made.links
        )
    if status not in ("200", "default"):
        spot.word = status
    return _read(low, status, given, produces, spot)


def _status(low: Lowering, status: str, spot: Spot) -> str:
    upper = status.upper()
    if len(upper) == 3 and upper[0] in "12345" and upper[1:] == "XX":
        return upper
    if status != "default" and not (len(status) == 3 and status.isascii() and status.isdigit()):
        low.warn("unknown-status", f"{status[:40]!r} is no status", spot, "such as `200`, `4XX` or `default`")
    return status


def _read(low: Lowering, status: str, given: Any, produces: list[str], spot: Spot) -> Response:
    if not isinstance(given, dict):
        low.degrade("invalid-response", "a response is not an object", spot)
        return Response(status=status)
    made = Response(status=status, doc=text(given.get("description") or given.get("summary")))
    spot = spot.down("", "response")
    if low.swagger:
        if "schema" in given:
            below = spot.down("/schema")
            made.contents = swagger_contents(low, given["schema"], produces, below, given.get("examples"))
    else:
        made.contents = contents(low, given.get("content"), spot.down("/content"))
    for name, one in mapping(given.get("headers")).items():
        below = spot.down("/headers/" + escape(text(name)), text(name))
        found = header(low, text(name), one, below)
        made.headers += [found] if found else []
    for name, one in mapping(given.get("links")).items():
        link = _link(low, text(name), one, spot.down("/links/" + escape(text(name))))
        made.links += [link] if link else []
    return made


def _link(low: Lowering, name: str, given: Any, spot: Spot) -> Link | None:
    if isinstance(given, dict) and "$ref" in given:
        found = follow(low, given["$ref"], spot)
        given = found[0] if found else None
    if not isinstance(given, dict):
        low.degrade("invalid-link", f"the link `{name[:60]}` is not an object", spot)
        return None
    return Link(
        name=name,
        operation=text_or_none(given.get("operationId") or given.get("operationRef")),
        parameters=mapping(given.get("parameters")),
        body=given.get("requestBody"),
        doc=text(given.get("description")),
    )
