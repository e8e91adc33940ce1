"""Scalars for the accelerator: which of its kinds writes a place's values, and what does where it does not."""

from __future__ import annotations

from typing import Any

from bindwright.runtime.values.scalar_texts import BYTES_TEXTS
from bindwright.runtime.xml.encoding.elements import words_of
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import cdata, escape_text
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import Lexical, lexical_of

_KINDS = {
    "integer": "WRITE_INTEGER",
    "number": "WRITE_FLOAT",
    "boolean": "WRITE_BOOLEAN",
    "datetime": "WRITE_DATETIME",
    "date": "WRITE_DATE",
    "uuid": "WRITE_UUID",
}
_MOST_WORDS = 64
"""Members of an enumeration that are compared one by one."""


def leaf(place: XmlPlace, accelerator: Any) -> dict[str, Any]:
    """What describes the text of an element."""
    shape = place.shape
    lexical = lexical_of(shape, place.profile)
    if shape.kind == "enum" and (words := words_of(shape.type)):
        table = [(member, word) for member, word in words.items() if word]
        if len(table) <= _MOST_WORDS:
            return {"kind": accelerator.WRITE_WORDS, "first": tuple(part for pair in table for part in pair)}
    return _described(place, lexical, accelerator)


def text_leaf(place: XmlPlace, accelerator: Any) -> dict[str, Any]:
    """What describes an attribute, or a model's text."""
    lexical = lexical_of(place.shape, place.profile)
    if place.node == "cdata":
        wrapped = lambda value: cdata(lexical.text(value))  # noqa: E731
        return {"kind": accelerator.WRITE_CALL, "text": wrapped, "is_plain": True}
    described = _described(place, lexical, accelerator)
    if described["kind"] == accelerator.WRITE_TEXT:
        return described  # of another class, a string may have a text of its own
    return {**described, "text": lexical.text, "is_plain": lexical.plain}


def _described(place: XmlPlace, lexical: Lexical, accelerator: Any) -> dict[str, Any]:
    shape = place.shape
    called = {"kind": accelerator.WRITE_CALL, "text": lexical.text, "is_plain": lexical.plain}
    if hooks().has(shape.type):
        return called
    if shape.kind == "string":
        return {"kind": accelerator.WRITE_TEXT}
    if (
        shape.kind == "literal"
        and len(shape.literals) <= _MOST_WORDS
        and not any(map(_is_odd, shape.literals))
    ):
        words = tuple(part for literal in shape.literals for part in (literal, literal))
        return {"kind": accelerator.WRITE_WORDS, "first": words}
    if shape.kind == "enum":
        return _listed(lexical, shape.type, accelerator) or called
    if shape.kind == "decimal" and place.profile != "datacontract":
        return {**called, "kind": accelerator.WRITE_DECIMAL}
    if shape.kind in ("duration", "time"):
        return {**called, "kind": getattr(accelerator, f"WRITE_{shape.kind.upper()}")}
    if shape.kind == "bytes" and (shape.fact("format") or "") not in BYTES_TEXTS:
        return {**called, "kind": accelerator.WRITE_OCTETS}
    name = _KINDS.get(shape.kind)
    return called if name is None else {"kind": getattr(accelerator, name)}


def _is_odd(literal: object) -> bool:
    """Whether a constant is no text, or none that is written as it is."""
    return not isinstance(literal, str) or escape_text(literal) != literal or not literal


def _listed(lexical: Lexical, cls: Any, accelerator: Any) -> dict[str, Any] | None:
    """The texts of an enumeration's members; None where they are many, or one has none."""
    members = list(cls.__members__.values())
    if len(members) > _MOST_WORDS:
        return None
    try:
        table = [(member, lexical.text(member)) for member in members]
    except (TypeError, ValueError):
        return None
    return {"kind": accelerator.WRITE_WORDS, "first": tuple(part for pair in table for part in pair)}
