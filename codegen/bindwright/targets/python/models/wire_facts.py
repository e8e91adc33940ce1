"""Wire facts of a place: the arguments of ``wire``, ``at`` and ``root``.

Only what the annotation does not tell is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bindwright.ir import model as ir
from bindwright.targets.python.models.type_expressions import IMPLIED, Typer, scalar_type
from bindwright.targets.python.syntax.code import Code, literal, string
from bindwright.targets.python.syntax.layout import Expr, Group, call, dict_, keyword, tuple_, value

_CHECKS = [(name, Code(name)) for name in ir.Constraints.__struct_fields__]
NO_ALIASES: Mapping[str, str] = MappingProxyType({})
Needs = set[str]
"""Names of the runtime that an expression uses."""


class Facts:
    """Writes the wire facts of one API.

    `aliases` says what helpers are called in a module where something else has their name.
    """

    def __init__(self, typer: Typer, aliases: Mapping[str, str] = NO_ALIASES) -> None:
        self.typer = typer
        self.aliases = aliases
        self.types = typer.types
        self._active: set[str] = set()
        self._of_types: dict[str, tuple[list[Expr], Needs]] = {}
        """Facts of places that say nothing themselves, by type."""
        self._of_inner: dict[str, tuple[list[Expr], Needs]] = {}

    def of(self, use: ir.Use, needs: Needs, *, is_item: bool = False) -> list[Expr]:
        """All facts of a place but its name, as keyword arguments; ``inner``: of an item or value, not a member."""
        if not self._is_plain(use):
            return self._all(use, needs, is_item)
        cache = self._of_inner if is_item else self._of_types
        cached = cache.get(use.type)
        if cached is None:
            type_needs: Needs = set()
            cached = cache[use.type] = (self._all(use, type_needs, is_item), type_needs)
        if cached[1]:
            needs |= cached[1]
        return cached[0]

    def _all(self, use: ir.Use, needs: Needs, is_item: bool) -> list[Expr]:
        type_ = self.types.get(use.type)
        facts: list[Expr] = []
        if type_ is not None:
            facts += self._format(use, type_)
        types = type_.xml if type_ is not None and not self._is_class(type_) else None
        if (
            types is not None
            and type_ is not None
            and type_.profile == "datacontract"
            and type_.name
            and not is_item
        ):
            types = None  # there a member's element has the member's name and namespace, whatever its type
        xml = merged(use.xml, types)
        if xml is not None and (xml_call := self.xml(xml, needs)):
            facts.append(keyword(Code("xml"), xml_call))
        if type_ is not None and not self._is_class(type_):
            facts += self.inside(type_, needs)
        if use.entries is not None:
            facts.append(keyword(Code("entries"), self.entries(use.entries, needs)))
        if checks := self.checks(use.constraints, type_.constraints if type_ is not None else None, needs):
            facts.append(keyword(Code("checks"), checks))
        facts += _flags(use)
        return facts

    def _is_class(self, type_: ir.AnyType) -> bool:
        return type_.id in self.typer.plan.classes and self.typer.is_nominal(type_)

    @staticmethod
    def _is_plain(use: ir.Use) -> bool:
        return (
            use.xml is None and use.constraints is None and use.format is None and use.entries is None
            and not use.read_only and not use.write_only and use.order is None and use.emit_default and use.only is None
        )  # fmt: skip

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

    def inside(self, type_: ir.AnyType, needs: Needs) -> list[Expr]:
        """Facts of what stands in a list, map or union, and of a const."""
        if type_.id in self._active:
            return []
        self._active.add(type_.id)
        try:
            if isinstance(type_, ir.Array):
                return self._array(type_, needs)
            if isinstance(type_, ir.Map):
                return self._nested("values", type_.values, needs)
            if isinstance(type_, ir.Union):
                return [keyword(Code("choice"), self.choice(type_, needs))]
            if isinstance(type_, ir.Enum) and type_.const and type_.members:
                return [keyword(Code("const"), value(type_.members[0].value))]
            return []
        finally:
            self._active.discard(type_.id)

    def _call(self, helper: str, *arguments: Expr) -> Group:
        return call(Code(self.aliases.get(helper, helper)), *arguments)

    def _array(self, type_: ir.Array, needs: Needs) -> list[Expr]:
        result: list[Expr] = []
        if type_.prefix:
            places = [self.at(use, needs) for use in type_.prefix]
            if any(len(place.items) for place in places):
                result.append(keyword(Code("prefix_items"), tuple_(places)))
                needs.add("at")
        if type_.items is not None:
            result += self._nested("items", type_.items, needs)
        return result

    def _nested(self, name: str, use: ir.Use, needs: Needs) -> list[Expr]:
        place = self.at(use, needs)
        if not place.items:
            return []
        needs.add("at")
        return [keyword(Code(name), place)]

    def at(self, use: ir.Use, needs: Needs) -> Group:
        """``at(…)`` with the facts of a place; the caller says that it needs ``at``."""
        return self._call("at", *self.of(use, needs, is_item=True))

    def xml(self, xml: ir.XmlFacts, needs: Needs) -> Expr | None:
        """``Xml(…)``; None where nothing is said."""
        facts: list[Expr] = []
        for name in ("name", "namespace", "prefix", "node"):
            if (text := getattr(xml, name)) is not None:
                facts.append(Code(f"{name}={string(text)}"))
        if xml.wrapped:
            facts.append(Code("wrapped=True"))
        if not facts:
            return None
        needs.add("Xml")
        return self._call("Xml", *facts)

    def checks(
        self, constraints: ir.Constraints | None, types: ir.Constraints | None, needs: Needs
    ) -> Expr | None:
        """``Checks(…)`` of the place's constraints, and its type's where the place is silent."""
        if constraints is None and types is None:
            return None
        facts: list[Expr] = []
        for name, code in _CHECKS:
            limit = getattr(constraints, name) if constraints is not None else None
            if (limit is None or limit is False) and types is not None:
                limit = getattr(types, name)
            if limit is not None and limit is not False:
                facts.append(Code(f"{code}={literal(limit)}"))
        if not facts:
            return None
        needs.add("Checks")
        return self._call("Checks", *facts)

    def choice(self, type_: ir.Union | ir.Object, needs: Needs) -> Expr:
        """``Choice(…)``: how the members of a union, or the kinds of a base, are told."""
        needs.add("Choice")
        facts: list[Expr] = []
        if isinstance(type_, ir.Union) and type_.any_of:
            facts.append(Code('kind="anyOf"'))
        if type_.discriminator:
            facts.append(Code(f"discriminator={string(type_.discriminator)}"))
        if type_.mapping:
            pairs = [
                (string(key), string(self.typer.type(goal, named=True).text))
                for key, goal in type_.mapping.items()
            ]
            facts.append(keyword(Code("mapping"), dict_(pairs)))
        if isinstance(type_, ir.Union):
            members: list[Expr] = []
            for annotation, use in self.typer.members(type_):
                place = self.at(use, needs)
                needs.add("at")
                members.append(tuple_([string(annotation.text), place]))
            facts.append(keyword(Code("members"), tuple_(members)))
        return self._call("Choice", *facts)

    def entries(self, entries: ir.Entries, needs: Needs) -> Expr:
        """``Entries(…)``: how a map's entries are elements."""
        needs.add("Entries")
        facts: list[Expr] = [Code(f"item={string(entries.item)}")]
        if entries.namespace is not None:
            facts.append(Code(f"namespace={string(entries.namespace)}"))
        if entries.key != "Key":
            facts.append(Code(f"key={string(entries.key)}"))
        if entries.value != "Value":
            facts.append(Code(f"value={string(entries.value)}"))
        if entries.key_use is not None:
            text = self.typer.use(entries.key_use).text
            if text != "str":
                facts.append(Code(f"key_type={string(text)}"))
            if (key_place := self.at(entries.key_use, needs)).items:
                needs.add("at")
                facts.append(keyword(Code("key_wire"), key_place))
        return self._call("Entries", *facts)


def merged(place: ir.XmlFacts | None, types: ir.XmlFacts | None) -> ir.XmlFacts | None:
    """What the place says, and what its type says where the place is silent."""
    if place is None or types is None:
        return place or types
    return ir.XmlFacts(
        name=place.name if place.name is not None else types.name,
        namespace=place.namespace if place.namespace is not None else types.namespace,
        prefix=place.prefix if place.prefix is not None else types.prefix,
        node=place.node if place.node is not None else types.node,
        wrapped=place.wrapped or types.wrapped,
    )


def _flags(use: ir.Use) -> list[Expr]:
    facts: list[Expr] = []
    if use.read_only:
        facts.append(Code("read_only=True"))
    if use.write_only:
        facts.append(Code("write_only=True"))
    if use.order is not None:
        facts.append(Code(f"order={literal(use.order)}"))
    if not use.emit_default:
        facts.append(Code("emit_default=False"))
    if use.only:
        facts.append(Code(f"only={string(use.only)}"))
    return facts
