"""Lone surrogates: ``"\\ud83d"``, which RFC 8259, 8.2, allows and UTF-8 has no bytes for.

``JSON.stringify`` writes half an emoji so since ES2019. msgspec refuses to read and to write it, so such documents
go through the standard library's parser, and such texts are written with a placeholder that becomes the escape.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn

import msgspec

from bindwright.runtime.json.text.numbers import untyped_number
from bindwright.runtime.value_types import JsonValue, Prepared

_escape = re.compile(rb"\\u[dD][89a-fA-F]").search
_lone = re.compile("[\ud800-\udfff]")
_MARK = "\ufdd0"
"""Stands around a placeholder's digits: a noncharacter, which no one exchanges (Unicode, 23.7)."""
_placeholder = re.compile(f"{_MARK}([0-9a-f]{{4}}){_MARK}".encode())


def may_be_escaped(data: bytes) -> bool:
    """Whether a document holds an escape of a surrogate, which may stand alone."""
    return _escape(data) is not None


def parse_with_lone_surrogates(data: bytes) -> JsonValue:
    """Parsed JSON in which surrogates may stand alone.

    Raises:
        ValueError: no JSON.
    """
    # Decoded here: ``json.loads`` of bytes would let surrogates pass in UTF-8 itself.
    return json.loads(data.decode(), parse_float=untyped_number, parse_constant=_refuse)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def encode_with_lone_surrogates(prepared: Prepared) -> bytes:
    """The bytes of what a writer prepared, lone surrogates as escapes.

    Raises:
        UnicodeEncodeError: the text holds what the placeholders are made of, too.
    """
    marked = _marked(prepared)
    return _placeholder.sub(lambda match: b"\\u" + match[1], msgspec.json.encode(marked))


def _marked(prepared: Prepared) -> Prepared:
    """A copy with a placeholder for each lone surrogate."""
    if isinstance(prepared, str):
        if _lone.search(prepared) is None:
            return prepared
        if _MARK in prepared:
            raise UnicodeEncodeError("utf-8", prepared, 0, 1, "a lone surrogate beside a noncharacter")
        return _lone.sub(lambda match: f"{_MARK}{ord(match[0]):04x}{_MARK}", prepared)
    if isinstance(prepared, msgspec.Struct):
        return {
            name: _marked(value)
            for name, field in zip(prepared.__struct_encode_fields__, prepared.__struct_fields__, strict=True)
            if (value := getattr(prepared, field)) is not msgspec.UNSET
        }
    if isinstance(prepared, dict):
        return {_marked(name): _marked(value) for name, value in prepared.items()}
    if isinstance(prepared, (list, tuple)):
        return [_marked(item) for item in prepared]
    return prepared
