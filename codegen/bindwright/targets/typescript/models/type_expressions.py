"""What a value is in TypeScript, at one place of an API."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bindwright.ir import model as ir
from bindwright.ir.walks import is_of_any_type, values_telling
from bindwright.targets.typescript.naming.declared import Side
from bindwright.targets.typescript.naming.plan import NamePlan
from bindwright.targets.typescript.syntax.module import Module
from bindwright.targets.typescript.syntax.text import key, string

_FORMS: dict[ir.LexicalForm, str] = {
    "string": "string", "uuid": "string", "char": "string", "char-code": "string", "name": "string", "flags": "string",
    "dotnet-uri": "string", "date": "string", "time": "string", "duration": "string", "dotnet-time-span": "string",
    "boolean": "boolean", "int8": "number", "int16": "number", "int32": "number", "uint8": "number",
    "uint16": "number", "uint32": "number", "double": "number", "float": "number", "dotnet-double": "number",
    "dotnet-float": "number", "int64": "bigint", "uint64": "bigint", "never": "never", "null": "null",
    "base64": "Uint8Array", "base64url": "Uint8Array", "base16": "Uint8Array", "octets": "Uint8Array | Blob",
}  # fmt: skip
_RUNTIME_FORMS: dict[ir.LexicalForm, str] = {
    "integer": "Integer", "decimal": "Decimal", "dotnet-decimal": "Decimal", "quoted-decimal": "Decimal",
    "date-time": "DateTime", "date-time-offset": "DateTime", "dotnet-offset": "DateTime", "any": "Json",
}  # fmt: skip
"""Forms whose values have a type of the runtime's."""
_VALUE = "string | number | boolean"
_TOKEN = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"| \| |[^'" ()\[\]{}<>]+|.""", re.DOTALL)
"""A text, a sign between alternatives, a bracket, or what stands between these."""
_OPENING, _CLOSING = frozenset("([{<"), frozenset(")]}>")


class TypeExpressions:
    """Writes the types of uses; what they name is imported into a module."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        self.api = api
        self.plan = plan
        self._texts: dict[tuple[ir.TypeId, bool, Side], tuple[str, Module]] = {}
        """Types that were written once, with what they import."""

    def name(self, key_: ir.TypeId, side: Side, module: Module) -> str:
        """The name of a declared type, imported where it stands elsewhere."""
        name = self.public_name(key_, side)
        return module.imported(f"models/{self.plan.modules[key_]}", name, is_type=True)

    def public_name(self, key_: ir.TypeId, side: Side) -> str:
        """The name of a declared type, as its own module has it."""
        names = self.plan.inputs if side == "request" and key_ in self.plan.inputs else self.plan.types
        return names[key_]

    def interface_name(self, key_: ir.TypeId, side: Side, module: Module) -> str:
        """The name of an object's interface, which is another one where its name is that of a union."""
        bases = (
            self.plan.base_inputs if side == "request" and key_ in self.plan.base_inputs else self.plan.bases
        )
        if key_ not in bases:
            return self.name(key_, side, module)
        return module.imported(f"models/{self.plan.modules[key_]}", bases[key_], is_type=True)

    def derived(self, type_: ir.Object, side: Side, module: Module) -> str:
        """An object and the types that are derived from it, each with the value that tells it."""
        discriminator = type_.discriminator or ""
        targets = {
            target: [string(value) for value in values_telling(type_.mapping, self.api.types[target])]
            for target in type_.mapping.values()
        }
        parts = [
            f"({self._of_key(target, side, module)} & {{ {key(discriminator)}: {joined(values)} }})"
            for target, values in targets.items()
        ]
        return joined([*parts, self._unlisted(discriminator, type_.id, side, module)])

    def _unlisted(self, discriminator: str, base: ir.TypeId | None, side: Side, module: Module) -> str:
        """The branch for values that the document does not list; it has the members of `base`."""
        other = f"{module.runtime_type('Unlisted')}<{string(discriminator)}>"
        type_ = self.api.types[base] if base is not None else None
        if not isinstance(type_, ir.Object) or type_.additional is not None or type_.pattern_additional:
            return other
        return f"(Omit<{self.interface_name(type_.id, side, module)}, {string(discriminator)}> & {other})"

    def _of_key(self, key_: ir.TypeId, side: Side, module: Module) -> str:
        if isinstance(self.api.types[key_], ir.Object):
            return self.interface_name(key_, side, module)
        return self.type(key_, side, module)

    def use(self, use: ir.Use, side: Side, module: Module) -> str:
        """The type of a value at a place."""
        if use.lexical is not None:
            return self._written(use, side, module)
        # A type is written for its module, for others that have no name of theirs in its way, and for the surface.
        key_ = (use.type, use.nullable, side)
        known = self._texts.get(key_)
        if known is None:
            alone = Module("")
            known = self._texts[key_] = (self._written(use, side, alone), alone)
        return known[0] if module.names_types_as(known[1]) else self._written(use, side, module)

    def _written(self, use: ir.Use, side: Side, module: Module) -> str:
        text = self.type(use.type, side, module, use.lexical)
        return with_null(text) if use.nullable else text

    def type(self, key_: ir.TypeId, side: Side, module: Module, lexical: ir.Lexical | None = None) -> str:
        """The type of a value that is not null."""
        type_ = self.api.types[key_]
        if key_ in self.plan.types and not (isinstance(type_, ir.Scalar) and lexical is not None):
            return self.name(key_, side, module)
        return self.spelled(type_, side, module, lexical)

    def spelled(
        self, type_: ir.AnyType, side: Side, module: Module, lexical: ir.Lexical | None = None
    ) -> str:
        """What a type is, without its name."""
        if isinstance(type_, ir.Scalar):
            return self.scalar(lexical or type_.lexical or ir.Lexical(json="any", xml="any"), module)
        if isinstance(type_, ir.Enum):
            return self.enum(type_, module)
        if isinstance(type_, ir.Array):
            return self._array(type_, side, module)
        if isinstance(type_, ir.Map):
            return f"{{ [name: string]: {self.use(type_.values, side, module)} }}"
        if isinstance(type_, ir.Union):
            return self.union(type_, side, module)
        raise ValueError(f"an object is declared, not spelled out: {type_.id}")

    def scalar(self, lexical: ir.Lexical, module: Module) -> str:
        """The type of a scalar, by its form in JSON."""
        if lexical.json in _RUNTIME_FORMS:
            return module.runtime_type(_RUNTIME_FORMS[lexical.json])
        return _FORMS.get(lexical.json, _VALUE)

    def enum(self, type_: ir.Enum, module: Module) -> str:
        """The listed values; others too, where the enum is open."""
        form = type_.lexical.json if type_.lexical else "value"
        values = [literal(member.value, form) for member in type_.members]
        if any(value is None for value in values):
            return module.runtime_type("Json")
        base = {"string": "string", "boolean": "boolean"}.get(type_.base, _FORMS.get(form, "number"))
        if type_.open and base != "boolean":
            if type_.base == "mixed":
                base = _VALUE
            values = [*values, "(string & {})", "(number & {})"] if base == _VALUE else [*values, f"({base} & {{}})"]  # fmt: skip
        return joined(value for value in values if value)

    def union(self, type_: ir.Union, side: Side, module: Module) -> str:
        """The alternatives; those that a discriminator tells have its value, and narrow. Of any type: all that JSON has."""
        if is_of_any_type(type_, self.api.types):
            return module.runtime_type("Json")
        discriminator = type_.discriminator
        parts: list[str] = []
        for use in type_.members:
            if self._leads_to(use.type, type_.id):
                continue
            text = self.use(use, side, module)
            values = values_telling(type_.mapping, self.api.types[use.type])
            if discriminator and values and isinstance(self.api.types[use.type], ir.Object):
                listed = joined(string(value) for value in values)
                text = f"({text} & {{ {key(discriminator)}: {listed} }})"
            parts.append(text)
        if discriminator and type_.mapping:
            parts.append(self._unlisted(discriminator, type_.default_type, side, module))
        return joined(parts)

    def _leads_to(self, start: ir.TypeId, goal: ir.TypeId) -> bool:
        """Whether a type is a union that contains another one with nothing between: an alias of itself."""
        waiting, seen = [start], set[ir.TypeId]()
        while waiting:
            key_ = waiting.pop()
            if key_ == goal:
                return True
            type_ = self.api.types[key_]
            if key_ not in seen and isinstance(type_, ir.Union):
                seen.add(key_)
                waiting += [use.type for use in type_.members]
        return False

    def _array(self, type_: ir.Array, side: Side, module: Module) -> str:
        rest = self.use(type_.items, side, module) if type_.items is not None else None
        if not type_.prefix:
            return array_of(rest if rest is not None else "never")
        parts = [self.use(use, side, module) for use in type_.prefix]
        parts = [part if index < type_.fewest else f"{_grouped(part)}?" for index, part in enumerate(parts)]
        if rest is not None:
            parts.append(f"...{array_of(rest)}")
        return f"[{', '.join(parts)}]"


def _grouped(text: str) -> str:
    return text if text.isidentifier() else f"({text})"


def with_null(text: str) -> str:
    """A type with null beside it."""
    if text == "Json" or text == "null" or text.endswith(" | null"):
        return text
    return "null" if text == "never" else f"{text} | null"


def joined(parts: Iterable[str]) -> str:
    """A union; what was said is not repeated."""
    return " | ".join(dict.fromkeys(parts)) or "never"


def alternatives_of(text: str) -> list[str]:
    """The alternatives of a union as it is spelled, but for those within brackets and texts."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(text):
        depth += (token in _OPENING) - (token in _CLOSING)
        if token == " | " and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return parts


def array_of(text: str) -> str:
    """The type of a list."""
    return (
        f"{text}[]" if text.isidentifier() else f"({text})[]" if "|" in text or "&" in text else f"{text}[]"
    )


def literal(value: Any, form: ir.LexicalForm) -> str | None:
    """The type of one value; None where a type cannot say it."""
    if isinstance(value, str):
        if form in ("int64", "uint64"):
            return f"{value}n"
        return string(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return f"{value}n" if form in ("int64", "uint64") else str(value)
    if isinstance(value, (list, dict)):
        return None
    return str(value)
