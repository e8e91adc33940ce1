"""The modules of models: one a named schema, with its inline children; one an operation for the rest."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.ir.reachability import sides
from bindwright.targets.prose import heading, sentence
from bindwright.targets.python.models.element_names import other_names, unnamed_roots
from bindwright.targets.python.models.enums import write_enum
from bindwright.targets.python.models.model_context import ModelContext
from bindwright.targets.python.models.objects import write_object
from bindwright.targets.python.models.root_facts import root, root_statement
from bindwright.targets.python.models.type_expressions import Typer, scalar_type
from bindwright.targets.python.models.wire_facts import WireFacts
from bindwright.targets.python.naming.models import has_one_value, is_enumeration
from bindwright.targets.python.naming.plan import NamePlan
from bindwright.targets.python.syntax.code import Code, docstring, string
from bindwright.targets.python.syntax.layout import assign, call, class_head, lay
from bindwright.targets.python.syntax.module import RUNTIME, Imports, Module

HELPERS = frozenset({"field", "wire", "at", "root", "empty_dict"})
"""What class bodies call; imported as ``_field`` where a member has that name."""


class Models:
    """Writes the package of models."""

    def __init__(self, api: ir.Api, plan: NamePlan) -> None:
        typer = Typer(api, plan)
        constants = frozenset(type_.id for type_ in api.types.values() if has_one_value(type_))
        derived: dict[ir.TypeId, list[ir.TypeId]] = {}
        for type_ in api.types.values():
            if isinstance(type_, ir.Object) and type_.base:
                derived.setdefault(type_.base, []).append(type_.id)
        self.context = ModelContext(
            api=api,
            plan=plan,
            typer=typer,
            facts=WireFacts(typer),
            sides=sides(api),
            derived=derived,
            constants=constants,
            unnamed_roots=unnamed_roots(api),
            other_names=other_names(api),
        )
        self.api, self.plan, self.typer = api, plan, typer
        self.homes: dict[str, list[ir.AnyType]] = {}
        for key in plan.classes:
            self.homes.setdefault(plan.modules[key], []).append(api.types[key])
        self.module_of = {name: plan.modules[key] for key, name in plan.classes.items()}

    def files(self) -> dict[str, Code]:
        """Module names to their text."""
        return {module: self.module(module, types) for module, types in self.homes.items()}

    def module(self, name: str, types: list[ir.AnyType]) -> Code:
        """One module."""
        types = sorted(types, key=lambda type_: type_.name is None)
        module = self._written(types, frozenset())
        models = module.references | module.imported_from_package()
        if clash := models.intersection(module.imported_from(RUNTIME), self.module_of):
            # It refers to a model called like a helper that it needs.
            module = self._written(types, frozenset(clash))
        return module.render()

    def _written(self, types: list[ir.AnyType], foreign: frozenset[str]) -> Module:
        defined = {self.plan.classes[type_.id] for type_ in types}
        fields = set[str]().union(*(self.plan.fields.get(type_.id, {}).values() for type_ in types))
        renamed = (HELPERS & fields) | ((defined | foreign) & _RUNTIME_CLASSES)
        module = Module(self._doc(types), {helper: f"_{helper}" for helper in sorted(renamed)})
        for type_ in self._ordered(types):
            module.add(self.write(type_, module))
        self._import_models(module, defined)
        return module

    def _doc(self, types: list[ir.AnyType]) -> str:
        first = types[0]
        return self.plan.classes[first.id] + "." if first.name is not None else ""

    def _ordered(self, types: list[ir.AnyType]) -> list[ir.AnyType]:
        """The named type first, its parts after it; a base before what derives from it."""
        ids = {type_.id for type_ in types}
        ordered: dict[str, ir.AnyType] = {}

        def visit(type_: ir.AnyType) -> None:
            if type_.id in ordered:
                return
            if isinstance(type_, ir.Object) and type_.base in ids:
                visit(self.api.types[type_.base])
            ordered[type_.id] = type_

        for type_ in types:
            visit(type_)
        return list(ordered.values())

    def _import_models(self, module: Module, defined: set[str]) -> None:
        for name in module.references - defined - module.imported_from_package():
            if (home := self.module_of.get(name)) is not None:
                module.import_(name, f".{home}", type_checking=True)

    def write(self, type_: ir.AnyType, module: Module) -> Code:
        """One type."""
        if isinstance(type_, ir.Object):
            return write_object(self.context, type_, module)
        if isinstance(type_, ir.Enum) and is_enumeration(type_):
            return write_enum(self.context, type_, module)
        if (base := self.base(type_, module)) is not None:
            return self._subclass(type_, base, module)
        return self._alias(type_, module)

    def base(self, type_: ir.AnyType, imports: Imports) -> Code | None:
        """What a named list, map or scalar derives from; None where an alias has to do."""
        if isinstance(type_, ir.Scalar):
            text = scalar_type(type_.base, type_.format, type_.content_encoding)
            return text if text in ("str", "int", "float") else None
        if isinstance(type_, ir.Map):
            return Code(f"dict[str, {self._argument(type_.values, imports)}]")
        if isinstance(type_, ir.Array) and not type_.prefix:
            if type_.items is None:
                return Code(f"list[{imports.import_('Any')}]")
            return Code(f"list[{self._argument(type_.items, imports)}]")
        return None

    def _argument(self, use: ir.Use, imports: Imports) -> Code:
        """A base is evaluated when the module runs, where models in it are only names yet: those are quoted."""
        written = self.typer.use(use)
        if isinstance(imports, Module):
            imports.refer(written.names)
        return string(written.text) if not written.names.isdisjoint(self.module_of) else written.text

    def _subclass(self, type_: ir.AnyType, base: Code, module: Module) -> Code:
        head = class_head(self.plan.classes[type_.id], base)
        return Code("\n".join([head, *self._docs(type_), root_statement(self.context, type_, module)]))

    def _docs(self, type_: ir.AnyType) -> list[str]:
        doc = sentence(type_.doc or heading(type_.title, self.plan.classes[type_.id]))
        return [docstring(doc, 4), ""] if doc else []

    def _alias(self, type_: ir.AnyType, module: Module) -> Code:
        """What cannot be derived from: an alias, with its root facts beside it."""
        name = Code(self.plan.classes[type_.id])
        written = self.typer.structural(type_)
        module.refer(written.names)
        block = [
            assign(
                name,
                call(module.import_("TypeAliasType"), string(name), string(written.text)),
            )
        ]
        if doc := sentence(type_.doc or heading(type_.title, self.plan.classes[type_.id])):
            block.append(docstring(doc, 0))
        block.append(Code(""))
        block.append(lay(call(module.import_("describe"), name, root(self.context, type_, module)), 0, 0))
        return Code("\n".join(block))


_RUNTIME_CLASSES = frozenset(
    {"Model", "Xml", "Checks", "Choice", "Entries", "OpenStrEnum", "OpenIntEnum", "OpenFloatEnum", "OpenIntFlag",
     "OpenEnum", "TypeAliasType"}
)  # fmt: skip
