"""Error bodies: the documented schema filled in where there is one, else problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from lxml import etree

from bindwright.ir.model import Api, Enum, Object, Scalar, Union, Use
from bindwright.serve.refusal import Refusal
from bindwright.serve.values import type_of
from bindwright.standards.content_negotiation import choose
from bindwright.standards.media_types import kind_of

NAMESPACE = "urn:ietf:rfc:7807"
"""Of problem details in XML (RFC 9457, B); it kept the number of the older text."""

_PREFIXES = cast("Mapping[str, str]", {None: NAMESPACE})  # the stubs do not know the default namespace
_DETAIL_NAMES = (
    "detail",
    "message",
    "errormessage",
    "error_description",
    "errordescription",
    "description",
    "error",
)
_TITLE_NAMES = ("title", "reason", "name", "summary")
_STATUS_NAMES = ("status", "statuscode", "status_code", "code", "errorcode", "httpstatus")


def phrase(status: int) -> str:
    """The reason phrase of a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error" if status >= 400 else "OK"


def problem(refusal: Refusal, accept: str | None) -> tuple[str, bytes]:
    """Media type and body of problem details, in XML where that is liked better."""
    offers = [
        "application/problem+json",
        "application/json",
        "application/problem+xml",
        "application/xml",
        "text/xml",
    ]
    if kind_of(choose(accept, offers) or offers[0]) == "xml":
        return "application/problem+xml", _xml(refusal)
    return "application/problem+json", json.dumps(_members(refusal), ensure_ascii=False).encode()


def filled(api: Api, use: Use, value: Any, refusal: Refusal) -> Any:
    """A sample of a documented error with what went wrong written into members that plainly ask for it."""
    type_ = type_of(api, use)
    if isinstance(type_, Union):
        fitting = [member for member in type_.members if isinstance(type_of(api, member), Object)]
        return filled(api, fitting[0], value, refusal) if fitting else value
    if not isinstance(type_, Object) or not isinstance(value, dict):
        return value
    for prop in type_.properties:
        if prop.name in value:
            value = {**value, prop.name: _member(api, prop.name, prop.use, value[prop.name], refusal)}
    return value


def _member(api: Api, name: str, use: Use, value: Any, refusal: Refusal) -> Any:
    type_ = type_of(api, use)
    if isinstance(type_, Object):
        return filled(api, use, value, refusal)
    if isinstance(type_, Enum) or not isinstance(type_, Scalar) or type_.constraints or use.constraints:
        return value
    detail = _detail_for(name.lower(), refusal)
    if type_.base == "integer" and isinstance(detail, int):
        return detail
    if type_.base == "string" and detail is not None and not (type_.format or use.format):
        return str(detail)
    return value


def _detail_for(name: str, refusal: Refusal) -> str | int | None:
    if name in _DETAIL_NAMES:
        return refusal.detail
    if name in _TITLE_NAMES:
        return phrase(refusal.status)
    return refusal.status if name in _STATUS_NAMES else None


def _members(refusal: Refusal) -> dict[str, Any]:
    members: dict[str, Any] = {
        "type": "about:blank",
        "title": phrase(refusal.status),
        "status": refusal.status,
    }
    members["detail"] = refusal.detail
    if refusal.violations:
        members["errors"] = [{"where": item.where, "detail": item.what} for item in refusal.violations]
    return members


def _xml(refusal: Refusal) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}problem", nsmap=_PREFIXES)
    _write(root, _members(refusal))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _write(parent: etree._Element, value: Any) -> None:
    """Members are elements, items of arrays are ``i`` (RFC 9457, B)."""
    if isinstance(value, dict | list):
        for name, item in value.items() if isinstance(value, dict) else (("i", item) for item in value):
            _write(etree.SubElement(parent, f"{{{NAMESPACE}}}{name}"), item)
    else:
        parent.text = "".join(char if char.isprintable() else "\ufffd" for char in str(value))
