"""Parameters and headers, of all versions, with style and explode settled."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.location import Location, escape
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


def parameter(context: Lowering, given: Any, location: Location) -> Parameter | None:
    """A Parameter Object or a reference to one; None (with a diagnostic) where there is none."""
    if isinstance(given, dict) and "$ref" in given:
        return _shared(context, given, location)
    if not isinstance(given, dict):
        context.degrade("invalid-parameter", "this is not a parameter", location)
        return None
    name, parameter_in = text(given.get("name")), given.get("in")
    if not isinstance(given.get("name"), (str, int)):
        context.degrade("invalid-parameter", "a parameter without a `name` is left out", location, "name it")
        return None
    if parameter_in not in _LOCATIONS:
        context.degrade("invalid-parameter", "a parameter with an unknown `in`: `query` is taken", location)
        parameter_in = "query"
    location.word = location.word or name
    made = _settled(context, given, name, parameter_in, location)
    made.required = true(given.get("required")) or parameter_in == "path"
    return made


def header(context: Lowering, name: str, given: Any, location: Location) -> Parameter | None:
    """A Header Object: a parameter of the name it stands under."""
    if isinstance(given, dict) and "$ref" in given:
        found = follow(context, given["$ref"], location)
        if found is None:
            return Parameter(
                name=name, location="header", use=Use(type=intern(context, "string", {})), style="simple",
                explode=False, place=location.place,
            )  # fmt: skip
        given, at = found
        at.word = name
        context.shares(at)
        location = at
    if not isinstance(given, dict):
        context.degrade("invalid-header", f"the header `{name[:60]}` is not an object", location)
        given = {}
    made = _settled(context, given, name, "header", location)
    made.required = true(given.get("required"))
    return made


def _shared(context: Lowering, given: dict[str, Any], location: Location) -> Parameter | None:
    found = follow(context, given["$ref"], location)
    if found is None:
        context.degrade("unresolved-reference", "a parameter that leads nowhere is left out", location)
        return None
    value, at = found
    key = ("parameter", at.id)
    context.shares(at)
    if key not in context.cache:
        at.word = None
        at = at_home(context, at) or at
        context.cache[key] = parameter(context, value, at) if not _again(value) else None
    made: Parameter | None = context.cache[key]
    if made is not None and "description" in given:
        return replace(made, doc=text(given["description"]))
    return made


def _again(value: Any) -> bool:
    return isinstance(value, dict) and "$ref" in value


def _settled(
    context: Lowering, given: dict[str, Any], name: str, parameter_in: Any, location: Location
) -> Parameter:
    content, use = _schema(context, given, name, location)
    if content is None:
        use.examples += examples(context, given, location)
    style, explode = _style(context, given, parameter_in, location)
    override = given.get("x-bindwright-name")
    return Parameter(
        name=name,
        location=parameter_in,
        use=use,
        style=style,
        explode=explode,
        allow_reserved=true(given.get("allowReserved")),
        allow_empty=true(given.get("allowEmptyValue")),
        content=content,
        doc=text(given.get("description")),
        deprecated=true(given.get("deprecated")),
        name_override=context.options.names.get(location.id)
        or (override if isinstance(override, str) else None),
        place=location.place,
    )


def _schema(
    context: Lowering, given: dict[str, Any], name: str, location: Location
) -> tuple[str | None, Use]:
    """The media type of a ``content`` parameter, and the use of its schema."""
    content = given.get("content")
    if isinstance(content, dict) and content:
        media, inner = next(iter(content.items()))
        if len(content) > 1:
            context.degrade(
                "several-contents", "a parameter has one media type: the first is taken", location
            )
        below = location.down(f"/content/{escape(text(media))}/schema")
        if "schema" in mapping(inner):
            return text(media), context.use(context, inner["schema"], below)
        return text(media), Use(type=intern(context, "any", {}))
    if "schema" in given:
        return None, context.use(context, given["schema"], location.down("/schema"))
    if context.swagger or not SHAPING.isdisjoint(given.keys() - {"required"}):
        # 2.0: the keywords stand on the parameter itself (and by mistake in 3.x).
        return None, context.use(context, swagger_schema(given), location)
    context.warn("no-schema", f"`{name[:60]}` has no schema: text is assumed", location, "add a `schema`")
    return None, Use(type=intern(context, "string", {}))


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


def _style(
    context: Lowering, given: dict[str, Any], parameter_in: str, location: Location
) -> tuple[str, bool]:
    default = _STYLES[parameter_in]
    if context.swagger:
        inner = given.get("items")
        if isinstance(inner, dict) and inner.get("type") == "array":
            context.degrade(
                "nested-list", "a list of lists has no form in a parameter: the inner ones are JSON", location
            )
        return _collection(given, default)
    style = given.get("style", default)
    if style not in _ALLOWED[parameter_in]:
        if style is not None:
            context.warn("invalid-style", f"`{text(style)[:40]}` is no style for {parameter_in}", location)
        style = default
    explode = given.get("explode")
    if not isinstance(explode, bool):
        explode = style in ("form", "cookie", "deepObject")
    return style, explode


def _collection(given: dict[str, Any], default: str) -> tuple[str, bool]:
    name = given.get("collectionFormat")
    style, explode = _COLLECTIONS.get(name if isinstance(name, str) else "csv", (None, False))
    return (style or default, explode)


def examples(context: Lowering, given: dict[str, Any], location: Location) -> list[Json]:
    """The values of ``example`` and ``examples`` (a map of Example Objects, or references to them)."""
    return [value for _, value in named_examples(context, given, location)]


def named_examples(context: Lowering, given: dict[str, Any], location: Location) -> list[tuple[str, Json]]:
    """The same with the names that ``examples`` gives them; ``""`` where there is none."""
    found: list[tuple[str, Json]] = [("", given["example"])] if "example" in given else []
    several = given.get("examples")
    if isinstance(several, list):
        return found + [("", one) for one in several]
    for name, written in mapping(several).items():
        one = written
        if isinstance(one, dict) and "$ref" in one:
            got = follow(context, one["$ref"], location.down("/examples/" + escape(text(name))))
            one = got[0] if got else None
        if isinstance(one, dict):
            found += [(text(name), one[key]) for key in ("value", "dataValue") if key in one][:1]
    return found
