"""Unions: ``oneOf``, ``anyOf``, several types at once; null among them makes the use nullable."""

from __future__ import annotations

from itertools import product
from typing import Any

from bindwright.ir.lowering.context import Alternatives, Lowering, MergedSchema, Subschema
from bindwright.ir.lowering.keywords import ARRAY, NUMBER, OBJECT, SHAPING, STRING
from bindwright.ir.lowering.kinds import alternatives_of
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.merged_schema import merge_schemas
from bindwright.ir.lowering.references import name_of, resolve_schema
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.schemas.alternative_names import alternative_name
from bindwright.ir.lowering.schemas.enums import enum_use
from bindwright.ir.lowering.subschemas import expand, report_ignored
from bindwright.ir.lowering.typenames import is_null
from bindwright.ir.lowering.values import text
from bindwright.ir.model import Enum, EnumMember, Union, Use

_MAX_COMBINATIONS = 64
_SCALAR_TYPES = ("string", "integer", "number", "boolean")
_ENUM_BASES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def union_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """Alternatives; what stands beside them holds for each of them."""
    groups = alternatives_of(context, merged, location)
    if len(groups) == 1 and not _are_named_apart(groups[0]) and (values := _values(groups[0])) is not None:
        return _named_values(context, values, groups[0], location)
    rest = _rest(merged, groups)
    if len(groups) == 1 and not rest and (use := _extensible_values(context, groups[0], location, name)):
        return use
    result = Union(id=location.id, members=[], any_of=groups[0].keyword == "anyOf")
    context.types[location.id] = result
    nullable = False
    if len(groups) == 1 and not rest:
        for index, branch in enumerate(groups[0].branches):
            if _null(context, branch, groups[0]):
                nullable = True
            else:
                result.members.append(_member(context, branch, index, groups[0]))
    else:
        nullable = _distribute(context, result, groups, rest, location)
    _discriminator(context, result, merged, groups, location)
    return _settle(context, result, nullable, location, name)


def _settle(context: Lowering, result: Union, nullable: bool, location: Location, name: str | None) -> Use:
    """One use a distinct member; one member alone is no union, none is null."""
    by_type: dict[str, Use] = {}
    for use in result.members:
        nullable = nullable or use.nullable
        first = by_type.setdefault(use.type, use)
        if first is not use and first.constraints != use.constraints:
            first.constraints = None
        if first is not use and _xml_name(first) != _xml_name(use):
            names = (_xml_name(first) or "nothing", _xml_name(use) or "nothing")
            context.degrade(
                "xml-alternative-names",
                f"alternatives of one type are called `{names[0][:60]}` and `{names[1][:60]}` in XML: their values do "
                "not tell which, and all are called as the first",
                location,
                "describe an object with a member for each",
            )
    result.members = list(by_type.values())
    if name is None and len(result.members) < 2:
        del context.types[location.id]
        use = result.members[0] if result.members else Use(type=intern(context, "null", {}))
        use.nullable = use.nullable or nullable
        return use
    if not result.members:
        result.members.append(Use(type=intern(context, "null", {})))
    return Use(type=result.id, nullable=nullable)


def any_of(context: Lowering, declarations: list[tuple[Any, Location]], location: Location) -> Use:
    """Any of several schemas that stand at places of their own."""
    result = Union(id=location.id, members=[], any_of=True)
    context.types[location.id] = result
    result.place, result.owner, result.context = location.place, location.owner, location.words
    for schema, where in declarations:
        if schema is not False:  # it allows nothing
            result.members.append(context.use(context, schema, where))
    return _settle(context, result, False, location, None)


def _member(context: Lowering, branch: Any, index: int, group: Alternatives) -> Use:
    return context.use(context, branch, _branch_location(index, group))


def _branch_location(index: int, group: Alternatives) -> Location:
    word = alternative_name(group.branches, index)
    return group.subschema.location.down(f"/{group.keyword}/{index}", word)


def _null(context: Lowering, branch: Any, group: Alternatives) -> bool:
    if isinstance(branch, dict) and "$ref" in branch:
        target = resolve_schema(context, branch["$ref"], group.subschema.location)
        return target is not None and is_null(target.schema)
    return is_null(branch)


def _rest(merged: MergedSchema, groups: list[Alternatives]) -> list[Subschema]:
    """What stands beside the alternatives and says something of values."""
    lists = {(id(group.subschema.schema), group.keyword) for group in groups}
    rest: list[Subschema] = []
    for subschema in merged.subschemas:
        remaining = {
            key: value
            for key, value in subschema.schema.items()
            if (id(subschema.schema), key) not in lists and key not in ("allOf", "$ref", "discriminator")
        }
        narrows = remaining.get("type") in _SCALAR_TYPES and _untyped(groups)
        if narrows or remaining.keys() & SHAPING - {"type"}:
            rest.append(Subschema(remaining, subschema.location, subschema.via or "beside"))
    return rest


def _untyped(groups: list[Alternatives]) -> bool:
    """Whether an alternative leaves its type to what stands beside it."""
    return any(
        isinstance(branch, dict) and "type" not in branch and "$ref" not in branch
        for group in groups
        for branch in group.branches
    )


def _distribute(
    context: Lowering, result: Union, groups: list[Alternatives], rest: list[Subschema], location: Location
) -> bool:
    """Each alternative together with what holds for all; several groups give their combinations."""
    size = 1
    for group in groups:
        size *= len(group.branches)
    if size > _MAX_COMBINATIONS and len(groups) > 1:
        context.degrade(
            "too-many-alternatives", f"{size} combinations: only the first list is told apart", location
        )
        groups = groups[:1]
    nullable = False
    for picks in product(*(list(enumerate(group.branches)) for group in groups)):
        if all(_null(context, branch, group) for (_, branch), group in zip(picks, groups, strict=True)):
            nullable = True
            continue
        use = _combination(context, picks, groups, rest, location)
        if use is not None:
            result.members.append(use)
            _note_stand_in(context, result, picks, groups, use)
    return nullable


def _note_stand_in(
    context: Lowering,
    union: Union,
    picks: tuple[tuple[int, Any], ...],
    groups: list[Alternatives],
    use: Use,
) -> None:
    """Note which schemas an alternative is of: a discriminator's mapping leads to these."""
    for (_, branch), group in zip(picks, groups, strict=True):
        if isinstance(branch, dict) and "$ref" in branch:
            target = resolve_schema(context, branch["$ref"], group.subschema.location)
            if target is not None:
                stand_ins = context.stand_ins.setdefault(union.id, {})
                stand_ins.setdefault(target.id, []).append(use.type)


def _combination(
    context: Lowering,
    picks: tuple[tuple[int, Any], ...],
    groups: list[Alternatives],
    rest: list[Subschema],
    location: Location,
) -> Use | None:
    subschemas = list(rest)
    result_location: Location | None = None
    for (index, branch), group in zip(picks, groups, strict=True):
        below = _branch_location(index, group)
        if isinstance(branch, dict):
            subschemas += expand(context, branch, below)
            if "$ref" in branch:
                if not context.modern:
                    report_ignored(context, branch, below)
                target = resolve_schema(context, branch["$ref"], below)
                if target is not None:
                    below.word = name_of(target.location.file, target.location.pointer) or below.word
        elif branch is False:
            return None
        if result_location is None:
            result_location = _own_location(below, group, index, location)
        else:
            result_location = _beside(result_location, below, index)
    assert result_location is not None, "a union has at least one group"
    return context.build(context, _distinct(subschemas), result_location)


def _own_location(below: Location, group: Alternatives, index: int, location: Location) -> Location:
    """The location of an alternative with what stands beside it at `location`.

    Alternatives behind a reference are those of every schema that refers to them, each with its own beside: they are
    types of that schema, and not of the one that lists them.
    """
    if below.file == location.file and below.pointer.startswith(location.pointer + "/"):
        return below
    result = location.down(f"/$ref/{group.keyword}/{index}", below.word)
    result.scope, result.source = below.scope, below.source or below
    return result


def _beside(first: Location, second: Location, index: int) -> Location:
    result = Location(first.file, f"{first.pointer}+{index}", second.word, first, first.owner, first.depth)
    result.source = first
    return result


def _distinct(subschemas: list[Subschema]) -> list[Subschema]:
    """Subschemas once each: an alternative may include what stands beside it."""
    visited: set[str] = set()
    distinct: list[Subschema] = []
    for subschema in subschemas:
        key = subschema.location.id + ("" if subschema.via is None else "!")
        if key not in visited:
            visited.add(key)
            distinct.append(subschema)
    return distinct


def _discriminator(
    context: Lowering, result: Union, merged: MergedSchema, groups: list[Alternatives], location: Location
) -> None:
    discriminator = merged.keywords.get("discriminator")
    for group in groups:
        discriminator = group.subschema.schema.get("discriminator", discriminator)
    if isinstance(discriminator, str):
        discriminator = {"propertyName": discriminator}
    if isinstance(discriminator, dict) and text(discriminator.get("propertyName")):
        context.discriminators.append((result.id, discriminator, location))
    elif discriminator is not None:
        context.degrade("invalid-discriminator", "`discriminator` has no `propertyName`", location)


def _are_named_apart(group: Alternatives) -> bool:
    """Whether alternatives are called differently in XML, so that they are not one list of values."""
    names = [
        xml.get("name") if isinstance(xml := branch.get("xml"), dict) else None
        for branch in group.branches
        if isinstance(branch, dict) and not is_null(branch)
    ]
    return len({text(name) for name in names}) > 1


def _xml_name(use: Use) -> str | None:
    return use.xml.name if use.xml is not None else None


def _values(group: Alternatives) -> list[dict[str, Any]] | None:
    """The alternatives of a list of named constants (``oneOf: [{const: 1, title: …}]``); None for others."""
    constants: list[dict[str, Any]] = []
    for branch in group.branches:
        if not isinstance(branch, dict) or branch.keys() & SHAPING - {"const", "type"}:
            return None
        if is_null(branch):
            constants.append(branch)
        elif "const" not in branch or type(branch["const"]) not in _ENUM_BASES:
            return None
        else:
            constants.append(branch)
    return constants if sum(not is_null(constant) for constant in constants) > 1 else None


def _named_values(
    context: Lowering, values: list[dict[str, Any]], group: Alternatives, location: Location
) -> Use:
    members = [
        EnumMember(
            value=constant["const"],
            name=text(constant.get("title")) or None,
            doc=text(constant.get("description")),
        )
        for constant in values
        if not is_null(constant)
    ]
    bases = {_ENUM_BASES[type(member.value)] for member in members}
    base = bases.pop() if len(bases) == 1 else "mixed"
    context.types[location.id] = Enum(id=location.id, base=base, members=members)  # type: ignore[arg-type]
    return Use(type=location.id, nullable=len(members) < len(values))


def _extensible_values(
    context: Lowering, group: Alternatives, location: Location, name: str | None
) -> Use | None:
    """The enum of ``anyOf: [{enum: [a, b]}, {type: string}]``: a list to which others may come; None for others."""
    present = [
        (index, branch) for index, branch in enumerate(group.branches) if not _null(context, branch, group)
    ]
    if group.keyword != "anyOf" or not all(isinstance(branch, dict) for _, branch in present):
        return None
    if _are_named_apart(group):
        return None
    listed = [(index, branch) for index, branch in present if "enum" in branch]
    if len(present) != 2 or len(listed) != 1 or not any(_is_any_string(branch) for _, branch in present):
        return None
    index, branch = listed[0]
    values = branch["enum"]
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        return None
    if branch.keys() & SHAPING - {"enum", "type"}:
        return None
    below = _branch_location(index, group)
    use = enum_use(context, merge_schemas(context, [Subschema(branch, below)], below), location, name)
    enum = context.types[use.type]
    assert isinstance(enum, Enum)
    enum.extensible = True
    use.nullable = use.nullable or len(present) < len(group.branches)
    return use


def _is_any_string(branch: dict[str, Any]) -> bool:
    return branch.get("type") == "string" and not branch.keys() & SHAPING - {"type"}


_OF_TYPE = {"object": OBJECT, "array": ARRAY, "string": STRING, "number": NUMBER, "integer": NUMBER}


def types_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """``type: [a, b]``: one member a type, each with the keywords that mean something for it."""
    result = Union(id=location.id, members=[], any_of=True)
    context.types[location.id] = result
    for type_name in merged.types:
        type_keywords = _OF_TYPE.get(type_name)
        foreign = frozenset().union(*(words for words in _OF_TYPE.values() if words != type_keywords))
        subschemas = []
        for subschema in merged.subschemas:
            remaining = {key: value for key, value in subschema.schema.items() if key not in foreign}
            remaining["type"] = type_name
            subschemas.append(Subschema(_silent(remaining), subschema.location, subschema.via))
        below = Location(
            location.file,
            f"{location.pointer}/type/{type_name}",
            type_name,
            location,
            location.owner,
            location.depth + 1,
        )
        below.source = location
        result.members.append(context.build(context, subschemas, below))
    return _settle(context, result, False, location, name)


def _silent(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what is said of the place: that is said on the union's use."""
    kept = SHAPING | {"discriminator"}
    return {key: value for key, value in schema.items() if key in kept or key.startswith("x-dcs-")}
