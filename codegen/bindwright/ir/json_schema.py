"""The JSON Schema (2020-12) of the IR's JSON, from the classes of the model: what a port can rely on."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from bindwright.ir import model
from bindwright.ir.field_texts import text_of
from bindwright.ir.json_forms import NUMBER, Forms

FILE = "ir.schema.json"
_JSON: dict[str, Any] = {
    "description": 'A JSON value of the document. Numbers that not every reader has stand as `{"$number": text}`;'
    " an object that looks like a mark is wrapped in `$object`, one with keys that are no text is `$pairs`.",
    "if": {"type": "object", "required": ["$number"], "maxProperties": 1},
    "then": {"properties": {"$number": {"type": "string", "pattern": f"{NUMBER}|^(-?INF|NaN)$"}}},
}


def published() -> str:
    """The text of the schema that is part of the package."""
    return files("bindwright.ir").joinpath(FILE).read_text(encoding="utf-8")


def text() -> str:
    """The text of the schema, made from the classes."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def digest() -> str:
    """A digest of what the schema allows, whatever it says beside that."""
    return hashlib.sha256(json.dumps(_bare(schema()), sort_keys=True).encode()).hexdigest()


def _bare(part: Any) -> Any:
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if isinstance(part, dict):
        return {
            key: _bare(item) for key, item in part.items() if not (key == "description" and type(item) is str)
        }
    return part


def schema() -> dict[str, Any]:
    """The schema as JSON values."""
    definitions = {class_.__name__: _definition(class_) for class_ in classes()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": model.SCHEMA,
        "title": f"bindwright IR, version {model.IR_VERSION}",
        "$ref": "#/$defs/Api",
        "$defs": {**definitions, "Json": _JSON},
    }


@cache
def forms() -> Forms:
    """The forms of all classes, places included."""
    return Forms(everything=True)


@cache
def classes() -> tuple[type[Struct], ...]:
    """All classes that the JSON has, in the order in which they are met from `Api` on."""
    by_name = {
        value.__name__: value
        for value in vars(model).values()
        if isinstance(value, type) and issubclass(value, Struct)
    }
    result: dict[str, type[Struct]] = {"Api": model.Api}
    pending = ["Api"]
    for name in pending:
        members = forms().members_of(by_name[name])
        for target in _references([member.form.schema for member in members]):
            if target not in result and target != "Json":
                result[target] = by_name[target]
                pending.append(target)
    return tuple(result.values())


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [name for item in part for name in _references(item)]
    if not isinstance(part, dict):
        return []
    result = [part["$ref"].rpartition("/")[2]] if "$ref" in part else []
    return result + [name for item in part.values() for name in _references(item)]


def _definition(class_: type[Struct]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    texts = documentation(class_)
    for member in forms().members_of(class_):
        if member.mark is not None and member.mark.is_key:
            continue
        part = dict(member.form.schema)
        if class_ is model.Api and member.attribute in ("ir", "schema"):
            part = {"const": model.IR_VERSION if member.attribute == "ir" else model.SCHEMA}
        part["description"] = texts.get(member.attribute) or text_of(class_.__name__, member.attribute)
        if member.required:
            required.append(member.name)
        elif member.mark is None:
            part["default"] = member.form.zero if member.form.zero != () else []
        properties[member.name] = part
    definition = {
        "description": inspect.cleandoc(class_.__doc__ or ""),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    filling = forms().filling_of(class_)
    if filling is not None:
        counts = sorted(filling.counts)
        definition["anyOf"] = [{"minProperties": count, "maxProperties": count} for count in counts]
    return definition


@cache
def documentation(class_: type[Struct]) -> dict[str, str]:
    """The texts under the fields of a class, those of its bases included."""
    result: dict[str, str] = {}
    for base in reversed(class_.__mro__):
        if base in (object, Struct) or not issubclass(base, Struct):
            continue
        (body,) = ast.parse(inspect.getsource(base)).body
        assert isinstance(body, ast.ClassDef)
        for statement, following in zip(body.body, body.body[1:], strict=False):
            if (
                isinstance(statement, ast.AnnAssign)
                and isinstance(statement.target, ast.Name)
                and isinstance(following, ast.Expr)
                and isinstance(following.value, ast.Constant)
            ):
                result[statement.target.id] = inspect.cleandoc(str(following.value.value))
    return result
