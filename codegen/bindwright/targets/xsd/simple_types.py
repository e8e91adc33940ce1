"""Simple types: a table from the IR's lexical forms to the types of XML Schema and of .NET's serialization schema."""

from __future__ import annotations

from typing import Final

from bindwright.ir.model.lexical import LexicalForm

XS: Final = "http://www.w3.org/2001/XMLSchema"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XML: Final = "http://www.w3.org/XML/1998/namespace"
SERIALIZATION: Final = "http://schemas.microsoft.com/2003/10/Serialization/"

_XS: Final[dict[LexicalForm, str]] = {
    "base16": "hexBinary", "base64": "base64Binary", "boolean": "boolean", "date": "date", "date-time": "dateTime",
    "date-time-offset": "dateTime", "decimal": "decimal", "dotnet-decimal": "decimal", "dotnet-double": "double",
    "dotnet-float": "float", "dotnet-offset": "dateTime", "dotnet-uri": "anyURI", "double": "double",
    "duration": "duration", "float": "float", "int8": "byte", "int16": "short", "int32": "int", "int64": "long",
    "integer": "integer", "quoted-decimal": "decimal", "time": "time", "uint8": "unsignedByte",
    "uint16": "unsignedShort", "uint32": "unsignedInt", "uint64": "unsignedLong",
}  # fmt: skip
"""Forms that XML Schema has a type of its own for; all others are ``string``."""

_SERIALIZATION: Final[dict[LexicalForm, str]] = {
    "char-code": "char", "duration": "duration", "dotnet-time-span": "duration", "uuid": "guid",
}  # fmt: skip
"""Forms that the serialization schema restricts, in the ``datacontract`` profile."""


def type_of(form: LexicalForm, dotnet: bool) -> tuple[str, str]:
    """Namespace and local name of the simple type of a form; `dotnet`: by the ``datacontract`` profile."""
    if dotnet and form in _SERIALIZATION:
        return SERIALIZATION, _SERIALIZATION[form]
    return XS, _XS.get(form, "string")
