"""What .NET writes, once more: RULES.md read by itself, sharing no code with the runtime.

A value is plain data: `Thing` for an instance of a component, lists, dictionaries, and for scalars what
their kind says in `scalars`. `xml_of` and `json_of` write it from the document's schemas alone.
"""

from __future__ import annotations

from typing import Any

from attrs import define, field

from tests.second_opinion import net_scalars as scalars

DC = "http://schemas.datacontract.org/2004/07/"
SER = "http://schemas.microsoft.com/2003/10/Serialization/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"
SYSTEM = DC + "System"
COMPOUND = {"class", "array", "map", "offset"}


@define(eq=False)
class Thing:
    """An instance: the component of its run-time type, and its members by JSON name."""

    name: str
    members: dict[str, Any] = field(factory=dict)


@define
class Boxed:
    """A value of ``object``: the schema of its run-time type beside it."""

    schema: dict[str, Any]
    value: Any


class Contracts:
    """The schemas of a document, as data contracts."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = document["components"]["schemas"]

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The component behind a reference, or the schema itself."""
        if "$ref" in schema:
            return self.resolved(self.schemas[schema["$ref"].rpartition("/")[2]])
        parts = schema.get("allOf", ())
        if len(parts) == 1 and "$ref" in parts[0] and "properties" not in schema:
            return self.resolved(parts[0])
        return schema

    def component(self, schema: dict[str, Any]) -> str:
        """The name of a schema's component."""
        wanted = self.resolved(schema)
        return next(name for name, candidate in self.schemas.items() if candidate is wanted)

    def kind(self, schema: dict[str, Any]) -> str:
        """``any``, ``enum``, ``offset``, ``array``, ``map``, ``class``, or the CLR type of a scalar."""
        schema = self.resolved(schema)
        if (dcs := schema.get("x-dcs-type")) is not None:
            return {"anyType": "any", "DateTimeOffset": "offset"}.get(dcs, str(dcs))
        if "x-dcs-enum" in schema:
            return "enum"
        if "x-dcs-dictionary" in schema:
            return "map"
        if schema.get("type") == "array":
            return "array"
        if schema.get("type") == "object" or "allOf" in schema:
            return "class"
        return scalars.BY_FORMAT[schema["type"], schema.get("format")]

    def namespace(self, schema: dict[str, Any]) -> str:
        """A type's contract namespace."""
        kind, schema = self.kind(schema), self.resolved(schema)
        if kind == "offset":
            return SYSTEM
        if kind == "array":
            return str(schema["items"]["xml"]["namespace"])
        if kind == "map":
            return str(schema["x-dcs-dictionary"]["namespace"])
        return str(schema.get("xml", {}).get("namespace", ""))

    def levels(self, name: str) -> list[dict[str, Any]]:
        """The properties of a class, base first."""
        schema = self.schemas[name]
        if "allOf" not in schema:
            return [schema.get("properties", {})]
        base, own = schema["allOf"]
        return [*self.levels(base["$ref"].rpartition("/")[2]), own.get("properties", {})]

    def members(self, name: str) -> list[tuple[str, dict[str, Any], str]]:
        """JSON name, schema and element name of a class's members, in XML order (RULES.md, 3)."""
        members = []
        for level in self.levels(name):
            here = [
                (key, schema, schema["xml"].get("name", key))
                for key, schema in level.items()
                if not schema["xml"].get("attribute") and schema.get("x-dcs-only") != "json"
            ]
            members += sorted(
                here, key=lambda member: (member[1].get("x-dcs-order", -1), member[2].encode("utf-16-be"))
            )
        return members

    def json_members(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """JSON name and schema of a class's members, in Newtonsoft's order."""
        levels = self.levels(name)[::-1]
        members = [pair for level in levels for pair in level.items() if pair[1].get("x-dcs-only") != "xml"]
        return sorted(members, key=lambda member: member[1].get("x-dcs-order", -1))

    def holds_objects(self, name: str) -> bool:
        """Whether a class has members of type ``object`` (its known types then are what these may hold)."""
        kinds = {self.kind(schema) for level in self.levels(name) for schema in level.values()}
        return "any" in kinds

    def loses(self, name: str) -> bool:
        """Whether JSON of a type cannot give the XML: ``object`` inside, or members that JSON does not have."""
        return self._loses(self.schemas[name], set())

    def _loses(self, schema: dict[str, Any], seen: set[int]) -> bool:
        kind, schema = self.kind(schema), self.resolved(schema)
        if id(schema) in seen:
            return False
        seen.add(id(schema))
        if kind == "class":
            members = [member for level in self.levels(self.component(schema)) for member in level.values()]
            return any("x-dcs-only" in member or self._loses(member, seen) for member in members)
        inner = {"array": "items", "map": "additionalProperties"}.get(kind)
        return kind == "any" or (inner is not None and self._loses(schema[inner], seen))


def omitted(contracts: Contracts, schema: dict[str, Any], value: Any) -> bool:
    """Whether ``EmitDefaultValue=false`` leaves a value out (RULES.md, 12): empty text and lists stay."""
    if schema.get("x-dcs-emit-default") is not False:
        return False
    kind = contracts.kind(schema)
    return value is None or (
        not schema.get("nullable") and kind in scalars.ZERO and value == scalars.ZERO[kind]
    )


class JsonWriter:
    """Newtonsoft's text (RULES.md, 7, 8 and 15)."""

    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self.seen: list[Thing] = []

    def text(self, schema: dict[str, Any], value: Any) -> str:
        if isinstance(value, Boxed):
            schema, value = value.schema, value.value
        kind = self.contracts.kind(schema)
        resolved = self.contracts.resolved(schema)
        if value is None:
            return "null"
        if kind == "class":
            return self.thing(value)
        if kind == "array":
            return f"[{','.join(self.text(resolved['items'], item) for item in value)}]"
        if kind == "map":
            pairs = (
                f"{scalars.quoted(self.key(resolved, key))}:{self.text(resolved['additionalProperties'], item)}"
                for key, item in value.items()
            )
            return f"{{{','.join(pairs)}}}"
        return str(value) if kind == "enum" else scalars.to_json(kind, value)

    def key(self, schema: dict[str, Any], key: Any) -> str:
        """A dictionary's key: an enum's name, else the plain text (RULES.md, 10)."""
        facts = schema["x-dcs-dictionary"].get("key", {"type": "string"})
        if self.contracts.kind(facts) == "enum":
            return scalars.enum_text(self.contracts.resolved(facts), key)
        return str(key)

    def thing(self, value: Thing) -> str:
        pairs = []
        reference = self.contracts.schemas[value.name].get("x-dcs-is-reference")
        if reference:
            if value in self.seen:
                return f'{{{scalars.quoted(reference["refProperty"])}:"{self.seen.index(value) + 1}"}}'
            self.seen.append(value)
            pairs.append(f'{scalars.quoted(reference["idProperty"])}:"{len(self.seen)}"')
        for key, schema in self.contracts.json_members(value.name):
            if schema["xml"].get("attribute"):
                continue
            member = value.members.get(key)
            if omitted(self.contracts, schema, member):
                continue
            pairs.append(f"{scalars.quoted(key)}:{self.text(schema, member)}")
        return f"{{{','.join(pairs)}}}"


class XmlWriter:
    """The text of XmlWriter (``utf8`` False) or of the UTF-8 text writer (RULES.md, 2, 5 and 8)."""

    def __init__(self, contracts: Contracts, *, utf8: bool) -> None:
        self.contracts, self.utf8 = contracts, utf8
        self.out: list[str] = []
        self.seen: list[Thing] = []

    # scopes are tuples of (prefix, namespace), innermost last; the default namespace has prefix ""

    def prefix_of(self, scope: tuple[tuple[str, str], ...], namespace: str) -> str | None:
        for at in range(len(scope) - 1, -1, -1):
            prefix, uri = scope[at]
            if uri == namespace and not any(later == prefix for later, _ in scope[at + 1 :]):
                return prefix
        return None

    def made_up(self, scope: tuple[tuple[str, str], ...], depth: int, count: int) -> str:
        """The next prefix that the writer makes up."""
        if not self.utf8:
            return f"d{depth}p{count}"
        taken = {prefix for prefix, _ in scope}
        letters = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken]
        return letters[0] if letters else f"d{depth}p{count - 1}"

    def element(
        self, name: str, namespace: str, schema: dict[str, Any], value: Any, scope: Any, depth: int
    ) -> None:
        """One member, item or root."""
        root = depth == 1
        contracts = self.contracts
        kind = contracts.kind(schema)
        first: list[str] = []  # declarations and attributes in written order
        own: list[str] = []  # declarations that the writer makes up, in the order they are needed
        declared: list[str] = []  # every declaration in the order it came into being
        attributes: list[str] = []
        count = 0
        prefix = self.prefix_of(scope, namespace)
        if (
            prefix is None
            and namespace == ""
            and not any(declared_prefix == "" and uri for declared_prefix, uri in scope)
        ):
            prefix = ""
        if prefix is None:
            prefix = ""
            scope = (*scope, ("", namespace))
            own.append(f'xmlns="{scalars.attribute(namespace)}"')
            declared.append(own[-1])
        tag = f"{prefix}:{name}" if prefix else name

        def declare(uri: str, prefix: str | None = None) -> str:
            nonlocal scope, count
            if prefix is None:
                existing = self.prefix_of(scope, uri)
                if existing is not None:
                    return existing
                count += 1
                prefix = self.made_up(scope, depth, count)
            scope = (*scope, (prefix, uri))
            text = f'xmlns:{prefix}="{scalars.attribute(uri)}"'
            first.append(text)
            declared.append(text)
            return prefix

        def attribute(prefix: str, uri: str, name: str, text: str) -> None:
            nonlocal scope
            first.append(f'{prefix}:{name}="{text}"')
            attributes.append(first[-1])
            if (prefix, uri) not in scope:
                scope = (*scope, (prefix, uri))
                own.append(f'xmlns:{prefix}="{uri}"')
                declared.append(own[-1])

        if root:
            if value is not None and (kind in COMPOUND or kind == "any"):
                declare(XSI, "i")
        elif kind in COMPOUND and (uri := contracts.namespace(schema)):
            declare(uri)
        boxed = value
        if isinstance(value, Boxed):
            actual = value.schema
            value = value.value
        else:
            actual = schema
        resolved = contracts.resolved(schema)
        # .NET declares it while it writes the items, so not on a null one (asked of it by `make net`).
        if kind == "array" and contracts.kind(resolved["items"]) in COMPOUND and value is not None:
            item_space = contracts.namespace(resolved["items"])
            if item_space:
                declare(item_space)
        body_kind = contracts.kind(actual)
        empty = False
        if value is not None and body_kind == "class":
            reference = contracts.schemas[value.name].get("x-dcs-is-reference")
            if reference and value in self.seen:
                attribute("z", SER, reference["refAttribute"], f"i{self.seen.index(value) + 1}")
                empty = True
            elif reference:
                self.seen.append(value)
                attribute("z", SER, "Id", f"i{len(self.seen)}")
        if value is None:
            attribute("i", XSI, "nil", "true")
        elif empty:
            pass
        elif isinstance(boxed, Boxed):
            uri, local = self.type_name(actual)
            where = declare(uri)
            attribute("i", XSI, "type", f"{where}:{local}" if where else local)
        elif kind == "class" and value.name != contracts.component(schema):
            facts = contracts.schemas[value.name]["xml"]
            where = declare(facts["namespace"])
            attribute("i", XSI, "type", f"{where}:{facts['name']}" if where else facts["name"])
        parts = [*attributes, *declared] if self.utf8 else [*first, *own[::-1]]
        if root and value is None and self.utf8:
            parts = [*attributes, *declared]
        self.out.append(f"<{tag}" + "".join(f" {part}" for part in parts))
        before = len(self.out)
        if value is not None and not empty:
            self.body(actual, value, scope, depth)
        if len(self.out) == before:
            self.out.append("/>" if self.utf8 else " />")
        else:
            self.out.insert(before, ">")
            self.out.append(f"</{tag}>")

    def type_name(self, schema: dict[str, Any]) -> tuple[str, str]:
        kind = self.contracts.kind(schema)
        if kind in ("char", "uuid", "duration"):
            return SER, {"uuid": "guid"}.get(kind, kind)
        if kind == "offset":
            return SYSTEM, "DateTimeOffset"
        if kind in COMPOUND or kind == "enum":
            facts = self.contracts.resolved(schema)["xml"]
            return facts["namespace"], facts["name"]
        return XSD, kind

    def body(self, schema: dict[str, Any], value: Any, scope: Any, depth: int) -> None:
        kind, resolved = self.contracts.kind(schema), self.contracts.resolved(schema)
        if kind == "class":
            for key, member, element in self.contracts.members(value.name):
                item = value.members.get(key)
                if omitted(self.contracts, member, item):
                    continue
                self.element(element, member["xml"]["namespace"], member, item, scope, depth + 1)
        elif kind == "array":
            items = resolved["items"]
            for item in value:
                self.item(items["xml"]["name"], items["xml"]["namespace"], items, item, scope, depth + 1)
        elif kind == "map":
            self.entries(resolved, value, scope, depth + 1)
        elif kind == "offset":
            instant, minutes = scalars.offset_parts(value)
            self.element(
                "DateTime", SYSTEM, {"type": "string", "format": "date-time"}, instant, scope, depth + 1
            )
            self.element(
                "OffsetMinutes", SYSTEM, {"type": "integer", "format": "int32"}, minutes, scope, depth + 1
            )
        elif kind == "enum":
            text = scalars.enum_text(resolved, value)
            if text:
                self.out.append(scalars.text(text, utf8=self.utf8))
        else:
            text = scalars.to_xml(kind, value)
            if text or (kind == "string" and not self.utf8):
                self.out.append(scalars.text(text, utf8=self.utf8))

    def item(
        self, name: str, namespace: str, schema: dict[str, Any], value: Any, scope: Any, depth: int
    ) -> None:
        """Items carry no declaration of their own: their collection's element did (RULES.md, 5)."""
        self.element(name, namespace, schema, value, scope, depth)

    def entries(self, schema: dict[str, Any], value: dict[Any, Any], scope: Any, depth: int) -> None:
        facts = schema["x-dcs-dictionary"]
        space, values = facts["namespace"], schema["additionalProperties"]
        prefix = self.prefix_of(scope, space) or ""
        tag = f"{prefix}:{facts['item']}" if prefix else facts["item"]
        for key, item in value.items():
            self.out.append(f"<{tag}>")
            self.element(facts["keyName"], space, facts.get("key", {"type": "string"}), key, scope, depth + 1)
            self.element(facts["valueName"], space, values, item, scope, depth + 1)
            self.out.append(f"</{tag}>")


def xml_of(contracts: Contracts, name: str, value: Any, *, utf8: bool = False) -> str:
    """The XML document of a value whose declared type is a component."""
    writer = XmlWriter(contracts, utf8=utf8)
    schema = contracts.schemas[name]
    writer.element(schema["xml"]["name"], schema["xml"]["namespace"], schema, value, (), 1)
    return "".join(writer.out)


def json_of(contracts: Contracts, name: str, value: Any) -> str:
    """The JSON text of a value whose declared type is a component."""
    return JsonWriter(contracts).text(contracts.schemas[name], value)
