"""Lexical forms: how the text of each scalar is written and read, settled from base, format and profile.

``format`` stays what the document says; no reader has to know which of its values means what.
"""

from __future__ import annotations

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.model import AnyType, Enum, Lexical, LexicalForm, Scalar, TypeId, Use
from bindwright.ir.walks import uses_in, uses_of

_STRINGS: dict[str, LexicalForm] = {
    "date-time": "date-time", "date": "date", "time": "time", "duration": "duration", "uuid": "uuid",
    "decimal": "quoted-decimal", "byte": "base64", "base64": "base64", "base64url": "base64url",
}  # fmt: skip
_INTEGERS: dict[str, LexicalForm] = {
    "int8": "int8", "byte": "int8", "uint8": "uint8", "unsignedByte": "uint8", "int16": "int16", "short": "int16",
    "uint16": "uint16", "unsignedShort": "uint16", "int32": "int32", "uint32": "uint32", "unsignedInt": "uint32",
    "int64": "int64", "uint64": "uint64", "unsignedLong": "uint64",
}  # fmt: skip
_ENCODINGS: dict[str, LexicalForm] = {"base64": "base64", "base64url": "base64url", "base16": "base16"}
_BASES: dict[str, LexicalForm] = {
    "string": "string", "integer": "integer", "number": "double", "boolean": "boolean", "null": "null", "any": "any",
    "never": "never", "binary": "octets", "mixed": "value",
}  # fmt: skip
_DOTNET: dict[tuple[str, str], tuple[LexicalForm, LexicalForm]] = {
    ("string", "char"): ("char", "char-code"),
    ("string", "duration"): ("dotnet-time-span", "duration"),
    ("string", "DateTimeOffset"): ("date-time-offset", "dotnet-offset"),
    ("string", "uri"): ("string", "dotnet-uri"),
    ("string", "anyURI"): ("string", "dotnet-uri"),
    ("string", "decimal"): ("quoted-decimal", "dotnet-decimal"),
    ("number", "decimal"): ("dotnet-decimal", "dotnet-decimal"),
    ("number", "float"): ("dotnet-float", "dotnet-float"),
    ("number", "single"): ("dotnet-float", "dotnet-float"),
}
"""JSON's and XML's form in the ``datacontract`` profile, by base and format."""


def settle_lexical(context: Lowering) -> None:
    """Set the forms of all scalars and enums, and of the uses that differ from them."""
    types = context.types
    profiles: dict[TypeId, str] = {}
    for type_ in types.values():
        if isinstance(type_, (Scalar, Enum)):
            profile = profiles[type_.id] = context.profile if "#" not in type_.id else type_.profile
            type_.lexical = lexical_of(type_, None, profile)
    for owner in list(types.values()):
        for use in uses_of(owner):
            _use(use, types, profiles, owner.profile)
    for use in uses_in(context.api):
        _use(use, types, profiles, context.profile)


def _use(use: Use, types: dict[TypeId, AnyType], profiles: dict[TypeId, str], profile: str) -> None:
    """The forms at a place that says another format, or stands in another profile than its type."""
    if use.format is None and profiles.get(use.type, profile) == profile:
        return
    type_ = types[use.type]
    if isinstance(type_, (Scalar, Enum)):
        lexical = lexical_of(type_, use.format, profile)
        use.lexical = lexical if lexical != type_.lexical else None


def lexical_of(type_: Scalar | Enum, format_: str | None, profile: str) -> Lexical:
    """The forms of a scalar at a place that says `format_`, in a profile."""
    if isinstance(type_, Enum):
        values = _BASES[type_.base]
        if type_.base == "integer":
            values = _INTEGERS.get(type_.format or "", "integer")
        if profile == "datacontract" and values == "double":
            values = "dotnet-double"
        return Lexical(json=values, xml="flags" if type_.flags else "name" if type_.xml_names else values)
    form = format_ or type_.format or ""
    if profile == "datacontract":
        if (type_.base, form) in _DOTNET:
            json, xml = _DOTNET[type_.base, form]
            return Lexical(json=json, xml=xml)
        if type_.base == "number":
            return Lexical(json="dotnet-double", xml="dotnet-double")
    plain = _plain(type_, form)
    return Lexical(json=plain, xml="decimal" if plain == "quoted-decimal" else plain)


def _plain(type_: Scalar, form: str) -> LexicalForm:
    if type_.base == "string":
        if type_.content_encoding in _ENCODINGS:
            return _ENCODINGS[type_.content_encoding]
        return "date-time" if form == "DateTimeOffset" else _STRINGS.get(form, "string")
    if type_.base == "integer":
        return _INTEGERS.get(form, "integer")
    if type_.base == "number":
        return "decimal" if form == "decimal" else "float" if form in ("float", "single") else "double"
    return _BASES[type_.base]


def text_of(type_: Scalar | Enum, use: Use, profile: str) -> LexicalForm:
    """The form of a value in XML of a profile."""
    return lexical_of(type_, use.format, profile).xml
