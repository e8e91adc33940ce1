"""Elements, compiled: start tag, declarations and content of one place, as f-string text.

Every function adds to a `Source` what must be settled before the text, and gives the text.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from typing import Any

from attrs import evolve

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.xml.encoding.code import WriterSource, is_special
from bindwright.runtime.xml.encoding.namespaces import Env, StartTag, Style, declare, f_text
from bindwright.runtime.xml.encoding.unknown import offset_parts
from bindwright.runtime.xml.plan.members import ModelPlan
from bindwright.runtime.xml.plan.places import SYSTEM, XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_text
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import XML
from bindwright.runtime.xml.tree.names import local, split_name


def element(
    src: WriterSource,
    place: XmlPlace,
    env: Env,
    value: str,
    *,
    name: str | None = None,
    typed: str | None = None,
) -> str:
    """The element (or, without one of its own, the elements) of a value that is not null.

    ``typed`` is the expanded name that ``xsi:type`` tells.
    """
    return src.style.writers[place.kind](src, place, env, value, name, typed)


def contracts(place: XmlPlace, *, is_null: bool = False) -> tuple[str, ...]:
    """Namespaces that a member's element declares for what stands within (the profile's rules, 5).

    A null one declares that of its own type alone: what a collection's items need is declared when they are written.
    """
    # A null item and scalars declare nothing (.NET rules, 5); the reader would accept it, byte equality would not.
    if place.profile != "datacontract" or place.quiet:
        return ()
    place_kind = place.kind
    if place_kind in ("model", "offset"):
        return (place.contract,)
    if place_kind == "list":
        item = place.item
        # Seen in .NET's output: a collection of another namespace's items declares that one, too.
        declares_more = not is_null and item.kind in ("model", "list", "offset", "map")
        item_spaces = (item.contract,) if declares_more else ()
        return (place.contract, *item_spaces)
    if place_kind == "map" and place.entries is not None:
        return (place.contract,)
    return ()


def open_tag(
    src: WriterSource,
    place: XmlPlace,
    env: Env,
    namespaces: tuple[str, ...],
    *,
    name: str | None = None,
    plan: ModelPlan | None = None,
) -> tuple[StartTag, Env, dict[str, str]]:
    """The start tag of an element, the scope within, and the names of a model's attributes.

    ``namespaces`` are declared where they are not in scope, once the element's own namespace is settled:
    a default namespace that this element makes up hides the one around it.
    ``name`` is the local name as f-string text.
    """
    tag = StartTag(name="")
    scope = env
    prefix: str | int | None = None
    local_name = f_text(place.name) if name is None else name
    # A prefix that the document asks for; .NET's writers make up their own.
    if place.prefix and not src.style.dcs:
        prefix = place.prefix
        if scope.scope.bound(prefix) != place.namespace:
            tag.declarations.append(declare(f_text(prefix), place.namespace))
            scope = scope.known(prefix, place.namespace)
    # A prefix in scope is used before a new default is declared: shorter, and what writers do.
    elif place.namespace != scope.scope.default:
        prefix = scope.scope.find(place.namespace) if place.namespace else None
        if prefix is None:
            tag.default.append(declare("", place.namespace))
            scope = scope.default(place.namespace)
    for namespace in namespaces:
        # After the element's own name: its new default namespace may be the one that was to be declared.
        if namespace and namespace != scope.scope.default and scope.scope.find(namespace) is None:
            scope = _named(src, scope, namespace, tag, env)
    tag.name = local_name if prefix is None else f"{scope.text(prefix)}:{local_name}"
    names: dict[str, str] = {}
    for attribute in _attributes(plan):
        scope, names[attribute.tag] = _attribute_name(src, attribute, scope, tag)
    # The root alone carries these; within it they are in scope.
    if env.declared:
        tag.declarations[:0] = env.declared
        scope = evolve(scope, declared=())
    return tag, scope.deeper(), names


def _attributes(plan: ModelPlan | None) -> Iterator[XmlPlace]:
    """The attributes of a model, with that of its id where it is no member."""
    if plan is None:
        return
    yield from (slot.place for slot in plan.attributes)
    if plan.id is not None and all(slot.place is not plan.id for slot in plan.attributes):
        yield plan.id


def _named(src: WriterSource, env: Env, namespace: str, tag: StartTag, outer: Env) -> Env:
    variable = src.name("q")
    number = len(tag.declarations) + 1
    # XmlWriter counts prefixes by depth (`d2p1`): the depth of a recursive model is known while writing only.
    if src.style.w:
        src.line(f'{variable} = f"d{{{outer.depth}}}p{number}"')
    elif src.style.dcs:
        src.line(f"{variable} = fresh({env.prefixes}, {outer.depth})")
    else:
        src.line(f'{variable} = "ns{env.scope.count + 1}"')
    tag.declarations.append(declare(f"{{{variable}}}", namespace))
    return env.named(variable, namespace)


def _attribute_name(src: WriterSource, place: XmlPlace, env: Env, tag: StartTag) -> tuple[Env, str]:
    """An attribute's name as f-string text; declares its prefix where that is needed."""
    if not place.namespace:
        return env, f_text(place.name)
    if place.namespace == XML:
        return env, f"xml:{f_text(place.name)}"
    prefix = env.scope.find(place.namespace)
    if prefix is None or (place.prefix and not src.style.dcs and prefix != place.prefix):
        name, number = place.prefix, len(env.scope.prefixes)
        # A prefix that stands for another namespace is none for an attribute: the element's own name, or another
        # attribute, may use it in the same tag.
        while not name or env.scope.bound(name) not in (None, place.namespace):
            name, number = f"ns{number + 1}", number + 1
        if env.scope.bound(name) is None:
            tag.of_attributes.append(declare(f_text(name), place.namespace))
            env = env.known(name, place.namespace)
        prefix = name
    return env, f"{env.text(prefix)}:{f_text(place.name)}"


def nil(src: WriterSource, place: XmlPlace, env: Env, *, name: str | None = None) -> str:
    """An element that is null."""
    tag, _, _ = open_tag(src, place, env, contracts(place, is_null=True), name=name)
    tag.attributes.append(f' {src.style.xsi}:nil=\\"true\\"')
    return f"<{tag.text(src.style)}{src.style.close}"


def typed_attribute(src: WriterSource, tag: StartTag, env: Env, typed: str | None) -> None:
    if typed is None:
        return
    namespace, _ = split_name(typed)
    prefix = env.scope.find(namespace) if namespace and namespace != env.scope.default else None
    mark = "" if prefix is None else env.text(prefix) + ":"
    tag.attributes.append(f' {src.style.xsi}:type=\\"{mark}{f_text(local(typed))}\\"')


def space_of(typed: str | None) -> tuple[str, ...]:
    return (split_name(typed)[0],) if typed is not None and typed[0] == "{" else ()


def write_scalar(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    tag, scope, _ = open_tag(src, place, env, space_of(typed), name=name)
    typed_attribute(src, tag, scope, typed)
    start = tag.text(src.style)
    text = scalar_text(src, place, value)
    if not src.style.dcs:
        return f"<{start}>{text}</{tag.name}>"
    if place.shape.kind in ("bytes", "enum"):  # what is empty and no string is closed at once
        piece = src.name("s")
        src.line(f'{piece} = f"{text}"')
        src.line(
            f'{piece} = f"<{start}>{{{piece}}}</{tag.name}>" if {piece} else f"<{start}{src.style.close}"'
        )
        return f"{{{piece}}}"
    if place.shape.kind == "string" and not src.style.w:
        piece = src.name("s")
        src.line(f'{piece} = f"<{start}>{text}</{tag.name}>" if {value} else f"<{start}/>"')
        return f"{{{piece}}}"
    return f"<{start}>{text}</{tag.name}>"


def scalar_text(src: WriterSource, place: XmlPlace, value: str) -> str:
    """A scalar's text, escaped, as f-string text."""
    lexical = lexical_of(place.shape, place.profile)
    shape_kind = place.shape.kind
    if shape_kind == "integer" and place.shape.root is None:
        value = _held(src, value)
        if src.late and src.level == 1:
            src.whole.append(value)
            return f"{{{value}}}"
        src.line(f"if {value}.__class__ is not int:")  # plain ones need no format
        src.line(f'    {value} = f"{{{value}:d}}"')
        return f"{{{value}}}"
    if is_text(place, src.style):
        value = _held(src, value)
        return (
            f"{{{value}}}"
            if value in src.looked_at
            else f"{{escape({value}) if {is_special(value)} else {value}}}"
        )
    text = src.bind("t", lexical.text)
    if shape_kind == "boolean" and place.shape.root is None:
        value = _held(src, value)
        return f"{{'true' if {value} is True else {text}({value})}}"
    if shape_kind == "literal" and all(isinstance(literal, str) for literal in place.shape.literals):
        value, known = (
            _held(src, value),
            src.bind("w", {word: escape_text(word) for word in place.shape.literals}),
        )
        return f"{{{known}.get({value}) or escape({text}({value}))}}"
    if shape_kind == "enum" and (words := words_of(place.shape.type)):
        # Most values are listed, and their words, escaped, are known now.
        escaped = {member: escape_text(word) for member, word in words.items()}
        value, known = _held(src, value), src.bind("w", escaped)
        return f"{{{known}.get({value}) or escape({text}({value}))}}"
    return f"{{{text}({value})}}" if lexical.plain else f"{{escape({text}({value}))}}"


def is_text(place: XmlPlace, style: Style) -> bool:
    """Whether a scalar's value is its text, but for what is escaped."""
    form = place.shape.fact("format") or ""
    return place.shape.kind == "string" and form != "char" and not (style.dcs and form in ("uri", "anyURI"))


def words_of(cls: type) -> dict[Any, str]:
    """By member: the word of an enum of strings. Its members are equal to their words, which do as well."""
    if not issubclass(cls, str) or not issubclass(cls, enum.Enum) or getattr(cls, "__xml_names__", None):
        return {}
    return {member: str(member.value) for member in cls.__members__.values()}


def _held(src: WriterSource, value: str) -> str:
    """A variable that holds an expression's value."""
    if value.isidentifier():
        return value
    short = src.name("v")
    src.line(f"{short} = {value}")
    return short


def write_offset(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    tag, scope, _ = open_tag(src, place, env, (*space_of(typed), SYSTEM), name=name)
    typed_attribute(src, tag, scope, typed)
    prefix = scope.scope.find(SYSTEM) if scope.scope.default != SYSTEM else None
    mark = "" if prefix is None else scope.text(prefix) + ":"
    both = src.name("b")
    src.names["offset_parts"] = offset_parts
    src.line(f"{both} = offset_parts({value})")
    return (
        f"<{tag.text(src.style)}><{mark}DateTime>{{{both}[0]}}</{mark}DateTime>"
        f"<{mark}OffsetMinutes>{{{both}[1]}}</{mark}OffsetMinutes></{tag.name}>"
    )


def replaced(item: XmlPlace) -> XmlPlace:
    """An item's place: items that are objects never declare namespaces for what stands within (the profile's rules, 5).

    Those that are collections do, on their own start tag.
    """
    return item if item.kind in ("list", "map") else silent(item)


def silent(item: XmlPlace) -> XmlPlace:
    """The place of a null item: it declares nothing, whatever its type is (the profile's rules, 5)."""
    return evolve(item, quiet=True) if item.profile == "datacontract" else item


def closed(src: WriterSource, tag: StartTag, test: str, content: str) -> str:
    piece = src.name("s")
    start = tag.text(src.style)
    src.line(f'{piece} = f"<{start}>{{{content}}}</{tag.name}>" if {test} else f"<{start}{src.style.close}"')
    return f"{{{piece}}}"


Element = Callable[..., str]


def function(
    place: XmlPlace,
    env: Env,
    style: Style,
    *,
    name: bool = False,
    typed: str | None = None,
    inlining: bool = True,
) -> Element:
    """A function of its own that writes the element of a place in a scope: ``(o, d, p)``, ``d`` the element's depth."""
    src = WriterSource(style, f"<{place.name}>")
    if not inlining:
        src.inlining = None
    call_scope = inner_env(env)
    text = element(src, place, call_scope, "o", name="{n}" if name else None, typed=typed)
    src.line(f'return f"{text}"')
    source = f"def write(o, d, p{', n' if name else ''}):\n" + "\n".join(src.lines) + "\n"
    function_: Element = compiled(source, "write", f"xml write <{place.name}>", src.names)
    return function_


def null_function(place: XmlPlace, env: Env, style: Style, *, name: bool = False) -> Element:
    """A function of its own that writes a null element."""

    src = WriterSource(style, f"<{place.name}>")
    tag, _, _ = open_tag(
        src, place, inner_env(env), contracts(place, is_null=True), name="{n}" if name else None
    )
    tag.attributes.append(f' {style.xsi}:nil=\\"true\\"')
    src.line(f'return f"<{tag.text(style)}{style.close}"')
    source = f"def write(o, d, p{', n' if name else ''}):\n" + "\n".join(src.lines) + "\n"
    function_: Element = compiled(source, "write", f"xml write null <{place.name}>", src.names)
    return function_


def inner_env(env: Env) -> Env:
    """The scope of a call site, as a function that is called from there sees it."""
    return Env(env.scope, tuple(f"p[{index}]" for index in range(env.scope.count)), 0, env.declared)
