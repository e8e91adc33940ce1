"""The modules of models: one a named schema, with its inline children; one an operation for the rest."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.ir.reachability import sides
from bindwright.targets.python.models.enums import write_enum
from bindwright.targets.python.models.objects import write_object
from bindwright.targets.python.models.root_facts import root
from bindwright.targets.python.models.type_expressions import Typer, scalar_type
from bindwright.targets.python.models.wire_facts import Facts
from bindwright.targets.python.naming.models import is_enumeration
from bindwright.targets.python.naming.plan import Plan
from bindwright.targets.python.syntax.code import Code, docstring, string
from bindwright.targets.python.syntax.docstrings import heading, sentence
from bindwright.targets.python.syntax.layout import assign, call, class_head, lay
from bindwright.targets.python.syntax.module import Module

HELPERS = frozenset({"field", "wire", "at", "root", "empty_dict"})
"""What class bodies call; imported as ``_field`` where a member has that name."""
WRITTEN_BY_FACTS = frozenset({"at", "Xml", "Checks", "Choice", "Entries"})


class Models:
    """Writes the package of models."""

    def __init__(self, api: ir.Api, plan: Plan) -> None:
        self.api, self.plan = api, plan
        self.typer = Typer(api, plan)
        self.facts = self._facts = Facts(self.typer)
        self.homes: dict[str, list[ir.AnyType]] = {}
        for key in plan.classes:
            self.homes.setdefault(plan.modules[key], []).append(api.types[key])
        self.sides = sides(api)
        self.constants = {
            one.id
            for one in api.types.values()
            if isinstance(one, ir.Enum) and one.const and one.name is None and one.members
        }
        self.module_of = {name: plan.modules[key] for key, name in plan.classes.items()}

    def files(self) -> dict[str, Code]:
        """Module names to their text."""
        return {module: self.module(module, types) for module, types in self.homes.items()}

    def module(self, name: str, types: list[ir.AnyType]) -> Code:
        """One module."""
        types = sorted(types, key=lambda one: one.name is None)
        made = self._written(types, frozenset())
        models = made.names.union(*made.local.values())
        if clash := models & made.runtime & self.module_of.keys():
            # It refers to a model called like a helper that it needs.
            made = self._written(types, frozenset(clash))
        return made.render()

    def _written(self, types: list[ir.AnyType], foreign: frozenset[str]) -> Module:
        module = Module(self._doc(types))
        own = {self.plan.classes[one.id] for one in types}
        fields = set[str]().union(*(self.plan.fields.get(one.id, {}).values() for one in types))
        module.aliases = {one: f"_{one}" for one in sorted(HELPERS & fields)}
        module.aliases |= {one: f"_{one}" for one in sorted((own | foreign) & _RUNTIME_CLASSES)}
        clash = bool(module.aliases.keys() & WRITTEN_BY_FACTS)
        self.facts = Facts(self.typer, module.aliases) if clash else self._facts
        for one in self._ordered(types):
            module.add(self.write(one, module))
        self._import_models(module, own)
        return module

    def _doc(self, types: list[ir.AnyType]) -> str:
        first = types[0]
        return self.plan.classes[first.id] + "." if first.name is not None else ""

    def _ordered(self, types: list[ir.AnyType]) -> list[ir.AnyType]:
        """The named type first, its parts after it; a base before what derives from it."""
        here = {one.id for one in types}
        done: dict[str, ir.AnyType] = {}

        def visit(one: ir.AnyType) -> None:
            if one.id in done:
                return
            if isinstance(one, ir.Object) and one.base in here:
                visit(self.api.types[one.base])
            done[one.id] = one

        for one in types:
            visit(one)
        return list(done.values())

    def _import_models(self, module: Module, own: set[str]) -> None:
        bases = set[str]().union(*module.local.values()) if module.local else set()
        for name in module.names - own - bases:
            if (home := self.module_of.get(name)) is not None:
                module.typed.setdefault(f".{home}", set()).add(name)

    def write(self, type_: ir.AnyType, module: Module) -> Code:
        """One type."""
        if isinstance(type_, ir.Object):
            return write_object(self, type_, module)
        if isinstance(type_, ir.Enum) and is_enumeration(type_):
            return write_enum(self, type_, module)
        if (base := self._base(type_, module)) is not None:
            return self._subclass(type_, base, module)
        return self._alias(type_, module)

    def _base(self, type_: ir.AnyType, module: Module) -> Code | None:
        """What a named list, map or scalar derives from; None where an alias has to do."""
        if isinstance(type_, ir.Scalar):
            text = scalar_type(type_.base, type_.format, type_.content_encoding)
            return text if text in ("str", "int", "float") else None
        if isinstance(type_, ir.Map):
            return Code(f"dict[str, {self._argument(type_.values, module)}]")
        if isinstance(type_, ir.Array) and not type_.prefix:
            if type_.items is None:
                module.names.add("Any")
                return Code("list[Any]")
            return Code(f"list[{self._argument(type_.items, module)}]")
        return None

    def _argument(self, use: ir.Use, module: Module) -> Code:
        """A base is evaluated when the module runs, where models in it are only names yet: those are quoted."""
        text, names = self.typer.use(use)
        module.names |= names
        return string(text) if names & self.module_of.keys() else text

    def _subclass(self, type_: ir.AnyType, base: Code, module: Module) -> Code:
        head = class_head(self.plan.classes[type_.id], base)
        return Code("\n".join([head, *self._docs(type_), "    " + self.root(type_, module)]))

    def _docs(self, type_: ir.AnyType) -> list[str]:
        doc = sentence(type_.doc or heading(type_.title, self.plan.classes[type_.id]))
        return [docstring(doc, 4), ""] if doc else []

    def root(self, type_: ir.AnyType, module: Module) -> Code:
        """``__wire__ = root(…)`` without its indent."""
        return Code(f"__wire__ = {lay(root(self, type_, module), 4, 15)}")

    def _alias(self, type_: ir.AnyType, module: Module) -> Code:
        """What cannot be derived from: an alias, with its root facts beside it."""
        name = Code(self.plan.classes[type_.id])
        text, names = self.typer._structural(type_, None, frozenset())
        module.names |= names
        module.more.setdefault("typing_extensions", set()).add("TypeAliasType")
        module.runtime.add("describe")
        block = [
            assign(
                name,
                call(Code(module.aliases.get("TypeAliasType", "TypeAliasType")), string(name), string(text)),
            )
        ]
        if doc := sentence(type_.doc or heading(type_.title, self.plan.classes[type_.id])):
            block.append(docstring(doc, 0))
        block.append(Code(""))
        block.append(lay(call(Code("describe"), name, root(self, type_, module)), 0, 0))
        return Code("\n".join(block))


_RUNTIME_CLASSES = frozenset(
    {"Model", "Xml", "Checks", "Choice", "Entries", "OpenStrEnum", "OpenIntEnum", "OpenFloatEnum", "OpenIntFlag",
     "OpenEnum", "TypeAliasType"}
)  # fmt: skip
