"""Plans of choices of parsed JSON for the accelerator: what `unions` asks of the schemas of alternatives.

C counts names, and looks at types and listed texts. What else a schema says (`alternatives.fits`), and what is not
settled by the one best alternative, is asked of the functions here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from bindwright.runtime.alternatives.classes import table_of
from bindwright.runtime.alternatives.fitting import fits
from bindwright.runtime.alternatives.places import grading_of, is_possible
from bindwright.runtime.compile.accelerator import json_values
from bindwright.runtime.json.codecs.unions import OF_EACH_TYPE, UnionOptions, is_altered, options_of
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.scalar_checks import checks_of
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.value_types import Place, PythonValue
from bindwright.runtime.values.formats import FORMATS
from bindwright.standards.numbers import RANGES

C = json_values()


def choice_plan(registry: Registry, shape: Shape, place_of: Callable[[Shape], Place]) -> PythonValue:
    """The plan of a choice. Only where there is an accelerator.

    Args:
        registry: the codecs.
        shape: the choice.
        place_of: describes the place of an alternative.
    """
    alternatives = UnionOptions(options_of(shape, registry, lambda member: _never))
    options = alternatives.options
    index_of = {id(option): index for index, option in enumerate(options)}
    choice, tag, by_text = shape.fact("choice"), None, {}
    if choice is not None and choice.discriminator:
        tag = choice.discriminator
        by_text = {
            text: place_of(shape_of(type_, names=shape.names)) for text, type_ in choice.mapping.items()
        }
    telling, by_value = alternatives.telling
    return C.ChoicePlan(
        tag, by_text, telling or None, {text: index_of[id(option)] for text, option in by_value.items()},
        tuple(
            _fit(option.shape, is_hooked=option.hooked, is_text=id(option) in alternatives.texts) for option in options
        ),
        tuple(place_of(option.shape) for option in options),
        tuple(
            tuple(index_of[id(option)] for option in alternatives.candidates(value)) for value in OF_EACH_TYPE
        ),
    )  # fmt: skip


def _never(value: PythonValue) -> PythonValue:
    raise AssertionError("the plan reads")


def _fit(shape: Shape, *, is_hooked: bool = False, is_text: bool = False) -> PythonValue:
    """What a schema says of the values of a place; nothing certain of what reads texts that another one may want."""
    if is_hooked:  # nobody else knows what a user's function takes
        return C.Fit(C.FIT_UNSURE, 0, -1, True, frozenset(), None, lambda value, levels: False)
    if is_text:
        return C.Fit(C.FIT_SLOW, 0, -1, True, frozenset(), None, partial(_fits_text, shape))
    if shape.twins() or grading_of(shape).asserts:
        return C.Fit(C.FIT_UNSURE, 0, -1, True, frozenset(), None, partial(fits, shape))
    facts = grading_of(shape)
    is_null_fit = shape.nullable or shape.kind in ("any", "null")
    plain = sum(
        1 << bit
        for bit, value in enumerate(OF_EACH_TYPE)
        if type(value) in facts.plain or (value is None and is_null_fit)
    )
    possible = sum(1 << bit for bit, value in enumerate(OF_EACH_TYPE) if is_possible(shape.kind, value))
    kind, first = _content(shape)
    sizes: dict[str, Any] = {}
    is_asked = False
    if (bounds := _bounds(shape)) is not None:
        kind = C.FIT_TEXT if shape.kind == "string" else C.FIT_INTEGER
        sizes = {"least": bounds[0], "most": bounds[1]}
    elif kind in (C.FIT_LIST, C.FIT_MAP):
        least, most = facts.sizes
        sizes = {"least": least or 0, "most": -1 if most is None else most, "needed": facts.required}
    elif kind != C.FIT_UNION:
        is_asked = bool(facts.checks or facts.required)
    return C.Fit(kind, plain, possible, is_asked, facts.listed, first, partial(fits, shape), **sizes)


def _fits_text(shape: Shape, value: PythonValue, levels: int) -> bool:
    return fits(shape, value, levels) and not (type(value) is str and is_altered(shape, value))


def _bounds(shape: Shape) -> tuple[int, int] | None:
    """The least and the most characters of a string, or integer, where the schema says nothing else of it."""
    checks, form = checks_of(shape), shape.fact("format") or ""
    if shape.kind == "string" and form not in FORMATS:
        if checks is None:
            return 0, -1
        if checks.pattern is None and not checks.enum:
            return checks.min_length or 0, -1 if checks.max_length is None else checks.max_length
    if shape.kind == "integer" and checks is None and form in RANGES:
        least, most = RANGES[form]
        return (least, most) if most < 1 << 63 else None
    return None


def _content(shape: Shape) -> tuple[int, PythonValue]:
    """The kind of a place, and a function of what stands in its values, which may be such places again."""
    match shape.kind:
        case "any":
            return C.FIT_ANY, None
        case "list":
            return C.FIT_LIST, lambda: _fit(shape.item)
        case "map":
            return C.FIT_MAP, lambda: _fit(shape.item)
        case "model":
            return C.FIT_MODEL, lambda: _fit_table(shape.type)
        case "union":
            return C.FIT_UNION, lambda: tuple(_fit(member) for member in shape.inner())
        case "tuple":
            return C.FIT_UNSURE, None
    return C.FIT_SLOW, None


@cache
def _fit_table(model: type) -> Any:
    table = table_of(model)
    if table is None:  # a class of the user's, with a hook
        return None
    members = {name: _fit(member.shape) for name, member in table.members.items()}
    required = frozenset(name for name, member in table.members.items() if member.required)
    needed = tuple(dict.fromkeys(table.required))
    is_simple = table.is_simple and not (table.closed and table.patterns)
    return C.FitTable(members, needed, required, is_simple, table.closed)
