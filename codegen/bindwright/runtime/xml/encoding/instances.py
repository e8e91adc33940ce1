"""Elements of models, compiled: attributes, references, and models that stand in."""

from __future__ import annotations

from functools import partial
from typing import Any

from attrs import evolve

from bindwright.runtime.alternatives.tags import Tag, TagAttribute, inherited_tags
from bindwright.runtime.xml.encoding.code import FirstUse, WriterSource
from bindwright.runtime.xml.encoding.elements import (
    Element,
    contracts,
    function,
    open_tag,
    space_of,
    typed_attribute,
)
from bindwright.runtime.xml.encoding.models import attributes, content_of, inline_content, never_empty
from bindwright.runtime.xml.encoding.namespaces import Env, StartTag, Style, f_text
from bindwright.runtime.xml.plan import xsi_type as kinds
from bindwright.runtime.xml.plan.members import (
    ModelPlan,
    inherited_by,
    model_plan,
    plan_of,
    reference_tag,
)
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.tree.names import expanded, local


def write_model(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    plan = (
        model_plan(place)
        if typed is None
        else plan_of(
            place.shape.type,
            inherited_by(place.shape.type, place.inherited),
            place.profile,
            place.known_types,
        )
    )
    value = _with_tag(src, plan, value)
    if place.node == "none":
        content = src.bind("c", content_of(plan, env.scope, src.style))
        return f"{{{content}({value}, {env.depth} - 1, {env.prefixes})}}"
    if typed is None and name is None and _is_inlined(src, plan):
        return _inlined(src, place, plan, env, value)
    piece, extra_text = src.name("s"), src.name("a")
    model, other = src.bind("m", plan.model), src.bind("k", _other(place, env, src.style))
    if typed is None:
        named = "" if name is None else f", f'{name}'"  # Python 3.11 wants other quotes inside
        src.line(f"if {value}.__class__ is not {model}:")
        src.line(f"    {piece} = {other}({value}, {env.depth}, {env.prefixes}{named})")
        src.line("else:")
        src.level += 1
    spaces = contracts(place)
    tag, scope, names = open_tag(src, place, env, (*spaces, *space_of(typed)), name=name, plan=plan)
    if plan.reference is not None:
        declared = tag.taken(next(iter(space_of(typed)), "")) if not {*spaces} & {*space_of(typed)} else []
        _reference(src, plan, tag, scope, value, names, piece)
        # The id comes before the type and what the type needs; a reference has neither (.NET, OnHandleIsReference).
        (tag.attributes if src.style.w else tag.of_attributes).extend(declared)
    typed_attribute(src, tag, scope, typed)  # not on a reference, which only says which object it is
    content = src.bind("c", content_of(plan, scope.scope, src.style))
    attribute_text = attributes(src, plan, scope, value, names)
    if _keeps(plan.model):
        rest = f"{scope.namespace_scope()}, {env.depth}, {src.style.dcs!r}, {typed is not None!r}"
        src.line(f'{extra_text} = "" if {value}._extra is None else more_attributes({value}._extra, {rest})')
        attribute_text += f"{{{extra_text}}}"
    start = tag.text(src.style, attribute_text)
    inside = f"{{{content}({value}, {env.depth}, {scope.prefixes})}}"
    _around(src, plan, piece, start, tag.name, inside)
    if plan.reference is not None:
        src.level -= 1
    if typed is None:
        src.level -= 1
    return f"{{{piece}}}"


def tags_of(plan: ModelPlan) -> list[tuple[Tag, TagAttribute]]:
    """The discriminators of a plan's objects, which are written where nobody set them and checked where somebody did."""
    if plan.reference is not None:
        return []
    pairs = [(tag, tag.attribute_of(plan.model)) for tag in inherited_tags(plan.model)]
    return [(tag, attribute) for tag, attribute in pairs if attribute is not None]


def _with_tag(src: WriterSource, plan: ModelPlan, value: str) -> str:
    """The expression of an object of the declared class with its discriminator."""
    discriminators = tags_of(plan)
    if not discriminators:
        return value
    variable, model = src.name("v"), src.bind("m", plan.model)
    src.line(f"{variable} = {value}")
    for tag, attribute in discriminators:
        tagged, values = src.bind("t", tag.set_in), src.bind("d", attribute.values)
        src.line(f"if {variable}.__class__ is {model} and {variable}.{attribute.name} not in {values}:")
        src.line(f"    {variable} = {tagged}({variable})")
    return variable


def _around(src: WriterSource, plan: ModelPlan, piece: str, start: str, name: str, inside: str) -> None:
    """Put tags around what stands inside an element: one that is empty has one tag."""
    # What lenient reading kept has nothing where a required member was missing.
    if never_empty(plan) and not src.style.lenient:
        src.line(f'{piece} = f"<{start}>{inside}</{name}>"')
        return
    content = src.name("i")
    src.line(f'{content} = f"{inside}"')
    src.line(f'{piece} = f"<{start}>{{{content}}}</{name}>" if {content} else f"<{start}{src.style.close}"')


_MOST_INLINED = 48
"""Members of models whose content is written into one function."""


def _is_inlined(src: WriterSource, plan: ModelPlan) -> bool:
    """Whether a model's content is written into the function: a call and a string less for each object."""
    return (
        src.inlining is not None
        and plan not in src.inlining  # a type may hold itself
        and len(src.inlining) < 8
        and src.inlined + len(plan.slots) <= _MOST_INLINED
        and plan.reference is None
        and plan.additional is None
    )


def _inlined(src: WriterSource, place: XmlPlace, plan: ModelPlan, env: Env, value: str) -> str:
    """The element of an object of the declared class that keeps nothing; others are written by a function."""
    if not value.isidentifier():
        variable = src.name("v")
        src.line(f"{variable} = {value}")
        value = variable
    piece, model = src.name("s"), src.bind("m", plan.model)
    full = FirstUse(partial(function, place, env, src.style, inlining=False))
    keeps = f" and {value}._extra is None" if _keeps(plan.model) else ""
    src.line(f"if {value}.__class__ is {model}{keeps}:")
    with src.inline(plan, len(plan.slots)):
        tag, scope, names = open_tag(src, place, env, contracts(place), plan=plan)
        start = tag.text(src.style, attributes(src, plan, scope, value, names))
        inside = inline_content(src, plan, scope, value)
        _around(src, plan, piece, start, tag.name, inside)
    src.line("else:")
    src.line(f"    {piece} = {src.bind('k', full)}({value}, {env.depth}, {env.prefixes})")
    return f"{{{piece}}}"


def _keeps(model: type) -> bool:
    import attrs

    return any(attribute.name == "_extra" for attribute in attrs.fields(model))


def _reference(
    src: WriterSource, plan: ModelPlan, tag: StartTag, env: Env, value: str, names: dict[str, str], piece: str
) -> None:
    """``z:Id`` on first sight, ``z:Ref`` after (the profile's rules, 12); what follows is indented."""
    number = src.name("n")
    ref = reference_tag(plan) or ""
    id_name = "" if plan.id is None else names[plan.id.tag]
    mark = id_name.rpartition(":")[0]
    src.line(f"{number} = number_of({value})")
    src.line(f"if {number} < 0:")
    start = tag.text(src.style, f' {mark}{":" if mark else ""}{f_text(local(ref))}=\\"i{{-{number}}}\\"')
    src.line(f'    {piece} = f"<{start}{src.style.close}"')
    src.line("else:")
    src.level += 1
    tag.attributes.append(f' {id_name}=\\"i{{{number}}}\\"')


def _other(place: XmlPlace, env: Env, style: Style) -> Element:
    """Writes a model that stands in for the declared one, told by ``xsi:type`` where it is known."""
    writers: dict[Any, Element] = {}

    def write(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        for tag in inherited_tags(value.__class__):
            value = tag.set_in(value)
        key = (value.__class__, bool(name))
        if key not in writers:
            writers[key] = function(
                *_standing_in(place, value.__class__, env, style),
                name=bool(name),
                typed=_type_name(place, value.__class__),
            )
        return writers[key](value, depth, prefixes, *name)

    return write


def _standing_in(place: XmlPlace, model: type, env: Env, style: Style) -> tuple[XmlPlace, Env, Style]:
    import attrs

    if not (isinstance(model, type) and attrs.has(model)) or not issubclass(model, place.shape.type):
        raise TypeError(f"{model.__name__} where {place.shape.name or place.shape.type.__name__} belongs")
    return evolve(place, shape=evolve(place.shape, type=model)), env, style


def _type_name(place: XmlPlace, model: type) -> str | None:
    if place.profile != "datacontract" and not place.known_types and _discriminated(place):
        return None
    name = kinds.name_of(model)
    # A type that names no namespace is in that of the place: so its name without a prefix is read there.
    return name if name[0] == "{" or place.profile == "datacontract" else expanded(place.inherited, name)


def is_told_by_discriminator(place: XmlPlace) -> bool:
    """Whether a place's model has a discriminator, so that objects of other classes may stand there."""
    return place.kind == "model" and bool(inherited_tags(place.shape.type))


def is_standing_in_untyped(place: XmlPlace, model: type) -> bool:
    """Whether objects of a class are written there as those of the place's own are, without ``xsi:type``."""
    return issubclass(model, place.shape.type) and _type_name(place, model) is None


def _discriminated(place: XmlPlace) -> bool:
    choice = place.shape.fact("choice")
    return choice is not None and choice.discriminator is not None
