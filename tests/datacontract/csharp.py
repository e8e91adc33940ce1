"""Random contracts and their values as a C# program, which .NET's own serializers write.

`net_writer` says by the rules what is written; `net` runs this program, which asks the serializers themselves.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from attrs import define, evolve, field

from tests.datacontract.net_writer import Instance
from tests.datacontract.random_contracts import (
    Anything,
    Class,
    Contracts,
    DictionaryOf,
    Enumeration,
    ListOf,
    Nullable,
    Scalar,
    Type,
)

_NAMES = {
    "boolean": "bool",
    "dateTime": "DateTime",
    "duration": "TimeSpan",
    "guid": "Guid",
    "base64Binary": "byte[]",
    "unsignedByte": "byte",
    "unsignedLong": "ulong",
    "byte": "sbyte",
    "unsignedShort": "ushort",
    "unsignedInt": "uint",
    "anyURI": "Uri",
}
MAIN = """
using System; using System.Collections.Generic; using System.IO; using System.Runtime.Serialization;
using System.Text; using System.Xml; using System.Globalization;

static class Program {
  static byte[] Json(object value) {
#if NO_JSON
    return new byte[0];
#else
    return Encoding.UTF8.GetBytes(Newtonsoft.Json.JsonConvert.SerializeObject(value));
#endif
  }
  static byte[] Plain(Type type, object value) {
    var stream = new MemoryStream();
    new DataContractSerializer(type).WriteObject(stream, value);
    return stream.ToArray();
  }
  static byte[] Written(Type type, object value) {
    var stream = new MemoryStream();
    var settings = new XmlWriterSettings { OmitXmlDeclaration = true, CloseOutput = false, CheckCharacters = false,
                                           NewLineChars = "\\r\\n", Encoding = new UTF8Encoding(false) };
    using (var writer = XmlWriter.Create(stream, settings)) new DataContractSerializer(type).WriteObject(writer, value);
    return stream.ToArray();
  }
  static string Line(Func<byte[]> work) {
    try { return Convert.ToBase64String(work()); }
    catch (Exception error) { return "! " + error.GetType().Name + ": " + error.Message.Replace("\\n", " "); }
  }
  // One line a value: XmlWriter's document, the stream's, and JSON, each in base64 or as an error after "!".
  public static void Write(Type type, Func<object> value) {
    Console.WriteLine(Line(() => Written(type, value())) + "\\t" + Line(() => Plain(type, value())) + "\\t" +
      Line(() => Json(value())));
  }
  static void Main() { Values.Write(); }
}
"""


def type_name(type_: Type, space: str) -> str:
    """A type as C# writes it, of the classes in namespace *space*."""
    if isinstance(type_, Scalar):
        return _NAMES.get(type_.name, type_.name)
    if isinstance(type_, Nullable):
        return f"{type_name(type_.of, space)}?"
    if isinstance(type_, Anything):
        return "object"
    if isinstance(type_, (ListOf, DictionaryOf)) and type_.collection:
        return f"{space}.{type_.collection.name}"
    if isinstance(type_, ListOf):
        return f"List<{type_name(type_.item, space)}>"
    if isinstance(type_, DictionaryOf):
        return f"Dictionary<{type_name(type_.key, space)}, {type_name(type_.value, space)}>"
    return f"{space}.{type_.name}"


def declarations(contracts: Contracts, space: str) -> Iterator[str]:
    """The lines that declare all types in namespace *space*."""
    yield f"namespace {space} {{"
    for enumeration in contracts.enums:
        yield f"  [DataContract(Name = {_text(enumeration.name)}, Namespace = {_text(enumeration.space)})]"
        yield f"  {'[Flags] ' if enumeration.flags else ''}public enum {enumeration.name} {{"
        for number, (name, value) in enumerate(enumeration.values.items()):
            csharp_name = name if name.isidentifier() else f"M{number}"
            yield f"    [EnumMember(Value = {_text(name)})] {csharp_name} = {value},"
        yield "  }"
    for class_ in contracts.classes:
        yield from _class(class_, space)
    for collection in contracts.collections:
        yield from _collection(collection, space)
    yield "}"


def _collection(type_: ListOf | DictionaryOf, space: str) -> Iterator[str]:
    collection = type_.collection
    assert collection is not None
    facts = {"Name": collection.name, "Namespace": collection.space, "ItemName": collection.item}
    if isinstance(type_, DictionaryOf):
        facts |= {"KeyName": collection.key, "ValueName": collection.value}
    yield f"  [CollectionDataContract({', '.join(f'{name} = {_text(text)}' for name, text in facts.items())})]"
    yield f"  public class {collection.name} : {type_name(evolve(type_, collection=None), space)} {{ }}"


def _class(class_: Class, space: str) -> Iterator[str]:
    for known in (*class_.stand_ins(), *class_.known):
        yield f"  [KnownType(typeof({type_name(known, space)}))]"
    reference = ", IsReference = true" if class_.is_reference else ""
    yield f"  [DataContract(Name = {_text(class_.name)}, Namespace = {_text(class_.space)}{reference})]"
    yield f"  public {'struct' if class_.is_struct else 'class'} {class_.name}{f' : {space}.{class_.base.name}' if class_.base else ''} {{"
    for number, member in enumerate(class_.members):
        facts = [f"Name = {_text(member.name)}"]
        if member.order is not None:
            facts.append(f"Order = {member.order}")
        if not member.emit_default:
            facts.append("EmitDefaultValue = false")
        property_name = f"{class_.name}_{number}"
        yield f"    [DataMember({', '.join(facts)})] public {type_name(member.type, space)} {property_name} {{ get; set; }}"
    yield "  }"


@define
class Program:
    """A C# program of contracts and values, in the order in which they were added."""

    types: list[str] = field(factory=list)
    values: list[str] = field(factory=list)

    def text(self) -> str:
        """The whole source."""
        methods = [
            f"  static object Value{number}() {{\n{body}\n  }}" for number, body in enumerate(self.values)
        ]
        return "\n".join([MAIN, *self.types, "static partial class Values {", *methods, "}"])

    def add(self, type_: Type, value: Any, space: str) -> None:
        """A value to write, as *type_*."""
        statements = _Statements(space)
        expression = statements.expression(type_, value)
        self.values.append("\n".join(f"    {line}" for line in [*statements.lines, f"return {expression};"]))
        self._calls.append(
            f"    Program.Write(typeof({type_name(type_, space)}), Value{len(self.values) - 1});"
        )

    _calls: list[str] = field(factory=list)

    def calls(self) -> str:
        """The part that writes every value."""
        return "\n".join(
            ["static partial class Values {", "  public static void Write() {", *self._calls, "  }", "}"]
        )


@define
class _Statements:
    """The statements that make one value: an object that stands twice is made once."""

    space: str
    lines: list[str] = field(factory=list)
    _names: dict[int, str] = field(factory=dict)

    def expression(self, type_: Type, value: Any) -> str:
        if value is None:
            return "null"
        if isinstance(type_, Nullable):
            return self.expression(type_.of, value)
        if isinstance(type_, Enumeration):
            return f"({self.space}.{type_.name})({value})"
        if isinstance(type_, Scalar):
            return _literal(type_.name, value)
        if isinstance(type_, Anything):
            return f"(object)({self.expression(*value)})"
        if isinstance(type_, Class):
            return self._object(value)
        name = self._variable(type_name(type_, self.space))
        if isinstance(type_, ListOf):
            for item in value:
                self.lines.append(f"{name}.Add({self.expression(type_.item, item)});")
        elif isinstance(type_, DictionaryOf):
            for key, item in value:
                self.lines.append(
                    f"{name}.Add({self.expression(type_.key, key)}, {self.expression(type_.value, item)});"
                )
        return name

    def _object(self, value: Instance) -> str:
        if id(value) in self._names:
            return self._names[id(value)]
        name = self._names[id(value)] = self._variable(type_name(value.type, self.space))
        for level in value.type.levels():
            for number, member in enumerate(level.members):
                item = value.values[member.name]
                if item is not None:
                    self.lines.append(f"{name}.{level.name}_{number} = {self.expression(member.type, item)};")
        return name

    def _variable(self, type_: str) -> str:
        name = f"v{len(self.lines)}"
        self.lines.append(f"var {name} = new {type_}();")
        return name


def _literal(name: str, value: Any) -> str:
    if name == "string":
        return _text(value)
    if name == "boolean":
        return "true" if value else "false"
    suffixes = {
        "int": "",
        "long": "L",
        "unsignedLong": "UL",
        "decimal": "m",
        "double": "d",
        "unsignedInt": "U",
        "float": "f",
    }
    if name in suffixes:
        return f"({value!r}{suffixes[name]})" if name != "decimal" else f"({value}m)"
    makers = {
        "dateTime": f'DateTime.Parse("{value}", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)',
        "DateTimeOffset": f'DateTimeOffset.Parse("{value}", CultureInfo.InvariantCulture)',
        "duration": f"new TimeSpan({value}L)",
        "guid": f'new Guid("{value}")',
        "anyURI": f"new Uri({_text(value)})" if name == "anyURI" else "",
    }
    if name in ("byte", "short", "unsignedByte", "unsignedShort"):
        return f"(({_NAMES.get(name, name)})({value}))"
    if name == "base64Binary":
        return f'Convert.FromBase64String("{base64.b64encode(value).decode()}")'
    if name == "char":
        return f"'\\u{ord(value):04x}'"
    return makers[name]


def _text(text: str) -> str:
    return json.dumps(text)
