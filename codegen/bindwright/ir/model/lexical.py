"""Lexical forms: how the text of a scalar is written and read. The list is closed; each has a page."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

LexicalForm = Literal[
    "any", "base16", "base64", "base64url", "boolean", "char", "char-code", "date", "date-time", "date-time-offset",
    "decimal", "dotnet-decimal", "dotnet-double", "dotnet-float", "dotnet-offset", "dotnet-time-span", "dotnet-uri",
    "double", "duration", "flags", "float", "int16", "int32", "int64", "int8", "integer", "name", "never", "null",
    "octets", "quoted-decimal", "string", "time", "uint16", "uint32", "uint64", "uint8", "uuid", "value",
]  # fmt: skip


class Lexical(Struct, kw_only=True):
    """The forms of one scalar: ``date-time`` in JSON and ``dotnet-offset`` in XML, say. See ``lexical.md``."""

    json: LexicalForm
    xml: LexicalForm
