"""Parameters and headers, of all versions, with style and explode settled."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Spot, escape
from bindwright.ir.lowering.operations.inline_names import at_home
from bindwright.ir.lowering.references import follow
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.values import mapping, text, true
from bindwright.ir.model import Json, Parameter, Use

_LOCATIONS = ("path", "query", "header", "cookie", "querystring")
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple", "querystring": "form"}
_ALLOWED = {
    "path": ("simple", "matrix", "label"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "tabDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    "querystring": ("form",),
}
_COLLECTIONS = {
    "csv": (None, False),
    "ssv": ("spaceDelimited", False),
    "tsv": ("tabDelimited", False),
    "pipes": ("pipeDelimited", False),
    "multi": ("form", True),
}
"""2.0's ``collectionFormat`` as style (None: the location's own) and explode."""


def parameter(low: Lowering, given: Any, spot: Spot) -> Parameter | None:
    """A Parameter Object or a reference to one; None (with a diagnostic) where there is none."""
    if isinstance(given, dict) and "$ref" in given:
        return _shared(low, given, spot)
    if not isinstance(given, dict):
        low.degrade("invalid-parameter", "this is not a parameter", spot)
        return None
    name, location = text(given.get("name")), given.get("in")
    if not isinstance(given.get("name"), (str, int)):
        low.degrade("invalid-parameter", "a parameter without a `name` is left out", spot, "name it")
        return None
    if location not in _LOCATIONS:
        low.degrade("invalid-parameter", "a parameter with an unknown `in`: `query` is taken", spot)
        location = "query"
    spot.word = spot.word or name
    made = _settled(low, given, name, location, spot)
    made.required = true(given.get("required")) or location == "path"
    return made


def header(low: Lowering, name: str, given: Any, spot: Spot) -> Parameter | None:
    """A Header Object: a parameter of the name it stands under."""
    if isinstance(given, dict) and "$ref" in given:
        found = follow(low, given["$ref"], spot)
        if found is None:
            return Parameter(
                name=name, location="header", use=Use(type=intern(low, "string", {})), style="simple",
                explode=False, place=spot.place,
            )  # fmt: skip
        given, at = found
        at.word = name
        low.shares(at)
        spot = at
    if not isinstance(given, dict):
        low.degrade("invalid-header", f"the header `{name[:60]}` is not an object", spot)
        given = {}
    made = _settled(low, given, name, "header", spot)
    made.required = true(given.get("required"))
    return made


def _shared(low: Lowering, given: dict[str, Any], spot: Spot) -> Parameter | None:
    found = follow(low, given["$ref"], spot)
    if found is None:
        low.degrade("unresolved-reference", "a parameter that leads nowhere is left out", spot)
        return None
    value, at = found
    key = ("parameter", at.id)
    low.shares(at)
    if key not in low.cache:
        at.word = None
        at = at_home(low, at) or at
        low.cache[key] = parameter(low, value, at) if not _again(value) else None
    made: Parameter | None = low.cache[key]
    if made is not None and "description" in given:
        return replace(made, doc=text(given["description"]))
    return made


def _again(value: Any) -> bool:
    return isinstance(value, dict) and "$ref" in value


def _settled(low: Lowering, given: dict[str, Any], name: str, location: Any, spot: Spot) -> Parameter:
    content, use = _schema(low, given, name, spot)
    if content is None:
        use.examples += examples(low, given, spot)
    style, explode = _style(low, given, location, spot)
    override = given.get("x-bindwright-name")
    return Parameter(
        name=name,
        location=location,
        use=use,
        style=style,
        explode=explode,
        allow_reserved=true(given.get("allowReserved")),
        allow_empty=true(given.get("allowEmptyValue")),
        content=content,
        doc=text(given.get("description")),
        deprecated=true(given.get("deprecated")),
        name_override=low.options.names.get(spot.id) or (override if isinstance(override, str) else None),
        place=spot.place,
    )


def _schema(low: Lowering, given: dict[str, Any], name: str, spot: Spot) -> tuple[str | None, Use]:
    """The media type of a ``content`` parameter, and the use of its schema."""
    content = given.get("content")
    if isinstance(content, dict) and content:
        media, inner = next(iter(content.items()))
        if len(content) > 1:
            low.degrade("several-contents", "a parameter has one media type: the first is taken", spot)
        below = spot.down(f"/content/{escape(text(media))}/schema")
        if "schema" in mapping(inner):
            return text(media), low.use(low, inner["schema"], below)
        return text(media), Use(type=intern(low, "any", {}))
    if "schema" in given:
        return None, low.use(low, given["schema"], spot.down("/schema"))
    if low.swagger or not SHAPING.isdisjoint(given.keys() - {"required"}):
        # 2.0: the keywords stand on the parameter itself (and by mistake in 3.x).
        return None, low.use(low, swagger_schema(given), spot)
    low.warn("no-schema", f"`{name[:60]}` has no schema: text is assumed", spot, "add a `schema`")
    return None, Use(type=intern(low, "string", {}))


def swagger_schema(given: dict[str, Any]) -> dict[str, Any]:
    """The schema part of a 2.0 parameter, items object or header."""
    left = {
        "name",
        "in",
        "description",
        "required",
        "collectionFormat",
        "allowEmptyValue",
        "style",
        "explode",
    }
    return {key: value for key, value in given.items() if key not in left}


def _style(low: Lowering, given: dict[str, Any], location: str, spot: Spot) -> tuple[str, bool]:
    default = _STYLES[location]
    if low.swagger:
        inner = given.get("items")
        if isinstance(inner, dict) and inner.get("type") == "array":
            low.degrade(
                "nested-list", "a list of lists has no form in a parameter: the inner ones are JSON", spot
            )
        return _collection(given, default)
    style = given.get("style", default)
    if style not in _ALLOWED[location]:
        if style is not None:
            low.warn("invalid-style", f"`{text(style)[:40]}` is no style for {location}", spot)
        style = default
    explode = given.get("explode")
    if not isinstance(explode, bool):
        explode = style in ("form", "cookie", "deepObject")
    return style, explode


def _collection(given: dict[str, Any], default: str) -> tuple[str, bool]:
    name = given.get("collectionFormat")
    style, explode = _COLLECTIONS.get(name if isinstance(name, str) else "csv", (None, False))
    return (style or default, explode)


def examples(low: Lowering, given: dict[str, Any], spot: Spot) -> list[Json]:
    """The values of ``example`` and ``examples`` (a map of Example Objects, or references to them)."""
    return [value for _, value in named_examples(low, given, spot)]


def named_examples(low: Lowering, given: dict[str, Any], spot: Spot) -> list[tuple[str, Json]]:
    """The same with the names that ``examples`` gives them; ``""`` where there is none."""
    found: list[tuple[str, Json]] = [("", given["example"])] if "example" in given else []
    several = given.get("examples")
    if isinstance(several, list):
        return found + [("", one) for one in several]
    for name, written in mapping(several).items():
        one = written
        if isinstance(one, dict) and "$ref" in one:
            got = follow(low, one["$ref"], spot.down("/examples/" + escape(text(name))))
            one = got[0] if got else None
        if isinstance(one, dict):
            found += [(text(name), one[key]) for key in ("value", "dataValue") if key in one][:1]
    return found
