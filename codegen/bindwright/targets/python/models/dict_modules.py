"""``dicts/``: a TypedDict for every object that requests hold, in modules called like those of the models.

Only type checkers and editors read them: nothing that runs imports one.
"""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.prose import heading, sentence
from bindwright.targets.python.models.annotation import Annotation
from bindwright.targets.python.models.dict_types import SUFFIX, DictTyper, dict_names
from bindwright.targets.python.models.model_modules import Models
from bindwright.targets.python.models.objects import doc_of
from bindwright.targets.python.models.type_expressions import BUILTINS, joined
from bindwright.targets.python.naming.reserved import KEYWORDS
from bindwright.targets.python.syntax.annotations import annotated
from bindwright.targets.python.syntax.code import Code, docstring, string
from bindwright.targets.python.syntax.layout import assign, call, class_head, dict_, keyword
from bindwright.targets.python.syntax.module import Module

_NAMES = frozenset(
    {"Any", "Decimal", "Literal", "Mapping", "Required", "Sequence", "TypedDict", "UUID", "builtins", "dt"}
)
"""What the annotations use beside the models."""
_TAKEN = KEYWORDS | BUILTINS | _NAMES
_NULL = Annotation(Code("None"), frozenset())
DOC = "Bodies as mappings, for type checkers and editors: the shapes that the models have in JSON."


class Dicts:
    """Writes the package of mappings.

    Args:
        switches: objects whose member of that name is given as an argument of its own where the others are given as
            keywords; they are in two classes, with and without it.
    """

    def __init__(self, models: Models, switches: dict[ir.TypeId, str]) -> None:
        context = models.context
        self.api, self.plan, self.models = context.api, context.plan, models
        self.names = dict_names(self.api, self.plan, context.derived)
        self.typer = DictTyper(self.api, self.plan, self.names, context.derived)
        self.switches = switches
        self.homes: dict[str, list[ir.AnyType]] = {}
        for key in self.names:
            self.homes.setdefault(self.plan.modules[key], []).append(self.api.types[key])
        self.module_of = {name: self.plan.modules[key] for key, name in self.names.items()}
        self.module_of |= {
            name: self.plan.modules[key] for key in switches if (name := self.members_name(key)) is not None
        }
        self._shadow = frozenset(models.module_of) & (_NAMES | set(self.module_of))

    def members_name(self, key: ir.TypeId) -> str | None:
        """The mapping of an object's members as keywords; None where it has none."""
        name = self.names.get(key)
        return name.removesuffix(SUFFIX) + "Members" if name is not None and key in self.switches else name

    def module(self, name: str, types: list[ir.AnyType]) -> Code:
        """One module."""
        module = Module()
        for type_ in types:
            for block in self._blocks(type_, module):
                module.add(block)
        defined = {text for text, home in self.module_of.items() if home == name}
        for reference in module.references - defined:
            if (home := self.module_of.get(reference)) is not None:
                module.import_(reference, f".{home}", type_checking=True)
            elif (home := self.models.module_of.get(reference)) is not None:
                module.import_(reference, f"..models.{home}", type_checking=True)
        if "models" in module.references:
            module.import_("models", "..", type_checking=True)
        for helper in module.references & {"Mapping", "Sequence"}:
            module.import_(helper, type_checking=True)
        return module.render()

    def _blocks(self, type_: ir.AnyType, module: Module) -> list[Code]:
        name = Code(self.names[type_.id])
        if not isinstance(type_, ir.Object):
            written = self.typer.structural(type_)
            module.refer(written.names)
            return [assign(name, call(module.import_("TypeAliasType"), string(name), string(written.text)))]
        members = [property_ for property_ in type_.properties if not property_.use.read_only]
        switch = self.switches.get(type_.id)
        if switch is None:
            return [self._typed_dict(name, "", type_, members, module)]
        first = Code(self.members_name(type_.id) or name)
        rest = [property_ for property_ in members if property_.name != switch]
        own = [property_ for property_ in members if property_.name == switch]
        return [
            self._typed_dict(first, "", type_, rest, module),
            self._typed_dict(name, first, type_, own, module),
        ]

    def _typed_dict(
        self, name: Code, base: str, type_: ir.Object, members: list[ir.Property], module: Module
    ) -> Code:
        fields = [(property_, self._annotation(property_, module)) for property_ in members]
        if not base and not all(_is_plain(property_.name) for property_ in members):
            pairs = dict_((string(property_.name), string(text)) for property_, text in fields)
            return assign(
                name,
                call(module.import_("TypedDict"), string(name), pairs, keyword(Code("total"), Code("False"))),
            )
        lines: list[str] = [class_head(name, base or module.import_("TypedDict"), "total=False")]
        if doc := sentence(type_.doc or heading(type_.title, self.plan.classes[type_.id])):
            lines += [docstring(doc, 4), ""]
        for property_, text in fields:
            lines.append(annotated(Code(property_.name), text, None, 4))
            if doc := doc_of(property_.use):
                lines += [docstring(doc, 4), ""]
        if len(lines) == 1:
            lines.append("    pass")
        while lines[-1] == "":
            lines.pop()
        return Code("\n".join(lines))

    def _annotation(self, property_: ir.Property, module: Module) -> Code:
        annotation = self.typer.use(property_.use, shadow=self._shadow)
        if property_.use.nullable and annotation.text != "Any":
            annotation = joined([annotation, _NULL])
        module.refer(annotation.names)
        if not property_.required:
            return annotation.text
        return Code(f"{module.import_('Required')}[{annotation.text}]")


def _is_plain(name: str) -> bool:
    """Whether a member can stand in the body of a class, and hides nothing there."""
    return name.isidentifier() and name not in _TAKEN and not name.startswith("__")
