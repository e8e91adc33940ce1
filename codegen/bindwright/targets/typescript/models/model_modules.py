"""Modules of models: one a named type, with its inline types; one an operation, with those of its bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.walks import uses_of
from bindwright.targets.prose import heading, sentence
from bindwright.targets.typescript.models.codecs import Codecs, Scope, form_name, listed_value
from bindwright.targets.typescript.models.objects import Objects
from bindwright.targets.typescript.models.type_expressions import TypeExpressions, with_null
from bindwright.targets.typescript.models.unions import Unions
from bindwright.targets.typescript.models.xml_facts import Facts, root_facts
from bindwright.targets.typescript.naming.declared import Side
from bindwright.targets.typescript.naming.plan import NamePlan
from bindwright.targets.typescript.syntax.code import Code
from bindwright.targets.typescript.syntax.layout import call
from bindwright.targets.typescript.syntax.module import Module
from bindwright.targets.typescript.syntax.text import comment


class Models:
    """Writes the modules of an API's types."""

    def __init__(self, api: ir.Api, plan: NamePlan, *, as_source: bool = False) -> None:
        """Of an API; `as_source`: modules are written as one file each, types and code."""
        self.api, self.plan, self.as_source = api, plan, as_source
        self.types = TypeExpressions(api, plan)
        self.codecs = Codecs(api, plan, self.types)
        self.objects = Objects(api, self.types, self.codecs)
        self.unions = Unions(api, self.codecs)
        self.homes: dict[str, list[ir.TypeId]] = {}
        for key in plan.types:
            self.homes.setdefault(plan.modules[key], []).append(key)

    def names(self, module: str) -> list[str]:
        """The names that a module exports."""
        keys = self.homes[module]
        plans = (self.plan.types, self.plan.inputs, self.plan.bases, self.plan.base_inputs)
        older = [alias for key in keys for alias, _ in self._older(key)]
        return [names[key] for names in plans for key in keys if key in names] + older

    def exports(self, module: str) -> list[str]:
        """The same, and the codecs of further contents."""
        contents = self.codecs.contents
        tables = (self.plan.types, self.plan.inputs)
        return self.names(module) + [
            names[key] + contents.suffix(content)
            for key in self.homes[module]
            for names in tables
            if key in names
            for content in contents.variants(key)
        ]

    def module(self, name: str) -> Module:
        """One module."""
        keys = sorted(self.homes[name], key=lambda key: self.api.types[key].name is None)
        module = Module(f"models/{name}", self.exports(name), is_source=self.as_source)
        for declaration in self._declarations(keys, module):
            module.declare(declaration)
        scopes: dict[Side, Scope] = {side: Scope(module, name, side) for side in ("response", "request")}
        scopes["request"].above = scopes["response"].above
        for key in self._ordered(keys):
            self._declare_codecs(key, scopes)
        for key in keys:
            for alias, today in self._older(key):
                self._declare_older(alias, today, module)
        return module

    def _older(self, key: ir.TypeId) -> Iterator[tuple[str, str]]:
        """The names that a type and its form in requests had, with those of today."""
        for aliases, names in (
            (self.plan.aliases, self.plan.types),
            (self.plan.input_aliases, self.plan.inputs),
        ):
            yield from ((alias, names[key]) for alias in aliases.get(key, ()))

    def _declare_older(self, alias: str, name: str, module: Module) -> None:
        """A type under the name that it had."""
        head = comment([], 0, [f"@deprecated Renamed: use `{name}`."])
        module.declare(f"{head}export type {alias} = {name};\n")
        module.constant(alias, f"{module.runtime_type('Codec')}<{name}>", name, head)

    def _ordered(self, keys: list[ir.TypeId]) -> list[ir.TypeId]:
        """Types after those that they consist of, as far as there is such an order."""
        if len(keys) == 1:
            return keys
        ordered: dict[ir.TypeId, None] = {}
        inside = frozenset(keys)
        for start in keys:
            work: list[tuple[ir.TypeId, Iterator[ir.Use]]] = [(start, iter(uses_of(self.api.types[start])))]
            seen = {start}
            while work:
                key, uses = work[-1]
                use = next(uses, None)
                if use is None:
                    work.pop()
                    if key in inside:
                        ordered[key] = None
                elif use.type not in seen and use.type not in ordered and (use.type in inside or use.type not in self.plan.types):  # fmt: skip
                    seen.add(use.type)
                    work.append((use.type, iter(uses_of(self.api.types[use.type]))))
        return list(ordered)

    # Interfaces and aliases

    def _declarations(self, keys: list[ir.TypeId], module: Module) -> Iterator[str]:
        for key in keys:
            yield self._declaration(key, self.plan.types[key], "response", module)
            if key in self.plan.inputs:
                yield self._declaration(key, self.plan.inputs[key], "request", module)

    def _declaration(self, key: ir.TypeId, name: str, side: Side, module: Module) -> str:
        type_ = self.api.types[key]
        text = sentence(heading(type_.title, name), type_.doc)
        if side == "request":
            text = sentence(text, f"What a request holds; `{self.plan.types[key]}` is what a response holds.")
        head = comment([text], 0, ["@deprecated"] if type_.deprecated else [])
        if isinstance(type_, ir.Object):
            bases = (
                self.plan.base_inputs if side == "request" and key in self.plan.inputs else self.plan.bases
            )
            interface = head + self.objects.interface(type_, bases.get(key, name), side, module)
            if key not in bases:
                return interface
            about = comment([f"Any `{bases[key]}`: what it is, `{type_.discriminator}` tells."])
            return f"{interface}\n{about}{_alias(name, self.types.derived(type_, side, module))}"
        spelled = self.types.spelled(type_, side, module)
        if type_.nullable:
            spelled = with_null(spelled)
        return f"{head}{_alias(name, spelled)}"

    # Codecs

    def _declare_codecs(self, key: ir.TypeId, scopes: dict[Side, Scope]) -> None:
        type_ = self.api.types[key]
        main = self.codecs.contents.main(key)
        sides: list[tuple[Side, str]] = [("response", self.plan.types[key])]
        if key in self.plan.inputs:
            sides.append(("request", self.plan.inputs[key]))
        for side, name in sides:
            self._declare_codec(name, name, self._codec(type_, name, main, scopes[side]), scopes[side])
            for content in self.codecs.contents.variants(key):
                constant = name + self.codecs.contents.suffix(content)
                self._declare_codec(constant, name, self._variant(type_, name, content, scopes[side]), scopes[side])  # fmt: skip

    def _declare_codec(self, constant: str, type_name: str, codec: Code, scope: Scope) -> None:
        scope.above.add(constant)
        scope.module.constant(constant, f"{scope.module.runtime_type('Codec')}<{type_name}>", codec)

    def _codec(self, type_: ir.AnyType, name: str, content: ir.ContentId | None, scope: Scope) -> Code:
        if isinstance(type_, ir.Object):
            return self.objects.codec(type_, name, content, scope)
        facts = self._root_facts(type_, content, scope)
        if isinstance(type_, ir.Enum):
            codec = self._enum(type_, name, facts, scope)
        elif isinstance(type_, ir.Union):
            codec = self.unions.codec(type_, content, facts, scope)
        elif isinstance(type_, ir.Array):
            codec = self.codecs.array(type_, content, scope, facts)
        elif isinstance(type_, ir.Map):
            codec = self.codecs.map(type_, content, scope, facts)
        else:
            codec = self.codecs.spelled(type_, content, scope)
            if facts:
                codec = call(scope.module.runtime("rooted"), [codec, facts])
        return Code(f"{scope.module.runtime('nullable')}({codec})") if type_.nullable else codec

    def _variant(self, type_: ir.AnyType, name: str, content: ir.ContentId, scope: Scope) -> Code:
        """The codec for another content of a type."""
        if isinstance(type_, ir.Object):
            return self.objects.variant(type_, name, content, scope)
        facts = self._root_facts(type_, content, scope)
        if isinstance(type_, ir.Array):
            codec = self.codecs.array(type_, content, scope, facts)
        elif isinstance(type_, ir.Map):
            codec = self.codecs.map(type_, content, scope, facts)
        elif isinstance(type_, ir.Union):
            codec = self.unions.codec(type_, content, facts, scope)
        else:
            return Code(name)
        return Code(f"{scope.module.runtime('nullable')}({codec})") if type_.nullable else codec

    def _root_facts(self, type_: ir.AnyType, content: ir.ContentId | None, scope: Scope) -> Facts:
        if not self.api.xml or content is None:
            return {}
        root = type_.root if content == self.codecs.contents.main(type_.id) else None
        node = self.api.xml.get(content)
        facts = root_facts(root, node, self.codecs.profile(type_.id, scope), self.codecs.api)
        if isinstance(node, (ir.XmlText, ir.XmlAny)) and root is None:
            return {}
        if isinstance(node, (ir.XmlList, ir.XmlMap, ir.XmlEntries)):
            facts.pop("inside", None)  # said by what stands within
        return facts

    def _enum(self, type_: ir.Enum, name: str, facts: Facts, scope: Scope) -> Code:
        if not (type_.xml_names or type_.flags):
            return self.codecs.literal(type_, scope, facts)
        base = Code(scope.module.runtime(form_name(type_.lexical.json if type_.lexical else "integer")))
        values: dict[str, Any] = {
            member.name or str(member.value): listed_value(type_, member) for member in type_.members
        }
        constructor = scope.module.runtime("flags" if type_.flags else "names")
        typed = scope.module.type_arguments(lambda: name)
        return call(f"{constructor}{typed}", [base, values, *([facts] if facts else [])])


def _alias(name: str, spelled: str) -> str:
    """An alias; a long union has one alternative a line."""
    line = f"export type {name} = {spelled};\n"
    if len(line) <= 100 or " | " not in spelled:
        return line
    return f"export type {name} =\n" + "".join(f"  | {part}\n" for part in _alternatives(spelled))[:-1] + ";\n"  # fmt: skip


_TOKEN = re.compile(r"'(?:[^'\\]|\\.)*'|[(\[{<]|[)\]}>]| \| ")
"""What counts where a union is taken apart: literals, brackets and bars."""


def _alternatives(spelled: str) -> Iterator[str]:
    """The alternatives of a union: what stands between bars outside of brackets and literals."""
    depth, start = 0, 0
    for token in _TOKEN.finditer(spelled):
        first = token[0][0]
        if first in "([{<":
            depth += 1
        elif first in ")]}>":
            depth -= 1
        elif first == " " and depth == 0:
            yield spelled[start : token.start()]
            start = token.end()
    yield spelled[start:]
