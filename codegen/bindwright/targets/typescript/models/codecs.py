"""Codecs: expressions of the runtime's constructors that read and write a type, in JSON and in XML."""

from __future__ import annotations

from functools import cache
from typing import Any

from bindwright.ir import model as ir
from bindwright.targets.typescript.models.contents import Contents
from bindwright.targets.typescript.models.references import ModuleCircles
from bindwright.targets.typescript.models.type_expressions import TypeExpressions, literal
from bindwright.targets.typescript.models.xml_facts import Facts, declared_namespaces, is_by_name, node_facts
from bindwright.targets.typescript.naming.declared import Side
from bindwright.targets.typescript.naming.plan import NamePlan
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call, value
from bindwright.targets.typescript.syntax.module import Module
from bindwright.targets.typescript.syntax.text import string

_NAMES: dict[str, str] = {"null": "nothing"}
_PAIRS: dict[tuple[str, str], str] = {
    ("date-time-offset", "dotnet-offset"): "dotnetOffset",
    ("date-time", "dotnet-offset"): "dotnetOffset",
    ("dotnet-time-span", "duration"): "dotnetTimeSpan",
    ("char", "char-code"): "charCode",
    ("string", "dotnet-uri"): "dotnetUri",
    ("quoted-decimal", "decimal"): "quotedDecimal",
}
"""Pairs of forms that have one name in the runtime."""
_OFFSET: ir.LexicalForm = "dotnet-offset"


@cache
def form_name(form: str) -> str:
    """The runtime's name of a lexical form."""
    first, *rest = form.split("-")
    return _NAMES.get(form) or first + "".join(word.capitalize() for word in rest)


class Scope:
    """Where codecs are written: a module, for one side, and what of it is declared above."""

    def __init__(self, module: Module, name: str, side: Side) -> None:
        self.module = module
        self.name = name
        """Of the module, as `NamePlan.modules` has it; of an operation's module its path."""
        self.side = side
        self.above: set[str] = set()
        """Constants of this module that stand above."""
        self.deferred = False
        """Whether what is written stands within a function, which runs when all modules are there."""


class Codecs:
    """Writes the codecs of uses."""

    def __init__(self, api: ir.Api, plan: NamePlan, types: TypeExpressions) -> None:
        self.api, self.plan, self.types = api, plan, types
        self.contents = Contents(api, plan)
        self.circles = ModuleCircles(api, plan)

    def use(self, use: ir.Use, content: ir.ContentId | None, scope: Scope) -> Code:
        """The codec of a value at a place; `content` is what stands in its element, None where it has none."""
        inner = self.type(use.type, content, scope, use.lexical)
        return Code(f"{scope.module.runtime('nullable')}({inner})") if use.nullable else inner

    def styled(self, use: ir.Use, separators: list[str], scope: Scope) -> Code:
        """The codec of a value in a parameter or a form, where lists in its list are texts with separators."""
        if not separators:
            return self.use(use, None, scope)
        return Code(f"{scope.module.runtime('list')}({self.joined(self._items(use), separators, scope)})")

    def joined(self, use: ir.Use, separators: list[str], scope: Scope) -> Code:
        """The codec of a list that is one text, as are those in it."""
        if not separators:
            return self.use(use, None, scope)
        inner = self.joined(self._items(use), separators[1:], scope)
        return Code(f"{scope.module.runtime('joined')}({inner}, {string(separators[0])})")

    def _items(self, use: ir.Use) -> ir.Use:
        type_ = self.api.types[use.type]
        return type_.items if isinstance(type_, ir.Array) and type_.items is not None else use

    def type(
        self, key: ir.TypeId, content: ir.ContentId | None, scope: Scope, lexical: ir.Lexical | None = None
    ) -> Code:
        """The codec of a value that is not null."""
        type_ = self.api.types[key]
        if isinstance(type_, ir.Scalar) and (lexical is not None or key not in self.plan.types):
            return self.scalar(lexical or type_.lexical, content, scope)
        if key in self.plan.types:
            return self.constant(key, content, scope)
        return self.spelled(type_, content, scope)

    def spelled(self, type_: ir.AnyType, content: ir.ContentId | None, scope: Scope) -> Code:
        """The codec of a type without a name."""
        if isinstance(type_, ir.Scalar):
            return self.scalar(type_.lexical, content, scope)
        if isinstance(type_, ir.Enum):
            return self.literal(type_, scope)
        if isinstance(type_, ir.Array):
            return self.array(type_, content, scope)
        if isinstance(type_, ir.Map):
            return self.map(type_, content, scope)
        raise ValueError(f"this type is declared, not spelled out: {type_.id}")

    def constant(self, key: ir.TypeId, content: ir.ContentId | None, scope: Scope) -> Code:
        """The constant of a declared type; in `lazy` where it may not be there when this module runs."""
        names = self.plan.inputs if scope.side == "request" and key in self.plan.inputs else self.plan.types
        name = names[key] + self.contents.suffix(content)
        home = self.plan.modules[key]
        if home == scope.name:
            is_there = name in scope.above
            local = name
        else:
            is_there = not self.circles.same(home, scope.name)
            local = scope.module.imported(f"models/{home}", name)
        if is_there or scope.deferred:
            return Code(local)
        return Code(f"{scope.module.runtime('lazy')}(() => {local})")

    def scalar(self, lexical: ir.Lexical | None, content: ir.ContentId | None, scope: Scope) -> Code:
        """The codec of a scalar, by its forms."""
        json: str = lexical.json if lexical else "any"
        xml: str = lexical.xml if lexical else "any"
        node = self.api.xml.get(content) if content is not None else None
        if isinstance(node, ir.XmlText):
            xml = node.lexical
        elif isinstance(node, ir.XmlOffset):
            xml = _OFFSET
        elif isinstance(node, ir.XmlAny):
            return self._any(node, scope)
        if (json, xml) in _PAIRS:
            return Code(scope.module.runtime(_PAIRS[json, xml]))
        first = scope.module.runtime(form_name(json))
        if json == xml or not self.api.xml:
            return Code(first)
        second = scope.module.runtime(form_name(xml))
        return Code(f"{scope.module.runtime('inXml')}({first}, {second})")

    def _any(self, node: ir.XmlAny, scope: Scope) -> Code:
        return call(scope.module.runtime("anyOf"), self._known(node, scope))

    def _known(self, node: ir.XmlAny, scope: Scope) -> list[Code]:
        """The types that any value may have in XML, and the profile."""
        known = self.deferred([self.api.xml[content].type for content in node.known], node.known, scope)
        return [known]

    def profile(self, key: ir.TypeId, scope: Scope) -> Code | None:
        """The profile of a type, where it is not the default one."""
        type_ = self.api.types[key]
        return Code(scope.module.runtime("datacontract")) if type_.profile == "datacontract" else None

    def deferred(self, keys: list[ir.TypeId], contents: list[ir.ContentId], scope: Scope) -> Code:
        """Codecs within a function."""
        before, scope.deferred = scope.deferred, True
        codecs = [self.type(key, content, scope) for key, content in zip(keys, contents, strict=True)]
        scope.deferred = before
        return Code(f"() => {value(codecs)}")

    def literal(self, type_: ir.Enum, scope: Scope, facts: dict[str, Any] | None = None) -> Code:
        """The codec of listed values."""
        name = scope.module.runtime("enumeration")
        values = [listed_value(type_, member) for member in type_.members]
        base = form_name(type_.lexical.json if type_.lexical else "value")
        typed = scope.module.type_arguments(lambda: self.types.type(type_.id, scope.side, scope.module))
        arguments: list[Any] = [Code(scope.module.runtime(base)), values, "open" if type_.open else "closed"]
        return call(f"{name}{typed}", [*arguments, *([facts] if facts else [])], 0, 36)

    def array(
        self, type_: ir.Array, content: ir.ContentId | None, scope: Scope, facts: dict[str, Any] | None = None
    ) -> Code:
        """The codec of a list or tuple."""
        node = self.api.xml.get(content) if content is not None else None
        items = node.items if isinstance(node, ir.XmlTuple) else []
        if not type_.prefix:
            inner = node.item.content if isinstance(node, ir.XmlList) else None
            item = self.use(type_.items, inner, scope) if type_.items is not None else Code(scope.module.runtime("never"))  # fmt: skip
            facts = (facts or {}) | (
                self._item_facts(type_, node, scope) if isinstance(node, ir.XmlList) else {}
            )
            return call(scope.module.runtime("list"), [item, *([facts] if facts else [])])
        uses = [*type_.prefix]
        codecs = [
            self.use(use, items[index].content if index < len(items) else None, scope)
            for index, use in enumerate(uses)
        ]
        following = node.rest.content if isinstance(node, ir.XmlTuple) and node.rest is not None else None
        rest = self.use(type_.items, following, scope) if type_.items is not None else None
        if isinstance(node, ir.XmlTuple):
            facts = (facts or {}) | {
                "kind": call(scope.module.runtime("parts"), _parts(type_, node, self.api))
            }
        typed = scope.module.type_arguments(lambda: self.types.spelled(type_, scope.side, scope.module))
        arguments: list[Any] = [codecs]
        if facts or rest is not None:
            arguments.append(facts or {})
        if rest is not None:
            arguments.append(rest)
        return call(f"{scope.module.runtime('tuple')}{typed}", arguments)

    def map(
        self, type_: ir.Map, content: ir.ContentId | None, scope: Scope, facts: dict[str, Any] | None = None
    ) -> Code:
        """The codec of a map."""
        node = self.api.xml.get(content) if content is not None else None
        inner = node.value.content if isinstance(node, (ir.XmlMap, ir.XmlEntries)) else None
        arguments: list[Any] = [self.use(type_.values, inner, scope)]
        facts = (facts or {}) | self._map_facts(node, type_, scope)
        key = self._key(type_, node, scope)
        if facts or key is not None:
            arguments.append(facts)
        if key is not None:
            arguments.append(key)
        return call(scope.module.runtime("map"), arguments)

    def _item_facts(self, type_: ir.Array, node: ir.XmlList, scope: Scope) -> Facts:
        """Where the items of a list stand."""
        nil = type_.items is not None and type_.items.nullable
        item = node_facts(node.item, node.inside, self.api, nil=nil)
        facts: Facts = ({"inside": node.inside} if node.inside else {}) | declared_namespaces(node)
        item = {"name": ""} | (item if isinstance(item, dict) else {})
        if set(item) == {"name"} and item["name"] and not is_by_name(self.api.xml.get(node.item.content)):
            return facts | {"item": item["name"]}
        return facts | {"item": call(scope.module.runtime("node"), [item])}

    def _map_facts(self, node: ir.AnyXml | None, type_: ir.Map, scope: Scope) -> Facts:
        """Where the values of a map stand, and its keys where they are elements."""
        nil = type_.values.nullable
        runtime = scope.module.runtime
        if isinstance(node, ir.XmlMap):
            inside = [node.inside] if node.inside else []
            return {
                "kind": call(
                    runtime("children"), [node_facts(node.value, node.inside, self.api, nil=nil), *inside]
                )
            }
        if isinstance(node, ir.XmlAny):
            return {"kind": call(runtime("anyMap"), self._known(node, scope))}
        if not isinstance(node, ir.XmlEntries):
            return {}
        key = self.deferred_scalar(node.key.content, scope, type_.key)
        entries: Facts = {
            "entry": [node.entry.namespace, node.entry.name],
            "key": node_facts(node.key, node.inside, self.api, codec=key),
            "value": node_facts(node.value, node.inside, self.api, nil=nil),
        }
        about = ({"inside": node.inside} if node.inside else {}) | declared_namespaces(node)
        return about | {"kind": call(runtime("entries"), [entries])}

    def deferred_scalar(self, content: ir.ContentId, scope: Scope, form: ir.LexicalForm | None) -> Code:
        """The codec of the keys of a map's entries, whose values are those of the form that keys have in JSON."""
        before, scope.deferred = scope.deferred, True
        lexical = None if form is None or form in ("name", "flags") else ir.Lexical(json=form, xml=form)
        codec = self.type(self.api.xml[content].type, content, scope, lexical)
        scope.deferred = before
        return codec

    def _key(self, type_: ir.Map, node: ir.AnyXml | None, scope: Scope) -> Code | None:
        """The form of the keys in JSON, where it is not any text."""
        if type_.key in ("string", "value"):
            return None
        if type_.key == "boolean" and isinstance(node, ir.XmlEntries):
            return Code(scope.module.runtime("dotnetBoolean"))
        if type_.key not in ("name", "flags"):
            return Code(scope.module.runtime(form_name(type_.key)))
        if isinstance(node, ir.XmlEntries):
            return self.type(self.api.xml[node.key.content].type, node.key.content, scope)
        use = type_.entries.key_use if type_.entries is not None else type_.keys
        return self.use(use, None, scope) if use is not None else None


def _parts(type_: ir.Array, node: ir.XmlTuple, api: ir.Api) -> list[Any]:
    """The arguments of `parts`: where each item of a tuple stands."""
    arguments: list[Any] = [
        [_part(part, use, api) for part, use in zip(node.items, type_.prefix, strict=True)]
    ]
    facts: Facts = {} if node.fewest == len(node.items) else {"fewest": node.fewest}
    if node.rest is not None and type_.items is not None:
        facts["rest"] = _part(node.rest, type_.items, api)
    return [*arguments, "", facts] if facts else arguments


def _part(node: ir.XmlNode, use: ir.Use, api: ir.Api) -> Facts:
    """Where one item of a tuple stands."""
    facts = node_facts(node, "", api, nil=use.nullable)
    text = {"text": True} if node.node == "text" else {}
    return ({} if isinstance(facts, str) else facts) | text


def listed_value(type_: ir.Enum, member: ir.EnumMember) -> Code:
    """One value of an enum."""
    form = type_.lexical.json if type_.lexical else "value"
    text = literal(member.value, form)
    return value(member.value) if text is None else Code(text)
