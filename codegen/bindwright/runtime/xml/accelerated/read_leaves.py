"""Texts for the accelerator: which of its kinds reads a place's, and what does where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bindwright.runtime.values.scalar_texts import BYTES_PARSERS
from bindwright.runtime.xml.plan.alternatives import chooser
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import RANGES, is_listed, lexical_of

_KINDS = {
    "number": "READ_FLOAT", "boolean": "READ_BOOLEAN", "datetime": "READ_DATETIME", "uuid": "READ_UUID",
    "date": "READ_DATE", "time": "READ_TIME", "decimal": "READ_DECIMAL", "duration": "READ_DURATION",
}  # fmt: skip


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
    if shape.kind == "bytes" and (shape.fact("format") or "") not in BYTES_PARSERS:
        return {**called, "kind": accelerator.READ_OCTETS}
    kind = _KINDS.get(shape.kind)
    return called if kind is None else {**called, "kind": getattr(accelerator, kind)}


def text_choice(
    scalars: list[XmlPlace], *, has_others: bool
) -> Callable[[str], tuple[Any, bool] | None] | None:
    """What a text without elements is among alternatives: the value of a scalar, and whether nothing else is asked.

    Args:
        scalars: those of the alternatives.
        has_others: whether there are others: they are asked unless a narrow type tells the text.

    Returns:
        A function; None where no alternative is a scalar.
    """
    if not scalars:
        return None
    only = scalars[0] if len(scalars) == 1 and scalars[0].shape.kind in ("string", "bytes") else None

    def single(text: str) -> tuple[Any, bool] | None:
        try:
            return parse(text), False
        except (ValueError, ArithmeticError):
            return None

    choose = chooser(scalars)

    def chosen(text: str) -> tuple[Any, bool] | None:
        value, member = choose(text)
        if member is None:
            return None
        is_narrow = member.shape.kind not in ("string", "bytes")
        return value, not has_others or (is_narrow and is_listed(member.shape, value))

    if only is None or not has_others:
        return chosen
    parse = lexical_of(only.shape, only.profile).parse
    return single
