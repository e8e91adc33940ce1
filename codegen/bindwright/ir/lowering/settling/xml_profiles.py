"""The two profiles of XML: plain documents as OpenAPI has them, and .NET's DataContractSerializer with XmlWriter."""

from __future__ import annotations

from typing import Literal

from bindwright.ir.model import BuiltInType, Lexical, LexicalForm, XmlName, XmlProfile

_XSD = "http://www.w3.org/2001/XMLSchema"
SERIALIZATION = "http://schemas.microsoft.com/2003/10/Serialization/"
_SYSTEM = "http://schemas.datacontract.org/2004/07/System"
_Json = Literal["string", "integer", "number", "boolean"]


def _type(
    name: str,
    json: LexicalForm,
    xml: LexicalForm | None = None,
    of: _Json | None = None,
    namespace: str = _XSD,
) -> BuiltInType:
    contract = XmlName(name=name, namespace=namespace)
    return BuiltInType(contract=contract, lexical=Lexical(json=json, xml=xml or json), json=of)


_COMMON = (
    _type("string", "string", of="string"),
    _type("boolean", "boolean", of="boolean"),
    _type("dateTime", "date-time"),
    _type("date", "date"),
    _type("time", "time"),
    _type("base64Binary", "base64"),
)
_INTEGERS = (
    _type("int", "int32", of="integer"),
    _type("long", "int64", of="integer"),
    _type("unsignedLong", "uint64", of="integer"),
    _type("short", "int16"),
    _type("byte", "int8"),
    _type("unsignedByte", "uint8"),
    _type("unsignedShort", "uint16"),
    _type("unsignedInt", "uint32"),
    _type("integer", "integer", of="integer"),
)
_PLAIN = (
    *_COMMON,
    *_INTEGERS,
    _type("double", "double", of="number"),
    _type("float", "float"),
    _type("decimal", "decimal"),
    _type("duration", "duration"),
    _type("anyURI", "string"),
)
_DOTNET = (
    _type("dateTime", "date-time", of="string"),  # Newtonsoft takes what looks like a moment for one
    *(part for part in _COMMON if part.contract.name != "dateTime"),
    _type("int", "int32"),
    *_INTEGERS[1:],  # integers of JSON are long
    _type("double", "dotnet-double", of="number"),
    _type("float", "dotnet-float"),
    _type("decimal", "dotnet-decimal"),
    _type("anyURI", "string", "dotnet-uri"),
    _type("char", "char", "char-code", namespace=SERIALIZATION),
    _type("guid", "uuid", namespace=SERIALIZATION),
    _type("duration", "dotnet-time-span", "duration", namespace=SERIALIZATION),
    _type("DateTimeOffset", "date-time-offset", "dotnet-offset", namespace=_SYSTEM),
)
PROFILES = {
    "openapi": XmlProfile(
        nil_prefix="xsi",
        declares_nil=False,
        newline="\n",
        empty="/>",
        prefixes="document",
        builtin=list(_PLAIN),
    ),
    "datacontract": XmlProfile(
        nil_prefix="i",
        declares_nil=True,
        newline="\r\n",
        empty=" />",
        prefixes="depth",
        builtin=list(_DOTNET),
    ),
}

_BUILTIN_TYPES = {
    "string": "string", "uuid": "string", "char": "string", "dotnet-uri": "string", "boolean": "boolean",
    "date-time": "dateTime", "date-time-offset": "dateTime", "date": "date", "time": "time", "duration": "duration",
    "dotnet-time-span": "duration", "double": "double", "float": "double", "dotnet-double": "double",
    "dotnet-float": "double", "decimal": "decimal", "quoted-decimal": "decimal", "dotnet-decimal": "decimal",
    "base64": "base64Binary", "base64url": "base64Binary", "base16": "base64Binary",
}  # fmt: skip


def builtin_type(form: LexicalForm) -> str | None:
    """The type of XML Schema that a scalar among alternatives is told as; None of what is none of its own."""
    return "integer" if form.removeprefix("u").startswith("int") else _BUILTIN_TYPES.get(form)
