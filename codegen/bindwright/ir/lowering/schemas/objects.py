"""Objects and maps: members, requiredness, additional members, and the one base an object may have."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.annotations import annotate, entries
from bindwright.ir.lowering.context import Lowering, Subschema
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.kinds import kind
from bindwright.ir.lowering.location import Location, escape
from bindwright.ir.lowering.merged_schema import MergedSchema, merge_schemas
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.subschemas import expand
from bindwright.ir.lowering.unsupported import conditional
from bindwright.ir.lowering.values import sequence, text
from bindwright.ir.model import Map, Object, Property, SourcePlace, Use

Members = dict[str, list[tuple[Any, Location]]]


def object_use(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    """An `Object`, or a `Map` where no member is named."""
    base = _base(context, merged, location)
    vias = list(dict.fromkeys(subschema.via for subschema in merged.subschemas if subschema.via is not None))
    own = [subschema for subschema in merged.subschemas if base is None or subschema.via != base]
    members = _members(context, own, location)
    if base is None and not _has_members(merged, members):
        return _map(context, merged, location, name)
    result = Object(id=location.id, base=base)
    context.types[location.id] = result
    if vias:
        context.extends[location.id] = vias
    required = _required(context, merged.subschemas if base is None else own, members)
    for key, given in members.items():
        result.properties.append(_property(context, key, given, required, location, result.id))
    _others(context, result, own, location)
    _extensions(context, result, merged.keywords, location)
    _discriminator(context, result, merged, location)
    return Use(type=location.id)


def _has_members(merged: MergedSchema, members: Members) -> bool:
    if members or "discriminator" in merged.keywords:
        return True
    closed = any(subschema.schema.get("additionalProperties") is False for subschema in merged.subschemas)
    # `properties: {}` is said on purpose: an object without members, not a map.
    said = any(isinstance(subschema.schema.get("properties"), dict) for subschema in merged.subschemas)
    open_ = any(_additional(subschema.schema) is not None for subschema in merged.subschemas)
    return (said and not open_) or (
        closed and not any("patternProperties" in f.schema for f in merged.subschemas)
    )


def _members(context: Lowering, subschemas: list[Subschema], location: Location) -> Members:
    """Schemas by member name, each with where it stands; conditional ones last."""
    found: Members = {}
    for subschema in subschemas:
        _gather(context, subschema.schema.get("properties"), subschema.location, found)
    for subschema in subschemas:
        for schema, at in conditional(context, subschema, location):
            extra: Members = {}
            _gather(context, schema.get("properties"), at, extra)
            for key, given in extra.items():
                found.setdefault(key, given)
    return found


def _gather(context: Lowering, properties: Any, at: Location, found: Members) -> None:
    if isinstance(properties, dict):
        for key, schema in properties.items():
            name = key if type(key) is str else text(key)
            found.setdefault(name, []).append((schema, at.down("/properties/" + escape(name), name)))
    elif properties is not None:
        context.degrade("invalid-schema", "`properties` is not an object", at)


def _required(context: Lowering, subschemas: list[Subschema], members: Members) -> set[str]:
    names: set[str] = set()
    for subschema in subschemas:
        given = subschema.schema.get("required")
        if isinstance(given, list):
            names.update(one for one in given if isinstance(one, str))
    for key, given in members.items():
        for schema, _ in given:
            if type(schema) is dict and "required" in schema and schema["required"] is True:
                names.add(key)
    return names


def _property(
    context: Lowering,
    name: str,
    given: list[tuple[Any, Location]],
    required: set[str],
    location: Location,
    owner: str,
) -> Property:
    schema, at = given[-1]
    use = context.use(context, schema, at) if len(given) == 1 else _merged(context, name, given, location)
    override = schema.get("x-bindwright-name") if type(schema) is dict else None
    if context.options.names:
        override = context.options.names.get(at.id, override)
    return Property(
        name=name,
        use=use,
        required=name in required,
        declared_in=owner,
        place=SourcePlace(file=at.file, pointer=at.pointer),
        name_override=override if isinstance(override, str) else None,
    )


def _merged(context: Lowering, name: str, given: list[tuple[Any, Location]], location: Location) -> Use:
    """A member that several subschemas declare: all hold."""
    telling = [one for one in given if type(one[0]) is dict and not SHAPING.isdisjoint(one[0])]
    distinct: list[tuple[Any, Location]] = []
    for one in telling:
        if all(_bare(one[0]) != _bare(other[0]) for other in distinct):
            distinct.append(one)
    if len(distinct) <= 1:
        schema, at = distinct[0] if distinct else given[-1]
        use = context.use(context, schema, at)
        for other, where in given:
            if other is not schema and type(other) is dict:
                annotate(context, use, {k: v for k, v in other.items() if k not in SHAPING}, where)
        return use
    subschemas: list[Subschema] = []
    seen: set[str] = set()
    for schema, at in distinct:
        for subschema in expand(context, schema, at):
            if subschema.via is None or subschema.location.id not in seen:
                seen.add(subschema.location.id)
                subschemas.append(subschema)
    return context.build(context, subschemas, merged_spot(location, name, distinct[-1][1]))


def merged_spot(location: Location, name: str, real: Location) -> Location:
    """The location of a member that is put together from several: its own place below the type."""
    made = location.down("/properties/" + escape(name), name)
    made.source = real
    return made


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key in SHAPING}


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
    target = context.wanted.get(via)
    if target is None or not _is_object(context, via) or _conflicts(context, merged, via, location):
        return None
    return via


def _discriminates(merged: MergedSchema, via: str) -> bool:
    return any(
        subschema.via == via and "discriminator" in subschema.schema for subschema in merged.subschemas
    )


def _is_object(context: Lowering, type_id: str) -> bool:
    """Whether a type will be an `Object` (it may not be lowered yet, or be on its way)."""
    known = context.cache.get(("object", type_id))
    if known is None:
        target = context.wanted[type_id]
        known = isinstance(target.schema, dict) and type_id not in context.cache.get("judging", ())
        if known:
            inner = merge_schemas(context, expand(context, target.schema, target.location), target.location)
            members = _members(context, inner.subschemas, target.location)
            known = kind(context, inner, target.location) == "object" and _has_members(inner, members)
        context.cache["object", type_id] = known
    return bool(known)


def _conflicts(context: Lowering, merged: MergedSchema, via: str, location: Location) -> bool:
    """Whether the others say something about the members that come from `via`."""
    inherited: dict[str, Any] = {}
    must: set[str] = set()
    for subschema in merged.subschemas:
        if subschema.via == via:
            properties = subschema.schema.get("properties")
            inherited |= properties if isinstance(properties, dict) else {}
            must.update(one for one in sequence(subschema.schema.get("required")) if isinstance(one, str))
    for subschema in merged.subschemas:
        if subschema.via != via:
            properties = subschema.schema.get("properties")
            if isinstance(properties, dict) and not properties.keys().isdisjoint(inherited):
                return True
            for one in sequence(subschema.schema.get("required")):
                if isinstance(one, str) and one in inherited and one not in must:
                    return True
    return False


def _additional(schema: dict[str, Any]) -> tuple[Any, str] | None:
    """The schema of members that are not named, and its keyword; None where none is given."""
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        given = schema.get(keyword)
        if given is not None and given is not False:
            return given, keyword
    return None


def _others(context: Lowering, result: Object, subschemas: list[Subschema], location: Location) -> None:
    """Additional members, patterns, and whether the object is closed."""
    for subschema in subschemas:
        schema = subschema.schema
        found = _additional(schema)
        if found is not None and found[0] is not True:
            result.additional = context.use(
                context, found[0], subschema.location.down("/" + found[1], "value")
            )
        result.pattern_additional += _patterns(context, subschema)
    _told_by_pattern(context, result, location)
    last = subschemas[-1].schema if subschemas else {}
    result.closed = last.get("additionalProperties") is False or last.get("unevaluatedProperties") is False


def _told_by_pattern(context: Lowering, result: Object, location: Location) -> None:
    """Types cannot say that a member's name tells its type: each may be any of them."""
    uses = [use for _, use in result.pattern_additional] + ([result.additional] if result.additional else [])
    if result.pattern_additional and len({use.type for use in uses}) > 1:
        context.degrade(
            "type-by-pattern", "`patternProperties`: each member may have the type of any pattern", location
        )


def _patterns(context: Lowering, subschema: Subschema) -> list[tuple[str, Use]]:
    given = subschema.schema.get("patternProperties")
    if not isinstance(given, dict):
        return []
    return [
        (
            text(key),
            context.use(
                context, schema, subschema.location.down("/patternProperties/" + escape(text(key)), "value")
            ),
        )
        for key, schema in given.items()
    ]


def _map(context: Lowering, merged: MergedSchema, location: Location, name: str | None) -> Use:
    result = Map(id=location.id, values=Use(type=intern(context, "any", {})))
    context.types[location.id] = result
    patterns: list[tuple[str, Use]] = []
    for subschema in merged.subschemas:
        found = _additional(subschema.schema)
        if found is not None and found[0] is not True:
            result.values = context.use(context, found[0], subschema.location.down("/" + found[1], "value"))
        patterns += _patterns(context, subschema)
        names = subschema.schema.get("propertyNames")
        if isinstance(names, dict):
            result.keys = context.use(
                context, {"type": "string", **names}, subschema.location.down("/propertyNames", "key")
            )
    if patterns:
        return _pattern_map(context, merged, location, result, patterns)
    if name is not None and "x-dcs-dictionary" in merged.keywords:
        result.entries = entries(context, merged.keywords, location)
    return Use(type=location.id)


def _pattern_map(
    context: Lowering, merged: MergedSchema, location: Location, result: Map, patterns: list[tuple[str, Use]]
) -> Use:
    """``patternProperties`` alone: with one pattern a map of known keys, with several an object."""
    from bindwright.ir.model import Constraints

    beyond = any(_additional(subschema.schema) is not None for subschema in merged.subschemas)
    if len(patterns) == 1 and not beyond:
        result.values = patterns[0][1]
        result.keys = Use(type=intern(context, "string", {}), constraints=Constraints(pattern=patterns[0][0]))
        return Use(type=location.id)
    other = Object(id=location.id, pattern_additional=patterns, additional=result.values if beyond else None)
    context.types[location.id] = other
    _told_by_pattern(context, other, location)
    return Use(type=location.id)


def _extensions(context: Lowering, result: Object, words: dict[str, Any], location: Location) -> None:
    order = words.get("x-xml-order")
    if order in ("declared", "alphabetical") or isinstance(order, list):
        result.member_order = order if isinstance(order, str) else [text(one) for one in order]  # type: ignore[assignment]
    known = words.get("x-dcs-known-types")
    for name in sequence(known):
        ref = name if "/" in text(name) or "#" in text(name) else component_ref(context, text(name))
        target = resolve_schema(context, ref, location)
        if target is not None:
            result.known.append(target.id)
    given = words.get("x-dcs-is-reference")
    if isinstance(given, dict):
        result.reference = (
            text(given.get("idProperty")) or "$id",
            text(given.get("refProperty")) or "$ref",
            text(given.get("refAttribute")) or "Ref",
        )


def component_ref(context: Lowering, name: str) -> str:
    """The reference to a component schema of the root document."""
    return f"#/{'definitions' if context.swagger else 'components/schemas'}/{escape(name)}"


def _discriminator(context: Lowering, result: Object, merged: MergedSchema, location: Location) -> None:
    given = merged.keywords.get("discriminator")
    if isinstance(given, str):
        given = {"propertyName": given}  # 2.0
    if isinstance(given, dict) and text(given.get("propertyName")):
        context.discriminators.append((result.id, given, location))
    elif given is not None:
        context.degrade("invalid-discriminator", "`discriminator` has no `propertyName`", location)
