"""Lists, tuples and maps, compiled."""

from __future__ import annotations

from attrs import evolve

from bindwright.runtime.xml.decoding.scalars_and_containers import key_place
from bindwright.runtime.xml.encoding.code import Source
from bindwright.runtime.xml.encoding.elements import (
    WRITERS,
    closed,
    contracts,
    element,
    nil,
    open_tag,
    replaced,
    space_of,
    typed_attribute,
)
from bindwright.runtime.xml.encoding.namespaces import Env, Tag
from bindwright.runtime.xml.plan.members import Slot
from bindwright.runtime.xml.plan.places import Place
from bindwright.runtime.xml.scalars.lexical import lexical_of


def _list(src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None) -> str:
    found, one = src.name("l"), src.name("x")
    tag: Tag | None = None
    inner = env
    if place.wrapped:
        tag, inner, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
        typed_attribute(src, tag, inner, typed)
    src.line(f"if {value}.__class__ is str or {value}.__class__ is bytes:")
    src.line('    raise TypeError("text where a list belongs")')
    src.line(f"{found} = []")
    src.line(f"for {one} in {value}:")
    src.level += 1
    item = replaced(place.item)
    called = None if item.name else name  # a map's keys name what stands in its lists, too
    if item.shape.nullable and item.kind != "any":
        src.line(f"if {one} is None:")
        src.level += 1
        src.line(f'{found}.append(f"{nil(src, item, inner, name=called)}")')
        src.line("continue")
        src.level -= 1
    src.line(f'{found}.append(f"{element(src, item, inner, one, name=called)}")')
    src.level -= 1
    if place.shape.type is not list:
        _weave(src, found, inner, value)
    if tag is None:
        return f"{{''.join({found})}}"
    return closed(src, tag, found, f"''.join({found})")


def _weave(src: Source, found: str, env: Env, value: str) -> None:
    """Put what was read among the items of a named type, and is none, back in its place."""
    src.line(f'if getattr({value}, "_extra", None).__class__ is Extra:')
    src.line(f"    {found} = among({value}._extra, {found}, {env.around()}, {env.depth}, how)")


def _map(src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None) -> str:
    tag, inner, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
    typed_attribute(src, tag, inner, typed)
    found, key, one = src.name("l"), src.name("k"), src.name("x")
    src.line(f"{found} = []")
    src.line(f"for {key}, {one} in {value}.items():")
    src.level += 1
    if place.entries is None:
        _plain_entry(src, place, inner, found, key, one)
    else:
        _entry(src, place, inner, found, key, one)
    src.level -= 1
    if place.shape.type is not dict:
        _weave(src, found, inner, value)
    return closed(src, tag, found, f"''.join({found})")


def _plain_entry(src: Source, place: Place, env: Env, found: str, key: str, one: str) -> None:
    src.line(f"{key} = encode_name({key})")
    item = place.item
    if item.shape.nullable and item.kind != "any":
        src.line(f"if {one} is None:")
        src.level += 1
        tag, _, _ = open_tag(src, item, env, (), name=f"{{{key}}}")
        tag.attributes.append(f' {src.style.xsi}:nil=\\"true\\"')
        src.line(f'{found}.append(f"<{tag.text(src.style)}{src.style.close}")')
        src.line("continue")
        src.level -= 1
    src.line(f'{found}.append(f"{element(src, item, env, one, name=f"{{{key}}}")}")')


def _entry(src: Source, place: Place, env: Env, found: str, key: str, one: str) -> None:
    entries = place.entries
    assert entries is not None
    holder = evolve(place, name=entries.item, namespace=entries.namespace or "", prefix=None)
    tag, inner, _ = open_tag(src, holder, env, ())
    start = src.name("s")
    key_text = element(src, key_place(place), inner, key)
    src.line(f'{start} = f"<{tag.text(src.style)}>{key_text}"')
    item = place.item
    if item.shape.nullable and item.kind != "any":
        src.line(f"if {one} is None:")
        src.level += 1
        src.line(f'{start} += f"{nil(src, item, inner)}</{tag.name}>"')
        src.level -= 1
        src.line("else:")
        src.level += 1
        src.line(f'{start} += f"{element(src, item, inner, one)}</{tag.name}>"')
        src.level -= 1
    else:
        src.line(f'{start} += f"{element(src, item, inner, one)}</{tag.name}>"')
    src.line(f"{found}.append({start})")


def additional(src: Source, slot: Slot, env: Env) -> str:
    """Typed additional members, each an element of its key's name."""
    found, key, one = src.name("l"), src.name("k"), src.name("x")
    src.line(f"{found} = []")
    src.line(f"for {key}, {one} in (o.{slot.member.attribute} or {{}}).items():")
    src.level += 1
    _plain_entry(src, slot.place, env, found, key, one)
    src.level -= 1
    return f"{{''.join({found})}}"


def _tuple(src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None) -> str:
    tag: Tag | None = None
    inner = env
    if place.node == "element":
        tag, inner, _ = open_tag(src, place, env, (), name=name)
    found = src.name("l")
    src.line(f"if len({value}) != {len(place.items)}:")
    src.line(f'    raise ValueError("{len(place.items)} items belong here")')
    src.line(f"{found} = []")
    for index, item in enumerate(place.items):
        one = src.name("x")
        src.line(f"{one} = {value}[{index}]")
        if item.node in ("text", "cdata"):
            text = src.bind("t", lexical_of(item.shape, item.profile).text)
            src.line(f"{found}.append({'cdata' if item.node == 'cdata' else 'escape'}({text}({one})))")
            continue
        if item.shape.nullable and item.kind != "any":
            src.line(f"if {one} is None:")
            src.level += 1
            src.line(f'{found}.append(f"{nil(src, item, inner)}")')
            src.level -= 1
            src.line("else:")
            src.level += 1
        src.line(f'{found}.append(f"{element(src, item, inner, one)}")')
        if item.shape.nullable and item.kind != "any":
            src.level -= 1
    if tag is None:
        return f"{{''.join({found})}}"
    return closed(src, tag, found, f"''.join({found})")


WRITERS.update(list=_list, map=_map, tuple=_tuple)
