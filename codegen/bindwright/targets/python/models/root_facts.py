"""``root(…)``: what a named type says as the root of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bindwright.ir import model as ir
from bindwright.targets.python.syntax.code import Code, literal, string
from bindwright.targets.python.syntax.layout import Expr, Group, call, keyword, tuple_

if TYPE_CHECKING:
    from bindwright.targets.python.models.model_modules import Models
    from bindwright.targets.python.syntax.module import Module


def root(models: Models, type_: ir.AnyType, module: Module) -> Group:
    """The call; helpers it needs are noted in `module`."""
    helper = module.aliases.get("root", "root")
    module.runtime.add("root")
    name = (type_.xml.name if type_.xml else None) or type_.name or models.plan.classes[type_.id]
    needs: set[str] = set()
    made = call(Code(helper), string(name), *_facts(models, type_, needs))
    module.runtime |= needs
    return made


def needs_root(models: Models, type_: ir.Object) -> bool:
    """Whether an object says more than what its class tells already."""
    name = (type_.xml.name if type_.xml else None) or type_.name
    return name not in (None, models.plan.classes[type_.id]) or bool(_facts(models, type_, set()))


def _facts(models: Models, type_: ir.AnyType, needs: set[str]) -> list[Expr]:
    found: list[Expr] = []
    if type_.xml is not None:
        for fact in ("namespace", "prefix"):
            if (one := getattr(type_.xml, fact)) is not None:
                found.append(Code(f"{fact}={string(one)}"))
    if type_.profile != "openapi":
        found.append(Code(f"profile={string(type_.profile)}"))
    if isinstance(type_, ir.Object):
        found += _object(models, type_, needs)
    elif isinstance(type_, (ir.Array, ir.Map, ir.Union)):
        found += models.facts.inside(type_, needs)
        if isinstance(type_, ir.Map) and type_.entries is not None:
            found.append(keyword(Code("entries"), models.facts.entries(type_.entries, needs)))
    elif isinstance(type_, ir.Scalar) and (format_ := type_.format or type_.content_encoding):
        found.append(Code(f"format={string(format_)}"))
    if checks := models.facts.checks(type_.constraints, None, needs):
        found.append(keyword(Code("checks"), checks))
    return found


def _object(models: Models, type_: ir.Object, needs: set[str]) -> list[Expr]:
    found: list[Expr] = []
    if isinstance(type_.member_order, list):
        found.append(keyword(Code("member_order"), tuple_(string(one) for one in type_.member_order)))
    elif type_.member_order is not None and not (
        type_.profile == "datacontract" and type_.member_order == "alphabetical"
    ):
        found.append(Code(f"member_order={string(type_.member_order)}"))
    if type_.known:
        texts = [models.typer.type(one, named=True).text for one in type_.known]
        found.append(keyword(Code("known"), tuple_(string(one) for one in texts)))
    if type_.reference is not None:
        found.append(keyword(Code("reference"), tuple_(literal(one) for one in type_.reference)))
    if uses := additional_uses(type_):
        found.append(Code(f"additional={string(models.plan.additional[type_.id])}"))
        if len(uses) == 1 and (made := models.facts.at(uses[0], needs)).items:
            needs.add("at")
            found.append(keyword(Code("values"), made))
    if type_.discriminator:
        found.append(keyword(Code("choice"), models.facts.choice(type_, needs)))
    return found


def additional_uses(type_: ir.Object) -> list[ir.Use]:
    """What members beyond the named ones may be: as the patterns of their names say, or as all others."""
    uses = [use for _, use in type_.pattern_additional]
    if type_.additional is not None:
        uses.append(type_.additional)
    return list({use.type: use for use in uses}.values())
