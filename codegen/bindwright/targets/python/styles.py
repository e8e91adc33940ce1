"""Models in other styles beside the attrs ones, by datamodel-code-generator, under our public names."""

from __future__ import annotations

import json
import warnings
from typing import Any

from bindwright.ir import model as ir
from bindwright.spec.diagnostics import Diagnostic
from bindwright.targets.python.check import parses
from bindwright.targets.python.schemas import json_schemas
from bindwright.targets.python.types import Typer

STYLES = {
    "pydantic": "PydanticV2BaseModel",
    "dataclass": "DataclassesDataclass",
    "typeddict": "TypingTypedDict",
    "msgspec": "MsgspecStruct",
}


def write_styles(typer: Typer, styles: tuple[str, ...], found: list[Diagnostic]) -> dict[str, str]:
    """``models_<style>/__init__.py`` for each style but attrs: relative path to text.

    What cannot be written (an unknown style, a missing extra) is a diagnostic.
    """
    files: dict[str, str] = {}
    for style in styles:
        if style == "attrs":
            continue
        if style not in STYLES:
            found.append(
                _error("models-style", f"there is no model style {style!r}", f"one of {', '.join(STYLES)}")
            )
            continue
        try:
            text = _generate(typer, style)
        except ImportError:
            remedy = "pip install 'bindwright[models]'"
            found.append(
                _error("models-extra", f"model style {style!r} needs datamodel-code-generator", remedy)
            )
            continue
        if not parses(text):
            message = f"datamodel-code-generator wrote models_{style} as no valid Python"
            found.append(
                _error("models-style-broken", message, "leave this style out, or report the document")
            )
            continue
        files[f"models_{style}/__init__.py"] = text
    return files


def _error(code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(level="error", code=code, message=message, remedy=remedy)


def aliases(typer: Typer) -> dict[str, str]:
    """Our field names, by class and JSON name; inherited ones at each class, as the schemas are flattened."""
    found: dict[str, str] = {}
    for type_ in typer.types.values():
        if isinstance(type_, ir.Object):
            for one in type_.properties:
                name = typer.plan.fields.get(one.declared_in, {}).get(one.name) or one.name
                if name != one.name:
                    found[f"{typer.plan.classes[type_.id]}.{one.name}"] = name
    return found


def _generate(typer: Typer, style: str) -> str:
    import datamodel_code_generator as dmcg
    from datamodel_code_generator.enums import DataModelType

    options: dict[str, Any] = {
        "input_file_type": dmcg.InputFileType.JsonSchema,
        "output_model_type": DataModelType[STYLES[style]],
        "target_python_version": dmcg.PythonVersion.PY_311,
        "aliases": aliases(typer) if style != "typeddict" else {},
        "disable_timestamp": True, "use_union_operator": True, "use_standard_collections": True,
        "use_schema_description": True, "use_double_quotes": True, "field_constraints": True,
        "allow_population_by_field_name": True, "skip_root_model": True, "use_annotated": style == "pydantic",
        "custom_file_header": f'"""Models as {style}, under the names of the attrs ones."""',
    }  # fmt: skip
    if style == "dataclass":
        options["keyword_only"] = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = dmcg.generate(json.dumps(json_schemas(typer), default=str), **options)
    if not isinstance(text, str):
        raise TypeError("datamodel-code-generator gave several modules where one was asked for")
    return text
