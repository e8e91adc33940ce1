"""Reading models: one function compiled for each model, told by its plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.model import UNSET
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.xml.decoding.children import MISSING, Work
from bindwright.runtime.xml.decoding.context import KINDS, TYPE, Reader, Reading, is_nil, null_of
from bindwright.runtime.xml.fast.layout_regex import is_bare
from bindwright.runtime.xml.plan import xsi_type as kinds
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan, reference_tag
from bindwright.runtime.xml.plan.places import Place, expanded
from bindwright.runtime.xml.scalars.hooks import HOOKS
from bindwright.runtime.xml.settings import Settings
from bindwright.runtime.xml.tree.parse import Element, local, wrong
from bindwright.runtime.xml.tree.unknown import BLANK

_made: dict[tuple[Any, ...], Reader] = {}
HOOKS.stale.append(_made.clear)


def reader(place: Place, settings: Settings) -> Reader:
    """The reader of a place where a model stands: null, a type that stands in, a reference, or the model."""
    plan = model_plan(place)
    ref = reference_tag(plan)
    # a member may itself be called ``xsi:type``, as the grantees of Amazon S3 have it
    tells_type = all(expanded(one.place.namespace, one.place.name) != TYPE for one in plan.attributes)
    state: list[Reader] = []

    def read(node: Element, reading: Reading) -> Any:
        if not state:
            state.append(_derived(place, plan, settings) or model_reader(plan, settings))
        if not node.keys():
            return state[0](node, reading)
        if is_nil(node):
            return null_of(place, node)
        if ref is not None and (target := node.get(ref)) is not None:
            if target not in reading.references:
                raise wrong("the id of an earlier element", repr(target), node, ref)
            return reading.references[target]
        if tells_type and (named := node.get(TYPE)) is not None:
            actual = kinds.model_named(place, node, named)
            if actual is not plan.model:
                return model_reader(model_plan(place, actual), settings)(node, reading)
        return state[0](node, reading)

    return read


def _derived(place: Place, plan: ModelPlan, settings: Settings) -> Reader | None:
    """A reader of a base whose discriminator tells the derived class, as in JSON; None where there is none."""
    choice = plan.root.choice
    slot = next((one for one in plan.slots if choice and one.member.json == choice.discriminator), None)
    if choice is None or slot is None:
        return None
    own, names = model_reader(plan, settings), Names(plan.model.__module__)
    made: dict[str, Reader] = {}
    name, attribute = expanded(slot.place.namespace, slot.place.name), slot.place.node == "attribute"
    lenient = settings.namespaces == "lenient"

    def find(told: str) -> Reader:
        kind = shape_of(choice.mapping[told], names=names).type
        if isinstance(kind, type) and issubclass(kind, plan.model) and kind is not plan.model:
            return model_reader(model_plan(place, kind), settings)
        return own

    def read(node: Element, reading: Reading) -> Any:
        found = node.get(name) if attribute else node.findtext("{*}" + local(name) if lenient else name)
        told = str(found or "").strip(BLANK)
        if told not in made:
            if told not in choice.mapping:
                return own(node, reading)
            made[told] = find(told)
        return made[told](node, reading)

    return read


def model_reader(plan: ModelPlan, settings: Settings) -> Reader:
    """The compiled reader of a model; ``xsi:nil`` and ``xsi:type`` have been looked at."""
    key = (plan.model, plan.inherited, plan.profile, id(plan), settings.namespaces)
    if key not in _made:
        _made[key] = _patient(plan, settings)
    made: Reader = _made[key]
    return made


WORTH = 16
"""Objects that are read without a compiled function: often no more of them come, or all fit a layout."""


def _patient(plan: ModelPlan, settings: Settings) -> Reader:
    work = Work(plan, settings)
    if plan.reference is not None:
        return _compiled(plan, work)
    state = [_plain(plan, work)]
    left = WORTH

    def read(node: Element, reading: Reading) -> Any:
        nonlocal left
        if left >= 0:
            left -= 1
            if left < 0:
                state[0] = _compiled(plan, work)
        return state[0](node, reading)

    return read


def _plain(plan: ModelPlan, work: Work) -> Reader:
    """What `_compiled` does, slowly and at once."""
    slots = [(slot.member, number, _fallback(slot, number)) for number, slot in enumerate(plan.slots)]

    def read(node: Element, reading: Reading) -> Any:
        values, extra = work.gather(node, reading)
        given: dict[str, Any] = {}
        for member, number, make in slots:
            value = values[number]
            if value is MISSING:
                value = member.default if make is None else make(work, node)
            given[member.alias] = value
        if plan.additional is not None:
            given[plan.additional.member.alias] = work.additional(extra, reading)
        if work.keeps:
            given["_extra"] = work.extra(extra)
        return plan.model(**given)

    return read


def _compiled(plan: ModelPlan, work: Work) -> Reader:
    names: dict[str, Any] = {"model": plan.model, "work": work, "MISSING": MISSING, "UNSET": UNSET}
    lines = ["def read(node, reading):"]
    if plan.reference is not None:
        lines.append("    made = work.begin(node, reading, model.__new__(model))")
    if work.run and plan.reference is None:
        lines += _in_order(plan, work, names)
    else:
        lines.append("    values, extra = work.gather(node, reading)")
    arguments = [_argument(slot, number, names) for number, slot in enumerate(plan.slots)]
    if plan.additional is not None:
        arguments.append(f"{plan.additional.member.alias}=work.additional(extra, reading)")
    if work.keeps:
        arguments.append("_extra=work.extra(extra)")
    if plan.reference is not None:
        lines += [f"    made.__init__({', '.join(arguments)})", "    return made"]
    else:
        lines.append(f"    return model({', '.join(arguments)})")
    made: Reader = compiled("\n".join(lines) + "\n", "read", f"read {plan.model.__qualname__}", names)
    return made


_IN_ORDER = """
    text = node.text
    if node.keys() or (text is not None and text.strip(BLANK)):
        values, extra = work.gather(node, reading)
    else:
        values, bare, nodes = [], reading.bare, iter(node)
        add = values.append
        try:
            for tag, small, parse, one in zip(tags, smalls, parsers, nodes):
                if one.tag != tag or len(one) or (not bare and one.keys()):
                    break
                tail = one.tail
                if tail is not None and tail.strip(BLANK):
                    break
                text = one.text or ""
                add(small(text) or parse(text))
            else:
                one = next(nodes, None)
        except (ValueError, ArithmeticError):
            work.refuse(one, reading)
            raise
        extra = None
        if one is not None:
            values, extra = work.rest(node, one, nodes, values, reading)
        else:
            values += missing[len(values):]
"""

_WHOLE = """
    if reading.bare and node.text is None:
        nodes = list(node)
        if [one.tag for one in nodes] == tags and [one.tail for one in nodes] == tails and not any(map(len, nodes)):
            try:
                values = [small(one.text) or parse(one.text or "") for small, parse, one in zip(smalls, parsers, nodes)]
            except (ValueError, ArithmeticError):
                values = None
            if values is not None:
"""
"""All members and nothing else, without space: a few passes over the children, each in C but for its heart."""


def _in_order(plan: ModelPlan, work: Work, names: dict[str, Any]) -> list[str]:
    """Scalars in written order without attributes, as servers write them; `Work` reads all else."""
    tags, smalls, parsers = zip(*work.run, strict=True)
    names.update(
        tags=list(tags), smalls=smalls, parsers=parsers, BLANK=BLANK, missing=[MISSING] * len(plan.slots)
    )
    lines = _IN_ORDER.strip("\n").split("\n")
    if len(work.run) != len(plan.slots) or plan.additional is not None:
        return lines
    names["tails"] = [None] * len(tags)
    whole = [f"{' ' * 16}{one}" for one in _whole(plan, work, names)]
    return [*_WHOLE.strip("\n").split("\n"), *whole, *lines]


def _whole(plan: ModelPlan, work: Work, names: dict[str, Any]) -> list[str]:
    """Make an object of which every member is there."""
    variables = [f"v{number}" for number in range(len(plan.slots))]
    lines = [f"{', '.join(variables)}, = values"]
    pairs = list(zip((slot.member for slot in plan.slots), variables, strict=True))
    if not is_bare(plan.model) or len(pairs) + work.keeps != len(attrs.fields(plan.model)):
        given = [f"{member.alias}={variable}" for member, variable in pairs]
        return [*lines, f"return model({', '.join(given)})"]
    names["new"] = object.__new__
    lines.append("made = new(model)")
    lines += [f"made.{member.attribute} = {variable}" for member, variable in pairs]
    return [*lines, *(["made._extra = None"] if work.keeps else []), "return made"]


Fallback = Callable[[Work, Element], Any]


def _fallback(slot: Slot, number: int) -> Fallback | None:
    """What makes a member that is not there; None where its default is a value."""
    member, default = slot.member, slot.member.default
    if slot.place.node == "attribute" and member.shape.nullable:
        return lambda work, node: None  # OpenAPI 3.2.0, "Handling null Values"
    if member.required and slot.place.node == "none" and member.shape.kind == "list":
        return lambda work, node: []  # without an element of its own, an empty list leaves no trace
    if member.required:
        return lambda work, node: work.missing(number, node)
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return lambda work, node: default.factory()
    return None


def _argument(slot: Slot, number: int, names: dict[str, Any]) -> str:
    make = _fallback(slot, number)
    names[f"absent{number}"] = slot.member.default if make is None else make
    absent = f"absent{number}" if make is None else f"absent{number}(work, node)"
    return f"{slot.member.alias}={absent} if (v := values[{number}]) is MISSING else v"


KINDS["model"] = reader
