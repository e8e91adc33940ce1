"""Reading models: one function compiled for each model, from its plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

import attrs

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.model import UNSET
from bindwright.runtime.resolve import Names
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.xml.decoding.children import MISSING, ChildReader
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    Reader,
    ReaderFactory,
    is_nil,
    null_of,
    text_of_child,
)
from bindwright.runtime.xml.fast.layout_regex import is_bare
from bindwright.runtime.xml.plan import xsi_type as kinds
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan, reference_tag
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.tree.names import expanded, local
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK, XmlExtra


def reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """The reader of a place where a model stands: null, a type that stands in, a reference, or the model."""
    plan = model_plan(place)
    ref = reference_tag(plan)
    # a member may itself be called ``xsi:type``, as the grantees of Amazon S3 have it
    tells_type = all(slot.place.tag != TYPE for slot in plan.attributes)
    state: list[Reader] = []

    def read(node: Element, context: DecodeContext) -> Any:
        if not state:
            state.append(_derived(place, plan, factory) or model_reader(plan, factory))
        if not node.keys():
            return state[0](node, context)
        if is_nil(node):
            return null_of(place, node, context)
        if ref is not None and (target := node.get(ref)) is not None:
            if target not in context.references:
                return context.refuse(wrong("the id of an earlier element", repr(target), node, ref))
            return context.references[target]
        if tells_type and (named := node.get(TYPE)) is not None:
            try:
                actual = kinds.model_named(place, node, named)
            except DecodeError as error:
                context.refuse(error)
                actual = plan.model
            if actual is not plan.model:
                return model_reader(model_plan(place, actual), factory)(node, context)
            return _with_type(state[0](node, context), kinds.qname_or_text(node, named))
        return state[0](node, context)

    return read


def _with_type(value: Any, type_name: str) -> Any:
    """An object whose element names its own type: that says nothing, and is kept as unknown attributes are."""
    extra = getattr(value, "_extra", None)
    if value is not None and hasattr(value, "_extra"):
        attributes = (*(extra.attributes if extra is not None else ()), (TYPE, type_name))
        value._extra = (
            XmlExtra(attributes=attributes) if extra is None else attrs.evolve(extra, attributes=attributes)
        )
    return value


def _derived(place: XmlPlace, plan: ModelPlan, factory: ReaderFactory) -> Reader | None:
    """A reader of a base whose discriminator tells the derived class, as in JSON; None where there is none."""
    choice = plan.root.choice
    slot = next((slot for slot in plan.slots if choice and slot.member.json == choice.discriminator), None)
    if choice is None or slot is None:
        return None
    base_reader, names = model_reader(plan, factory), Names(plan.model.__module__)
    readers: dict[str, Reader] = {}
    name, attribute = expanded(slot.place.namespace, slot.place.name), slot.place.node == "attribute"

    def find(value: str) -> Reader:
        model = shape_of(choice.mapping.get(value, choice.default), names=names).type
        if isinstance(model, type) and issubclass(model, plan.model) and model is not plan.model:
            own = model_plan(place, model)
            # A class between tells its derived classes by a discriminator of its own.
            return _derived(place, own, factory) or model_reader(own, factory)
        return base_reader

    def read(node: Element, context: DecodeContext) -> Any:
        text = node.get(name) if attribute else text_of_child(node, name, lenient=factory.lenient)
        value = str(text or "").strip(BLANK)
        if value and name == TYPE:
            value = local(kinds.qname(node, value))
        if value not in readers:
            if value not in choice.mapping and choice.default is None:
                return base_reader(node, context)
            readers[value] = find(value)
        return readers[value](node, context)

    return read


def model_reader(plan: ModelPlan, factory: ReaderFactory) -> Reader:
    """The compiled reader of a model; ``xsi:nil`` and ``xsi:type`` have been looked at."""
    key = (plan.model, plan.inherited, plan.profile, id(plan), factory.lenient)
    readers: dict[Hashable, Reader] = hooks().readers
    if key not in readers:
        readers[key] = _patient(plan, factory)
    return readers[key]


WORTH = 16
"""Objects that are read without a compiled function: often no more of them come, or all fit a layout."""


def _patient(plan: ModelPlan, factory: ReaderFactory) -> Reader:
    child_reader = ChildReader(plan, factory)
    if plan.reference is not None:
        return _compiled(plan, child_reader)
    state = [_plain(plan, child_reader)]
    remaining = WORTH

    def read(node: Element, context: DecodeContext) -> Any:
        nonlocal remaining
        if remaining >= 0:
            remaining -= 1
            if remaining < 0:
                state[0] = _compiled(plan, child_reader)
        return state[0](node, context)

    return read


def _plain(plan: ModelPlan, child_reader: ChildReader) -> Reader:
    """What `_compiled` does, slowly and at once."""
    slots = [(slot.member, number, _fallback(slot, number)) for number, slot in enumerate(plan.slots)]

    def read(node: Element, context: DecodeContext) -> Any:
        values, extra = child_reader.gather(node, context)
        arguments: dict[str, Any] = {}
        for member, number, make in slots:
            value = values[number]
            if value is MISSING:
                value = member.default if make is None else make(child_reader, node, context)
            arguments[member.alias] = value
        if plan.additional is not None:
            arguments[plan.additional.member.alias] = child_reader.additional(extra, context)
        if child_reader.keeps:
            arguments["_extra"] = child_reader.extra(extra, values)
        return plan.model(**arguments)

    return read


def _compiled(plan: ModelPlan, child_reader: ChildReader) -> Reader:
    names: dict[str, Any] = {
        "model": plan.model,
        "child_reader": child_reader,
        "MISSING": MISSING,
        "UNSET": UNSET,
    }
    lines = ["def read(node, context):"]
    if plan.reference is not None:
        lines.append("    instance = child_reader.begin(node, context, model.__new__(model))")
    if child_reader.run and plan.reference is None:
        lines += _in_order(plan, child_reader, names)
    else:
        lines.append("    values, extra = child_reader.gather(node, context)")
    arguments = [_argument(slot, number, names) for number, slot in enumerate(plan.slots)]
    if plan.additional is not None:
        arguments.append(f"{plan.additional.member.alias}=child_reader.additional(extra, context)")
    if child_reader.keeps:
        arguments.append("_extra=child_reader.extra(extra, values)")
    if plan.reference is not None:
        lines += [f"    instance.__init__({', '.join(arguments)})", "    return instance"]
    else:
        lines.append(f"    return model({', '.join(arguments)})")
    function: Reader = compiled("\n".join(lines) + "\n", "read", f"xml read {plan.model.__qualname__}", names)
    return function


_IN_ORDER = """
    text = node.text
    if node.keys() or context.deviations is not None or (text is not None and text.strip(BLANK)):
        values, extra = child_reader.gather(node, context)
    else:
        values, bare, nodes = [], context.bare, iter(node)
        add = values.append
        try:
            for tag, small, parse, child in zip(tags, smalls, parsers, nodes):
                if child.tag != tag or len(child) or (not bare and child.keys()):
                    break
                tail = child.tail
                if tail is not None and tail.strip(BLANK):
                    break
                text = child.text or ""
                add(small(text) or parse(text))
            else:
                child = next(nodes, None)
        except (ValueError, ArithmeticError):
            child_reader.refuse(child, context)
            raise
        extra = None
        if child is not None:
            values, extra = child_reader.rest(node, child, nodes, values, context)
        else:
            values += missing[len(values):]
"""

_WHOLE = """
    if context.bare and node.text is None:
        nodes = list(node)
        if [child.tag for child in nodes] == tags and [child.tail for child in nodes] == tails and not any(map(len, nodes)):
            try:
                values = [small(child.text) or parse(child.text or "") for small, parse, child in zip(smalls, parsers, nodes)]
            except (ValueError, ArithmeticError):
                values = None
            if values is not None:
"""
"""All members and nothing else, without space: a few passes over the children, each in C but for its heart."""


def _in_order(plan: ModelPlan, child_reader: ChildReader, names: dict[str, Any]) -> list[str]:
    """Scalars in written order without attributes, as servers write them; `ChildReader` reads all else."""
    tags, smalls, parsers = zip(*child_reader.run, strict=True)
    names.update(
        tags=list(tags), smalls=smalls, parsers=parsers, BLANK=BLANK, missing=[MISSING] * len(plan.slots)
    )
    lines = _IN_ORDER.strip("\n").split("\n")
    if len(child_reader.run) != len(plan.slots) or plan.additional is not None:
        return lines
    names["tails"] = [None] * len(tags)
    complete = [f"{' ' * 16}{line}" for line in _whole(plan, child_reader, names)]
    return [*_WHOLE.strip("\n").split("\n"), *complete, *lines]


def _whole(plan: ModelPlan, child_reader: ChildReader, names: dict[str, Any]) -> list[str]:
    """Make an object of which every member is there."""
    variables = [f"v{number}" for number in range(len(plan.slots))]
    lines = [f"{', '.join(variables)}, = values"]
    pairs = list(zip((slot.member for slot in plan.slots), variables, strict=True))
    if not is_bare(plan.model) or len(pairs) + child_reader.keeps != len(attrs.fields(plan.model)):
        arguments = [f"{member.alias}={variable}" for member, variable in pairs]
        return [*lines, f"return model({', '.join(arguments)})"]
    names["new"] = object.__new__
    lines.append("instance = new(model)")
    lines += [f"instance.{member.attribute} = {variable}" for member, variable in pairs]
    return [*lines, *(["instance._extra = None"] if child_reader.keeps else []), "return instance"]


Fallback = Callable[[ChildReader, Element, DecodeContext], Any]


def _fallback(slot: Slot, number: int) -> Fallback | None:
    """What makes a member that is not there; None where its default is a value."""
    member, default = slot.member, slot.member.default
    if slot.place.node == "attribute" and member.shape.nullable:
        return lambda child_reader, node, context: None  # OpenAPI 3.2.0, "Handling null Values"
    if member.required and (nothing := slot.place.nothing) is not None:
        return lambda child_reader, node, context: nothing()
    if member.required:
        return lambda child_reader, node, context: child_reader.missing(number, node, context)
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return lambda child_reader, node, context: default.factory()
    return None


def _argument(slot: Slot, number: int, names: dict[str, Any]) -> str:
    make = _fallback(slot, number)
    names[f"absent{number}"] = slot.member.default if make is None else make
    absent = f"absent{number}" if make is None else f"absent{number}(child_reader, node, context)"
    return f"{slot.member.alias}={absent} if (v := values[{number}]) is MISSING else v"
