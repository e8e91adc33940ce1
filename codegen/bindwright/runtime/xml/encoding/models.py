"""Writing, compiled: for each model, in each scope of namespaces, one function of straight-line code.

A function takes ``(o, d, p)``: the object, the depth of its element (root = 1), and the prefixes that
were named while writing. It gives what stands inside the element. Start tags are literal text but for
those prefixes; nothing is looked up by name while writing.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Literal, cast

import attrs

from bindwright.runtime.values.zeros import zero_of
from bindwright.runtime.xml.decoding.several_elements import may_be_several
from bindwright.runtime.xml.encoding import containers, elements
from bindwright.runtime.xml.encoding.code import FirstUse, Write, WriterSource, is_special
from bindwright.runtime.xml.encoding.elements import inner_env
from bindwright.runtime.xml.encoding.kept_values import text_of_kept
from bindwright.runtime.xml.encoding.namespaces import Env, StaticScope, Style
from bindwright.runtime.xml.plan.members import ModelPlan, Slot
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.unknown import ADDITIONAL


def content_of(plan: ModelPlan, scope: StaticScope, style: Style) -> FirstUse:
    """The function that writes what stands inside a model's element; compiled on first use."""
    key = (id(plan), scope, style)
    contents: dict[Hashable, FirstUse] = hooks().contents
    content = contents.get(key)
    if content is None:
        content = FirstUse(partial(_compile, plan, scope, style, "nothing"))
        contents[key] = content
    return content


Kept = Literal["nothing", "order", "nulls", "anything"]
"""What an object keeps that one function writes: most keep nothing, those of a server with an order of its own
just that, those that were read from JSON the names of members that were null."""


def _compile(plan: ModelPlan, scope: StaticScope, style: Style, kept: Kept) -> Write:
    with_unknown = kept == "anything"
    src = WriterSource(style, plan.model.__qualname__, with_nulls=kept in ("nulls", "anything"))
    src.inlining = [plan] if kept == "nothing" else None
    env = Env(scope, tuple(f"p[{index}]" for index in range(scope.count)))
    keeps = any(attribute.name == "_extra" for attribute in attrs.fields(plan.model))
    if keeps and kept == "nothing":
        names = {"order": "write_ordered", "nulls": "write_with_nulls", "anything": "write_with_unknown"}
        for other, name in names.items():
            again = FirstUse(partial(_compile, plan, scope, style, cast("Kept", other)))
            src.names[name] = again
            again.used(src.names, name)
        src.line("if o._extra is not None:")
        src.line("    if o._extra.__class__ is not XmlExtra:")
        src.line("        if o._extra.null_members:")
        src.line("            return write_with_nulls(o, d, p)")
        src.line("    elif not o._extra.plain:")
        src.line("        return (write_ordered if o._extra.only_order else write_with_unknown)(o, d, p)")
    if src.with_nulls:
        src.line("nulls = o._extra.null_members")
    if with_unknown:
        src.line(f"outer = {env.namespace_scope()}")
        src.line("on = dict(o._extra.on)")
        src.line("inside = {entry.index: entry for entry in o._extra.inside}")
    held = _strings(src, plan)
    pieces = [member(src, slot, env, held.get(slot.index)) for slot in plan.elements]
    if with_unknown:
        pieces = [
            _complete(src, slot.index, slot, piece) for slot, piece in zip(plan.elements, pieces, strict=True)
        ]
    text = "" if plan.text is None else _text(src, plan.text)
    tail = "" if plan.additional is None else containers.additional(src, plan.additional, env)
    src.settle()
    listed = "".join(f'f"{piece}", ' for piece in pieces)
    if with_unknown:
        tail = _complete(src, ADDITIONAL, None, tail) if tail else ""
        wrap = "cdata" if plan.text is not None and plan.text.place.node == "cdata" else "escape"
        arguments = f'f"{text}", [{listed}], f"{tail}", outer, d, unknown_writer, {wrap}'
        src.line(f"return model_with_unknown(o._extra, {arguments})")
    elif kept == "order":
        src.line(f'parts = ({listed}f"{tail}")')
        src.line(f"order = full_order(o._extra.order, {len(pieces) + 1})")
        src.line(f'return f"{text}" + "".join([parts[index] for index in order])')
    else:
        src.line(f'return f"{text}{"".join(pieces)}{tail}"')
    return src.function()


def _complete(src: WriterSource, index: int, slot: Slot | None, text: str) -> str:
    """What is written for a member, with what stood inside it or on its element and is unknown."""
    piece, style = src.name("s"), src.style
    has_element = slot is not None and slot.place.node == "element"
    wrapped = str(has_element)
    if slot is not None and may_be_several(slot.place):
        wrapped = f"o.{slot.member.attribute}.__class__ is not list"
    src.line(f'{piece} = f"{text}"')
    src.line(f"if {index} in inside:")
    src.line(
        f"    {piece} = member_with_unknown({piece}, inside[{index}], {wrapped}, outer, d + 1, unknown_writer)"
    )
    if has_element:
        src.line(f"if {index} in on:")
        src.line(f"    {piece} = with_unknown_attributes({piece}, on[{index}], outer, d + 1, {style.dcs!r})")
    return f"{{{piece}}}"


def is_certain(slot: Slot) -> bool:
    """Whether a member is always written: it can be neither null nor absent nor left out."""
    shape = slot.member.shape
    return slot.member.required and not shape.nullable and not shape.unset and shape.wire.emit_default


def never_empty(plan: ModelPlan) -> bool:
    """Whether something always stands inside a model's element."""
    return any(
        is_certain(slot) and slot.place.node == "element" and slot.place.kind == "scalar"
        for slot in plan.elements
    )


def _missing(variable: str, slot: Slot) -> str:
    """A test of whether a member is null or absent; empty where it is always there."""
    if is_certain(slot):
        return ""
    absent = f" or {variable} is UNSET" if slot.member.shape.unset else ""
    return f"{variable} is None{absent}"


def _strings(src: WriterSource, plan: ModelPlan, owner: str = "o") -> dict[int, str]:
    """Take the members that are strings and look at them at once; their variables by index."""
    held: dict[int, str] = {}
    strings: list[tuple[str, str]] = []
    if src.style.lenient:
        return held  # they may be no strings
    for slot in plan.elements:
        place = slot.place
        if place.kind == "scalar" and place.node == "element" and elements.is_text(place, src.style):
            held[slot.index] = variable = src.name("v")
            src.line(f"{variable} = {owner}.{slot.member.attribute}")
            strings.append((variable, _missing(variable, slot)))
    if strings:
        src.look_at(strings)
    return held


def inline_content(src: WriterSource, plan: ModelPlan, env: Env, owner: str) -> str:
    """What stands inside a model's element, as f-string text, where the object keeps nothing beside its members.

    Args:
        src: the function of an element around it.
        plan: of the model.
        env: the scope of the model's elements.
        owner: the variable of the object.
    """
    held = _strings(src, plan, owner)
    pieces = [member(src, slot, env, held.get(slot.index), owner) for slot in plan.elements]
    text = "" if plan.text is None else _text(src, plan.text, owner)
    return text + "".join(pieces)


def member(src: WriterSource, slot: Slot, env: Env, held: str | None = None, owner: str = "o") -> str:
    """A member's elements, as f-string text; what must be settled before stands in lines.

    Args:
        src: the function.
        slot: the member.
        env: the scope of the model's elements.
        held: the variable that has the value already.
        owner: the variable of the object.
    """
    shape, wire = slot.member.shape, slot.member.shape.wire
    expression = held or f"{owner}.{slot.member.attribute}"
    if is_certain(slot) and not (src.with_nulls and src.style.lenient):
        src.late = slot.place.kind == "scalar"
        text = elements.element(src, slot.place, env, expression)
        src.late = False
        return text
    value, piece = held or src.name("v"), src.name("s")
    if held is None:
        src.line(f"{value} = {expression}")
    first = _null_or_absent(src, slot, env, value, piece)
    if not wire.emit_default and (zero := zero_of(shape, required=slot.member.required)) is not None:
        src.line(f"{first} {src.bind('z', zero)} == {value}:")
        src.line(f'    {piece} = ""')
        first = "elif"
    if first == "elif":
        src.line("else:")
        src.level += 1
    src.line(f'{piece} = f"{elements.element(src, slot.place, env, value)}"')
    if first == "elif":
        src.level -= 1
    return f"{{{piece}}}"


def member_function(slot: Slot, env: Env, style: Style) -> Write:
    """A function of its own that writes a member's elements, of the member's value: what may stand there, or not."""
    src = WriterSource(style, f"<{slot.place.name}>")
    text = member(src, slot, inner_env(env), "o")
    src.settle()
    src.line(f'return f"{text}"')
    return src.function()


def text_function(slot: Slot, style: Style) -> Write:
    """A function of its own that writes a model's text, of the text's value."""
    src = WriterSource(style, slot.member.attribute)
    text = _text(src, slot, held="o")
    src.line(f'return f"{text}"')
    return src.function()


def further_function(slot: Slot, env: Env, style: Style) -> Write:
    """A function of its own that writes members without a name, of the map of them."""
    src = WriterSource(style, slot.member.attribute)
    text = containers.additional(src, slot, inner_env(env), "o")
    src.line(f'return f"{text}"')
    return src.function()


def _null_or_absent(src: WriterSource, slot: Slot, env: Env, value: str, piece: str) -> str:
    """Lines for a member that is null or absent; the keyword of the next branch."""
    shape, wire = slot.member.shape, slot.member.shape.wire
    nullable = shape.nullable and (slot.member.required or shape.unset)
    absent_none = not nullable and (not slot.member.required or (src.with_nulls and src.style.lenient))
    first = "if"
    always = src.style.dcs and nullable and wire.emit_default
    for test, null in (("None", nullable), ("UNSET", always)):
        if test == "None" and not (nullable or absent_none):
            continue
        if test == "UNSET" and not shape.unset:
            continue
        src.line(f"{first} {value} is {test}:")
        src.level += 1
        text = (
            elements.nil(src, slot.place, env)
            if null and wire.emit_default and slot.place.node == "element"
            else ""
        )
        src.line(f'{piece} = f"{text}"')
        if test == "None" and not null and src.with_nulls and slot.place.node == "element":
            src.line(f"if {slot.member.json!r} in nulls:")  # null came where None means absent
            src.level += 1
            src.line(f'{piece} = f"{elements.nil(src, slot.place, env)}"')
            src.level -= 1
        src.level -= 1
        first = "elif"
    return first


def _text(src: WriterSource, slot: Slot, owner: str = "o", held: str | None = None) -> str:
    """A text or CDATA node; ``held`` is an expression of its value, where that is not the attribute of the object."""
    value, piece = src.name("v"), src.name("s")
    src.line(f"{value} = {held or f'{owner}.{slot.member.attribute}'}")
    write = lexical_of(slot.place.shape, slot.place.profile).text
    text = src.bind("t", text_of_kept(write) if src.style.lenient else write)
    wrap = "cdata" if slot.place.node == "cdata" else "escape"
    src.line(f'{piece} = "" if {value} is None or {value} is UNSET else {wrap}({text}({value}))')
    return f"{{{piece}}}"


def attributes(src: WriterSource, plan: ModelPlan, env: Env, value: str, names: dict[str, str]) -> str:
    """A model's attributes; ``names`` has their names as f-string text."""
    pieces = []
    for slot in plan.attributes:
        if plan.reference is not None and slot.member.json == plan.reference[0]:
            continue
        variable, piece = src.name("v"), src.name("s")
        lexical = lexical_of(slot.place.shape, slot.place.profile)
        text = src.bind("t", text_of_kept(lexical.text) if src.style.lenient else lexical.text)
        src.line(f"{variable} = {value}.{slot.member.attribute}")
        shown = (
            f"{text}({variable})"
            if lexical.plain and not src.style.lenient
            else f"escape_attribute({text}({variable}))"
        )
        if (
            slot.place.shape.kind == "string"
            and slot.place.shape.root is None
            and slot.place.profile != "datacontract"
            and slot.place.tag != TYPE
            and not src.style.lenient
        ):
            src.line(
                f"if {variable} is not None and {variable} is not UNSET and ({is_special(variable, attribute=True)}):"
            )
            src.line(f"    {variable} = escape_attribute({variable})")
            shown = variable
        expression = f'f" {names[slot.place.tag]}=\\"{{{shown}}}\\""'
        if slot.place.tag == TYPE:
            namespace = f'getattr({variable}, "namespace", {plan.inherited!r})'
            expression = (
                f"type_attribute({text}({variable}), {namespace}, {env.namespace_scope()},"
                f' "{names[slot.place.tag]}", {env.depth})'
            )
        src.line(f'{piece} = "" if {variable} is None or {variable} is UNSET else {expression}')
        pieces.append(f"{{{piece}}}")
    return "".join(pieces)
