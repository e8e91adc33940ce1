"""An object as an attrs class."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.ir.reachability import always_there
from bindwright.targets.prose import clean, default_text, heading, sentence
from bindwright.targets.python.models.field_defaults import default_of, is_discriminator, written_members
from bindwright.targets.python.models.model_context import FieldFacts, ModelContext, WrittenField
from bindwright.targets.python.models.root_facts import additional_uses, needs_root, root_statement
from bindwright.targets.python.models.type_expressions import BUILTINS, joined
from bindwright.targets.python.syntax.annotations import annotated
from bindwright.targets.python.syntax.code import WIDTH, Code, docstring, literal, string
from bindwright.targets.python.syntax.layout import Expr, call, class_head, flat, keyword, lay
from bindwright.targets.python.syntax.module import Imports, Module, RecordedImports, RecordedReferences

_INDENT = 4


def write_object(models: ModelContext, type_: ir.Object, module: Module) -> Code:
    """The class of an object: its own fields; those of its base are inherited."""
    head = class_head(models.plan.classes[type_.id], _base(models, type_, module))
    lines = [f"@{module.import_('define')}(kw_only=True)", head]
    if older := older_fields(models, type_):
        pairs = [Code(f"{alias}={string(name)}") for alias, name in older.items()]
        lines.insert(0, f"@{lay(call(module.import_('renamed_fields'), *pairs), 0, 1)}")
    doc = sentence(type_.doc or heading(type_.title, models.plan.classes[type_.id]), _deprecation(type_))
    if doc:
        lines += [docstring(doc, _INDENT), ""]
    before = len(lines)
    if needs_root(models, type_):
        lines += [root_statement(models, type_, module), ""]
    _write_fields(models, type_, module, lines)
    if len(lines) == before and not doc:
        lines.append("    pass")
    while lines[-1] == "":
        lines.pop()
    return Code("\n".join(lines))


def older_fields(models: ModelContext, type_: ir.Object) -> dict[str, str]:
    """Older names of the fields of a class to their names, those of its bases among them."""
    older: dict[str, str] = {}
    for property_ in type_.properties:
        home = property_.declared_in
        for alias in models.plan.aliases["fields"].get(home, {}).get(property_.name, ()):
            older[alias] = models.plan.fields[home][property_.name]
    return older


def _deprecation(what: ir.Type | ir.Use) -> str:
    return "Deprecated." if what.deprecated else ""


def _base(models: ModelContext, type_: ir.Object, module: Module) -> str:
    base = models.api.types.get(type_.base) if type_.base else None
    if base is None or not isinstance(base, ir.Object) or base.id not in models.plan.classes:
        return module.import_("Model")
    name, home = models.plan.classes[base.id], models.plan.modules[base.id]
    if home != models.plan.modules[type_.id]:
        module.import_(name, f".{home}")
    return name


def _write_fields(models: ModelContext, type_: ir.Object, module: Module, lines: list[str]) -> None:
    names = models.plan.fields[type_.id]
    declared = {
        property_.name: property_ for property_ in written_members(models.api.types, models.sides, type_)
    }
    fields = [models.plan.fields[property_.declared_in][name] for name, property_ in declared.items()]
    shadow = BUILTINS.intersection(fields)
    base = models.api.types.get(type_.base) if type_.base else None
    inherited = {other.name: other for other in base.properties} if isinstance(base, ir.Object) else {}
    for property_, name in zip(declared.values(), fields, strict=True):
        if property_.declared_in != type_.id:
            lines.append(_written(models, property_, Code(name), shadow, module, is_inherited=True)[0])
            continue
        again = inherited.get(property_.name)
        _field(models, property_, again, Code(name), shadow, module, lines)
    for json_name, older in models.plan.aliases["fields"].get(type_.id, {}).items():
        for alias in older:
            _write_alias(models, declared[json_name], Code(names[json_name]), alias, shadow, module, lines)
    further = additional_field(models, type_, shadow, module)
    if further is not None:
        target = Code(models.plan.additional[type_.id])
        default = call(module.import_("field"), keyword(Code("factory"), module.import_("empty_dict")))
        lines.append(annotated(target, further, default, _INDENT))
        lines += [docstring("Members beyond those that are named here.", _INDENT), ""]


def _write_alias(
    models: ModelContext,
    property_: ir.Property,
    name: Code,
    alias: str,
    shadow: frozenset[str],
    module: Module,
    lines: list[str],
) -> None:
    """A field under an older name: it can be read and set, with a warning."""
    written = models.typer.field(property_.use, shadow=shadow)
    module.refer(written.names)
    required = always_there(property_, models.sides)
    annotation, default = _requiredness(property_, written.text, RecordedImports(), required=required)
    if default == "UNSET":
        module.import_("Unset")
    note = f"@{lay(call(module.import_('deprecated'), string(f'Renamed: use `{name}`.')), 4, 5)}"
    if lines[-1]:
        lines.append("")
    lines += [
        "    @property", f"    {note}", f"    def {alias}(self) -> {annotation}:", f"        return self.{name}", "",
        f"    @{alias}.setter", f"    {note}", f"    def {alias}(self, value: {annotation}) -> None:",
        f"        self.{name} = value", "",
    ]  # fmt: skip


def additional_field(
    models: ModelContext, type_: ir.Object, shadow: frozenset[str], module: Module | None = None
) -> Code | None:
    """The annotation of the dict of further members; None where an object has none, or that of its base."""
    uses = additional_uses(type_)
    if not uses:
        return None
    values = joined([models.typer.use(use, shadow=shadow) for use in uses])
    base = models.api.types.get(type_.base) if type_.base else None
    if isinstance(base, ir.Object) and _additional_text(models, base) == values.text:
        return None
    prefix = "builtins." if "dict" in shadow else ""
    if module is not None:
        module.refer(values.names)
        if prefix:
            module.import_("builtins")
    text = "builtins.str" if "str" in shadow else "str"
    return Code(f"{prefix}dict[{text}, {values.text}]")


def _additional_text(models: ModelContext, type_: ir.Object) -> str:
    """What stands in the dict of further members; empty where a class has none."""
    uses = additional_uses(type_)
    return joined([models.typer.use(use) for use in uses]).text if uses else ""


def declared_again(*, narrowed: bool, bare: bool) -> str:
    """The comment at a member that a base declares, too; empty where type checkers need none.

    Args:
        narrowed: its type is another one, which they only grant to what never changes.
        bare: it has no value, and that of the base a default. Pyright objects to that also where the order of members
            says nothing (``kw_only``).
    """
    rules = ["reportIncompatibleVariableOverride"] * narrowed + ["reportGeneralTypeIssues"] * bare
    mypy = "  # type: ignore[assignment, unused-ignore]" if narrowed else ""
    return f"{mypy}  # pyright: ignore[{', '.join(rules)}]" if rules else ""


def field_facts(
    models: ModelContext,
    property_: ir.Property,
    shadow: frozenset[str],
    module: Module | RecordedReferences | None = None,
) -> FieldFacts:
    """Annotation and default of a field, imported where a module is named."""
    use = property_.use
    written = models.typer.field(use, shadow=shadow)
    if module is not None:
        module.refer(written.names)
    required = always_there(property_, models.sides)
    annotation, default = _requiredness(
        property_, written.text, module or RecordedImports(), required=required
    )
    if required and (value := default_of(models.api.types, property_)) is not None:
        default = literal(value)
    return FieldFacts(annotation, default)


def _field(
    models: ModelContext,
    property_: ir.Property,
    base: ir.Property | None,
    name: Code,
    shadow: frozenset[str],
    module: Module,
    lines: list[str],
) -> None:
    """Write a member; `base` is that which it declares again."""
    use = property_.use
    if base is None:
        written = _written_again(models, property_, name, shadow, module)
    else:
        written, annotation = _written(models, property_, name, shadow, module)
        before = field_facts(
            models, base, shadow
        )  # only compared: its imports stand where the base's field does
        bare = written == f"    {name}: {annotation}" and before.default is not None
        first, newline, rest = written.partition("\n")
        mark = declared_again(narrowed=before.annotation != annotation, bare=bare)
        written = Code(f"{first}{mark}{newline}{rest}")
    lines.append(written)
    if (use.doc or use.has_default or use.deprecated) and (doc := doc_of(use)):
        lines += (docstring(doc, _INDENT), "")


def _written_again(
    models: ModelContext, property_: ir.Property, name: Code, shadow: frozenset[str], module: Module
) -> str:
    """A field, as it was written before where its name and type tell all of it."""
    use = property_.use
    place = models.facts.key_of(use)
    if (
        place is None or module.aliases or property_.conditional
        or use.type in models.constants or property_.usual is not None
    ):  # fmt: skip
        return _written(models, property_, name, shadow, module)[0]
    key = (name, property_.name, place, use.nullable, always_there(property_, models.sides), shadow)
    before = models.fields.get(key)
    if before is None:
        recorded = RecordedReferences()
        text, _ = _written(models, property_, name, shadow, recorded)
        before = WrittenField(text, frozenset(recorded.names), frozenset(recorded.references))
        models.fields[key] = before
    for helper in before.imports:
        module.import_(helper)
    module.refer(before.references)
    return before.text


def _written(
    models: ModelContext,
    property_: ir.Property,
    name: Code,
    shadow: frozenset[str],
    module: Module | RecordedReferences,
    *,
    is_inherited: bool = False,
) -> tuple[str, Code]:
    """A field without what is said of it, and its annotation; `is_inherited`: a base's, with another default."""
    seen = field_facts(models, property_, shadow, module)
    annotation, default = seen.annotation, seen.default
    facts = models.facts.of(property_.use, module)
    says_class = always_there(property_, models.sides) and is_discriminator(models.api.types, property_)
    if is_inherited or says_class:
        facts = [*facts, Code(f'discriminator="{"inherited" if is_inherited else "own"}"')]
    if property_.conditional:
        facts = [*facts, Code("conditional=True")]
    if facts or name != property_.name:
        return _described(property_, name, annotation, default, facts, module), annotation
    line = Code(f"    {name}: {annotation}" + ("" if default is None else f" = {default}"))
    fits = len(line) <= WIDTH and line.isascii()
    return (line if fits else annotated(name, annotation, default, _INDENT)), annotation


def _requiredness(
    property_: ir.Property, text: Code, imports: Imports, *, required: bool
) -> tuple[Code, Code | None]:
    """Annotation and default: see "Absent, null, empty and value are four things" in the architecture."""
    nullable = property_.use.nullable
    if text.endswith(" | None"):
        text, nullable = Code(text.removesuffix(" | None")), True
    if required:
        return (Code(f"{text} | None") if nullable and text not in ("Any", "None") else text), None
    if nullable or text in ("Any", "None"):
        unset = imports.import_("Unset")
        optional = Code(f"{text} | {unset}" if text in ("Any", "None") else f"{text} | None | {unset}")
        return optional, imports.import_("UNSET")
    return Code(f"{text} | None"), Code("None")


def _described(
    property_: ir.Property,
    name: Code,
    annotation: Code,
    default: Code | None,
    facts: list[Expr],
    module: Imports,
) -> str:
    """A field with its wire facts; most fit on a line, which is tried before anything is laid out."""
    field, wire = module.import_("field"), module.import_("wire")
    json_name = string(property_.name)
    inside = ", ".join([json_name, *map(flat, facts)]) if facts else json_name
    start = "" if default is None else f"default={default}, "
    line = f"    {name}: {annotation} = {field}({start}metadata={wire}({inside}))"
    if len(line) <= WIDTH and line.isascii():
        return line
    arguments: list[Expr] = [] if default is None else [Code(f"default={default}")]
    arguments.append(keyword(Code("metadata"), call(wire, json_name, *facts)))
    return annotated(name, annotation, call(field, *arguments), _INDENT)


def doc_of(use: ir.Use) -> str:
    """What is said of a member."""
    parts = [clean(use.doc)] if use.doc else []
    if use.deprecated:
        parts.append("Deprecated.")
    if use.has_default and use.default is not None and (text := default_text(use.default)):
        parts.append(text)
    short = len(parts) > 1 and "\n" not in parts[0] and len(parts[0]) + len(parts[-1]) < 70
    if short and parts[0][-1:] in ".!?:":
        return " ".join(parts)
    return "\n\n".join(part for part in parts if part)
