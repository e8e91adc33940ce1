"""Elements, compiled: start tag, declarations and content of one place, as f-string text.

Every function adds to a `Source` what must be settled before the text, and gives the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import evolve

from bindwright.runtime.xml import anything, kinds, unions, weave
from bindwright.runtime.xml.lexical import lexical_of
from bindwright.runtime.xml.models import id_slot, reference_tag
from bindwright.runtime.xml.plan import SYSTEM, ModelPlan, Place, Slot, expanded, inherited_by, plan_of
from bindwright.runtime.xml.readers import key_place
from bindwright.runtime.xml.scope import Env, Style, Tag, declare, f_text
from bindwright.runtime.xml.settings import XML
from bindwright.runtime.xml.source import local

if TYPE_CHECKING:
    from bindwright.runtime.xml.writers import Source


def contracts(place: Place) -> tuple[str, ...]:
    """Namespaces that a member's element declares for what stands within (the profile's rules, 5)."""
    if place.profile != "datacontract" or place.quiet:
        return ()
    kind = place.kind
    if kind in ("model", "offset"):
        return (place.contract,)
    if kind == "list":
        item = place.item
        inner = (item.contract,) if item.kind in ("model", "list", "offset", "map") else ()
        return (place.contract, *inner)
    if kind == "map" and place.entries is not None:
        return (place.contract,)
    return ()


def open_tag(
    src: Source,
    place: Place,
    env: Env,
    namespaces: tuple[str, ...],
    *,
    name: str | None = None,
    plan: ModelPlan | None = None,
) -> tuple[Tag, Env, dict[str, str]]:
    """The start tag of an element, the scope within, and the names of a model's attributes.

    ``namespaces`` are declared first, where they are not in scope. ``name`` is the local name as f-string text.
    """  # fmt: skip
    tag = Tag(name="")
    inner, used = env, env.scope.default
    prefix: str | int | None = None
    local_name = f_text(place.name) if name is None else name
    root_like = place.namespace != env.scope.default and env.scope.find(place.namespace) is None
    for namespace in namespaces:
        if not namespace or namespace == used or inner.scope.find(namespace) is not None:
            continue
        if root_like and namespace == place.namespace:
            continue
        inner = _named(src, inner, namespace, tag, env)
    if place.prefix and not src.style.dcs:
        prefix = place.prefix
        if inner.scope.bound(prefix) != place.namespace:
            tag.declarations.append(declare(f_text(prefix), place.namespace))
            inner = inner.known(prefix, place.namespace)
    elif place.namespace != inner.scope.default:
        prefix = inner.scope.find(place.namespace) if place.namespace else None
        if prefix is None:
            tag.default.append(declare("", place.namespace))
            inner = inner.default(place.namespace)
    tag.name = local_name if prefix is None else f"{inner.text(prefix)}:{local_name}"
    names: dict[str, str] = {}
    for slot in plan.attributes if plan is not None else ():
        inner, names[slot.place.tag] = _attribute_name(src, slot.place, inner, tag)
    if env.declared:
        tag.declarations[:0] = env.declared
        inner = evolve(inner, declared=())
    return tag, inner.deeper(), names


def _named(src: Source, env: Env, namespace: str, tag: Tag, outer: Env) -> Env:
    variable = src.name("q")
    number = len(tag.declarations) + 1
    if src.style.w:
        src.line(f'{variable} = f"d{{{outer.depth}}}p{number}"')
    elif src.style.dcs:
        src.line(f"{variable} = fresh({env.prefixes}, {outer.depth})")
    else:
        src.line(f'{variable} = "ns{env.scope.count + 1}"')
    tag.declarations.append(declare(f"{{{variable}}}", namespace))
    return env.named(variable, namespace)


def _attribute_name(src: Source, place: Place, env: Env, tag: Tag) -> tuple[Env, str]:
    """An attribute's name as f-string text; declares its prefix where that is needed."""
    if not place.namespace:
        return env, f_text(place.name)
    if place.namespace == XML:
        return env, f"xml:{f_text(place.name)}"
    prefix = env.scope.find(place.namespace)
    if prefix is None or (place.prefix and not src.style.dcs and prefix != place.prefix):
        known = place.prefix or f"ns{len(env.scope.prefixes) + 1}"
        if env.scope.bound(known) != place.namespace:
            tag.made_up.append(declare(f_text(known), place.namespace))
            env = env.known(known, place.namespace)
        prefix = known
    return env, f"{env.text(prefix)}:{f_text(place.name)}"


def nil(src: Source, place: Place, env: Env, more: str = "") -> str:
    """An element that is null."""
    tag, _, _ = open_tag(src, place, env, contracts(place))
    tag.attributes.append(f' {src.style.xsi}:nil=\\"true\\"')
    return f"<{tag.text(src.style, more)}{src.style.close}"


def element(
    src: Source,
    place: Place,
    env: Env,
    value: str,
    *,
    name: str | None = None,
    typed: str | None = None,
    more: str = "",
) -> str:
    """The element (or, without one of its own, the elements) of a value that is not null.

    ``typed`` is the expanded name that ``xsi:type`` tells; ``more`` further attributes.
    """  # fmt: skip
    kind = place.kind
    if kind == "list":
        return _list(src, place, env, value, name, typed, more)
    if kind == "model":
        return _model(src, place, env, value, name, typed, more)
    if kind == "scalar":
        return _scalar(src, place, env, value, name, typed, more)
    if kind == "offset":
        return _offset(src, place, env, value, name, typed, more)
    if kind == "map":
        return _map(src, place, env, value, name, typed, more)
    if kind == "tuple":
        return _tuple(src, place, env, value, name, more)
    write = src.bind(
        "u", _union(place, env, src.style, name) if kind == "union" else _any(place, env, src.style)
    )
    named = "" if name is None else f", f'{name}'"  # Python 3.11 wants other quotes inside
    return f"{{{write}({value}, {env.depth}, {env.prefixes}{named})}}"


def _typed(src: Source, tag: Tag, env: Env, typed: str | None) -> None:
    if typed is None:
        return
    namespace = typed[1:].partition("}")[0] if typed[0] == "{" else ""
    prefix = env.scope.find(namespace) if namespace and namespace != env.scope.default else None
    shown = "" if prefix is None else env.text(prefix) + ":"
    tag.attributes.append(f' {src.style.xsi}:type=\\"{shown}{f_text(local(typed))}\\"')


def _space(typed: str | None) -> tuple[str, ...]:
    return (typed[1:].partition("}")[0],) if typed is not None and typed[0] == "{" else ()


def _scalar(
    src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None, more: str
) -> str:
    tag, inner, _ = open_tag(src, place, env, _space(typed), name=name)
    _typed(src, tag, inner, typed)
    start = tag.text(src.style, more)
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


def scalar_text(src: Source, place: Place, value: str) -> str:
    """A scalar's text, escaped, as f-string text."""
    lexical = lexical_of(place.shape, place.profile)
    kind, form = place.shape.kind, place.shape.fact("format") or ""
    if kind == "integer" and place.shape.root is None:
        return f"{{{value}:d}}"
    if kind == "string" and form != "char" and not (src.style.dcs and form in ("uri", "anyURI")):
        if not value.isidentifier():
            short = src.name("v")
            src.line(f"{short} = {value}")
            value = short
        return f"{{{value} if special({value}) is None else escape({value})}}"
    text = src.bind("t", lexical.text)
    return f"{{{text}({value})}}" if lexical.plain else f"{{escape({text}({value}))}}"


def _offset(
    src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None, more: str
) -> str:
    tag, inner, _ = open_tag(src, place, env, (*_space(typed), SYSTEM), name=name)
    _typed(src, tag, inner, typed)
    prefix = inner.scope.find(SYSTEM) if inner.scope.default != SYSTEM else None
    mark = "" if prefix is None else inner.text(prefix) + ":"
    both = src.name("b")
    src.names["offset"] = weave.offset
    src.line(f"{both} = offset({value})")
    return (
        f"<{tag.text(src.style, more)}><{mark}DateTime>{{{both}[0]}}</{mark}DateTime>"
        f"<{mark}OffsetMinutes>{{{both}[1]}}</{mark}OffsetMinutes></{tag.name}>"
    )


def _list(
    src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None, more: str
) -> str:
    found, one = src.name("l"), src.name("x")
    tag: Tag | None = None
    inner = env
    if place.wrapped:
        tag, inner, _ = open_tag(src, place, env, (*_space(typed), *contracts(place)), name=name)
        _typed(src, tag, inner, typed)
    src.line(f"if {value}.__class__ is str or {value}.__class__ is bytes:")
    src.line('    raise TypeError("text where a list belongs")')
    src.line(f"{found} = []")
    src.line(f"for {one} in {value}:")
    src.level += 1
    item = replaced(place.item)
    if item.shape.nullable and item.kind != "any":
        src.line(f"if {one} is None:")
        src.level += 1
        src.line(f'{found}.append(f"{nil_item(src, item, inner)}")')
        src.line("continue")
        src.level -= 1
    src.line(f'{found}.append(f"{element(src, item, inner, one)}")')
    src.level -= 1
    if tag is None:
        return f"{{''.join({found})}}"
    return _closed(src, tag, found, more, f"''.join({found})")


def nil_item(src: Source, item: Place, env: Env) -> str:
    """An item that is null; items declare nothing of their own."""
    return nil(src, item, env)


def replaced(item: Place) -> Place:
    """An item's place: items never declare namespaces for what stands within (the profile's rules, 5)."""
    return evolve(item, quiet=True) if item.profile == "datacontract" else item


def _closed(src: Source, tag: Tag, test: str, more: str, content: str) -> str:
    piece = src.name("s")
    start = tag.text(src.style, more)
    src.line(f'{piece} = f"<{start}>{{{content}}}</{tag.name}>" if {test} else f"<{start}{src.style.close}"')
    return f"{{{piece}}}"


def _model(
    src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None, more: str
) -> str:
    from bindwright.runtime.xml.writers import attributes, content_of

    plan = (
        place.model_plan()
        if typed is None
        else plan_of(
            place.shape.type, inherited_by(place.shape.type, place.inherited), place.profile, place.known
        )
    )
    if place.node == "none":
        content = src.bind("c", content_of(plan, env.scope, src.style))
        return f"{{{content}({value}, {env.depth} - 1, {env.prefixes})}}"
    piece, at = src.name("s"), src.name("a")
    model, other = src.bind("m", plan.model), src.bind("k", _other(place, env, src.style))
    if typed is None:
        named = "" if name is None else f", f'{name}'"  # Python 3.11 wants other quotes inside
        src.line(f"if {value}.__class__ is not {model}:")
        src.line(f"    {piece} = {other}({value}, {env.depth}, {env.prefixes}{named})")
        src.line("else:")
        src.level += 1
    spaces = contracts(place)
    tag, inner, names = open_tag(src, place, env, (*spaces, *_space(typed)), name=name, plan=plan)
    _typed(src, tag, inner, typed)
    if plan.reference is not None:
        _reference(src, plan, tag, inner, value, names, piece)
    content = src.bind("c", content_of(plan, inner.scope, src.style))
    src.line(f'{at} = f"{attributes(src, plan, inner, value, names)}"')
    if _keeps(plan.model):
        src.line(
            f"if {value}._extra is not None and {value}._extra.__class__ is Extra and {value}._extra.attributes:"
        )
        src.line(
            f"    {at} += weave.unknown_attributes({value}._extra.attributes, {inner.around()}, {env.depth}, {src.style.dcs!r})"
        )
    start = tag.text(src.style, f"{{{at}}}{more}")
    inside = src.name("i")
    src.line(f"{inside} = {content}({value}, {env.depth}, {inner.prefixes})")
    src.line(f'{piece} = f"<{start}>{{{inside}}}</{tag.name}>" if {inside} else f"<{start}{src.style.close}"')
    if plan.reference is not None:
        src.level -= 1
    if typed is None:
        src.level -= 1
    return f"{{{piece}}}"


def _keeps(model: type) -> bool:
    import attrs

    return any(one.name == "_extra" for one in attrs.fields(model))


def _reference(
    src: Source, plan: ModelPlan, tag: Tag, env: Env, value: str, names: dict[str, str], piece: str
) -> None:
    """``z:Id`` on first sight, ``z:Ref`` after (the profile's rules, 12); what follows is indented."""
    number = src.name("n")
    ref = reference_tag(plan) or ""
    slot = id_slot(plan)
    id_name = "" if slot is None else names[slot.place.tag]
    mark = id_name.rpartition(":")[0]
    src.line(f"{number} = references.number({value})")
    src.line(f"if {number} < 0:")
    start = tag.text(src.style, f' {mark}{":" if mark else ""}{f_text(local(ref))}=\\"i{{-{number}}}\\"')
    src.line(f'    {piece} = f"<{start}{src.style.close}"')
    src.line("else:")
    src.level += 1
    tag.attributes.append(f' {id_name}=\\"i{{{number}}}\\"')


Element = Callable[..., str]


def function(
    place: Place, env: Env, style: Style, *, name: bool = False, typed: str | None = None
) -> Element:
    """A function of its own that writes the element of a place in a scope: ``(o, d, p)``, ``d`` the element's depth."""
    from bindwright.runtime.xml.writers import Source

    src = Source(style, f"<{place.name}>")
    here = inner_env(env)
    text = element(src, place, here, "o", name="{n}" if name else None, typed=typed)
    src.line(f'return f"{text}"')
    source = f"def write(o, d, p{', n' if name else ''}):\n" + "\n".join(src.lines) + "\n"
    from bindwright.runtime.xml.models import compiled

    made: Element = compiled(source, "write", f"write <{place.name}>", src.names)
    return made


def null_function(place: Place, env: Env, style: Style, *, name: bool = False) -> Element:
    """A function of its own that writes a null element."""
    from bindwright.runtime.xml.models import compiled
    from bindwright.runtime.xml.writers import Source

    src = Source(style, f"<{place.name}>")
    tag, _, _ = open_tag(src, place, inner_env(env), contracts(place), name="{n}" if name else None)
    tag.attributes.append(f' {style.xsi}:nil=\\"true\\"')
    src.line(f'return f"<{tag.text(style)}{style.close}"')
    source = f"def write(o, d, p{', n' if name else ''}):\n" + "\n".join(src.lines) + "\n"
    made: Element = compiled(source, "write", f"write null <{place.name}>", src.names)
    return made


def inner_env(env: Env) -> Env:
    """The scope of a call site, as a function that is called from there sees it."""
    return Env(env.scope, tuple(f"p[{index}]" for index in range(env.scope.count)), 0, env.declared)


def _other(place: Place, env: Env, style: Style) -> Element:
    """Writes a model that stands in for the declared one, told by ``xsi:type`` where it is known."""
    made: dict[Any, Element] = {}

    def write(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        key = (value.__class__, bool(name))
        if key not in made:
            made[key] = function(
                *_standing_in(place, value.__class__, env, style),
                name=bool(name),
                typed=_type_name(place, value.__class__),
            )
        return made[key](value, depth, prefixes, *name)

    return write


def _standing_in(place: Place, model: type, env: Env, style: Style) -> tuple[Place, Env, Style]:
    import attrs

    if not (isinstance(model, type) and attrs.has(model)) or not issubclass(model, place.shape.type):
        raise TypeError(f"{model.__name__} where {place.shape.name or place.shape.type.__name__} belongs")
    return evolve(place, shape=evolve(place.shape, type=model)), env, style


def _type_name(place: Place, model: type) -> str | None:
    if place.profile != "datacontract" and not place.known:
        return expanded("", model.__name__) if not _discriminated(place) else None
    return kinds.name_of(model)


def _discriminated(place: Place) -> bool:
    choice = place.shape.fact("choice")
    return choice is not None and choice.discriminator is not None


def _map(
    src: Source, place: Place, env: Env, value: str, name: str | None, typed: str | None, more: str
) -> str:
    tag, inner, _ = open_tag(src, place, env, (*_space(typed), *contracts(place)), name=name)
    _typed(src, tag, inner, typed)
    found, key, one = src.name("l"), src.name("k"), src.name("x")
    src.line(f"{found} = []")
    src.line(f"for {key}, {one} in {value}.items():")
    src.level += 1
    if place.entries is None:
        _plain_entry(src, place, inner, found, key, one)
    else:
        _entry(src, place, inner, found, key, one)
    src.level -= 1
    return _closed(src, tag, found, more, f"''.join({found})")


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


def _tuple(src: Source, place: Place, env: Env, value: str, name: str | None, more: str) -> str:
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
    return _closed(src, tag, found, more, f"''.join({found})")


def _union(place: Place, env: Env, style: Style, named: str | None) -> Element:
    """Writes a union's value by the member it is of."""
    made: dict[Any, Element] = {}
    own = unions.by_name(place)

    def plain(member: Place, typed: str | None) -> Element:
        key = (id(member), typed)
        if key not in made:
            at = (
                member
                if own
                else evolve(
                    member, name=place.name, namespace=place.namespace, prefix=place.prefix, node="element"
                )
            )
            made[key] = function(at, env, style, name=named is not None and not own, typed=typed)
        return made[key]

    def write(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        problem: Exception = TypeError(f"{type(value).__name__} where a member of the union belongs")
        for member in unions.member_for(place, value):
            names = name if not own else ()
            try:
                typed = None if own else _told_by(place, member, value)
                return plain(member, typed)(value, depth, prefixes, *names)
            except (TypeError, ValueError, AttributeError) as error:
                problem = error
        raise problem

    return write


def _told_by(place: Place, member: Place, value: Any) -> str | None:
    """The ``xsi:type`` that is needed for a member to be told again."""
    choice = place.shape.fact("choice")
    if member.kind == "model" and choice is not None and choice.discriminator is not None:
        return None
    if member.kind == "scalar":
        text = lexical_of(member.shape, member.profile).text(value)
        return None if unions.reads_back(place, member, text) else unions.type_names(member)[0]
    return unions.type_names(member)[0]


def _any(place: Place, env: Env, style: Style) -> Element:
    """Writes a free-form value."""
    made: dict[Any, Element] = {}

    def write(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        typed = None
        if style.dcs or not isinstance(value, (str, int, float, dict, list, type(None))):
            typed = anything.type_of(value) if value is not None else None
        key = (value.__class__, typed, bool(name))
        if key not in made:
            made[key] = _any_function(place, env, style, value, typed, bool(name))
        return made[key](value, depth, prefixes, *name)

    return write


def _any_function(place: Place, env: Env, style: Style, value: Any, typed: str | None, name: bool) -> Element:
    if value is None:
        return null_function(place, env, style, name=name)
    shape = anything.shape_at(value, typed, place)
    if shape is not None:
        at = evolve(place, shape=shape, inherited=anything.inherited_at(shape, place), node="element")
        told = typed if typed is not None else kinds.name_of(shape.type, shape)
        return function(at, env, style, name=name, typed=told if style.dcs else None)
    if style.dcs and not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} is none of the known types here")
    return weave.untyped_writer(place, env, style, name)
