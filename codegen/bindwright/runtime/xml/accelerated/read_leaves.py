"""Texts for the accelerator: which of its kinds reads a place's, and what does where it does not."""

from __future__ import annotations

from typing import Any

from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import RANGES, lexical_of

_KINDS = {"number": "READ_FLOAT", "boolean": "READ_BOOLEAN", "datetime": "READ_DATETIME", "uuid": "READ_UUID"}


def leaf(place: XmlPlace, accelerator: Any) -> dict[str, Any]:
    """What describes the text of a scalar."""
    shape = place.shape
    lexical = lexical_of(shape, place.profile)
    called = {"kind": accelerator.READ_CALL, "parse": lexical.parse}
    if hooks().has(shape.type):
        return called
    if (
        shape.kind == "enum"
        and issubclass(shape.type, str)
        and not getattr(shape.type, "__xml_names__", None)
    ):
        members = {str.__str__(member.value): member for member in shape.type.__members__.values()}
        return {**called, "kind": accelerator.READ_LISTED, "first": members}
    if shape.kind == "literal" and all(type(literal) is str for literal in shape.literals):
        words = {literal: literal for literal in shape.literals}
        return {**called, "kind": accelerator.READ_LISTED, "first": words}
    if shape.root is not None and shape.kind != "boolean":
        return called  # a class of its own
    if shape.kind == "string":
        return {**called, "kind": accelerator.READ_TEXT} if lexical.parse is str else called
    if shape.kind == "integer":
        limits = RANGES.get(shape.fact("format") or "")
        return {**called, "kind": accelerator.READ_INTEGER, "first": limits}
    kind = _KINDS.get(shape.kind)
    return called if kind is None else {**called, "kind": getattr(accelerator, kind)}
