"""Objects and maps: members, requiredness, additional members, and the one base an object may have."""

from __future__ import annotations

import re
from typing import Any

from bindwright.ir.lowering.annotations import annotate, entries
from bindwright.ir.lowering.context import Lowering, MergedSchema, Subschema
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.kinds import kind
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.merged_schema import merge_schemas
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.schemas.declarations import Declarations, Possibilities
from bindwright.ir.lowering.schemas.together import distinct_declarations, shaping_keywords, use_of_all
from bindwright.ir.lowering.schemas.unions import any_of
from bindwright.ir.lowering.schemas.unsupported import conditional
from bindwright.ir.lowering.subschemas import expand
from bindwright.ir.lowering.values import names_asked_for, sequence, text
from bindwright.ir.model import Map, Object, Property, Reference, SourcePlace, Use

Members = dict[str, Declarations]
_EVERY_NAME = re.compile(r"\^?(\.[*+])?\$?")
"""Patterns that every name matches, but perhaps the empty one."""


def object_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """An `Object`, or a `Map` where no member is named."""
    base = _base(context, merged, location)
    vias = list(dict.fromkeys(subschema.via for subschema in merged.subschemas if subschema.via is not None))
    declaring = [subschema for subschema in merged.subschemas if base is None or subschema.via != base]
    members = _members(context, declaring, location)
    if base is None and not _has_members(merged, members):
        return _map(context, merged, location, name)
    result = Object(id=location.id, base=base)
    context.types[location.id] = result
    if vias:
        context.extends[location.id] = vias
    required = _required(context, declaring, members)
    inherited = _members(context, merged.subschemas, location) if base is not None else members
    if base is not None:
        members = _declared_again(members, inherited, required, _required(context, _of(merged, base), {}))
        required |= _required(context, merged.subschemas, members)
    for key, declarations in members.items():
        result.properties.append(_property(context, key, declarations, required, location, result.id))
    result.required_names = sorted(_required(context, merged.subschemas, {}).difference(inherited))
    _others(context, result, declaring, location)
    _extensions(context, result, merged.keywords, location)
    _discriminator(context, result, merged, location)
    return Use(type=location.id)


def _of(merged: MergedSchema, via: str) -> list[Subschema]:
    return [subschema for subschema in merged.subschemas if subschema.via == via]


def _declared_again(
    members: Members, inherited: Members, required: set[str], required_before: set[str]
) -> Members:
    """Members of a derived object with those of its base that it says something about, which then holds too.

    A description, a constant or ``required`` narrows an inherited member: the object is derived all the same
    (OpenAPI 3.2.0, Discriminator Object: all schemas with the parent in ``allOf`` are alternates).
    """
    again = {name: inherited[name] for name in inherited if name in members}
    narrowed = {
        name: inherited[name]
        for name in inherited
        if name not in members and name in required and name not in required_before
    }
    return {**again, **narrowed, **{name: item for name, item in members.items() if name not in again}}


def _has_members(merged: MergedSchema, members: Members) -> bool:
    if members or "discriminator" in merged.keywords:
        return True
    closed = any(_is_closed(subschema.schema) for subschema in merged.subschemas)
    # `properties: {}` is said on purpose: an object without members, not a map.
    has_properties = any(
        isinstance(subschema.schema.get("properties"), dict) for subschema in merged.subschemas
    )
    open_ = any(_additional(subschema.schema) is not None for subschema in merged.subschemas)
    return (has_properties and not open_) or (
        closed and not any("patternProperties" in f.schema for f in merged.subschemas)
    )


def _members(context: Lowering, subschemas: list[Subschema], location: Location) -> Members:
    """Schemas by member name, each with where it stands; conditional ones last."""
    members: Members = {}
    for subschema in subschemas:
        _gather(context, subschema.schema.get("properties"), subschema.location, members)
    for name, possibilities in _conditional(context, subschemas, location).items():
        members.setdefault(name, possibilities)
    return members


def _conditional(context: Lowering, subschemas: list[Subschema], location: Location) -> Members:
    """The members that are declared under conditions, each with the schemas that differ."""
    results: dict[str, Possibilities] = {}
    for subschema in subschemas:
        branches_by_name: dict[str, set[str]] = {}
        for keyword, schema, schema_location in conditional(context, subschema):
            branch: Members = {}
            _gather(context, schema.get("properties"), schema_location, branch)
            for name, declarations in branch.items():
                possibilities = results.setdefault(name, Possibilities())
                branches_by_name.setdefault(name, set()).add(keyword)
                possibilities += [
                    declaration for declaration in declarations if not _is_among(declaration, possibilities)
                ]
        for name, keywords in branches_by_name.items():
            results[name].exhaustive |= keywords >= {"then", "else"}
    return dict(results)


def _is_among(declaration: tuple[Any, Location], others: list[tuple[Any, Location]]) -> bool:
    """Whether a schema says of values what another one says."""
    schema, location = declaration
    return any(
        location.file == there.file and shaping_keywords(schema) == shaping_keywords(other)
        if isinstance(schema, dict) and isinstance(other, dict)
        else schema == other
        for other, there in others
    )


def _gather(context: Lowering, properties: Any, location: Location, members: Members) -> None:
    if isinstance(properties, dict):
        for key, schema in properties.items():
            name = key if type(key) is str else text(key)
            declaration = (schema, location.down("/properties/" + escape(name), name))
            members.setdefault(name, Declarations()).append(declaration)
    elif properties is not None:
        context.degrade("invalid-schema", "`properties` is not an object", location)


def _required(context: Lowering, subschemas: list[Subschema], members: Members) -> set[str]:
    names: set[str] = set()
    for subschema in subschemas:
        listed = subschema.schema.get("required")
        if isinstance(listed, list):
            names.update(name for name in listed if isinstance(name, str))
    for key, listed in members.items():
        for schema, _ in listed:
            if type(schema) is dict and "required" in schema and schema["required"] is True:
                names.add(key)
    return names


def _property(
    context: Lowering,
    name: str,
    declarations: Declarations,
    required: set[str],
    location: Location,
    owner: str,
) -> Property:
    is_conditional = isinstance(declarations, Possibilities) and not declarations.exhaustive
    if context.event_data:
        declarations[:] = [_content_of_text(context, *declaration) for declaration in declarations]
    schema, property_location = declarations[-1]
    if len(declarations) == 1:
        use = context.use(context, schema, property_location)
    elif isinstance(declarations, Possibilities):
        use = any_of(context, declarations, merged_spot(location, name, declarations[0][1]))
    else:
        use = _merged(context, name, declarations, location)
    configured = context.options.names.get(property_location.id) if context.options.names else None
    return Property(
        name=name,
        use=use,
        required=name in required,
        conditional=is_conditional,
        declared_in=owner,
        place=SourcePlace(file=property_location.file, pointer=property_location.pointer),
        names=names_asked_for(schema, configured),
    )


def _content_of_text(context: Lowering, schema: Any, location: Location) -> tuple[Any, Location]:
    """The schema of what a text holds, where it is that which a reader gets."""
    if location.id not in context.event_data:
        return schema, location
    return schema["contentSchema"], location.down("/contentSchema")


def _merged(context: Lowering, name: str, declarations: Declarations, location: Location) -> Use:
    """A member that several subschemas declare: all hold."""
    distinct = distinct_declarations(declarations)
    if len(distinct) > 1:
        return use_of_all(context, distinct, merged_spot(location, name, distinct[-1][1]))
    schema, property_location = distinct[0] if distinct else declarations[-1]
    use = context.use(context, schema, property_location)
    for other, where in declarations:
        if other is not schema and type(other) is dict:
            annotate(context, use, {k: v for k, v in other.items() if k not in SHAPING}, where)
    return use


def merged_spot(location: Location, name: str, real: Location) -> Location:
    """The location of a member that is put together from several: its own place below the type."""
    result = location.down("/properties/" + escape(name), name)
    result.source = real
    return result


def _base(context: Lowering, merged: MergedSchema, location: Location) -> str | None:
    """The one included object whose members are all inherited unchanged; None where there is none.

    Of several included ones, the one that has a discriminator: values of its derived types must be its own.
    """
    vias = list(dict.fromkeys(subschema.via for subschema in merged.subschemas if subschema.via is not None))
    if not vias:
        return None
    if len(vias) > 1:
        vias = [via for via in vias if _discriminates(merged, via)]
        if len(vias) != 1:
            return None
    via = vias[0]
    target = context.targets.get(via)
    if target is None or not _is_object(context, via):
        return None
    return via


def _discriminates(merged: MergedSchema, via: str) -> bool:
    return any(
        subschema.via == via and "discriminator" in subschema.schema for subschema in merged.subschemas
    )


def _is_object(context: Lowering, type_id: str) -> bool:
    """Whether a type will be an `Object` (it may not be lowered yet, or be on its way)."""
    is_object = context.object_types.get(type_id)
    if is_object is None:
        target = context.targets[type_id]
        is_object = isinstance(target.schema, dict)
        if is_object:
            target_schema = merge_schemas(
                context, expand(context, target.schema, target.location), target.location
            )
            members = _members(context, target_schema.subschemas, target.location)
            is_object = kind(context, target_schema, target.location) == "object" and _has_members(
                target_schema, members
            )
        context.object_types[type_id] = is_object
    return is_object


def _additional(schema: dict[str, Any]) -> tuple[Any, str] | None:
    """The schema of members that are not named, and its keyword; None where none is given.

    ``true`` is the schema ``{}`` (JSON Schema 2020-12 core, 4.3.2).
    """
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        additional = schema.get(keyword)
        if additional is not None and additional is not False:
            return {} if additional is True else additional, keyword
    return None


def _is_closed(schema: dict[str, Any]) -> bool:
    """Whether no further members are allowed."""
    return schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False


def _others(context: Lowering, result: Object, subschemas: list[Subschema], location: Location) -> None:
    """Additional members, patterns, and whether the object is closed."""
    result.additional = _additional_use(context, subschemas, location)
    result.pattern_additional = _patterns(context, subschemas, location)
    last = subschemas[-1].schema if subschemas else {}
    # What stands beside a list of alternatives sees the members of each (JSON Schema 2020-12 core, 11.3).
    beside = (subschema.schema for subschema in subschemas if subschema.via == "beside")
    result.closed = _is_closed(last) or any(schema.get("unevaluatedProperties") is False for schema in beside)
    result.keys = _key_use(context, subschemas, location)
    _check_types_by_pattern(context, result, location)


def _check_types_by_pattern(context: Lowering, result: Object, location: Location) -> None:
    """Types cannot say that a member's name tells its type: each is annotated as any of them."""
    if result.base is None:
        open_beside_patterns(context, result)
    uses = [use for _, use in result.pattern_additional] + ([result.additional] if result.additional else [])
    if result.pattern_additional and len({use.type for use in uses}) > 1:
        context.degrade(
            "type-by-pattern",
            "`patternProperties`: each member is annotated as of any type of them",
            location,
        )


def open_beside_patterns(context: Lowering, result: Object) -> None:
    """Names that match no pattern may have any value where nothing else is said (JSON Schema 2020-12 core, 10.3.2.3)."""
    patterns = result.pattern_additional
    if result.additional is None and not result.closed and patterns and not _has_every_name(patterns):
        result.additional = Use(type=intern(context, "any", {}))


def _has_every_name(patterns: list[tuple[str, Use]]) -> bool:
    return any(_EVERY_NAME.fullmatch(pattern) for pattern, _ in patterns)


def _additional_use(context: Lowering, subschemas: list[Subschema], location: Location) -> Use | None:
    """The use of members that are not named; None where no subschema says anything of them."""
    declarations: list[tuple[Any, Location]] = []
    for subschema in subschemas:
        if (additional := _additional(subschema.schema)) is not None:
            declarations.append((additional[0], subschema.location.down("/" + additional[1], "value")))
    if not declarations:
        return None
    return use_of_all(context, declarations, location.down("/additionalProperties", "value"))


def _patterns(context: Lowering, subschemas: list[Subschema], location: Location) -> list[tuple[str, Use]]:
    """The uses of members whose names match a pattern, in the order of writing."""
    by_pattern: dict[str, list[tuple[Any, Location]]] = {}
    for subschema in subschemas:
        patterns = subschema.schema.get("patternProperties")
        for key, schema in patterns.items() if isinstance(patterns, dict) else ():
            spot = subschema.location.down(_pattern_tail(key), "value")
            by_pattern.setdefault(text(key), []).append((schema, spot))
    return [
        (pattern, use_of_all(context, declarations, location.down(_pattern_tail(pattern), "value")))
        for pattern, declarations in by_pattern.items()
    ]


def _pattern_tail(pattern: Any) -> str:
    return "/patternProperties/" + escape(text(pattern))


def _map(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    result = Map(id=location.id, values=Use(type=intern(context, "any", {})))
    context.types[location.id] = result
    result.values = _additional_use(context, merged.subschemas, location) or result.values
    patterns = _patterns(context, merged.subschemas, location)
    result.keys = _key_use(context, merged.subschemas, location)
    result.required_names = sorted(_required(context, merged.subschemas, {}))
    if patterns:
        return _pattern_map(context, merged, location, result, patterns)
    if name is not None and "x-dcs-dictionary" in merged.keywords:
        result.entries = entries(context, merged.keywords, location)
    return Use(type=location.id)


def _key_use(context: Lowering, subschemas: list[Subschema], location: Location) -> Use | None:
    """What ``propertyNames`` says (JSON Schema 2020-12 core, 10.3.2.4): names are strings, whatever it says."""
    declarations: list[tuple[Any, Location]] = []
    for subschema in subschemas:
        names = subschema.schema.get("propertyNames")
        spot = subschema.location.down("/propertyNames", "key")
        if isinstance(names, dict):
            if "$ref" not in names and names.get("type") in (None, "string"):
                names = {"type": "string", **names}
            declarations.append((names, spot))
        elif names is False:
            context.degrade("never", "`propertyNames: false` allows no member at all", spot)
    return use_of_all(context, declarations, location.down("/propertyNames", "key")) if declarations else None


def _pattern_map(
    context: Lowering, merged: MergedSchema, location: Location, result: Map, patterns: list[tuple[str, Use]]
) -> Use:
    """``patternProperties`` alone: a map where one tells of all names that there may be, else an object."""
    from bindwright.ir.model import Constraints

    beyond = any(_additional(subschema.schema) is not None for subschema in merged.subschemas)
    closed = not beyond and any(_is_closed(part.schema) for part in merged.subschemas)
    is_shut = closed and result.keys is None
    is_free = not closed and patterns[0][1].type == intern(context, "any", {})
    if len(patterns) == 1 and not beyond and (is_shut or is_free or _has_every_name(patterns)):
        result.values = patterns[0][1]
        if is_shut:
            pattern = Constraints(pattern=patterns[0][0])
            result.keys = Use(type=intern(context, "string", {}), constraints=pattern)
        return Use(type=location.id)
    other = Object(
        id=location.id,
        pattern_additional=patterns,
        additional=result.values if beyond else None,
        closed=closed,
        keys=result.keys,
        required_names=result.required_names,
    )
    context.types[location.id] = other
    _check_types_by_pattern(context, other, location)
    return Use(type=location.id)


def _extensions(context: Lowering, result: Object, words: dict[str, Any], location: Location) -> None:
    order = words.get("x-xml-order")
    if order in ("declared", "alphabetical") or isinstance(order, list):
        result.member_order = order if isinstance(order, str) else [text(name) for name in order]  # type: ignore[assignment]
    known_types = words.get("x-dcs-known-types")
    for name in sequence(known_types):
        ref = name if "/" in text(name) or "#" in text(name) else component_ref(context, text(name))
        target = resolve_schema(context, ref, location)
        if target is not None:
            result.known.append(target.id)
    reference = words.get("x-dcs-is-reference")
    if isinstance(reference, dict):
        result.reference = Reference(
            id=text(reference.get("idProperty")) or "$id",
            ref=text(reference.get("refProperty")) or "$ref",
            attribute=text(reference.get("refAttribute")) or "Ref",
        )


def component_ref(context: Lowering, name: str) -> str:
    """The reference to a component schema of the root document."""
    return f"#/{'definitions' if context.swagger else 'components/schemas'}/{escape(name)}"


def _discriminator(context: Lowering, result: Object, merged: MergedSchema, location: Location) -> None:
    discriminator = merged.keywords.get("discriminator")
    if isinstance(discriminator, str):
        discriminator = {"propertyName": discriminator}  # 2.0
    if isinstance(discriminator, dict) and text(discriminator.get("propertyName")):
        context.discriminators.append((result.id, discriminator, location))
    elif discriminator is not None:
        context.degrade("invalid-discriminator", "`discriminator` has no `propertyName`", location)
