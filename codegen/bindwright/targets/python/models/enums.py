"""Enumerations: open ones, so that a value the document does not list still round-trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bindwright.ir import model as ir
from bindwright.targets.python.syntax.code import Code, docstring, literal, string
from bindwright.targets.python.syntax.docstrings import clean, heading, sentence
from bindwright.targets.python.syntax.layout import Expr, assign, call, class_head, dict_, lay, value

if TYPE_CHECKING:
    from bindwright.targets.python.models.model_modules import Models
    from bindwright.targets.python.syntax.module import Module

_BASES = {"string": "OpenStrEnum", "integer": "OpenIntEnum", "number": "OpenFloatEnum", "mixed": "OpenEnum"}


def write_enum(models: Models, type_: ir.Enum, module: Module) -> Code:
    """The class of an enumeration."""
    base = "OpenIntFlag" if type_.flags else _BASES[type_.base]
    module.runtime.add(base)
    lines: list[str] = [class_head(models.plan.classes[type_.id], module.aliases.get(base, base))]
    if doc := sentence(type_.doc or heading(type_.title, models.plan.classes[type_.id])):
        lines += [docstring(doc, 4), ""]
    if (type_.xml is not None or type_.name not in (None, models.plan.classes[type_.id])) or type_.xml_names:
        lines.append("    " + models.root(type_, module))
        if type_.xml_names:
            pairs = [(string(one.name or str(one.value)), literal(one.value)) for one in type_.members]
            module.names.add("ClassVar")
            head = "    __xml_names__: ClassVar[dict[str, int]] = "
            lines.append(head + lay(dict_(pairs), 4, len(head)))
        lines.append("")
    seen: set[str] = set()
    for name, one in zip(models.plan.members[type_.id], type_.members, strict=True):
        if name in seen:
            continue
        seen.add(name)
        made = _value(type_, one)
        if isinstance(one.value, (list, dict)):
            # An array or object is told apart from a mutable default of the class.
            module.more.setdefault("enum", set()).add("member")
            made = call(Code("member"), made)
        lines.append(assign(Code(name), made, 4))
        if one.doc and (doc := clean(one.doc)):
            lines += [docstring(doc, 4), ""]
    if not seen and not doc:
        lines.append("    pass")
    while lines[-1] == "":
        lines.pop()
    return Code("\n".join(lines))


def _value(type_: ir.Enum, member: ir.EnumMember) -> Expr:
    if isinstance(member.value, str):
        return string(member.value)
    if type_.base == "number" and isinstance(member.value, int):
        return literal(float(member.value))
    return value(member.value)
