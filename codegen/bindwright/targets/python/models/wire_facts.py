"""Wire facts of a place: the arguments of ``wire``, ``at`` and ``root``.

Only what the annotation does not tell is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bindwright.ir import model as ir
from bindwright.targets.python.models.type_expressions import IMPLIED, Typer, scalar_type
from bindwright.targets.python.naming.models import is_enumeration, is_literal
from bindwright.targets.python.syntax.code import Code, literal, string
from bindwright.targets.python.syntax.layout import Bracketed, Expr, call, dict_, flat, keyword, tuple_, value
from bindwright.targets.python.syntax.module import Imports, Module, RecordedImports

_CHECKS = [(keyword_, Code(keyword_)) for keyword_ in ir.Constraints.__struct_fields__]
PlaceKey = tuple[ir.TypeId, str | None, str]
"""Type, format and constraints of a place."""
HELPERS = frozenset({"at", "Xml", "Checks", "Choice", "Entries"})
"""Names of the runtime that facts are written with."""


class WireFacts:
    """Writes the wire facts of one API."""

    def __init__(self, typer: Typer) -> None:
        self.typer = typer
        self.types = typer.types
        self._active: set[str] = set()
        self._of_places: dict[PlaceKey, tuple[list[Expr], set[str]]] = {}
        """Facts of places, and the names that they import."""

    def of(self, use: ir.Use, imports: Imports) -> list[Expr]:
        """All facts of a place but its name, as keyword arguments."""
        key = self.key_of(use)
        # What is written with another name for a helper is not the text that other modules need.
        if key is None or (isinstance(imports, Module) and imports.aliases.keys() & HELPERS):
            return self._all(use, imports)
        entry = self._of_places.get(key)
        if entry is None:
            recorded = RecordedImports()
            entry = self._of_places[key] = (self._all(use, recorded), recorded.names)
        for name in entry[1]:
            imports.import_(name)
        return entry[0]

    def _all(self, use: ir.Use, imports: Imports) -> list[Expr]:
        type_ = self.types.get(use.type)
        arguments: list[Expr] = []
        if type_ is not None:
            arguments += self._format(use, type_)
        if use.xml is not None and (expression := self.xml(use.xml, imports)):
            arguments.append(keyword(Code("xml"), expression))
        if type_ is not None and not self._is_class(type_):
            arguments += self.inside(type_, imports)
        if use.entries is not None:
            arguments.append(keyword(Code("entries"), self.entries(use.entries, imports)))
        if checks := self.checks(use.constraints, type_, imports):
            arguments.append(keyword(Code("checks"), checks))
        arguments += self.asserts(use, None if type_ is None or self._is_class(type_) else type_)
        arguments += _flags(use)
        return arguments

    def _is_class(self, type_: ir.AnyType) -> bool:
        return type_.id in self.typer.plan.classes and self.typer.is_nominal(type_)

    @staticmethod
    def key_of(use: ir.Use) -> PlaceKey | None:
        """What tells all facts of a place; None where it says more than most."""
        if (
            use.xml is not None or use.entries is not None or use.order is not None or use.only is not None
            or use.read_only or use.write_only or use.omit_default or use.asserts
        ):  # fmt: skip
            return None
        # As text: 1 and 1.0 are equal, and written differently.
        return use.type, use.format, "" if use.constraints is None else repr(use.constraints)

    def _format(self, use: ir.Use, type_: ir.AnyType) -> Iterator[Expr] | list[Expr]:
        if isinstance(type_, ir.Scalar):
            format_ = use.format or type_.format or type_.content_encoding
            if format_ and not (
                format_ in IMPLIED and scalar_type(type_.base, format_) not in ("str", "float", "int")
            ):
                return [Code(f"format={string(format_)}")]
            if (
                type_.base == "string"
                and scalar_type(type_.base, format_, type_.content_encoding) == "Decimal"
            ):
                return [Code("quoted=True")]
        elif use.format:
            return [Code(f"format={string(use.format)}")]
        return []

    def inside(self, type_: ir.AnyType, imports: Imports) -> list[Expr]:
        """Facts of what stands in a list, map or union, and of a const."""
        if type_.id in self._active:
            return []
        self._active.add(type_.id)
        try:
            if isinstance(type_, ir.Array):
                return self._array(type_, imports)
            if isinstance(type_, ir.Map):
                return [*self.nested("values", type_.values, imports), *self.names(type_, imports)]
            if isinstance(type_, ir.Union):
                return [keyword(Code("choice"), self.choice(type_, imports))]
            if isinstance(type_, ir.Enum) and type_.const and type_.members:
                return [keyword(Code("const"), value(type_.members[0].value))]
            if is_literal(type_):
                return [Code("open=True")]
            return []
        finally:
            self._active.discard(type_.id)

    def names(self, type_: ir.Object | ir.Map, imports: Imports) -> list[Expr]:
        """What holds for names of members: those that have to be there, and constraints of all."""
        arguments: list[Expr] = []
        base = self.types.get(type_.base) if isinstance(type_, ir.Object) and type_.base else None
        before = base.required_names if isinstance(base, ir.Object) else []
        if own_names := [name for name in type_.required_names if name not in before]:
            required = tuple_(string(name) for name in own_names)
            arguments.append(keyword(Code("required"), required))
        if type_.keys is not None:
            facts = self.of(type_.keys, imports)
            listed = self.types.get(type_.keys.type)
            if isinstance(listed, ir.Enum):
                values = tuple_(value(member.value) for member in listed.members)
                facts = [
                    keyword(Code("checks"), call(imports.import_("Checks"), keyword(Code("enum"), values)))
                ]
            if facts:
                arguments.append(keyword(Code("keys"), call(imports.import_("at"), *facts)))
        return arguments

    def _array(self, type_: ir.Array, imports: Imports) -> list[Expr]:
        arguments: list[Expr] = []
        if type_.id in self.typer.told_by_position:
            # XML tells them by position: each with its own type, of which the list's items are a choice.
            positions = []
            for use in (*type_.prefix, *filter(None, [type_.items])):
                member = tuple_([string(self.typer.use(use).text), self.at(use, imports)])
                choice = call(imports.import_("Choice"), keyword(Code("members"), tuple_([member])))
                positions.append(call(imports.import_("at"), keyword(Code("choice"), choice)))
            arguments.append(keyword(Code("prefix_items"), tuple_(positions)))
        elif type_.prefix:
            items = [self.of(use, imports) for use in type_.prefix]
            if any(items):
                places = [call(imports.import_("at"), *item) for item in items]
                arguments.append(keyword(Code("prefix_items"), tuple_(places)))
        if type_.items is not None:
            arguments += self.nested("items", type_.items, imports)
        return arguments

    def nested(self, name: str, use: ir.Use, imports: Imports) -> list[Expr]:
        """``name=at(…)`` with the facts of a place; nothing where there are none."""
        facts = self.of(use, imports)
        return [keyword(Code(name), call(imports.import_("at"), *facts))] if facts else []

    def at(self, use: ir.Use, imports: Imports) -> Bracketed:
        """``at(…)`` with the facts of a place."""
        return call(imports.import_("at"), *self.of(use, imports))

    def _of_alike(self, uses: list[ir.Use], imports: Imports) -> Bracketed:
        """The facts of alternatives that are written alike: the first one's, and what each asks of values."""
        facts = [self.of(use, imports) for use in uses]
        if len({tuple(map(flat, member_facts)) for member_facts in facts}) == 1:
            return call(imports.import_("at"), *facts[0])
        shared = [fact for fact in facts[0] if not flat(fact).startswith(("checks=", "asserts="))]
        either = tuple_(call(imports.import_("at"), *member_facts) for member_facts in facts)
        return call(imports.import_("at"), *shared, keyword(Code("either"), either))

    def asserts(self, use: ir.Use | None, type_: ir.AnyType | None) -> list[Expr]:
        """``asserts=(…)`` of a place, and of its type; nothing where there are none."""
        fragments = [*(use.asserts if use is not None else ()), *(type_.asserts if type_ is not None else ())]
        if not fragments:
            return []
        texts = dict.fromkeys(json.dumps(fragment, separators=(",", ":")) for fragment in fragments)
        return [keyword(Code("asserts"), tuple_(string(text) for text in texts))]

    def xml(self, xml: ir.XmlFacts, imports: Imports) -> Expr | None:
        """``Xml(…)``; None where nothing is said."""
        arguments: list[Expr] = []
        for name in ("name", "namespace", "prefix", "node"):
            if (text := getattr(xml, name)) is not None:
                arguments.append(Code(f"{name}={string(text)}"))
        if xml.wrapped:
            arguments.append(Code("wrapped=True"))
        if not arguments:
            return None
        return call(imports.import_("Xml"), *arguments)

    def checks(self, place: ir.Constraints | None, type_: ir.AnyType | None, imports: Imports) -> Expr | None:
        """``Checks(…)`` of the place's constraints, and its type's where the place is silent."""
        types = type_.constraints if type_ is not None else None
        arguments: list[Expr] = []
        for name, code in _CHECKS:
            bound = getattr(place, name) if place is not None else None
            if (bound is None or bound is False) and types is not None:
                bound = getattr(types, name)
            if bound is not None and bound is not False:
                arguments.append(Code(f"{code}={literal(bound)}"))
        if isinstance(type_, ir.Enum) and not (type_.const or is_literal(type_) or is_enumeration(type_)):
            values = tuple_(value(member.value) for member in type_.members)
            arguments.append(keyword(Code("enum"), values))
        if not arguments:
            return None
        return call(imports.import_("Checks"), *arguments)

    def choice(self, type_: ir.Union | ir.Object, imports: Imports) -> Expr:
        """``Choice(…)``: how the members of a union, or the kinds of a base, are told."""
        arguments: list[Expr] = []
        if isinstance(type_, ir.Union) and type_.any_of:
            arguments.append(Code('kind="anyOf"'))
        if type_.discriminator:
            arguments.append(Code(f"discriminator={string(type_.discriminator)}"))
        if type_.mapping:
            pairs = [
                (string(key), string(self.typer.type(type_id, named=True).text))
                for key, type_id in type_.mapping.items()
            ]
            arguments.append(keyword(Code("mapping"), dict_(pairs)))
        if type_.default_type is not None:
            text = self.typer.type(type_.default_type, named=True).text
            arguments.append(Code(f"default={string(text)}"))
        if isinstance(type_, ir.Object) and type_.untagged:
            arguments.append(Code("untagged=True"))
        if isinstance(type_, ir.Union):
            members: list[Expr] = []
            for annotation, uses in self.typer.members(type_):
                members.append(tuple_([string(annotation.text), self._of_alike(uses, imports)]))
            arguments.append(keyword(Code("members"), tuple_(members)))
        return call(imports.import_("Choice"), *arguments)

    def entries(self, entries: ir.Entries, imports: Imports) -> Expr:
        """``Entries(…)``: how a map's entries are elements."""
        arguments: list[Expr] = [Code(f"item={string(entries.item)}")]
        if entries.namespace is not None:
            arguments.append(Code(f"namespace={string(entries.namespace)}"))
        if entries.key != "Key":
            arguments.append(Code(f"key={string(entries.key)}"))
        if entries.value != "Value":
            arguments.append(Code(f"value={string(entries.value)}"))
        if entries.key_use is not None:
            text = self.typer.use(entries.key_use).text
            if text != "str":
                arguments.append(Code(f"key_type={string(text)}"))
            arguments += self.nested("key_wire", entries.key_use, imports)
        return call(imports.import_("Entries"), *arguments)


def _flags(use: ir.Use) -> list[Expr]:
    arguments: list[Expr] = []
    if use.read_only:
        arguments.append(Code("read_only=True"))
    if use.write_only:
        arguments.append(Code("write_only=True"))
    if use.order is not None:
        arguments.append(Code(f"order={literal(use.order)}"))
    if use.omit_default:
        arguments.append(Code("emit_default=False"))
    if use.only:
        arguments.append(Code(f"only={string(use.only)}"))
    return arguments
