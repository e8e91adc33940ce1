"""The surface of a TypeScript package: what its callers can name, from names and types, without writing it.

An interface is a class, its members are fields with the names of the wire; what only answers hold is read, never built,
so its members are properties. Arguments of operations are keywords of one object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from bindwright.ir import model as ir
from bindwright.ir.reachability import Sides, sides
from bindwright.targets.surface import Surface, Symbol, file_name
from bindwright.targets.typescript.models.model_modules import Models
from bindwright.targets.typescript.models.type_expressions import with_null
from bindwright.targets.typescript.naming.declared import Side
from bindwright.targets.typescript.naming.plan import NamePlan, plan_names
from bindwright.targets.typescript.naming.renames import older_names
from bindwright.targets.typescript.operations.operation_modules import Operations
from bindwright.targets.typescript.syntax.module import Module

SURFACE = file_name("typescript")
_CLIENT: Symbol = {"name": "client", "kind": "positional", "annotation": "Client"}
_OPTIONS: Symbol = {"name": "options", "kind": "options", "annotation": "CallOptions"}
_MISSING = "undefined"
Planned = Iterator[tuple[str, Symbol, str]]
"""Names, symbols and origins."""


class PlannedPackage(Struct, kw_only=True, frozen=True):
    """What callers of a package will see."""

    surface: Surface
    plan: NamePlan


def plan_surface(
    api: ir.Api,
    overrides: Mapping[str, str],
    lock: Mapping[str, Any] | None = None,
    group_by: str = "tag",
    earlier: Surface | None = None,
) -> PlannedPackage:
    """The surface of a package, and its names, without writing it.

    Args:
        overrides: names that the configuration has chosen, by ids.
        lock: the names of the last run.
        earlier: the surface that the last run wrote: what is called otherwise keeps its older name as an alias.
    """

    def planned(older: Mapping[str, Any] | None) -> PlannedPackage:
        plan = plan_names(api, overrides, lock or {}, group_by, older)
        models = Models(api, plan)
        return PlannedPackage(surface=planned_surface(api, models, Operations(api, models)), plan=plan)

    package = planned(None)
    older = older_names(earlier, package.surface, package.plan, lock or {}) if earlier is not None else None
    return planned(older) if older else package


def planned_surface(api: ir.Api, models: Models, operations: Operations) -> Surface:
    """Everything that callers of a package can name, but the runtime."""
    planned = _Planned(api, models, operations)
    symbols: dict[str, Symbol] = {}
    origins: dict[str, str] = {}
    for name, symbol, origin in planned.every():
        symbols[name] = symbol
        if origin:
            origins[name] = origin
    return Surface(target="typescript", symbols=symbols, origins=origins)


class _Planned:
    def __init__(self, api: ir.Api, models: Models, operations: Operations) -> None:
        self.api, self.models, self.operations = api, models, operations
        self.plan = models.plan
        self.reached: Sides = sides(api)
        # Names are unique in a package, so that one module may stand for all.
        self.module = Module("surface")
        self._symbols: dict[tuple[bool, str, bool, bool], Symbol] = {}
        """Symbols of members: many are alike, and are one object, which is written once."""

    def every(self) -> Planned:
        """All symbols."""
        for group in self.plan.groups:
            symbol: Symbol = {"kind": "property", "annotation": group.type}
            yield f"BoundApi.{group.attribute}", symbol, f"tag {group.tag}"
            for alias in group.aliases:
                yield f"BoundApi.{alias}", symbol | _renamed(group.attribute), ""
        for operation in self.api.operations:
            yield from self._operation(operation)
        for type_id, name in self.plan.types.items():
            yield from self._type(type_id, name, "response")
            yield from self._older(self.plan.aliases.get(type_id, ()), name)
            if type_id in self.plan.inputs:
                yield from self._type(type_id, self.plan.inputs[type_id], "request")
                yield from self._older(self.plan.input_aliases.get(type_id, ()), self.plan.inputs[type_id])

    def _older(self, aliases: Iterable[str], name: str) -> Planned:
        """The names that a type had."""
        for alias in aliases:
            yield f"models.{alias}", _alias(name) | _renamed(name), ""

    def _type(self, type_id: ir.TypeId, name: str, side: Side) -> Planned:
        type_ = self.api.types[type_id]
        types = self.models.types
        if not isinstance(type_, ir.Object):
            text = types.spelled(type_, side, self.module)
            yield f"models.{name}", _alias(with_null(text) if type_.nullable else text), type_id
            return
        bases = (
            self.plan.base_inputs if type_id in self.plan.inputs and side == "request" else self.plan.bases
        )
        if type_id in bases:
            yield f"models.{name}", _alias(types.derived(type_, side, self.module)), type_id
            name = bases[type_id]
        inherits = self.models.objects.base_of(type_)
        parents = [types.interface_name(inherits.id, side, self.module)] if inherits is not None else []
        yield f"models.{name}", {"kind": "class", "bases": parents}, type_id
        inherited = {property_.name for property_ in inherits.properties} if inherits is not None else set()
        members = self.models.objects.members(type_, side)
        for property_ in members.of_side:
            if property_.name not in inherited:
                symbol = self._member(type_, property_, members.optional(property_), side)
                yield f"models.{name}.{property_.name}", symbol, f"{type_id}.{property_.name}"
        if index := self.models.objects.index(type_, members, self.module):
            yield f"models.{name}.*", {"kind": "property", "annotation": index}, f"{type_id}.*"

    def _member(self, type_: ir.Object, property_: ir.Property, optional: bool, side: Side) -> Symbol:
        text = self.models.types.use(property_.use, side, self.module)
        if property_.null == "value":
            text = with_null(text)
        built = side == "request" or (
            type_.id in self.reached["request"] and type_.id not in self.plan.inputs
        )
        facts = (built, text, optional, property_.use.deprecated)
        symbol = self._symbols.get(facts)
        if symbol is None:
            symbol = {"kind": "field" if built else "property", "annotation": text}
            if optional:
                symbol |= {"annotation": f"{text} | {_MISSING}", "default": _MISSING}
            self._symbols[facts] = symbol = symbol | (
                {"deprecated": "Deprecated."} if property_.use.deprecated else {}
            )
        return symbol

    def _operation(self, operation: ir.Operation) -> Planned:
        names = self.plan.operations[operation.id]
        typed = self.operations.types_of(operation, self.module)
        parameters = [_CLIENT]
        older: list[Symbol] = []
        for parameter in operation.parameters:
            argument: Symbol = {
                "name": names.arguments[f"{parameter.location}:{parameter.name}"],
                "kind": "keyword",
                "annotation": self.models.types.use(parameter.use, "request", self.module),
            }
            if not parameter.required and parameter.location != "path":
                argument["default"] = _MISSING
            parameters.append(argument)
            key = f"{parameter.location}:{parameter.name}"
            for alias in names.older_arguments.get(key, ()):
                older.append(argument | {"name": alias, "default": _MISSING} | _renamed(names.arguments[key]))
        if typed.body:
            body: Symbol = {"name": "body", "kind": "keyword", "annotation": typed.body}
            if operation.body is not None and not operation.body.required:
                body["default"] = _MISSING
            parameters.append(body)
        symbol: Symbol = {
            "kind": "async method",
            "parameters": [*parameters, _OPTIONS, *older],
            "returns": typed.result,
        }
        if operation.deprecated:
            symbol["deprecated"] = "Deprecated."
        yield f"operations.{names.function}", symbol, operation.id
        for alias in names.aliases:
            yield f"operations.{alias}", symbol | _renamed(names.function), ""
        for status, text in typed.failures.items():
            error = {"kind": "property", "annotation": text}
            yield f"operations.{names.function}.errors.{status}", error, f"{operation.id} error"
        if names.headers:
            yield f"operations.{names.headers}", {"kind": "export"}, ""


def _renamed(name: str) -> Symbol:
    return {"deprecated": f"Renamed: use {name}."}


def _alias(text: str) -> Symbol:
    return {"kind": "alias", "value": text}


__all__ = ["SURFACE", "PlannedPackage", "plan_surface", "planned_surface"]
