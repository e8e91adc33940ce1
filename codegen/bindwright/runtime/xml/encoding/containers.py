"""Lists, tuples and maps, compiled."""

from __future__ import annotations

from functools import partial

from attrs import evolve

from bindwright.runtime.values.by_name import named_index
from bindwright.runtime.xml.decoding.scalars_and_containers import key_place
from bindwright.runtime.xml.decoding.several_elements import may_be_several
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.elements import (
    closed,
    contracts,
    element,
    nil,
    open_tag,
    replaced,
    silent,
    space_of,
    typed_attribute,
)
from bindwright.runtime.xml.encoding.free_content import single
from bindwright.runtime.xml.encoding.namespaces import Env, StartTag
from bindwright.runtime.xml.plan.members import Slot
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.free_order import items_of


def write_list(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    parts, item_name = src.name("l"), src.name("x")
    tag: StartTag | None = None
    scope = env
    if place.wrapped:
        tag, scope, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
        typed_attribute(src, tag, scope, typed)
    src.line(f"if {value}.__class__ is not list and isinstance({value}, (str, bytes, dict)):")
    src.line('    raise TypeError("text or a map where a list belongs")')
    src.line(f"{parts} = []")
    src.line(f"for {item_name} in {value}:")
    src.level += 1
    item = replaced(place.item)
    called = None if item.name else name  # a map's keys name what stands in its lists, too
    if (item.shape.nullable or src.style.lenient) and item.kind != "any":
        src.line(f"if {item_name} is None:")
        src.level += 1
        src.line(f'{parts}.append(f"{nil(src, silent(item), scope, name=called)}")')
        src.line("continue")
        src.level -= 1
    if item.kind == "any" and not src.style.dcs:
        src.line(f"{item_name} = {src.bind('single', single)}({item_name})")
    src.line(f'{parts}.append(f"{element(src, item, scope, item_name, name=called)}")')
    src.level -= 1
    if place.shape.type is not list:
        _with_unknown(src, parts, scope, value)
    if tag is None:
        return f"{{''.join({parts})}}"
    return closed(src, tag, parts, f"''.join({parts})")


def _with_unknown(src: WriterSource, parts: str, env: Env, value: str) -> None:
    """Put what was read among the items of a named type, and is none, back in its place."""
    src.line(f'if getattr({value}, "_extra", None).__class__ is XmlExtra:')
    src.line(
        f"    {parts} = items_with_unknown({value}._extra, {parts}, {env.namespace_scope()}, {env.depth}, unknown_writer)"
    )


def write_map(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    tag, scope, _ = open_tag(src, place, env, (*space_of(typed), *contracts(place)), name=name)
    typed_attribute(src, tag, scope, typed)
    parts, key, item_name = src.name("l"), src.name("k"), src.name("x")
    src.line(f"{parts} = []")
    src.line(f"for {key}, {item_name} in {_items(src, place, value)}:")
    src.level += 1
    if place.entries is None:
        _plain_entry(src, place.item, scope, parts, key, item_name)
    else:
        _entry(src, place, scope, parts, key, item_name)
    src.level -= 1
    if place.shape.type is not dict:
        _with_unknown(src, parts, scope, value)
    return closed(src, tag, parts, f"''.join({parts})")


def _items(src: WriterSource, place: XmlPlace, value: str) -> str:
    """The keys and values of a map, as an expression: of any type they may have an order of their own."""
    is_free = any(may_be_several(item) for item in place.inside)
    return f"{src.bind('items_of', items_of)}({value})" if is_free else f"{value}.items()"


def _plain_entry(src: WriterSource, item: XmlPlace, env: Env, parts: str, key: str, item_name: str) -> None:
    namespace = src.name("u")
    src.line(f"{key}, {namespace} = map_name({key}, {item.namespace!r})")
    if (item.shape.nullable or src.style.lenient) and item.kind != "any":
        src.line(f"if {item_name} is None:")
        src.level += 1
        tag, _, _ = open_tag(src, item, env, (), name=f"{{{key}}}")
        tag.attributes.append(f' {src.style.xsi}:nil=\\"true\\"')
        src.line(f'{parts}.append(f"<{tag.text(src.style)}{src.style.close}")')
        src.level -= 1
        src.line("else:")
        src.level += 1
        src.line(f'{parts}.append(f"{element(src, item, env, item_name, name=f"{{{key}}}")}")')
        src.level -= 1
    else:
        src.line(f'{parts}.append(f"{element(src, item, env, item_name, name=f"{{{key}}}")}")')
    scope = f"{env.namespace_scope()}, {env.depth}, unknown_writer"
    src.line(f"if {namespace} is not None:")
    src.line(f"    {parts}[-1] = in_namespace({parts}[-1], {namespace}, {scope})")


def _entry(src: WriterSource, place: XmlPlace, env: Env, parts: str, key: str, item_name: str) -> None:
    entries = place.entries
    assert entries is not None
    holder = evolve(place, name=entries.item, namespace=entries.namespace or "", prefix=None)
    tag, scope, _ = open_tag(src, holder, env, ())
    start = src.name("s")
    key_text = element(src, key_place(place), scope, key)
    src.line(f'{start} = f"<{tag.text(src.style)}>{key_text}"')
    item = place.item
    if (item.shape.nullable or src.style.lenient) and item.kind != "any":
        src.line(f"if {item_name} is None:")
        src.level += 1
        src.line(f'{start} += f"{nil(src, item, scope)}</{tag.name}>"')
        src.level -= 1
        src.line("else:")
        src.level += 1
        src.line(f'{start} += f"{element(src, item, scope, item_name)}</{tag.name}>"')
        src.level -= 1
    else:
        src.line(f'{start} += f"{element(src, item, scope, item_name)}</{tag.name}>"')
    src.line(f"{parts}.append({start})")


def additional(src: WriterSource, slot: Slot, env: Env, value: str = "") -> str:
    """Typed additional members, each an element of its key's name.

    Args:
        src: the function.
        slot: the map of them.
        env: the scope of the model's elements.
        value: an expression of the map; none: the attribute of the object.
    """
    value = value or f"o.{slot.member.attribute}"
    parts, key, item_name = src.name("l"), src.name("k"), src.name("x")
    src.line(f"{parts} = []")
    src.line(f"for {key}, {item_name} in {_items(src, slot.place, f'({value} or {{}})')}:")
    src.level += 1
    if slot.place.shape.wire.by_name:
        _named_entry(src, slot.place, env, parts, key, item_name)
    else:
        _plain_entry(src, slot.place.item, env, parts, key, item_name)
    src.level -= 1
    return f"{{''.join({parts})}}"


def _named_entry(src: WriterSource, place: XmlPlace, env: Env, parts: str, key: str, item_name: str) -> None:
    """An entry whose key tells what its value is."""
    index, word = src.name("i"), "if"
    src.line(f"{index} = {src.bind('index_of', partial(named_index, place.shape))}({key})")
    for number, item in enumerate(place.inside[1:]):
        src.line(f"{word} {index} == {number}:")
        src.level += 1
        _plain_entry(src, item, env, parts, key, item_name)
        src.level -= 1
        word = "elif"
    src.line("else:")
    src.level += 1
    _plain_entry(src, place.item, env, parts, key, item_name)
    src.level -= 1


def write_tuple(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    tag: StartTag | None = None
    scope = env
    if place.node == "element":
        tag, scope, _ = open_tag(src, place, env, (), name=name)
    parts, most, fewest = src.name("l"), len(place.items), place.fewest
    rest = place.rest
    if rest is not None:
        src.line(f"if {value}.__class__ is str or {value}.__class__ is bytes:")
        src.line('    raise TypeError("text where a list belongs")')
        src.line(f"if len({value}) < {fewest}:")
        src.line(f'    raise ValueError("{fewest} items or more belong here")')
    else:
        words = f"{most} items" if fewest == most else f"{fewest} to {most} items"
        src.line(f"if not {fewest} <= len({value}) <= {most}:")
        src.line(f'    raise ValueError("{words} belong here")')
    src.line(f"{parts} = []")
    for index, item in enumerate(place.items):
        called = None if item.name else name  # a map's keys name what stands in its tuples, too
        if index < fewest:
            _tuple_item(src, item, scope, parts, f"{value}[{index}]", called)
            continue
        src.line(f"if len({value}) > {index}:")
        src.level += 1
        _tuple_item(src, item, scope, parts, f"{value}[{index}]", called)
        src.level -= 1
    if rest is not None:
        following = src.name("x")
        src.line(f"for {following} in {value}[{most}:]:")
        src.level += 1
        _tuple_item(src, rest, scope, parts, following, None if rest.name else name)
        src.level -= 1
    if tag is None:
        return f"{{''.join({parts})}}"
    return closed(src, tag, parts, f"''.join({parts})")


def _tuple_item(
    src: WriterSource, item: XmlPlace, scope: Env, parts: str, value: str, name: str | None
) -> None:
    """Append one item: a text node, a null, or an element."""
    item_name = src.name("x")
    src.line(f"{item_name} = {value}")
    if item.node in ("text", "cdata"):
        text = src.bind("t", lexical_of(item.shape, item.profile).text)
        src.line(f"{parts}.append({'cdata' if item.node == 'cdata' else 'escape'}({text}({item_name})))")
        return
    is_nullable = (item.shape.nullable or src.style.lenient) and item.kind != "any"
    if is_nullable:
        src.line(f"if {item_name} is None:")
        src.level += 1
        src.line(f'{parts}.append(f"{nil(src, item, scope, name=name)}")')
        src.level -= 1
        src.line("else:")
        src.level += 1
    src.line(f'{parts}.append(f"{element(src, item, scope, item_name, name=name)}")')
    src.level -= is_nullable
