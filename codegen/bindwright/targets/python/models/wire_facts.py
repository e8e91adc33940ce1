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

_CHECKS = [(one, Code(one)) for one in ir.Constraints.__struct_fields__]
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

    def of(self, use: ir.Use, needs: Needs, *, inner: bool = False) -> list[Expr]:
        """All facts of a place but its name, as keyword arguments; ``inner``: of an item or value, not a member."""
        if not self._is_plain(use):
            return self._all(use, needs, inner)
        cache = self._of_inner if inner else self._of_types
        found = cache.get(use.type)
        if found is None:
            more: Needs = set()
            found = cache[use.type] = (self._all(use, more, inner), more)
        if found[1]:
            needs |= found[1]
        return found[0]

    def _all(self, use: ir.Use, needs: Needs, inner: bool) -> list[Expr]:
        type_ = self.types.get(use.type)
        found: list[Expr] = []
        if type_ is not None:
            found += self._format(use, type_)
        types = type_.xml if type_ is not None and not self._is_class(type_) else None
        if (
            types is not None
            and type_ is not None
            and type_.profile == "datacontract"
            and type_.name
            and not inner
        ):
            types = None  # there a member's element has the member's name and namespace, whatever its type
        xml = merged(use.xml, types)
        if xml is not None and (made := self.xml(xml, needs)):
            found.append(keyword(Code("xml"), made))
        if type_ is not None and not self._is_class(type_):
            found += self.inside(type_, needs)
        if use.entries is not None:
            found.append(keyword(Code("entries"), self.entries(use.entries, needs)))
        if checks := self.checks(use.constraints, type_.constraints if type_ is not None else None, needs):
            found.append(keyword(Code("checks"), checks))
        found += _flags(use)
        return found

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
        found: list[Expr] = []
        if type_.prefix:
            inner = [self.at(one, needs) for one in type_.prefix]
            if any(len(one.items) for one in inner):
                found.append(keyword(Code("prefix_items"), tuple_(inner)))
                needs.add("at")
        if type_.items is not None:
            found += self._nested("items", type_.items, needs)
        return found

    def _nested(self, name: str, use: ir.Use, needs: Needs) -> list[Expr]:
        made = self.at(use, needs)
        if not made.items:
            return []
        needs.add("at")
        return [keyword(Code(name), made)]

    def at(self, use: ir.Use, needs: Needs) -> Group:
        """``at(…)`` with the facts of a place; the caller says that it needs ``at``."""
        return self._call("at", *self.of(use, needs, inner=True))

    def xml(self, xml: ir.XmlFacts, needs: Needs) -> Expr | None:
        """``Xml(…)``; None where nothing is said."""
        found: list[Expr] = []
        for name in ("name", "namespace", "prefix", "node"):
            if (one := getattr(xml, name)) is not None:
                found.append(Code(f"{name}={string(one)}"))
        if xml.wrapped:
            found.append(Code("wrapped=True"))
        if not found:
            return None
        needs.add("Xml")
        return self._call("Xml", *found)

    def checks(self, own: ir.Constraints | None, types: ir.Constraints | None, needs: Needs) -> Expr | None:
        """``Checks(…)`` of the place's constraints, and its type's where the place is silent."""
        if own is None and types is None:
            return None
        found: list[Expr] = []
        for name, code in _CHECKS:
            one = getattr(own, name) if own is not None else None
            if (one is None or one is False) and types is not None:
                one = getattr(types, name)
            if one is not None and one is not False:
                found.append(Code(f"{code}={literal(one)}"))
        if not found:
            return None
        needs.add("Checks")
        return self._call("Checks", *found)

    def choice(self, type_: ir.Union | ir.Object, needs: Needs) -> Expr:
        """``Choice(…)``: how the members of a union, or the kinds of a base, are told."""
        needs.add("Choice")
        found: list[Expr] = []
        if isinstance(type_, ir.Union) and type_.any_of:
            found.append(Code('kind="anyOf"'))
        if type_.discriminator:
            found.append(Code(f"discriminator={string(type_.discriminator)}"))
        if type_.mapping:
            pairs = [
                (string(key), string(self.typer.type(one, named=True).text))
                for key, one in type_.mapping.items()
            ]
            found.append(keyword(Code("mapping"), dict_(pairs)))
        if isinstance(type_, ir.Union):
            members: list[Expr] = []
            for annotation, use in self.typer.members(type_):
                made = self.at(use, needs)
                needs.add("at")
                members.append(tuple_([string(annotation.text), made]))
            found.append(keyword(Code("members"), tuple_(members)))
        return self._call("Choice", *found)

    def entries(self, entries: ir.Entries, needs: Needs) -> Expr:
        """``Entries(…)``: how a map's entries are elements."""
        needs.add("Entries")
        found: list[Expr] = [Code(f"item={string(entries.item)}")]
        if entries.namespace is not None:
            found.append(Code(f"namespace={string(entries.namespace)}"))
        if entries.key != "Key":
            found.append(Code(f"key={string(entries.key)}"))
        if entries.value != "Value":
            found.append(Code(f"value={string(entries.value)}"))
        if entries.key_use is not None:
            text = self.typer.use(entries.key_use).text
            if text != "str":
                found.append(Code(f"key_type={string(text)}"))
            if (made := self.at(entries.key_use, needs)).items:
                needs.add("at")
                found.append(keyword(Code("key_wire"), made))
        return self._call("Entries", *found)


def merged(own: ir.XmlFacts | None, types: ir.XmlFacts | None) -> ir.XmlFacts | None:
    """What the place says, and what its type says where the place is silent."""
    if own is None or types is None:
        return own or types
    return ir.XmlFacts(
        name=own.name if own.name is not None else types.name,
        namespace=own.namespace if own.namespace is not None else types.namespace,
        prefix=own.prefix if own.prefix is not None else types.prefix,
        node=own.node if own.node is not None else types.node,
        wrapped=own.wrapped or types.wrapped,
    )


def _flags(use: ir.Use) -> list[Expr]:
    found: list[Expr] = []
    if use.read_only:
        found.append(Code("read_only=True"))
    if use.write_only:
        found.append(Code("write_only=True"))
    if use.order is not None:
        found.append(Code(f"order={literal(use.order)}"))
    if not use.emit_default:
        found.append(Code("emit_default=False"))
    if use.only:
        found.append(Code(f"only={string(use.only)}"))
    return found
