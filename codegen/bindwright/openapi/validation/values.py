"""What no value, text or message can be: patterns that do not parse, defaults of another type, impossible names."""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from bindwright.openapi.validation.collected import CollectedObjects, PathNode
from bindwright.openapi.validation.reporter import Reporter
from bindwright.openapi.validation.structure import describe, place
from bindwright.standards.numbers import is_whole
from bindwright.standards.unicode_properties import is_known

if TYPE_CHECKING:
    from bindwright.openapi.loaded import LoadedDocument

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_OURS = r"\\[pP]\{[^}]*\}|\\u\{[0-9A-Fa-f]+\}|\\c[A-Za-z]|\\k<\w+>|\(\?<(?![=!])"
"""What ECMA 262 writes otherwise than Python."""
_PROPERTY = r"(?s)\\[pP]\{([^{}]*)\}|\\."
_FLAGS = r"(?<!\\)\(\?[aiLmsux-]+[:)]"
_BROKEN = ("unterminated", "unbalanced", "missing )", "nothing to repeat", "bad character range")
"""Python's words for what is wrong in every dialect; of anything else it may only be Python that has no word."""
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TEMPLATE = re.compile(r"\{[^{}]*\}")


def check_values(document: LoadedDocument, collected: CollectedObjects, reporter: Reporter) -> None:
    """Check every schema, parameter and path that the walk came past."""
    for schema, node in collected.schemas:
        if type(pattern := schema.get("pattern")) is str:
            _pattern(pattern, "`pattern`", (node, "pattern"), reporter)
        if type(keys := schema.get("patternProperties")) is dict:
            for key in keys:
                _pattern(key, "a key of `patternProperties`", ((node, "patternProperties"), key), reporter)
        if "type" in schema and ("default" in schema or "enum" in schema):
            _typed(schema, node, reporter)
    for parameter, node in collected.parameters:
        if parameter.get("in") == "header":
            _header(parameter.get("name"), (node, "name"), reporter)
    _schemes(document, reporter)
    _same_paths(collected, reporter)


def _pattern(pattern: str, what: str, node: PathNode, reporter: Reporter) -> None:
    """Tell of a pattern that is none, or that no matcher here can run."""
    if (why := _broken(pattern)) is not None:
        message = f"{what} is no regular expression: {why}"
        reporter.add("warning", "invalid-pattern", message, place(node), "it is not checked")
    elif (why := _unread(pattern)) is not None:
        remedy = "values are not checked against it; write a pattern of ECMA-262 without it"
        reporter.add("note", "unchecked-pattern", f"{what} has {why}", place(node), remedy)


def _unread(pattern: str) -> str | None:
    """What of a pattern no matcher here knows, so that nothing is checked; None where it has nothing of that kind."""
    for match in re.finditer(_PROPERTY, pattern):
        if match[1] is not None and not is_known(match[1]):
            return f"a property of characters that is not known here: `{match[0][:40]}`"
    flags = re.search(_FLAGS, pattern)
    return f"flags, which ECMA-262 does not have: `{flags[0]}`" if flags is not None else None


@cache
def _broken(pattern: str) -> str | None:
    """Why a text is no regular expression in any dialect; None where it may be one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(re.sub(_OURS, lambda match: "(?:" if match[0] == "(?<" else "x", pattern))
    except re.error as error:
        return error.msg if error.msg.startswith(_BROKEN) else None
    except (RecursionError, OverflowError):
        return None
    return None


def _typed(schema: dict[str, Any], node: PathNode, reporter: Reporter) -> None:
    spelling = schema["type"]
    names = spelling if type(spelling) is list else [spelling]
    if not all(
        name in _KINDS or name in ("integer", "number", "null") for name in names if type(name) is str
    ):
        return
    if "default" in schema:
        _value(schema["default"], names, "`default`", (node, "default"), reporter)
    enum = schema.get("enum")
    for index, value in enumerate(enum if type(enum) is list else ()):
        if _value(value, names, "a value of `enum`", ((node, "enum"), index), reporter):
            return  # the others are likely to be no better


def _value(value: Any, names: list[Any], what: str, node: PathNode, reporter: Reporter) -> bool:
    """Tell of a value that is of none of the types; gives whether it is."""
    if value is None or any(_is(value, name) for name in names):
        return False
    expected = " or ".join(str(name) for name in names)
    remedy = (
        "put it in quotes"
        if "string" in names and not isinstance(value, list | dict)
        else "correct one of them"
    )
    if isinstance(value, str) and "string" not in names:
        remedy = "remove the quotes" if _bare(value, names) else remedy
    if "array" in names and not isinstance(value, list | dict):
        remedy = "did you mean it for the items? Then it stands under `items`"
    message = f"{what} is {describe(value)}, but the type is {expected}"
    reporter.add("warning", "value-type", message, place(node), remedy)
    return True


def _is(value: Any, name: Any) -> bool:
    if name in ("integer", "number"):
        number = type(value) is not bool and not isinstance(value, str | list | dict)
        return number and (name == "number" or is_whole(value))
    return type(value) in _KINDS.get(name, ())


def _bare(value: str, names: list[Any]) -> bool:
    if "boolean" in names and value in ("true", "false"):
        return True
    return bool({"integer", "number"} & set(names)) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def _header(name: Any, node: PathNode, reporter: Reporter) -> None:
    """RFC 9110, 5.1: the name of a header field is a token."""
    if type(name) is str and not _TOKEN.fullmatch(name):
        message = f"no HTTP header can be called `{name}`"
        remedy = "letters, digits and hyphens, without spaces"
        reporter.add("warning", "header-name", message, place(node), remedy)


def _schemes(document: LoadedDocument, reporter: Reporter) -> None:
    root: PathNode = (None, ("", ""))
    components = document.root.get("components")
    components_node: PathNode = (root, "components")
    for holder, group, around in (
        (components, "securitySchemes", components_node),
        (document.root, "securityDefinitions", root),
    ):
        schemes = holder.get(group) if type(holder) is dict else None
        for key, scheme in schemes.items() if type(schemes) is dict else ():
            if type(scheme) is dict and scheme.get("type") == "apiKey" and scheme.get("in") == "header":
                _header(scheme.get("name"), (((around, group), key), "name"), reporter)


def _same_paths(collected: CollectedObjects, reporter: Reporter) -> None:
    """OpenAPI 3.2.0, Paths Object: templates that differ only in the names of their variables are one path."""
    first: dict[str, str] = {}
    for _, node in collected.paths:
        if node[0] is None or node[0][1] != "paths":
            continue
        template = str(node[1])
        other = first.setdefault(_TEMPLATE.sub("{}", template), template)
        if other != template:
            message = f"`{template}` is the same path as `{other}`"
            reporter.add(
                "warning",
                "same-path",
                message,
                place(node),
                "put their operations under one of them: names of variables tell no paths apart",
            )
