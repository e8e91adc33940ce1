"""Answers of an operation: what each status holds, and what is asked for."""

from __future__ import annotations

from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.typescript.models.codecs import Scope
from bindwright.targets.typescript.operations.bodies import DEFAULTS, Bodies
from bindwright.targets.typescript.operations.body_forms import BodyForm
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call


def described(bodies: Bodies, answers: dict[str, list[BodyForm]]) -> dict[str, Any]:
    """What an operation says of its answers, by status."""
    by_status: dict[str, Any] = {
        status: bodies.described(forms) if forms else False for status, forms in answers.items()
    }
    # A success that is not listed is as the nearest one that is; without any, it says nothing that is described.
    return (
        by_status
        if any(_is_success(status) or status == "default" for status in by_status)
        else {"200": False} | by_status
    )


def _is_success(status: str) -> bool:
    return status.startswith("2")


def rare_facts(
    api: ir.Api, operation: ir.Operation, answers: dict[str, list[BodyForm]], scope: Scope
) -> dict[str, Any]:
    """What answers have besides codecs at listed statuses, with the code for it."""
    facts: dict[str, Any] = {}
    if not all(status.isdigit() for status in answers) or sum(map(_is_success, answers)) > 1:
        facts["find"] = Code(scope.module.runtime("ranges"))
    asked = _asked(operation)
    if _is_unusual(api, asked) and not ("json" in asked and "xml" in asked):
        facts["accept"] = ", ".join(name for names in asked.values() for name in names)
    if any(len(forms) > 1 or not forms[0].is_codec for forms in answers.values() if forms):
        facts["read"] = Code(scope.module.runtime("various"))
    return facts


def accepting(api: ir.Api, operation: ir.Operation, scope: Scope) -> list[Code]:
    """What writes the types that are asked for, where they depend on the client's formats in an unusual way."""
    asked = _asked(operation)
    if not _is_unusual(api, asked) or not ("json" in asked and "xml" in asked):
        return []
    by_format = {kind: ", ".join(asked[kind]) for kind in ("json", "xml")}
    return [call(scope.module.runtime("accepts"), [by_format, *asked.get("", [])])]


def _asked(operation: ir.Operation) -> dict[str, list[str]]:
    """The media types to ask for: of JSON, of XML and, by the name '', of all else.

    Of several names for JSON or XML at one status the usual one is enough.
    """
    asked: dict[str, dict[str, None]] = {"json": {}, "xml": {}, "": {}}
    for answer in operation.responses:
        for kind, names in asked.items():
            offered = [content.media_type for content in answer.contents if (content.kind if content.kind in DEFAULTS else "") == kind]  # fmt: skip
            usual = [name for name in offered if name.lower() == DEFAULTS.get(kind)]
            names.update(dict.fromkeys(usual or offered))
    return {kind: list(names) for kind, names in asked.items() if names}


def _is_unusual(api: ir.Api, asked: dict[str, list[str]]) -> bool:
    """Whether something else is to be asked for than what the client's formats are called."""
    usual = {kind: [name] for kind, name in DEFAULTS.items() if kind == "json" or api.xml}
    return bool(asked) and asked != usual
