"""Models in other styles beside the attrs ones, by datamodel-code-generator, under our public names."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.reachability import Sides, always_there
from bindwright.openapi.diagnostics.model import Diagnostic
from bindwright.targets.naming.words import pascal
from bindwright.targets.python.models.field_defaults import is_discriminator, written_members
from bindwright.targets.python.models.type_expressions import Typer
from bindwright.targets.python.other_styles.claimed_names import (
    first_name,
    is_name_taken,
    with_all_named,
    without_class,
)
from bindwright.targets.python.other_styles.json_schema import Feed, json_schemas
from bindwright.targets.python.other_styles.named_aliases import with_named_aliases
from bindwright.targets.python.other_styles.narrowed_members import with_narrowed_members
from bindwright.targets.python.other_styles.private_keys import with_private_keys
from bindwright.targets.python.other_styles.rename_classes import with_public_names
from bindwright.targets.python.other_styles.unsupported import anything
from bindwright.targets.python.syntax.code import visible
from bindwright.targets.python.syntax.syntax_check import parses

STYLES = {
    "pydantic": "PydanticV2BaseModel",
    "dataclass": "DataclassesDataclass",
    "typeddict": "TypingTypedDict",
    "msgspec": "MsgspecStruct",
}


_BARE_LIST = re.compile(r"(?m)^class (\w+)\(RootModel\[list\]\):$|^(\w+): TypeAlias = list$")
_EXACT = ("dataclass", "typeddict")
"""Styles that do not read or write JSON themselves."""
_FIELD = "field_that_is_a_member"
"""Stands for the name ``field`` until the function of that name is out of the way."""
_STRUCT = re.compile(r"(?m)^(class \w+\(Struct)(?=[,)])")
_TYPING = re.compile(r"(?m)^from typing import (.+)\n")


def write_styles(
    typer: Typer, reached: Sides, styles: tuple[str, ...], diagnostics: list[Diagnostic]
) -> dict[str, str]:
    """``models_<style>/__init__.py`` for each style but attrs: relative path to text.

    What cannot be written (an unknown style, a missing extra) is a diagnostic.
    """
    files: dict[str, str] = {}
    for style in styles:
        if style == "attrs":
            continue
        if style not in STYLES:
            diagnostics.append(
                _error("models-style", f"there is no model style {style!r}", f"one of {', '.join(STYLES)}")
            )
            continue
        try:
            feed = _feed(typer, reached, style)
            text = _generate(feed, style)
        except ImportError:
            remedy = "pip install 'bindwright[models]'"
            diagnostics.append(
                _error("models-extra", f"model style {style!r} needs datamodel-code-generator", remedy)
            )
            continue
        except Unwritten as error:
            message = f"datamodel-code-generator cannot write models_{style}: {error}"
            diagnostics.append(
                _error("models-style-broken", message, "leave this style out, or report the document")
            )
            continue
        if not parses(text):
            message = f"datamodel-code-generator wrote models_{style} as no valid Python"
            diagnostics.append(
                _error("models-style-broken", message, "leave this style out, or report the document")
            )
            continue
        classes = frozenset(typer.plan.classes.values())
        files[f"models_{style}/__init__.py"] = visible(
            with_named_aliases(with_narrowed_members(with_public_names(text, classes)), classes)
        )
        if lost := [name for key, name in typer.plan.classes.items() if key in feed.anything]:
            diagnostics.append(_unread(style, lost))
    return files


def _feed(typer: Typer, reached: Sides, style: str) -> Feed:
    """What a style's schemas are made from."""
    return Feed(
        typer,
        reached,
        anything(typer.types, style),
        derives=style != "typeddict",
        exact=style in _EXACT,
        unions=style != "msgspec",
    )


def _error(code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(level="error", code=code, message=message, remedy=remedy)


def _unread(style: str, lost: list[str]) -> Diagnostic:
    names = ", ".join(sorted(lost)[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
    return Diagnostic(
        level="note", code="models-style-any", message=f"{style} cannot read {names}: any value is allowed there",
        remedy="",
    )  # fmt: skip


class Unwritten(Exception):
    """datamodel-code-generator refuses."""


def aliases(typer: Typer) -> dict[str, str]:
    """Our field names, by class and JSON name; inherited ones at each class, as the schemas are flattened."""
    aliases_by_path: dict[str, str] = {}
    for type_ in typer.types.values():
        if isinstance(type_, ir.Object):
            for property_ in type_.properties:
                name = typer.plan.fields.get(property_.declared_in, {}).get(property_.name) or property_.name
                if name != property_.name or name == "field":
                    aliases_by_path[f"{typer.plan.classes[type_.id]}.{property_.name}"] = (
                        _FIELD if name == "field" else name
                    )
    return aliases_by_path


def _generate(feed: Feed, style: str) -> str:
    import datamodel_code_generator as dmcg
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import DateClassType, DatetimeClassType

    typer = feed.typer
    classes = frozenset(typer.plan.classes.values())
    # What is written here has the style of datamodel-code-generator, which is not ours to judge.
    header = f'# ruff: noqa\n"""Models as {style}, under the names of the attrs ones."""'
    if not classes:
        return header + "\n"
    options: dict[str, Any] = {
        "input_file_type": dmcg.InputFileType.JsonSchema,
        "output_model_type": DataModelType[STYLES[style]],
        "target_python_version": dmcg.PythonVersion.PY_311,
        "aliases": aliases(typer) if style != "typeddict" else {},
        "disable_timestamp": True, "use_union_operator": True, "use_standard_collections": True,
        "use_schema_description": True, "use_double_quotes": True, "field_constraints": True,
        "allow_population_by_field_name": True, "apply_default_values_for_required_fields": True, "set_default_enum_member": True, "skip_root_model": True, "use_annotated": style == "pydantic",
        # Class names are settled already: nothing is to be done to them for what the modules import.
        "custom_class_name_generator": lambda name: name if name in classes else pascal(name) or "Model",
        # PEP 728's `extra_items` is no TypedDict that mypy knows.
        "use_closed_typed_dict": False,
        "custom_file_header": header,
    }  # fmt: skip
    if style == "dataclass":
        options["keyword_only"] = True
    if style == "typeddict":  # whose keys are the document's names
        options["special_field_name_prefix"] = ""
    if style != "pydantic":  # which has classes of its own for them
        options |= {
            "output_datetime_class": DatetimeClassType.Datetime,
            "output_date_class": DateClassType.Date,
        }
    schemas = json_schemas(feed)
    text = _generated(schemas, options)
    if parses(text) and is_name_taken(text, classes):
        first = first_name(classes)
        text = without_class(_generated(with_all_named(schemas, first), options), first)
    text = _lists_of_themselves(typer, _with_a_field(text))
    if style == "typeddict":
        text = with_private_keys(_typed_dicts(text))
    if style == "msgspec":  # the runtime keeps what it does not know of a document beside a living object
        text = _STRUCT.sub(r"\1, weakref=True", text)
        text = _keyword_only(text, _reordered(feed))
    return text.rstrip() + "\n"


def _reordered(feed: Feed) -> list[str]:
    """Classes with a discriminator of their own, which has a default and so stands behind what has none."""
    types, classes = feed.typer.types, feed.typer.plan.classes
    return [
        classes[type_.id]
        for type_ in types.values()
        if isinstance(type_, ir.Object) and type_.id in classes
        for property_ in written_members(types, feed.sides, type_)
        if is_discriminator(types, property_) and always_there(property_, feed.sides)
    ]


def _keyword_only(text: str, names: list[str]) -> str:
    """The module with classes that take keywords alone: a position that means another member would go unnoticed."""
    keyword_only = frozenset(names)

    def head(match: re.Match[str]) -> str:
        return f"{match[1]}, kw_only=True):" if match[2] in keyword_only else match[0]

    return _CLASS_WITHOUT_KEYWORDS.sub(head, text) if keyword_only else text


_CLASS_WITHOUT_KEYWORDS = re.compile(r"(?m)^(class (\w+)\((?!.*\bkw_only=).*)\):$")


def _generated(schemas: dict[str, Any], options: dict[str, Any]) -> str:
    """What datamodel-code-generator makes of schemas.

    Raises:
        Unwritten: it refuses, or gives something else.
    """
    import datamodel_code_generator as dmcg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = dmcg.generate(json.dumps(schemas, default=str), **options)
        except Exception as error:
            raise Unwritten(str(error) or type(error).__name__) from error
    if not isinstance(text, str):
        raise Unwritten("it gave several modules where one was asked for")
    return text


def _with_a_field(text: str) -> str:
    """A member called ``field`` hides the function that all further members are made with: it gets another name."""
    if _FIELD not in text:
        return text
    text = re.sub(r"(?m)^(from (?:msgspec|dataclasses) import .*)\bfield\b", r"\1field as _field", text)
    return re.sub(r"(?m)(= |^ +)field\(", r"\1_field(", text).replace(_FIELD, "field")


def _lists_of_themselves(typer: Typer, text: str) -> str:
    """datamodel-code-generator makes a bare ``list`` of a list that holds itself: its items are put back."""
    ids = {name: key for key, name in typer.plan.classes.items()}
    for match in _BARE_LIST.findall(text):
        name = match[0] or match[1]
        type_ = typer.types.get(ids.get(name, ""))
        recursive = isinstance(type_, ir.Array) and type_.items is not None and type_.items.type == type_.id
        full = f'list["{name}"]' if recursive else "list[object]"
        pattern = rf"(?m)^class {name}\(RootModel\[list\]\):\n((?:    .*\n|\n)*?)    root: list$"
        text = re.sub(pattern, rf"class {name}(RootModel[{full}]):\n\1    root: {full}", text)
        text = re.sub(rf"(?m)^{name}: TypeAlias = list$", f"{name}: TypeAlias = {full}", text)
    return text


def _typed_dicts(text: str) -> str:
    """With ``TypedDict`` from `typing_extensions`: pydantic refuses Python 3.11's, which FastAPI meets."""
    statement = next((match for match in _TYPING.finditer(text) if "TypedDict" in match[1]), None)
    if statement is None:
        return text
    names = statement[1].split(", ")
    kept = [name for name in names if name != "TypedDict"]
    line = f"from typing import {', '.join(kept)}\n" if kept else ""
    rest = text[statement.end() :]
    imports = re.match(r"(?:from (?!typing_extensions)\S+ import .+\n)*", rest)
    end = imports.end() if imports else 0
    added = "\nfrom typing_extensions import TypedDict\n"
    return text[: statement.start()] + line + rest[:end] + added + rest[end:]
