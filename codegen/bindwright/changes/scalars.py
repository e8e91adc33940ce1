"""Scalars, enums and constraints."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from bindwright.changes.findings import UNTYPED, Change
from bindwright.changes.walk import Pair, Walk, constraints_of
from bindwright.ir.model import Constraints, Enum, Scalar, Use
from bindwright.standards.numbers import RANGES

Range = tuple[Decimal | None, Decimal | None]
"""The lowest and the highest number; None: there is no end."""
_DIGITS = {"float": 24, "decimal": 999}
"""Binary digits of a number by its format; every other one, and no format, has those of ``double``."""
_DOUBLE = 53
Limit = tuple[Decimal, int] | None
_BASES = {
    ("integer", "number"): "type-int-number",
    ("number", "integer"): "type-number-int",
    **{(base, "string"): "type-int-string" for base in ("integer", "number", "boolean")},
    **{("string", base): "type-string-int" for base in ("integer", "number", "boolean")},
}


def compare_scalars(walk: Walk, pair: Pair) -> None:
    """Two scalars."""
    old, new = pair.old, pair.new
    if old.base != new.base:
        kind = base_change(old.base, new.base)
        walk.findings.add(kind, pair.element, pair.context, old.base, new.base, places=pair.places)
        return
    before, after = pair.old_use.format or old.format, pair.new_use.format or new.format
    if old.base in ("boolean", "null", "never"):
        return
    if before == after and old.content_encoding != new.content_encoding:
        before, after = old.content_encoding, new.content_encoding
    if before == after and _content(old) != _content(new):
        before, after = _content(old), _content(new)
        kind = "format-date" if before and after else "format-note"
        walk.findings.add(kind, pair.element, pair.context, before, after, places=pair.places)
        return
    if before == after:
        return
    kind = format_change(old, new, pair, before, after)
    if kind == "format-note" and lexical(old, pair.old_use, "xml") != lexical(new, pair.new_use, "xml"):
        return  # only XML has another text, and says so
    walk.findings.add(kind, pair.element, pair.context, before, after, places=pair.places)


def _content(type_: Scalar) -> str:
    """What a text holds, in small letters as names of media types are compared; empty where nothing says it."""
    return (type_.content_media_type or "").lower() if type_.base == "string" else ""


def base_change(old: str, new: str) -> str:
    """The kind of a change from one JSON type to another."""
    if old == "any":
        return "type-narrowed"
    if new == "any":
        return "type-widened"
    return _BASES.get((old, new), "type-changed")


def format_change(
    old: Scalar | Enum, new: Scalar | Enum, pair: Pair, before: str | None, after: str | None
) -> str:
    """The kind of a change of formats: of numbers by which of them there are, of texts by how they are read."""
    if old.base == "integer":
        return _range_change(_range(pair, before), _range(pair, after))
    if old.base == "number":
        digits = _DIGITS.get(after or "", _DOUBLE) - _DIGITS.get(before or "", _DOUBLE)
        return "format-more-digits" if digits > 0 else "format-fewer-digits" if digits < 0 else "format-note"
    old_form, new_form = lexical(old, pair.old_use), lexical(new, pair.new_use)
    if old_form == new_form:
        return "format-note"
    if new_form == "string":
        return "format-removed"
    return "format-added" if old_form == "string" else "format-date"


def _range(pair: Pair, format_: str | None) -> Range:
    """The integers of a format within what the constraints of both sides allow."""
    lowest, highest = (None, None) if format_ not in RANGES else map(Decimal, RANGES[format_])
    both = [constraints_of(pair.old, pair.old_use), constraints_of(pair.new, pair.new_use)]
    below = [edge for constraints in both if (edge := _bound(constraints, "minimum", whole=True)) is not None]
    above = [edge for constraints in both if (edge := _bound(constraints, "maximum", whole=True)) is not None]
    if len(below) == len(both):
        lowest = _inner(lowest, min(below)[0], max)
    if len(above) == len(both):
        highest = _inner(highest, max(above)[0], min)
    return lowest, highest


def _inner(end: Decimal | None, limit: Decimal, inner: Callable[[Decimal, Decimal], Decimal]) -> Decimal:
    return limit if end is None else inner(end, limit)


def _range_change(old: Range, new: Range) -> str:
    """What becomes of the integers that there are. Where a range had no end, nothing was promised of what lies far out:
    that a format is written down is no news to most."""
    if old == new:
        return "format-note"
    endless = Decimal("Infinity")
    (old_low, old_high), (new_low, new_high) = (
        (-endless if low is None else low, endless if high is None else high) for low, high in (old, new)
    )
    more, fewer = new_low < old_low or new_high > old_high, new_low > old_low or new_high < old_high
    if more:
        return "format-other-range" if fewer else "format-int64"
    was_open = old_low in (-endless, new_low) and old_high in (endless, new_high)
    return "format-range-said" if was_open else "format-int32"


def lexical(type_: Scalar | Enum, use: Use, form: Literal["json", "xml"] = "json") -> str:
    """How a value is text."""
    forms = use.lexical or type_.lexical
    name = "string" if forms is None else forms.json if form == "json" else forms.xml
    return (
        "string" if name == "char" else name
    )  # one character is a string; in XML it is a number, ``char-code``


def compare_enums(walk: Walk, pair: Pair) -> None:
    """Two enums."""

    def add(kind: str, before: Any, after: Any) -> Change:
        return walk.findings.add(kind, pair.element, pair.context, before, after, places=pair.places)

    old, new = pair.old, pair.new
    if old.base != new.base:
        add(base_change(old.base, new.base), old.base, new.base)
        return
    old_names = {repr(member.value): member.name for member in old.members}
    new_names = {repr(member.value): member.name for member in new.members}
    added = [member.value for member in new.members if repr(member.value) not in old_names]
    removed = [member.value for member in old.members if repr(member.value) not in new_names]
    # Each member of the class comes or goes with its own value; what else callers see is for what goes, so that what
    # comes breaks nobody.
    if added:
        change = add("enum-added", None, added)
        change.sites.update(f"{new.id}={value!r}" for value in added)
        if removed:
            change.sites.difference_update(set(pair.context.sites) - {UNTYPED})
    if removed:
        add("enum-removed", removed, None).sites.update(f"{old.id}={value!r}" for value in removed)
    moved = {value: name for value, name in old_names.items() if new_names.get(value, name) != name}
    if moved:
        add("enum-varnames", list(moved.values()), [new_names[value] for value in moved])
        if (old.xml_names or new.xml_names) and pair.context.format == "xml":
            add("dcs-enum-names", list(moved.values()), [new_names[value] for value in moved])
    if old.flags != new.flags:
        add("type-changed", old.flags, new.flags)


def compare_enum_and_scalar(walk: Walk, pair: Pair) -> bool:
    """An enum in the place of a scalar, or the other way round; False where it is neither."""
    old, new = pair.old, pair.new
    if {old.kind, new.kind} != {"enum", "scalar"}:
        return False
    if old.base != new.base and "mixed" not in (old.base, new.base):
        kind = base_change(old.base, new.base)
    elif old.kind == "enum":
        kind = "enum-opened"
    else:
        kind = "const-added" if new.const else "enum-closed"
    walk.findings.add(kind, pair.element, pair.context, _listed(old), _listed(new), places=pair.places)
    return True


def _listed(type_: Scalar | Enum) -> Any:
    return type_.base if isinstance(type_, Scalar) else [member.value for member in type_.members]


def compare_constraints(walk: Walk, pair: Pair) -> None:
    """What values are refused at two places; where all that are taken are listed, the list says it."""
    if "enum" in (pair.old.kind, pair.new.kind) and pair.old.kind != pair.new.kind:
        return
    old, new = constraints_of(pair.old, pair.old_use), constraints_of(pair.new, pair.new_use)
    changed = [name for name in old.__struct_fields__ if getattr(old, name) != getattr(new, name)]
    whole = "integer" in (getattr(pair.old, "base", ""), getattr(pair.new, "base", ""))
    kinds: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for name in changed:
        before, after = getattr(old, name), getattr(new, name)
        side = name.removeprefix("exclusive_")
        kind = (
            _bound_change(side, _bound(old, side, whole), _bound(new, side, whole))
            if side in ("minimum", "maximum")
            else _constraint_change(name, before, after)
        )
        if kind:
            kinds.setdefault(kind, ({}, {}))
            kinds[kind][0][name], kinds[kind][1][name] = before, after
    for kind, (before, after) in kinds.items():
        walk.findings.add(kind, pair.element, pair.context, before, after, places=pair.places)


def _bound(constraints: Constraints, side: str, whole: bool) -> Limit:
    """The lowest or highest number that is taken, and 1 or -1 where it lies next to that, further in."""
    inwards = 1 if side == "minimum" else -1
    limits: list[tuple[Decimal, int]] = []
    for name, beyond in ((side, 0), (f"exclusive_{side}", inwards)):
        if (value := getattr(constraints, name)) is not None:
            edge = Decimal(str(value))
            if whole:
                up = (inwards > 0) != bool(beyond)
                limits.append((edge.to_integral_value(ROUND_CEILING if up else ROUND_FLOOR) + beyond, 0))
            else:
                limits.append((edge, beyond))
    return None if not limits else max(limits) if side == "minimum" else min(limits)


def _bound_change(side: str, before: Limit, after: Limit) -> str:
    if before == after:
        return ""
    narrowed = before is None or (after is not None and (after > before) == (side == "minimum"))
    return "constraint-narrowed" if narrowed else "constraint-widened"


def _constraint_change(name: str, before: Any, after: Any) -> str:
    if after in (None, False):
        return "constraint-widened"
    if name == "unique_items":
        return "constraint-uniqueitems"
    if name == "multiple_of":
        return "constraint-multipleof"
    if name == "pattern":
        return "constraint-pattern" if before is None else "constraint-pattern-changed"
    narrowed = before is None
    if not narrowed:
        rises = Decimal(str(after)) > Decimal(str(before))
        narrowed = rises == name.startswith("min")
    if name.endswith("_properties"):
        return "minproperties" if narrowed else "constraint-widened"
    return "constraint-narrowed" if narrowed else "constraint-widened"


def compare_keywords(walk: Walk, pair: Pair) -> None:
    """Keywords that types cannot say: the IR has what they assert."""
    old, new = _keywords(pair.old, pair.old_use), _keywords(pair.new, pair.new_use)
    for code in sorted({*old, *new}):
        before, after = old.get(code), new.get(code)
        if before != after:
            kind = (
                "keyword-added"
                if before is None
                else "keyword-removed"
                if after is None
                else "keyword-changed"
            )
            walk.findings.add(
                kind, f"{pair.element} ({code})", pair.context, before, after, places=pair.places
            )


def _keywords(type_: Any, use: Use) -> dict[str, Any]:
    codes: dict[str, Any] = {}
    for part in (type_, use):
        for assertion in getattr(part, "asserts", ()):
            for key, value in assertion.items() if isinstance(assertion, dict) else ():
                codes.setdefault(key, []).append(value)
    return codes
