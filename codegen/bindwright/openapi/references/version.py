"""Which OpenAPI version a document says it is."""

from __future__ import annotations

import re
from typing import Any

from bindwright.openapi.diagnostics.model import Diagnostics, Place
from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.openapi.document import Version

SUPPORTED = "bindwright reads OpenAPI 2.0, 3.0, 3.1 and 3.2"
_NEWEST: Version = "3.2"


def version_of(root: dict[str, Any], diagnostics: Diagnostics) -> Version:
    """The minor version of a root document (OpenAPI 3.2.0, 4.1; Swagger 2.0, Swagger Object).

    Adds an error where there is none or it is not supported, and gives the likeliest version then.
    """
    if "openapi" in root:
        return _openapi(root, diagnostics)
    if "swagger" in root:
        return _swagger(root, diagnostics)
    named = [key for key in root if did_you_mean(key, ("openapi", "swagger"))]
    if named:
        pointer, remedy = f"/{named[0]}", did_you_mean(named[0], ("openapi", "swagger"))
    elif isinstance(root.get("$ref"), str):
        pointer, remedy = (
            "/$ref",
            f"no document is a reference alone: name {root['$ref'].partition('#')[0]!r} instead",
        )
    else:
        pointer, remedy = "", 'begin the document with `openapi: 3.1.1` (or `swagger: "2.0"`)'
    message = "the document does not say which OpenAPI version it is"
    diagnostics.add("error", "no-version", message, Place(pointer=pointer), remedy)
    return "2.0" if "definitions" in root else "3.1"


def _openapi(root: dict[str, Any], diagnostics: Diagnostics) -> Version:
    value = root["openapi"]
    spelling = str(value)
    place = Place(pointer="/openapi")
    if not isinstance(value, str):
        diagnostics.add(
            "warning", "version-type", "`openapi` should be a string", place, f'write "{spelling}"'
        )
    match = re.match(r"3\.([012])(?:\.\d+)?(?:-\S+)?$", spelling.strip())
    if match:
        versions: tuple[Version, ...] = ("3.0", "3.1", "3.2")
        return versions[int(match[1])]
    return _unsupported(spelling, place, diagnostics, _NEWEST)


def _swagger(root: dict[str, Any], diagnostics: Diagnostics) -> Version:
    value = root["swagger"]
    spelling = str(value)
    place = Place(pointer="/swagger")
    if spelling.strip() in ("2.0", "2"):
        if not isinstance(value, str):
            diagnostics.add("warning", "version-type", "`swagger` should be a string", place, 'write "2.0"')
        return "2.0"
    return _unsupported(spelling, place, diagnostics, "2.0")


def _unsupported(spelling: str, place: Place, diagnostics: Diagnostics, likeliest: Version) -> Version:
    display = spelling if len(spelling) <= 40 else spelling[:37] + "..."
    diagnostics.add(
        "error", "unsupported-version", f"OpenAPI version `{display}` is not supported", place, SUPPORTED
    )
    return likeliest
