"""Unions: told apart by the element's name, by ``xsi:type``, by a discriminator, or by what fits.

OpenAPI leaves open how the member of a ``oneOf`` is told in XML; every way is read. Written is the
member's own element where members have names of their own, else the place's element with what tells
the member apart: the discriminator it carries, or ``xsi:type`` where reading back would choose another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from attrs import evolve

from bindwright.runtime.alternatives.decoded import grade_decoded
from bindwright.runtime.alternatives.grades import Grade
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.resolve import evaluate
from bindwright.runtime.shapes import Shape, shape_of
from bindwright.runtime.wire import Wire
from bindwright.runtime.xml.decoding.context import (
    DecodeContext,
    Reader,
    ReaderFactory,
    Trial,
    has_place,
    is_named,
    is_named_by_key,
    is_nil,
    null_of,
    shown,
    tags_of,
    text_of_child,
)
from bindwright.runtime.xml.plan.alternatives import alters, by_name, choose, in_order, of_scalars
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import element_name, mapped_places
from bindwright.runtime.xml.plan.xsi_type import TYPE, name_of, qname
from bindwright.runtime.xml.scalars.lexical import is_altered, is_listed, lexical_of
from bindwright.runtime.xml.settings import XSD, XSI
from bindwright.runtime.xml.tree.names import expanded, local, split_name
from bindwright.runtime.xml.tree.parse import Element, wrong
from bindwright.runtime.xml.tree.unknown import BLANK

XSD_NAMES = {
    "string": "string", "integer": "integer", "number": "double", "decimal": "decimal", "boolean": "boolean",
    "datetime": "dateTime", "date": "date", "time": "time", "duration": "duration", "bytes": "base64Binary",
    "uuid": "string", "enum": "string", "literal": "string",
}  # fmt: skip


def reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """The reader of a union's elements."""
    members = _members_of_elements(place)
    # What a tag leads to and no alternative names: a class derived from one, or one of a union among them.
    tagged = [*members, *mapped_places(place, members)]
    readers = {id(member): factory.item(member) for member in tagged}
    # As they are written: what has no name of its own in a union within is called as this place.
    renamed = {id(member): factory.item(in_the_place(place, member)) for member in _renamed(place, members)}
    standing = {**readers, **renamed}
    own_names = _names_of_none(place, members)
    tags: dict[str, XmlPlace] = {}
    for member in members:
        for tag in tags_of(member):
            # The first alternative in order of trial keeps a name that several have.
            tags.setdefault(tag, member)
    scalars = [member for member in members if member.kind == "scalar"]
    structures = [member for member in members if member.kind != "scalar"]
    text_of = _text_reader(scalars, structures)
    # Alternatives that no value of the discriminator leads to may still be meant by an unknown one, as in JSON.
    unmapped = _unmapped(place, structures)

    def read(node: Element, context: DecodeContext) -> Any:
        # Null before all else: an empty element would be an empty text of the first alternative that takes one.
        if node.keys() and is_nil(node):
            return null_of(place, node, context)
        if factory.lenient:
            named = None if is_named(node, own_names, lenient=True) else _named_leniently(node, tags)
        else:
            tag = str(node.tag)
            named = None if tag in own_names else tags.get(tag)
        if named is not None:
            return readers[id(named)](node, context)
        try:
            member_place = _named_member(place, tagged, node, lenient=factory.lenient)
        except DecodeError as error:
            if unmapped and not node.get(TYPE):
                return _tried(place, unmapped, [], standing, node, context)
            return context.refuse_element(error, node)
        if member_place is not None:
            return standing[id(member_place)](node, context)
        # An alternative within the element of the member: how some emitters write a choice.
        if len(node) == 1 and str(node[0].tag) in tags and not (node.text or "").strip(BLANK):
            member_place = tags[str(node[0].tag)]
            if member_place.kind == "model":
                return readers[id(member_place)](node[0], context)
        if scalars and not len(node) and (value := text_of(node)) is not _NO_TEXT:
            return value
        return _tried(place, structures, scalars, standing, node, context)

    return read


def _renamed(place: XmlPlace, members: list[XmlPlace]) -> list[XmlPlace]:
    """The unions among alternatives whose own name is not that of their elements at a place."""
    if by_name(place):
        return []
    return [member for member in members if member.kind == "union" and member.tag != place.tag]


def in_the_place(place: XmlPlace, member: XmlPlace) -> XmlPlace:
    """An alternative under the name of its union's place; a list whose items stand side by side has their name."""
    if place.one_or_many and member.kind == "list" and not member.wrapped:
        return member
    return evolve(member, name=place.name, namespace=place.namespace, prefix=place.prefix, node="element")


def _unmapped(place: XmlPlace, structures: list[XmlPlace]) -> list[XmlPlace]:
    """Alternatives that a discriminator's mapping does not lead to; all where it has none."""
    choice = place.shape.fact("choice")
    if choice is None or choice.discriminator is None:
        return []
    goals = [shape_of(type_, names=place.shape.names).type for type_ in choice.mapping.values()]
    return [
        each for each in structures if each.kind in ("model", "map", "any") and each.shape.type not in goals
    ]


def _names_of_none(place: XmlPlace, members: list[XmlPlace]) -> frozenset[str]:
    """Names that say nothing of the alternative: the union's own, unless names tell alternatives and it is one's."""
    own_names = frozenset((place.tag, *place.alternates))
    return own_names - {member.tag for member in members} if by_name(place) else own_names


_NO_TEXT: Final = object()


def _text_reader(scalars: list[XmlPlace], structures: list[XmlPlace]) -> Callable[[Element], Any]:
    """Reads an element without children as a scalar; `_NO_TEXT` where its text alone does not decide.

    It can still be an object of attributes or without members, unless the value is told by a narrow type. Where an
    object has a text as well, attributes tell it, and a text without any is no object.
    """
    in_texts = takes_text(structures)

    def read(node: Element) -> Any:
        if in_texts and _has_attributes(node):
            return _NO_TEXT
        value, chosen = choose(scalars, node.text or "")
        is_certain = chosen is not None and (
            not structures
            or (in_texts and bool((node.text or "").strip(BLANK)))
            or (chosen.shape.kind not in ("string", "bytes") and is_listed(chosen.shape, value))
        )
        return value if is_certain else _NO_TEXT

    return read


def takes_text(structures: Iterable[XmlPlace]) -> bool:
    """Whether an object among alternatives has a member that is the text of its element."""
    return any(member.kind == "model" and model_plan(member).text is not None for member in structures)


def _has_attributes(node: Element) -> bool:
    return any(not str(name).startswith(f"{{{XSI}}}") for name in node.keys())  # noqa: SIM118


def _attributes_tell(structures: Iterable[XmlPlace], node: Element) -> bool:
    """Whether an empty element has an attribute that an object among alternatives has a member for, and no scalar has."""
    if (node.text or "").strip(BLANK) or not node.keys():
        return False
    return any(
        expanded(slot.place.namespace, slot.place.name) in node.attrib
        for model in _models(structures)
        for slot in model_plan(model).attributes
    )


def _members_of_elements(place: XmlPlace) -> list[XmlPlace]:
    """The alternatives of one element: of a choice between one and many, it is an item of a list, and no list itself."""
    members = in_order(place)
    if not place.one_or_many:
        return members
    return [member for member in members if member.kind != "list" or member.wrapped]


def _named_leniently(node: Element, tags: dict[str, XmlPlace]) -> XmlPlace | None:
    return next(
        (member for tag, member in tags.items() if is_named(node, frozenset((tag,)), lenient=True)), None
    )


def one_or_many_reader(place: XmlPlace, factory: ReaderFactory) -> Reader:
    """Reads a choice between a list and something else from a stand-in that holds its elements, one or more.

    A single element is read as the alternative that is no list, if one fits: a scalar has no place for attributes.
    """
    lists = [member for member in in_order(place) if member.kind == "list" and not member.wrapped]
    readers = [(member, factory.item(member)) for member in lists]
    others = [leaf for member in in_order(place) if member not in lists for leaf in _leaves(member)]
    scalars = [leaf for leaf in others if leaf.kind == "scalar"] if of_scalars(lists) else []
    read_single = reader(place, factory)
    tells_items = attributes_tell_items(place)
    takes_null = any(member.shape.nullable for member in (place, *place.members))
    takes_null &= not any(member.item.shape.nullable for member in lists)

    def read(holder: Element, context: DecodeContext) -> Any:
        children = list(holder)
        if takes_null and len(children) == 1 and is_nil(children[0]):
            return None
        is_item = tells_items and len(children) == 1 and _has_attributes(children[0])
        if len(children) == 1 and len(place.members) > len(lists) and not is_item:
            # Lenient reading never raises, so that trying would take the first alternative whatever it is.
            if context.deviations is not None:
                return read_single(children[0], context)
            try:
                value = read_single(children[0], context)
            except DecodeError:
                pass
            else:
                if not scalars or _is_scalar_of(scalars, children[0]):
                    return value
                best = _best_list(readers, holder, context)
                return best[1] if best is not None and not any(best[0]) else value
        first_error: DecodeError | None = None
        if of_scalars(lists) and (best := _best_list(readers, holder, context)) is not None:
            return best[1]
        for _, read_list in readers:
            try:
                return read_list(holder, context)
            except DecodeError as error:
                first_error = first_error or error
        assert first_error is not None
        raise first_error

    return read


def _is_scalar_of(scalars: list[XmlPlace], node: Element) -> bool:
    """Whether an element is none of the scalars' texts, or one that is valid for the scalar that it is of."""
    text = node.text or ""
    value, member = choose(scalars, text)
    if len(node) or member is None:
        return True
    lexical = lexical_of(member.shape, member.profile)
    return is_listed(member.shape, value) and not is_altered(member.shape, lexical, value, text)


def _best_list(
    readers: list[tuple[XmlPlace, Reader]], holder: Element, context: DecodeContext
) -> tuple[Grade, Any] | None:
    """The list whose schema its items are nearest to, of those that can be read; None where none can."""
    deviations, context.deviations = context.deviations, None
    best: tuple[Grade, Any] | None = None
    start, best_aside = len(context.aside), list[tuple[int, Any]]()
    try:
        for member, read_list in readers:
            try:
                value = read_list(holder, context)
            except DecodeError:
                continue
            finally:
                aside = context.aside[start:]
                del context.aside[start:]
            how_far = _how_far(member, value, holder)
            if best is None or how_far < best[0]:
                best, best_aside = (how_far, value), aside
    finally:
        context.deviations = deviations
    context.aside += best_aside
    return best


def attributes_tell_items(place: XmlPlace) -> bool:
    """Whether items of a list are objects with attributes, and what is no list are scalars, which have none."""
    members = in_order(place)
    return all(member.kind in ("scalar", "list") for member in members) and any(
        model_plan(member.item).attributes
        for member in members
        if member.kind == "list" and not member.wrapped and member.item.kind == "model"
    )


def _named_member(
    place: XmlPlace, members: list[XmlPlace], node: Element, *, lenient: bool
) -> XmlPlace | None:
    """The member that ``xsi:type`` or the discriminator names; None where neither is there.

    Raises:
        DecodeError: what is named is no member.
    """
    choice = place.shape.fact("choice")
    named = node.get(TYPE)
    # Some documents (Amazon S3's grantees) describe `xsi:type` as a member: then it is the discriminator.
    if named is not None and not _is_member_name(members, choice):
        type_name = qname(node, named)
        # An alternative of a union among the alternatives says its own name. What is called so goes before what may be
        # meant: `double` is the number beside a decimal.
        for names in (lambda leaf: type_names(leaf)[:1], type_names):
            for member in members:
                if type_name in names(member):
                    return member
            for member in members:
                if member.kind == "union" and any(type_name in names(inner) for inner in _leaves(member)):
                    return member
        raise wrong("a type of the union", repr(named), node, TYPE)
    if choice is None or choice.discriminator is None:
        return None
    value = _discriminator(members, choice.discriminator, node, lenient=lenient)
    default = evaluate(choice.default, place.shape.names) if choice.default else None
    if value is None and default is None:
        return None
    wanted_type = evaluate(choice.mapping[value], place.shape.names) if value in choice.mapping else default
    for member in members:
        # A union among the alternatives is known by the name that it has.
        if (
            member.shape.type is wanted_type
            or (wanted_type is not None and member.shape.named is wanted_type)
            or (wanted_type is None and value in (member.shape.name, element_name(member.shape)))
        ):
            return member
    raise wrong(f"a known {choice.discriminator}", repr(value), node)


def _is_member_name(members: list[XmlPlace], choice: Any) -> bool:
    """Whether ``xsi:type`` is the discriminator itself: a member of the alternatives that is called so."""
    return choice is not None and any(
        slot.place.tag == TYPE and slot.member.json == choice.discriminator
        for member in members
        if member.kind == "model"
        for slot in model_plan(member).attributes
    )


def _leaves(member: XmlPlace, levels: int = 4) -> Iterator[XmlPlace]:
    """An alternative, or those of the union that it is and of the unions that stand within."""
    if member.kind != "union":
        yield member
    elif levels:
        for inner in member.members:
            yield from _leaves(inner, levels - 1)


def _models(members: Iterable[XmlPlace]) -> Iterator[XmlPlace]:
    """The models among alternatives, and among those of the unions that stand within."""
    return (leaf for member in members for leaf in _leaves(member) if leaf.kind == "model")


def _discriminator(members: list[XmlPlace], name: str, node: Element, *, lenient: bool) -> str | None:
    for member in _models(members):
        plan = model_plan(member)
        for slot in plan.slots:
            if slot.member.json != name:
                continue
            if slot.place.node == "attribute":
                text = node.get(expanded(slot.place.namespace, slot.place.name))
                if text is not None and slot.place.tag == TYPE:
                    # A QName: its prefix is the writer's, and only the local name is a value of the discriminator.
                    text = split_name(qname(node, text))[1]
            else:
                text = text_of_child(node, slot.place.tag, lenient=lenient)
            if text is not None:
                return str(text).strip(BLANK)
    return None


def is_named_by_type(place: XmlPlace, among: Sequence[XmlPlace]) -> bool:
    """Whether ``xsi:type`` tells a member from the others.

    Lists and maps have no name that a validator knows. The word for their kind is written only where nothing else
    tells a map from a list: of two lists it would not say which. Nor has what lists values of several types.
    """
    if place.kind == "model" or (place.shape.root is not None and bool(place.shape.name)):
        return True
    kind = place.shape.kind
    if place.kind == "scalar":
        return len(_listed_kinds(place.shape)) <= 1
    return kind in ("list", "map") and sum(member.shape.kind == kind for member in among) == 1


def type_names(place: XmlPlace) -> tuple[str, ...]:
    """What ``xsi:type`` may say of a member."""
    if place.kind == "model" or (place.shape.root is not None and place.shape.name):
        name = name_of(place.shape.type, place.shape)
        return (name, expanded(place.inherited, local(name)), expanded("", place.shape.name or ""))
    kinds = _listed_kinds(place.shape) or [place.shape.kind]
    if len(kinds) > 1:  # not written, but read: a writer may name the type of the value
        return (place.shape.kind, *(name for kind in kinds for name in _builtin_names(kind)))
    return _builtin_names(kinds[0]) or (place.shape.kind,)


def _builtin_names(kind: str) -> tuple[str, ...]:
    """The types of XML Schema that a kind of scalars may be told as; nothing for what has none."""
    base = XSD_NAMES.get(kind)
    if base is None:
        return ()
    # Writers name the type that their language has, not the one of the document.
    also = {"integer": ("int", "long", "short", "byte"), "number": ("float",), "decimal": ("double",)}
    return tuple(expanded(XSD, name) for name in (base, *also.get(kind, ())))


def _listed_kinds(shape: Shape) -> list[str]:
    """The kinds of the values that a place lists; nothing where it lists none."""
    values = shape.literals or (tuple(member.value for member in shape.type) if shape.kind == "enum" else ())
    return [kind for kind, type_ in _LISTED.items() if any(type(value) is type_ for value in values)]


_LISTED = {"string": str, "boolean": bool, "integer": int, "number": float}


def _tried(
    place: XmlPlace,
    structures: list[XmlPlace],
    scalars: list[XmlPlace],
    readers: dict[int, Reader],
    node: Element,
    context: DecodeContext,
) -> Any:
    """The first member that reads the element and knows all of it, else the first that reads it.

    Within the outermost one an outcome is kept for each element and place: every alternative would read the unions in
    it anew, and so would theirs, twice as often with every level; and so would what reads it but for its nulls.
    """
    is_outermost = context.trials is None
    if context.trials is None:
        context.trials, context.fragments = {}, {}
    try:
        key = (node, id(place))
        if key not in context.trials:
            context.trials[key] = _trial(structures, scalars, readers, node, context)
        value, aside, error = context.trials[key]
        if error is None:
            context.aside += aside
            return value
        if (
            context.deviations is not None
            and (meant := _but_for_nulls(structures, node, context)) is not None
        ):
            return readers[id(meant)](node, context)
    finally:
        if is_outermost:
            context.trials = context.fragments = context.around_nulls = None
    if len(place.members) > 1:
        names = ", ".join(member.shape.name or member.shape.kind for member in place.members)
        error = wrong("one of " + names, "none of them", node)
    return context.refuse_element(error, node)


def _but_for_nulls(structures: list[XmlPlace], node: Element, context: DecodeContext) -> XmlPlace | None:
    """The alternative whose members' names stand in an element with nulls that none of its alternatives allows.

    A null refuses no answer (decision 9), be it one of a choice. What an element has to have is there, and of several
    alternatives the one that knows the most of it is meant.
    """
    if context.around_nulls is None:
        context.around_nulls = _around_nulls(node)
    if node not in context.around_nulls:
        return None
    names = {local(str(child.tag)) for child in node} | {local(str(name)) for name in node.keys()}  # noqa: SIM118
    best: tuple[int, XmlPlace] | None = None
    for member in structures:
        for model in _models([member]):
            slots = model_plan(model).slots
            needed = (
                slot.place
                for slot in slots
                if slot.member.required and slot.place.node in ("element", "attribute")
            )
            if any(place.kind != "list" and names.isdisjoint(_local_names(place)) for place in needed):
                continue
            unknown = len(names - {name for slot in slots for name in _local_names(slot.place)})
            if best is None or unknown < best[0]:
                best = unknown, member
    return None if best is None else best[1]


def _around_nulls(node: Element) -> set[Element]:
    """The elements with ``xsi:nil`` in an element, and those around them: once for all levels of choices within."""
    around: set[Element] = set()
    for nil in node.iter():
        each: Element | None = nil if is_nil(nil) else None
        while each is not None and each not in around:
            around.add(each)
            each = each.getparent()
    return around


def _local_names(place: XmlPlace) -> set[str]:
    return {local(tag) for tag in tags_of(place)}


def _how_far(member: XmlPlace, value: Any, items: Iterable[Element]) -> Grade:
    """The grade of a value; of a list of scalars also by whether its items' texts would be lost."""
    how_far = grade_decoded(member.shape, value)
    if (
        not any(how_far)
        and value
        and alters(member, ("" if item.text is None else item.text for item in items))
    ):
        return how_far._replace(unlisted=1)
    return how_far


def is_closed(model: object) -> bool:
    """Whether a class has no further members (JSON Schema 2020-12, additionalProperties); those derived from it may."""
    root: Wire | None = vars(model).get("__wire__") if isinstance(model, type) else None
    return root is not None and root.closed


def _has_forbidden_content(value: Any) -> bool:
    """Whether an object of a closed class was read from an element with content that it does not know.

    Another alternative that can be read goes first, as in JSON.
    """
    extra = getattr(value, "_extra", None)
    return extra is not None and is_closed(type(value)) and bool(extra.fragments or extra.attributes)


def _are_items(item: XmlPlace, node: Element) -> bool:
    """Whether the elements within one in a map are called as items of a list there: as the key that names it.

    Any others are read as items, too, but an alternative that is an object knows them better.
    """
    return not is_named_by_key(item) or all(local(str(child.tag)) == local(str(node.tag)) for child in node)


def _trial(
    structures: list[XmlPlace],
    scalars: list[XmlPlace],
    readers: dict[int, Reader],
    node: Element,
    context: DecodeContext,
) -> Trial:
    partial: Trial | None = None
    partial_is_forbidden = False
    best: tuple[Grade, Trial] | None = None
    """Of the members that know all of the element, the one whose schema the values are nearest to."""
    first_error: DecodeError | None = None
    start = len(context.aside)
    # A member that does not fit must raise here: what is read leniently fits everything.
    deviations, context.deviations = context.deviations, None
    try:
        for member in structures:
            mark = context.mark_references()
            try:
                value = readers[id(member)](node, context)
            except DecodeError as error:
                first_error = first_error or error
                del context.aside[start:]
                context.forget_references(mark)
                continue
            aside = context.aside[start:]
            del context.aside[start:]
            # A scalar of a union within has no place for attributes; an object may have.
            is_short = member.kind == "union" and _has_attributes(node) and not has_place(member, value)
            is_short |= member.kind == "list" and not _are_items(member.item, node)
            is_forbidden = _has_forbidden_content(value)
            if not aside and getattr(value, "_extra", None) is None and not is_short and not is_forbidden:
                how_far = _how_far(member, value, node)
                if not any(how_far):
                    return value, aside, None
                if best is None or how_far < best[0]:
                    best = (how_far, (value, aside, None))
            if partial is None or (partial_is_forbidden and not is_forbidden):
                partial, partial_is_forbidden = (value, aside, None), is_forbidden
    finally:
        context.deviations = deviations
    if best is not None:
        return best[1]
    return _text_or(partial, structures, scalars, node, first_error)


def _text_or(
    partial: Trial | None,
    structures: list[XmlPlace],
    scalars: list[XmlPlace],
    node: Element,
    error: DecodeError | None,
) -> Trial:
    """What an element is of which no structure knows all: a text, or what was read of it in part."""
    if not len(node) and not (partial is not None and _attributes_tell(structures, node)):
        value, chosen = choose(scalars, node.text or "")
        if chosen is not None:
            return value, [], None
    if partial is not None:
        return partial
    if error is None:
        what = lexical_of(scalars[0].shape, scalars[0].profile).what if scalars else "a value"
        error = wrong(what, shown(node.text or ""), node)
    return None, [], error
