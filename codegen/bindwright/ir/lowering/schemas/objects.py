"""Objects and maps: members, requiredness, additional members, and the one base an object may have."""

from __future__ import annotations

from typing import Any

from bindwright.ir.lowering.annotations import annotate, entries
from bindwright.ir.lowering.context import Facet, Lowering
from bindwright.ir.lowering.facets import expand
from bindwright.ir.lowering.keywords import SHAPING
from bindwright.ir.lowering.kinds import kind
from bindwright.ir.lowering.location import Spot, escape
from bindwright.ir.lowering.references import resolve_schema
from bindwright.ir.lowering.scalars import intern
from bindwright.ir.lowering.shape import Shape, shape
from bindwright.ir.lowering.unsupported import conditional
from bindwright.ir.lowering.values import sequence, text
from bindwright.ir.model import Map, Object, Place, Property, Use

Members = dict[str, list[tuple[Any, Spot]]]


def object_use(low: Lowering, made: Shape, spot: Spot, name: str | None) -> Use:
    """An `Object`, or a `Map` where no member is named."""
    base = _base(low, made, spot)
    vias = list(dict.fromkeys(facet.via for facet in made.facets if facet.via is not None))
    own = [facet for facet in made.facets if base is None or facet.via != base]
    members = _members(low, own, spot)
    if base is None and not _has_members(made, members):
        return _map(low, made, spot, name)
    result = Object(id=spot.id, base=base)
    low.types[spot.id] = result
    if vias:
        low.extends[spot.id] = vias
    required = _required(low, made.facets if base is None else own, members)
    for key, given in members.items():
        result.properties.append(_property(low, key, given, required, spot, result.id))
    _others(low, result, own, spot)
    _extensions(low, result, made.keywords, spot)
    _discriminator(low, result, made, spot)
    return Use(type=spot.id)


def _has_members(made: Shape, members: Members) -> bool:
    if members or "discriminator" in made.keywords:
        return True
    closed = any(facet.schema.get("additionalProperties") is False for facet in made.facets)
    # `properties: {}` is said on purpose: an object without members, not a map.
    said = any(isinstance(facet.schema.get("properties"), dict) for facet in made.facets)
    open_ = any(_additional(facet.schema) is not None for facet in made.facets)
    return (said and not open_) or (closed and not any("patternProperties" in f.schema for f in made.facets))


def _members(low: Lowering, facets: list[Facet], spot: Spot) -> Members:
    """Schemas by member name, each with where it stands; conditional ones last."""
    found: Members = {}
    for facet in facets:
        _gather(low, facet.schema.get("properties"), facet.spot, found)
    for facet in facets:
        for schema, at in conditional(low, facet, spot):
            extra: Members = {}
            _gather(low, schema.get("properties"), at, extra)
            for key, given in extra.items():
                found.setdefault(key, given)
    return found


def _gather(low: Lowering, properties: Any, at: Spot, found: Members) -> None:
    if isinstance(properties, dict):
        for key, schema in properties.items():
            name = key if type(key) is str else text(key)
            found.setdefault(name, []).append((schema, at.down("/properties/" + escape(name), name)))
    elif properties is not None:
        low.degrade("invalid-schema", "`properties` is not an object", at)


def _required(low: Lowering, facets: list[Facet], members: Members) -> set[str]:
    names: set[str] = set()
    for facet in facets:
        given = facet.schema.get("required")
        if isinstance(given, list):
            names.update(one for one in given if isinstance(one, str))
    for key, given in members.items():
        for schema, _ in given:
            if type(schema) is dict and "required" in schema and schema["required"] is True:
                names.add(key)
    return names


def _property(
    low: Lowering, name: str, given: list[tuple[Any, Spot]], required: set[str], spot: Spot, owner: str
) -> Property:
    schema, at = given[-1]
    use = low.use(low, schema, at) if len(given) == 1 else _merged(low, name, given, spot)
    override = schema.get("x-bindwright-name") if type(schema) is dict else None
    if low.options.names:
        override = low.options.names.get(at.id, override)
    return Property(
        name=name,
        use=use,
        required=name in required,
        declared_in=owner,
        place=Place(file=at.file, pointer=at.pointer),
        name_override=override if isinstance(override, str) else None,
    )


def _merged(low: Lowering, name: str, given: list[tuple[Any, Spot]], spot: Spot) -> Use:
    """A member that several facets declare: all hold."""
    telling = [one for one in given if type(one[0]) is dict and not SHAPING.isdisjoint(one[0])]
    distinct: list[tuple[Any, Spot]] = []
    for one in telling:
        if all(_bare(one[0]) != _bare(other[0]) for other in distinct):
            distinct.append(one)
    if len(distinct) <= 1:
        schema, at = distinct[0] if distinct else given[-1]
        use = low.use(low, schema, at)
        for other, where in given:
            if other is not schema and type(other) is dict:
                annotate(low, use, {k: v for k, v in other.items() if k not in SHAPING}, where)
        return use
    facets: list[Facet] = []
    seen: set[str] = set()
    for schema, at in distinct:
        for facet in expand(low, schema, at):
            if facet.via is None or facet.spot.id not in seen:
                seen.add(facet.spot.id)
                facets.append(facet)
    return low.build(low, facets, merged_spot(spot, name, distinct[-1][1]))


def merged_spot(spot: Spot, name: str, real: Spot) -> Spot:
    """The spot of a member that is put together from several: its own place below the type."""
    made = spot.down("/properties/" + escape(name), name)
    made.source = real
    return made


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key in SHAPING}


def _base(low: Lowering, made: Shape, spot: Spot) -> str | None:
    """The one included object whose members are all inherited unchanged; None where there is none.

    Of several included ones, the one that has a discriminator: values of its derived types must be its own.
    """
    vias = list(dict.fromkeys(facet.via for facet in made.facets if facet.via is not None))
    if not vias:
        return None
    if len(vias) > 1:
        vias = [via for via in vias if _discriminates(made, via)]
        if len(vias) != 1:
            return None
    via = vias[0]
    target = low.wanted.get(via)
    if target is None or not _is_object(low, via) or _conflicts(low, made, via, spot):
        return None
    return via


def _discriminates(made: Shape, via: str) -> bool:
    return any(facet.via == via and "discriminator" in facet.schema for facet in made.facets)


def _is_object(low: Lowering, type_id: str) -> bool:
    """Whether a type will be an `Object` (it may not be lowered yet, or be on its way)."""
    known = low.cache.get(("object", type_id))
    if known is None:
        target = low.wanted[type_id]
        known = isinstance(target.schema, dict) and type_id not in low.cache.get("judging", ())
        if known:
            inner = shape(low, expand(low, target.schema, target.spot), target.spot)
            members = _members(low, inner.facets, target.spot)
            known = kind(low, inner, target.spot) == "object" and _has_members(inner, members)
        low.cache["object", type_id] = known
    return bool(known)


def _conflicts(low: Lowering, made: Shape, via: str, spot: Spot) -> bool:
    """Whether the others say something about the members that come from `via`."""
    inherited: dict[str, Any] = {}
    must: set[str] = set()
    for facet in made.facets:
        if facet.via == via:
            properties = facet.schema.get("properties")
            inherited |= properties if isinstance(properties, dict) else {}
            must.update(one for one in sequence(facet.schema.get("required")) if isinstance(one, str))
    for facet in made.facets:
        if facet.via != via:
            properties = facet.schema.get("properties")
            if isinstance(properties, dict) and not properties.keys().isdisjoint(inherited):
                return True
            for one in sequence(facet.schema.get("required")):
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


def _others(low: Lowering, result: Object, facets: list[Facet], spot: Spot) -> None:
    """Additional members, patterns, and whether the object is closed."""
    for facet in facets:
        schema = facet.schema
        found = _additional(schema)
        if found is not None and found[0] is not True:
            result.additional = low.use(low, found[0], facet.spot.down("/" + found[1], "value"))
        result.pattern_additional += _patterns(low, facet)
    _told_by_pattern(low, result, spot)
    last = facets[-1].schema if facets else {}
    result.closed = last.get("additionalProperties") is False or last.get("unevaluatedProperties") is False


def _told_by_pattern(low: Lowering, result: Object, spot: Spot) -> None:
    """Types cannot say that a member's name tells its type: each may be any of them."""
    uses = [use for _, use in result.pattern_additional] + ([result.additional] if result.additional else [])
    if result.pattern_additional and len({use.type for use in uses}) > 1:
        low.degrade(
            "type-by-pattern", "`patternProperties`: each member may have the type of any pattern", spot
        )


def _patterns(low: Lowering, facet: Facet) -> list[tuple[str, Use]]:
    given = facet.schema.get("patternProperties")
    if not isinstance(given, dict):
        return []
    return [
        (text(key), low.use(low, schema, facet.spot.down("/patternProperties/" + escape(text(key)), "value")))
        for key, schema in given.items()
    ]


def _map(low: Lowering, made: Shape, spot: Spot, name: str | None) -> Use:
    result = Map(id=spot.id, values=Use(type=intern(low, "any", {})))
    low.types[spot.id] = result
    patterns: list[tuple[str, Use]] = []
    for facet in made.facets:
        found = _additional(facet.schema)
        if found is not None and found[0] is not True:
            result.values = low.use(low, found[0], facet.spot.down("/" + found[1], "value"))
        patterns += _patterns(low, facet)
        names = facet.schema.get("propertyNames")
        if isinstance(names, dict):
            result.keys = low.use(low, {"type": "string", **names}, facet.spot.down("/propertyNames", "key"))
    if patterns:
        return _pattern_map(low, made, spot, result, patterns)
    if name is not None and "x-dcs-dictionary" in made.keywords:
        result.entries = entries(low, made.keywords, spot)
    return Use(type=spot.id)


def _pattern_map(low: Lowering, made: Shape, spot: Spot, result: Map, patterns: list[tuple[str, Use]]) -> Use:
    """``patternProperties`` alone: with one pattern a map of known keys, with several an object."""
    from bindwright.ir.model import Constraints

    beyond = any(_additional(facet.schema) is not None for facet in made.facets)
    if len(patterns) == 1 and not beyond:
        result.values = patterns[0][1]
        result.keys = Use(type=intern(low, "string", {}), constraints=Constraints(pattern=patterns[0][0]))
        return Use(type=spot.id)
    other = Object(id=spot.id, pattern_additional=patterns, additional=result.values if beyond else None)
    low.types[spot.id] = other
    _told_by_pattern(low, other, spot)
    return Use(type=spot.id)


def _extensions(low: Lowering, result: Object, words: dict[str, Any], spot: Spot) -> None:
    order = words.get("x-xml-order")
    if order in ("declared", "alphabetical") or isinstance(order, list):
        result.member_order = order if isinstance(order, str) else [text(one) for one in order]  # type: ignore[assignment]
    known = words.get("x-dcs-known-types")
    for name in sequence(known):
        ref = name if "/" in text(name) or "#" in text(name) else component_ref(low, text(name))
        target = resolve_schema(low, ref, spot)
        if target is not None:
            result.known.append(target.id)
    given = words.get("x-dcs-is-reference")
    if isinstance(given, dict):
        result.reference = (
            text(given.get("idProperty")) or "$id",
            text(given.get("refProperty")) or "$ref",
            text(given.get("refAttribute")) or "Ref",
        )


def component_ref(low: Lowering, name: str) -> str:
    """The reference to a component schema of the root document."""
    return f"#/{'definitions' if low.swagger else 'components/schemas'}/{escape(name)}"


def _discriminator(low: Lowering, result: Object, made: Shape, spot: Spot) -> None:
    given = made.keywords.get("discriminator")
    if isinstance(given, str):
        given = {"propertyName": given}  # 2.0
    if isinstance(given, dict) and text(given.get("propertyName")):
        low.discriminators.append((result.id, given, spot))
    elif given is not None:
        low.degrade("invalid-discriminator", "`discriminator` has no `propertyName`", spot)
