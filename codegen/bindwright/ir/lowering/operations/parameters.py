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
from bindwright.ir.lowering.values import mapping, names_asked_for, text, true
from bindwright.ir.model import Json, Parameter, Use
from bindwright.standards.json_pointer import split

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


def parameter(context: Lowering, raw: Any, location: Location) -> Parameter | None:
    """A Parameter Object or a reference to one; None (with a diagnostic) where there is none."""
    if isinstance(raw, dict) and "$ref" in raw:
        return _shared(context, raw, location)
    if not isinstance(raw, dict):
        context.degrade("invalid-parameter", "this is not a parameter", location)
        return None
    name, parameter_in = text(raw.get("name")), raw.get("in")
    if not isinstance(raw.get("name"), (str, int)):
        context.degrade("invalid-parameter", "a parameter without a `name` is left out", location, "name it")
        return None
    if parameter_in not in _LOCATIONS:
        context.degrade("invalid-parameter", "a parameter with an unknown `in`: `query` is taken", location)
        parameter_in = "query"
    location.word = location.word or name
    result = _settled(context, raw, name, parameter_in, location)
    result.required = true(raw.get("required")) or parameter_in == "path"
    return result


_IGNORED = {
    "accept": "the media types of the responses say it; a call may choose with `accept`",
    "content-type": "the media type of the body says it; a call may choose with `media_type`",
    "authorization": "describe credentials with `security`",
}


def is_ignored_header(context: Lowering, candidate: Parameter, location: Location) -> bool:
    """Whether a parameter's definition shall be ignored (OpenAPI 3.0 to 3.2, Parameter Object, ``name``).

    2.0 has no such clause: there these are parameters like others.
    """
    remedy = _IGNORED.get(candidate.name.lower()) if candidate.location == "header" else None
    if remedy is None or context.swagger:
        return False
    context.note(
        "ignored-header",
        f"the header parameter `{candidate.name}` is ignored, as OpenAPI says",
        location,
        remedy,
    )
    return True


def is_content_type(context: Lowering, name: str) -> bool:
    """Whether a header's definition of a response or part shall be ignored: its media type says it."""
    return name.lower() == "content-type" and not context.swagger


def header(context: Lowering, name: str, raw: Any, location: Location) -> Parameter | None:
    """A Header Object: a parameter of the name it stands under."""
    if isinstance(raw, dict) and "$ref" in raw:
        target = follow(context, raw["$ref"], location)
        if target is None:
            return Parameter(
                name=name, location="header", use=Use(type=intern(context, "string", {})), style="simple",
                explode=False, place=location.place,
            )  # fmt: skip
        raw, home = target
        home.word = name
        context.shares(home)
        location = home
    if not isinstance(raw, dict):
        context.degrade("invalid-header", f"the header `{name[:60]}` is not an object", location)
        raw = {}
    result = _settled(context, raw, name, "header", location)
    result.required = true(raw.get("required"))
    return result


def _shared(context: Lowering, raw: dict[str, Any], location: Location) -> Parameter | None:
    target = follow(context, raw["$ref"], location)
    if target is None:
        context.degrade("unresolved-reference", "a parameter that leads nowhere is left out", location)
        return None
    value, home = target
    key = home.id
    context.shares(home)
    if key not in context.shared_parameters:
        # Shared parameters have unique keys; of their names several may be `sort`.
        home.word = _component_key(home.pointer)
        home = at_home(context, home) or home
        context.shared_parameters[key] = parameter(context, value, home) if not _again(value) else None
    result = context.shared_parameters[key]
    if result is not None and "description" in raw:
        return replace(result, doc=text(raw["description"]))
    return result


def _component_key(pointer: str) -> str | None:
    tokens = split(pointer)
    return tokens[-1] if tokens[:-1] in (["components", "parameters"], ["parameters"]) else None


def _again(value: Any) -> bool:
    return isinstance(value, dict) and "$ref" in value


def _settled(
    context: Lowering, raw: dict[str, Any], name: str, parameter_in: Any, location: Location
) -> Parameter:
    content, use = _schema(context, raw, name, location)
    if content is None:
        use.examples += examples(context, raw, location)
    style, explode = _style(context, raw, parameter_in, location)
    return Parameter(
        name=name,
        location=parameter_in,
        use=use,
        style=style,
        explode=explode,
        inner_separators=inner_separators(context, raw, location, kept_apart=True) if context.swagger else [],
        allow_reserved=true(raw.get("allowReserved")),
        allow_empty=true(raw.get("allowEmptyValue")),
        content=content,
        doc=text(raw.get("description")),
        deprecated=true(raw.get("deprecated")),
        names=names_asked_for(raw, context.options.names.get(location.id)),
        place=location.place,
    )


def _schema(context: Lowering, raw: dict[str, Any], name: str, location: Location) -> tuple[str | None, Use]:
    """The media type of a ``content`` parameter, and the use of its schema."""
    content = raw.get("content")
    if isinstance(content, dict) and content:
        media, media_object = next(iter(content.items()))
        if len(content) > 1:
            context.degrade(
                "several-contents", "a parameter has one media type: the first is taken", location
            )
        below = location.down(f"/content/{escape(text(media))}/schema")
        if "schema" in mapping(media_object):
            return text(media), context.use(context, media_object["schema"], below)
        return text(media), Use(type=intern(context, "any", {}))
    if "schema" in raw:
        return None, context.use(context, raw["schema"], location.down("/schema"))
    if context.swagger or not SHAPING.isdisjoint(raw.keys() - {"required"}):
        # 2.0: the keywords stand on the parameter itself (and by mistake in 3.x).
        return None, context.use(context, swagger_schema(raw), location)
    context.warn("no-schema", f"`{name[:60]}` has no schema: text is assumed", location, "add a `schema`")
    return None, Use(type=intern(context, "string", {}))


def swagger_schema(raw: dict[str, Any]) -> dict[str, Any]:
    """The schema part of a 2.0 parameter, items object or header."""
    not_schema = {
        "name",
        "in",
        "description",
        "required",
        "collectionFormat",
        "allowEmptyValue",
        "style",
        "explode",
    }
    return {key: value for key, value in raw.items() if key not in not_schema}


def _style(context: Lowering, raw: dict[str, Any], parameter_in: str, location: Location) -> tuple[str, bool]:
    default = _STYLES[parameter_in]
    if context.swagger:
        return _collection(raw, default)
    style = raw.get("style", default)
    if style not in _ALLOWED[parameter_in]:
        if style is not None:
            context.warn("invalid-style", f"`{text(style)[:40]}` is no style for {parameter_in}", location)
        style = default
    explode = raw.get("explode")
    if not isinstance(explode, bool):
        explode = style in ("form", "cookie", "deepObject")
    return style, explode


_SEPARATORS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|", "multi": None}


def inner_separators(
    context: Lowering, raw: dict[str, Any], location: Location, *, kept_apart: bool
) -> list[str]:
    """2.0: what stands between the items of lists in a list, from the outside in (Items Object, ``collectionFormat``).

    Args:
        kept_apart: a comma within an item is none between items: it is percent-encoded, or in a quoted string.
    """
    separators: list[str] = []
    items = raw.get("items")
    while isinstance(items, dict) and items.get("type") == "array":
        separators.append(_separator(items) or ",")
        items = items.get("items")
    outer = _separator(raw)
    levels = [*([outer] if outer is not None and not (kept_apart and outer == ",") else []), *separators]
    if separators and len(set(levels)) < len(levels):
        context.degrade(
            "nested-list",
            "a list of lists with one separator for both: nobody can tell where the inner ones end",
            location,
            "give the inner list another `collectionFormat`",
        )
    return separators


def _separator(raw: dict[str, Any]) -> str | None:
    """What ``collectionFormat`` puts between items; None: each stands alone."""
    name = raw.get("collectionFormat")
    return _SEPARATORS.get(name if isinstance(name, str) else "csv", ",")


def _collection(raw: dict[str, Any], default: str) -> tuple[str, bool]:
    name = raw.get("collectionFormat")
    style, explode = _COLLECTIONS.get(name if isinstance(name, str) else "csv", (None, False))
    return (style or default, explode)


def examples(context: Lowering, raw: dict[str, Any], location: Location) -> list[Json]:
    """The values of ``example`` and ``examples`` (a map of Example Objects, or references to them)."""
    return [value for _, value in named_examples(context, raw, location)]


def named_examples(context: Lowering, raw: dict[str, Any], location: Location) -> list[tuple[str, Json]]:
    """The same with the names that ``examples`` gives them; ``""`` where there is none."""
    results: list[tuple[str, Json]] = [("", raw["example"])] if "example" in raw else []
    several = raw.get("examples")
    if isinstance(several, list):
        return results + [("", example) for example in several]
    for name, written in mapping(several).items():
        example = written
        if isinstance(example, dict) and "$ref" in example:
            got = follow(context, example["$ref"], location.down("/examples/" + escape(text(name))))
            example = got[0] if got else None
        if isinstance(example, dict):
            results += [(text(name), example[key]) for key in ("value", "dataValue") if key in example][:1]
    return results
