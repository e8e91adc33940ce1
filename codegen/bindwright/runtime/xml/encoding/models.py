"""Writing, compiled: for each model, in each scope of namespaces, one function of straight-line code.

A function takes ``(o, d, p)``: the object, the depth of its element (root = 1), and the prefixes that
were named while writing. It gives what stands inside the element. Start tags are literal text but for
those prefixes; nothing is looked up by name while writing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from bindwright.runtime.values.zeros import zero_of
from bindwright.runtime.xml.encoding import containers, elements
from bindwright.runtime.xml.encoding.code import Source, Write
from bindwright.runtime.xml.encoding.namespaces import Env, Scope, Style
from bindwright.runtime.xml.plan.members import ModelPlan, Slot
from bindwright.runtime.xml.plan.places import Place
from bindwright.runtime.xml.scalars.hooks import HOOKS
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.unknown import ADDITIONAL

_contents: dict[Any, Write] = {}
HOOKS.stale.append(_contents.clear)


def content_of(plan: ModelPlan, scope: Scope, style: Style) -> Write:
    """The function that writes what stands inside a model's element; compiled on first use."""
    key = (id(plan), scope, style)
    found = _contents.get(key)
    if found is None:
        found = _later(lambda: _compile(plan, scope, style, woven=False))
        _contents[key] = found
    return found


def _compile(plan: ModelPlan, scope: Scope, style: Style, *, woven: bool) -> Write:
    src = Source(style, plan.model.__qualname__, woven)
    env = Env(scope, tuple(f"p[{index}]" for index in range(scope.count)))
    keeps = any(one.name == "_extra" for one in attrs.fields(plan.model))
    if keeps and not woven:
        src.names["woven"] = _later(lambda: _compile(plan, scope, style, woven=True))
        src.line("if o._extra is not None and o._extra.__class__ is Extra and not o._extra.plain:")
        src.line("    return woven(o, d, p)")
    if woven:
        src.line(f"around = {env.around()}")
        src.line("on, inside = dict(o._extra.on), {one.index: one for one in o._extra.inside}")
    pieces = [member(src, slot, env) for slot in plan.elements]
    if woven:
        pieces = [
            _complete(src, one.index, one.place, piece)
            for one, piece in zip(plan.elements, pieces, strict=True)
        ]
    text = "" if plan.text is None else _text(src, plan.text)
    tail = "" if plan.additional is None else containers.additional(src, plan.additional, env)
    src.settle()
    if woven:
        tail = _complete(src, ADDITIONAL, None, tail) if tail else ""
        listed = ", ".join(f'f"{piece}"' for piece in pieces)
        src.line(f'return weave.woven(o._extra, f"{text}", [{listed}], f"{tail}", around, d, how)')
    else:
        src.line(f'return f"{text}{"".join(pieces)}{tail}"')
    return src.made()


def _later(make: Callable[[], Write]) -> Write:
    made: list[Write] = []

    def write(o: Any, d: int, p: tuple[str, ...]) -> str:
        if not made:
            made.append(make())
        return made[0](o, d, p)

    return write


def _complete(src: Source, index: int, place: Place | None, text: str) -> str:
    """What is written for a member, with what stood inside it or on its element and is unknown."""
    piece, style = src.name("s"), src.style
    wrapped = place is not None and place.node == "element"
    src.line(f'{piece} = f"{text}"')
    src.line(f"if {index} in inside:")
    src.line(f"    {piece} = filled({piece}, inside[{index}], {wrapped}, around, d + 1, how)")
    if wrapped:
        src.line(f"if {index} in on:")
        src.line(f"    {piece} = attributed({piece}, on[{index}], around, d + 1, {style.dcs!r})")
    return f"{{{piece}}}"


def _certain(slot: Slot) -> bool:
    """Whether a member is always written: it can be neither null nor absent nor left out."""
    shape = slot.member.shape
    return slot.member.required and not shape.nullable and not shape.unset and shape.wire.emit_default


def never_empty(plan: ModelPlan) -> bool:
    """Whether something always stands inside a model's element."""
    return any(
        _certain(slot) and slot.place.node == "element" and slot.place.kind == "scalar"
        for slot in plan.elements
    )


def member(src: Source, slot: Slot, env: Env) -> str:
    """A member's elements, as f-string text; what must be settled before stands in lines."""
    shape, wire = slot.member.shape, slot.member.shape.wire
    expression = f"o.{slot.member.attribute}"
    nullable = shape.nullable and (slot.member.required or shape.unset)
    absent_none = not slot.member.required and not nullable
    if _certain(slot):
        src.late = slot.place.kind == "scalar"
        text = elements.element(src, slot.place, env, expression)
        src.late = False
        return text
    value, piece = src.name("v"), src.name("s")
    src.line(f"{value} = {expression}")
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
        src.level -= 1
        first = "elif"
    if not wire.emit_default and (zero := zero_of(shape)) is not None:
        src.line(f"{first} {value} == {src.bind('z', zero)}:")
        src.line(f'    {piece} = ""')
        first = "elif"
    if first == "elif":
        src.line("else:")
        src.level += 1
    src.line(f'{piece} = f"{elements.element(src, slot.place, env, value)}"')
    if first == "elif":
        src.level -= 1
    return f"{{{piece}}}"


def _text(src: Source, slot: Slot) -> str:
    """A text or CDATA node."""
    value, piece = src.name("v"), src.name("s")
    src.line(f"{value} = o.{slot.member.attribute}")
    text = src.bind("t", lexical_of(slot.place.shape, slot.place.profile).text)
    wrap = "cdata" if slot.place.node == "cdata" else "escape"
    src.line(f'{piece} = "" if {value} is None or {value} is UNSET else {wrap}({text}({value}))')
    return f"{{{piece}}}"


def attributes(src: Source, plan: ModelPlan, env: Env, value: str, names: dict[str, str]) -> str:
    """A model's attributes; ``names`` has their names as f-string text."""
    pieces = []
    for slot in plan.attributes:
        if plan.reference is not None and slot.member.json == plan.reference[0]:
            continue
        one, piece = src.name("v"), src.name("s")
        text = src.bind("t", lexical_of(slot.place.shape, slot.place.profile).text)
        src.line(f"{one} = {value}.{slot.member.attribute}")
        shown = f'f" {names[slot.place.tag]}=\\"{{escape_attribute({text}({one}))}}\\""'
        src.line(f'{piece} = "" if {one} is None or {one} is UNSET else {shown}')
        pieces.append(f"{{{piece}}}")
    return "".join(pieces)
