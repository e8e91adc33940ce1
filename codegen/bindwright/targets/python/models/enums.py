"""Enumerations: open ones, so that a value the document does not list still round-trips."""

from __future__ import annotations

from bindwright.ir import model as ir
from bindwright.targets.prose import clean, heading, sentence
from bindwright.targets.python.models.model_context import ModelContext
from bindwright.targets.python.models.root_facts import needs_root, root_statement
from bindwright.targets.python.naming.models import member_key
from bindwright.targets.python.syntax.code import Code, docstring, literal, string
from bindwright.targets.python.syntax.layout import Expr, assign, call, class_head, dict_, lay, value
from bindwright.targets.python.syntax.module import Imports, Module

_BASES = {"string": "OpenStrEnum", "integer": "OpenIntEnum", "number": "OpenFloatEnum", "mixed": "OpenEnum"}


def base_of(type_: ir.Enum) -> str:
    """The class of the runtime that an enumeration derives from."""
    return "OpenIntFlag" if type_.flags else _BASES[type_.base]


def write_enum(models: ModelContext, type_: ir.Enum, module: Module) -> Code:
    """The class of an enumeration."""
    lines: list[str] = [class_head(models.plan.classes[type_.id], module.import_(base_of(type_)))]
    if doc := sentence(type_.doc or heading(type_.title, models.plan.classes[type_.id])):
        lines += [docstring(doc, 4), ""]
    if (has_root := needs_root(models, type_)) or type_.xml_names:
        if has_root:
            lines.append(root_statement(models, type_, module))
        if type_.xml_names:
            pairs = [
                (string(member.name or str(member.value)), literal(member.value)) for member in type_.members
            ]
            head = f"    __xml_names__: {module.import_('ClassVar')}[dict[str, int]] = "
            lines.append(head + lay(dict_(pairs), 4, len(head)))
        lines.append("")
    if type_.extensible:
        lines += [f"    __extensible__: {module.import_('ClassVar')}[bool] = True", ""]
    written: set[str] = set()
    older = older_names(models, type_)
    if older:
        pairs = [(string(alias), string(name)) for name, aliases in older.items() for alias in aliases]
        head = f"    __renamed__: {module.import_('ClassVar')}[dict[str, str]] = "
        lines += [head + lay(dict_(pairs), 4, len(head)), ""]
    hidden: list[str] = []
    """Older names, for type checkers: when the module runs, the class of the class has them, with a warning."""
    for name, member in zip(models.plan.members[type_.id], type_.members, strict=True):
        if name in written:
            continue
        written.add(name)
        expression = member_value(type_, member, module)
        lines.append(assign(Code(name), expression, 4))
        for alias in older.get(name, ()):
            hidden += [assign(Code(alias), expression, 8), docstring(f"Deprecated: use `{name}`.", 8)]
        if member.doc and (doc := clean(member.doc)):
            lines += [docstring(doc, 4), ""]
    if hidden:
        lines += ["", f"    if {module.import_('TYPE_CHECKING')}:", *hidden]
    if not written and not doc:
        lines.append("    pass")
    while lines[-1] == "":
        lines.pop()
    return Code("\n".join(lines))


def older_names(models: ModelContext, type_: ir.Enum) -> dict[str, list[str]]:
    """Name of a member to its older ones: members of the same value, which Python makes aliases of."""
    aliases = models.plan.aliases["members"].get(type_.id)
    if not aliases:
        return {}
    names = zip(models.plan.members[type_.id], type_.members, strict=True)
    return {name: aliases[key] for name, member in names if (key := member_key(type_, member)) in aliases}


def _is_partly_empty(value: ir.Json) -> bool:
    if isinstance(value, dict):
        return not value or any(map(_is_partly_empty, value.values()))
    return isinstance(value, list) and (not value or any(map(_is_partly_empty, value)))


def member_value(type_: ir.Enum, member: ir.EnumMember, imports: Imports) -> Expr:
    """What stands behind the name of a member."""
    expression = _value(type_, member)
    if isinstance(member.value, (list, dict)):
        # An array or object is told apart from a mutable default of the class.
        if _is_partly_empty(member.value):  # an empty list or dict has items of no type
            expression = call(imports.import_("cast"), string(imports.import_("Any")), expression)
        expression = call(imports.import_("member"), expression)
    return expression


def _value(type_: ir.Enum, member: ir.EnumMember) -> Expr:
    if isinstance(member.value, str):
        return string(member.value)
    if type_.base == "number" and isinstance(member.value, int):
        return literal(float(member.value))
    return value(member.value)
