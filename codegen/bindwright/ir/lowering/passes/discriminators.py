"""Discriminators: explicit values, and the implicit ones of everything that is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.passes.hierarchy import Hierarchy
from bindwright.ir.lowering.passes.usual_values import spelled, values_below
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.schemas.objects import component_ref
from bindwright.ir.lowering.values import mapping, text
from bindwright.ir.model import Array, Enum, EnumMember, Map, Object, Scalar, TypeId, Union, Use

if TYPE_CHECKING:  # importing it takes longer than importing the lowering
    from typing_extensions import TypeIs


def resolve_mappings(context: Lowering) -> None:
    """Have every explicitly mapped type lowered, before the types are complete."""
    for index, (type_id, raw, location) in enumerate(context.discriminators):
        explicit: dict[str, str] = {}
        for value, goal in mapping(raw.get("mapping")).items():
            where = location.down("/discriminator/mapping/" + escape(text(value)))
            target = _goal(context, text(goal), where)
            if target is not None:
                explicit[text(value)] = target
        context.mappings[index] = explicit
        if "defaultMapping" in raw:
            where = location.down("/discriminator/defaultMapping")
            target = _goal(context, text(raw["defaultMapping"]), where)
            if target is not None:
                context.default_mappings[index] = target
        _ = type_id


def lower_discriminators(context: Lowering) -> None:
    """Set discriminator and mapping of unions and of bases (OpenAPI 3.2.0, 4.25)."""
    hierarchy = Hierarchy(context.extends)
    for index, (type_id, raw, location) in enumerate(context.discriminators):
        type_ = context.types.get(type_id)
        if not isinstance(type_, (Object, Union)):
            continue
        type_.discriminator = text(raw.get("propertyName"))
        explicit = context.mappings[index]
        type_.mapping = {
            value: _settled(context, _stand_in(context, type_id, goal)) for value, goal in explicit.items()
        }
        if index in context.default_mappings:
            type_.default_type = _settled(
                context, _stand_in(context, type_id, context.default_mappings[index])
            )
        if isinstance(type_, Union):
            goals = [use.type for use in type_.members]
        else:
            goals = [*hierarchy.below(type_id), type_id]
            # The name of the schema is read as the base's value; whether servers want to see it, nothing says.
            type_.untagged = bool(explicit) and type_id not in type_.mapping.values()
        if isinstance(type_, Union):
            _lead_to_alternatives(context, type_, goals, hierarchy)
        _heed_listed_values(context, type_, goals, location)
        if isinstance(type_, Union):
            _add_goals(context, type_, hierarchy, location)
            _name_stand_ins(context, type_)
        _implicit(context, type_, goals, location)
    bases = [context.types.get(type_id) for type_id, _, _ in context.discriminators]
    # Those first that have the fewest derived types: a type takes over the discriminator of the nearest base.
    for type_ in sorted(bases, key=lambda type_: len(hierarchy.below(type_.id)) if type_ else 0):
        if isinstance(type_, Object):
            _hand_down(context, type_, hierarchy)
    for type_ in bases:
        if isinstance(type_, Object):
            _own_constants(context, type_, hierarchy)
    for type_ in context.types.values():
        if isinstance(type_, (Object, Union)) and type_.mapping:
            _names_beside_mapping(context, type_)


def _stand_in(context: Lowering, union_id: TypeId, goal: TypeId) -> TypeId:
    """What a schema is among the alternatives of a union beside which something stands that holds for each of them."""
    alternatives = context.stand_ins.get(union_id, {}).get(goal, [])
    return alternatives[0] if len(alternatives) == 1 else goal


def _lead_to_alternatives(context: Lowering, union: Union, goals: list[TypeId], hierarchy: Hierarchy) -> None:
    """Have what a mapping names lead to the only alternative that is derived from it, where it is none itself.

    Alternatives that are written out (``allOf`` of a schema and more) have no name that a mapping could say.
    """
    mapped = set(union.mapping.values())
    unnamed = [
        goal for goal in dict.fromkeys(goals) if goal not in mapped and _name_of(context, goal) is None
    ]
    for value, goal in union.mapping.items():
        derived = {goal, *hierarchy.below(goal)} if unnamed and goal not in goals else set[str]()
        alternatives = [each for each in unnamed if each in derived]
        if len(alternatives) == 1:
            union.mapping[value] = alternatives[0]


def _name_of(context: Lowering, type_id: TypeId) -> str | None:
    type_ = context.types.get(type_id)
    return type_.name if type_ is not None else None


def _add_goals(context: Lowering, union: Union, hierarchy: Hierarchy, location: Location) -> None:
    """Have what a mapping leads to among the alternatives: what is read is what is declared.

    What is derived from an alternative, or is one of a union among them, is declared already.
    """
    declared = {goal for use in union.members for goal in _within(context, use.type)}
    declared |= {child for goal in declared for child in hierarchy.below(goal)}
    for value, goal in union.mapping.items():
        if isinstance(context.types.get(goal), Object) and goal not in declared:
            declared.add(goal)
            union.members.append(Use(type=goal))
            context.degrade(
                "unlisted-mapping",
                f"`{value[:60]}` leads to a schema that is none of the alternatives: it is taken for one",
                location.down("/discriminator/mapping/" + escape(value)),
                "list the schema among the alternatives, or leave the value out",
            )


def _name_stand_ins(context: Lowering, union: Union) -> None:
    """Names of schemas lead to what they are among the alternatives, where no value leads there."""
    mapped = set(union.mapping.values())
    for schema, alternatives in context.stand_ins.get(union.id, {}).items():
        target, goal = context.types.get(schema), _settled(context, alternatives[0])
        if len(alternatives) != 1 or goal in mapped or target is None or target.name is None:
            continue
        if not _constants(context, context.types.get(goal), union.discriminator or ""):
            union.mapping.setdefault(target.name, goal)


def _within(context: Lowering, type_id: TypeId, levels: int = 4) -> list[TypeId]:
    """A type, and those of the unions within it."""
    type_ = context.types.get(type_id)
    if not isinstance(type_, Union) or not levels:
        return [type_id]
    return [type_id, *(goal for use in type_.members for goal in _within(context, use.type, levels - 1))]


def _heed_listed_values(
    context: Lowering, type_: Object | Union, goals: list[TypeId], location: Location
) -> None:
    """Bring a mapping in line with what the schemas that it leads to list for the discriminating member.

    A discriminator changes nothing about which values are valid (OpenAPI 3.2.0, Discriminator Object): a value
    that a schema excludes leads to another one that lists it, or nowhere; what a schema lists leads to it.
    """
    name = type_.discriminator or ""
    listed = {goal: _listed(context, goal, name) for goal in dict.fromkeys([*type_.mapping.values(), *goals])}
    owners: dict[str, list[TypeId]] = {}
    for goal, enum in listed.items():
        for member in enum.members if enum is not None and goal != type_.id else ():
            owners.setdefault(spelled(member.value), []).append(goal)
    contradicted: set[TypeId] = set()
    for value, goal in list(type_.mapping.items()):
        enum = listed[goal]
        if enum is None or any(spelled(member.value) == value for member in enum.members):
            continue
        _tell_contradiction(context, value, name, enum, location)
        contradicted.add(goal)
        if enum.const or owners.get(value):
            del type_.mapping[value]
    in_full = all(enum is not None for goal, enum in listed.items() if goal != type_.id)
    for goal in listed:
        if goal in contradicted or in_full:
            values = [value for value, others in owners.items() if others == [goal]]
            _lead_by_listed_values(type_, goal, values, before=goal in contradicted)


def _tell_contradiction(context: Lowering, value: str, name: str, enum: Enum, location: Location) -> None:
    values = ", ".join(f"`{spelled(member.value)}`" for member in enum.members[:5])
    context.degrade(
        "contradicted-mapping",
        f"`{value}` leads to a schema whose `{name}` can only be {values}",
        location.down("/discriminator/mapping/" + escape(value)),
        "give the mapping the value that the schema lists, or the schema the value of the mapping",
    )


def _lead_by_listed_values(type_: Object | Union, goal: TypeId, values: list[str], *, before: bool) -> None:
    """Have what one schema alone lists lead to it; the first value that does is what is written of it."""
    own = {value: goal for value in values if type_.mapping.get(value, goal) == goal}
    type_.mapping = {**own, **type_.mapping} if before else {**type_.mapping, **own}


def _listed(context: Lowering, goal: TypeId, name: str) -> Enum | None:
    """What a type lists for a member that it declares itself; None where it leaves that open."""
    type_ = context.types.get(goal)
    for property_ in type_.properties if isinstance(type_, Object) else ():
        if property_.name == name and property_.declared_in == goal:
            listed = context.types.get(property_.use.type)
            return listed if isinstance(listed, Enum) and not listed.extensible else None
    return None


def _own_constants(context: Lowering, base: Object, hierarchy: Hierarchy) -> None:
    """Give derived types that inherit a constant of the base's discriminator their own values in its place.

    The constant tells the base; a derived object that had it would be read as one of the base.
    """
    values = values_below(context, base, hierarchy)
    for key in hierarchy.below(base.id):
        derived, listed = context.types.get(key), values.get(key)
        if not isinstance(derived, Object) or derived.id == base.id or not listed:
            continue
        for index, property_ in enumerate(derived.properties):
            constant = context.types.get(property_.use.type)
            if property_.name != base.discriminator or property_.declared_in == key:
                continue
            if _is_constant(constant) and constant.members[0].value not in listed:
                use = replace(
                    property_.use, type=_constant_of(context, derived, property_.name, constant, listed)
                )
                derived.properties[index] = replace(property_, use=use, declared_in=key)


def _is_constant(type_: Any) -> TypeIs[Enum]:
    return (
        isinstance(type_, Enum)
        and type_.base == "string"
        and len(type_.members) == 1
        and not type_.extensible
    )


def _constant_of(context: Lowering, owner: Object, name: str, constant: Enum, values: list[str]) -> TypeId:
    """The type of an object's discriminator, as closed as the constant in whose place it stands."""
    members = [EnumMember(value=value) for value in values]
    const = constant.const and len(values) == 1
    own = Enum(id=f"{owner.id}/discriminator", base="string", members=members, const=const, place=owner.place)
    own.owner = owner.id
    own.context = (*((owner.name,) if owner.name else owner.context), name)
    context.types[own.id] = own
    return own.id


def _hand_down(context: Lowering, base: Object, hierarchy: Hierarchy) -> None:
    """Give derived types that are bases themselves the base's discriminator, with the values of what derives from them.

    Where such a type is declared, its derived types may stand as well (OpenAPI 3.2.0, Discriminator Object).
    """
    for key in hierarchy.below(base.id):
        derived = context.types.get(key)
        if isinstance(derived, Object) and derived.discriminator is None and hierarchy.below(key):
            goals = {key, *hierarchy.below(key)}
            derived.discriminator = base.discriminator
            derived.mapping = {value: goal for value, goal in base.mapping.items() if goal in goals}


def _goal(context: Lowering, goal: str, location: Location) -> str | None:
    """A mapping value: the name of a component schema, else a reference."""
    name = (
        context.root.get("definitions")
        if context.swagger
        else mapping(context.root.get("components")).get("schemas")
    )
    ref = component_ref(context, goal) if goal in mapping(name) else goal
    if "/" not in ref and "#" not in ref and "." not in ref:
        context.degrade("unresolved-mapping", f"no schema is called `{goal[:60]}`", location)
        return None
    target = resolve_schema(context, ref, location)
    return target.id if target else None


def _settled(context: Lowering, goal: str) -> str:
    return context.settled[goal].type if goal in context.settled else goal


def _implicit(context: Lowering, type_: Object | Union, goals: list[str], location: Location) -> None:
    """Names of types that no explicit value leads to; inline ones by the constant they have."""
    mapped = set(type_.mapping.values())
    for goal in goals:
        target = context.types.get(goal)
        if target is None or goal in mapped:
            continue
        values = [text(target.extensions.get("x-ms-discriminator-value"))]
        values = values if values[0] else _constants(context, target, type_.discriminator or "")
        if not values and target.name is not None:
            values = [target.name]
            member = type_.discriminator or ""
            allowed = _may_be_called(context, target, member, target.name)
            if goal != type_.id and not (allowed and _may_be_text(context, target, member)):
                _tell_unlisted_name(context, target.name, member, location)
        if isinstance(type_, Object) and goal == type_.id and goals[:-1]:
            # A base that lists the values of what derives from it, and not its own name, is none of them itself.
            name = type_.discriminator or ""
            values = [value for value in values if _may_be_called(context, target, name, value)]
            type_.untagged = type_.untagged or not values
        for value in values:
            type_.mapping.setdefault(value, goal)


def _tell_unlisted_name(context: Lowering, name: str, member: str, location: Location) -> None:
    context.warn(
        "unlisted-name",
        f"`{name[:60]}` is told by its name, which is no value that `{member[:60]}` may have",
        location.down("/discriminator"),
        f"add a `mapping` that leads from a value of `{member[:60]}` to `{name[:60]}`",
    )


def _names_beside_mapping(context: Lowering, type_: Object | Union) -> None:
    """Names of types that an explicit value leads to: they are read as well, and not written.

    The value is the name of a schema "unless a mapping is present for that value" (OpenAPI 3.2.0, Discriminator
    Object, "Options for Mapping Values"): an entry takes one value, and not the schema's name from it.
    """
    for goal in dict.fromkeys(type_.mapping.values()):
        target = context.types.get(goal)
        if target is None or target.name is None or target.extensions.get("x-ms-discriminator-value"):
            continue
        if _may_be_called(context, target, type_.discriminator or "", target.name):
            type_.mapping.setdefault(target.name, goal)


def _may_be_called(context: Lowering, type_: Any, name: str, value: str) -> bool:
    """Whether a member of a type may have a text as its value, as far as the member's type says."""
    for property_ in type_.properties if isinstance(type_, Object) else ():
        if property_.name == name:
            member = context.types.get(property_.use.type)
            if isinstance(member, Enum) and not member.extensible:
                return any(spelled(listed.value) == value for listed in member.members)
            return not isinstance(member, Scalar) or member.base in ("string", "any")
    return True


def _may_be_text(context: Lowering, type_: Any, name: str) -> bool:
    """Whether a member of a type is none of objects, maps and lists."""
    return not any(
        property_.name == name and isinstance(context.types.get(property_.use.type), Object | Map | Array)
        for property_ in (type_.properties if isinstance(type_, Object) else ())
    )


def _constants(context: Lowering, type_: Any, name: str) -> list[str]:
    """The only values that the discriminating member of a type can have."""
    if not isinstance(type_, Object):
        return []
    for property_ in type_.properties:
        if property_.name == name and property_.declared_in == type_.id:
            type_of_member = context.types.get(property_.use.type)
            if isinstance(type_of_member, Enum) and (
                type_of_member.const or len(type_of_member.members) == 1
            ):
                return [text(member.value) for member in type_of_member.members]
    return []
