"""Unions and free-form values, compiled: what is written is settled by the value."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from bindwright.runtime.alternatives.tags import Tag, TagAttribute, inherited_tags
from bindwright.runtime.xml.decoding import untyped as anything
from bindwright.runtime.xml.decoding.unions import in_the_place, is_named_by_type, type_names
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.elements import Element, function, null_function
from bindwright.runtime.xml.encoding.free_content import free_writer
from bindwright.runtime.xml.encoding.namespaces import Env, Style
from bindwright.runtime.xml.encoding.read_back import QuickReader, ReadBack, has_tag
from bindwright.runtime.xml.encoding.unknown import NamespaceScope
from bindwright.runtime.xml.encoding.unknown_among_items import with_unknown_attributes
from bindwright.runtime.xml.plan import xsi_type as kinds
from bindwright.runtime.xml.plan.alternatives import by_name, leaf_for, members_for
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE


class DirectWriters:
    """Writers of models that are told apart by their element's name or by a discriminator, by class."""

    def __init__(self, tag: Tag | None) -> None:
        self._tag = tag
        self._writers: dict[type, tuple[Element, TagAttribute | None]] = {}
        """With the discriminator's attribute, which has to say the class."""
        self.places: dict[type, tuple[XmlPlace, TagAttribute | None]] = {}
        """What the writers write, with the same attribute."""

    def add(self, model: type, writer: Element, place: XmlPlace) -> None:
        """Note the writer of a class and the place it writes, unless two discriminators tell what it is."""
        tags = (tag for tag in (self._tag, *inherited_tags(model)) if tag is not None)
        attributes = [attribute for tag in tags if (attribute := tag.attribute_of(model)) is not None]
        if all(attribute == attributes[0] for attribute in attributes):
            self._writers[model] = writer, next(iter(attributes), None)
            self.places[model] = place, next(iter(attributes), None)

    def of(self, value: Any) -> Element | None:
        """The writer of a value that says itself what it is."""
        if (entry := self._writers.get(value.__class__)) is None:
            return None
        writer, attribute = entry
        return writer if attribute is None or getattr(value, attribute.name) in attribute.values else None


class _MemberWriters:
    """Writers of a union's members, made when they are first asked for."""

    def __init__(self, place: XmlPlace, env: Env, style: Style, named: str | None) -> None:
        self._place, self._env, self._style = place, env, style
        self.named_members = by_name(place)
        self._has_name = named is not None and not self.named_members
        self._writers: dict[tuple[int, str | None], Element] = {}

    def stand_in(self, member: XmlPlace) -> XmlPlace:
        """A member at the place where it is written."""
        return member if self.named_members else in_the_place(self._place, member)

    def of(self, member: XmlPlace, typed: str | None = None) -> Element:
        """The writer of a member, with the expanded name that ``xsi:type`` tells."""
        key = (id(member), typed)
        if key not in self._writers:
            stand_in = self.stand_in(member)
            self._writers[key] = function(stand_in, self._env, self._style, name=self._has_name, typed=typed)
        return self._writers[key]


class UnionWriter:
    """Writes a union's values by the member each is of."""

    def __init__(
        self, place: XmlPlace, env: Env, style: Style, named: str | None, quick: QuickReader | None = None
    ) -> None:
        """A writer of a place in a scope.

        Args:
            place: the union's.
            env: the scope.
            style: how documents are written.
            named: the name of a key that the element has instead of its own.
            quick: reads back what was written faster than the full reader.
        """
        self._place, self._env, self._style = place, env, style
        self.writers = _MemberWriters(place, env, style, named)
        self.back = ReadBack(place, env, quick)
        choice = place.shape.fact("choice")
        self._tag = (
            Tag(choice.discriminator, choice, place.shape.names) if choice and choice.discriminator else None
        )
        self.direct = DirectWriters(self._tag)

    def write(self, value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        """The element of a value.

        Raises:
            TypeError, ValueError, AttributeError: no member writes it.
        """
        writers, named_members = self.writers, self.writers.named_members
        if (write_directly := self.direct.of(value)) is not None:
            return write_directly(value, depth, prefixes, *(() if named_members else name))
        certainty = None if named_members else self.back.certainty_of(value)
        if certainty is not None and not (certainty.is_typed and self._style.dcs):
            try:
                text = writers.of(certainty.member)(value, depth, prefixes, *name)
                return self._typed(certainty.member, text, depth, prefixes) if certainty.is_typed else text
            except (TypeError, ValueError, AttributeError):
                pass  # what is wrong, or another alternative, comes of asking all of them
        return self._asking(value, depth, prefixes, *name)

    def _asking(self, value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        """The element of a value whose class does not say what it is: by the first member that writes it."""
        writers, tag, named_members = self.writers, self._tag, self.writers.named_members
        for each_tag in (tag, *inherited_tags(value.__class__)):
            value = value if each_tag is None else each_tag.set_in(value)
        problem: Exception = TypeError(f"{type(value).__name__} where a member of the union belongs")
        for member in members_for(self._place, value):
            names = name if not named_members else ()
            try:
                writer = writers.of(member)
                text = writer(value, depth, prefixes, *names)
                # A class without the property of the discriminator is told by what is read back.
                certain = named_members or (tag is not None and has_tag(member, value, tag.name))
                if certain and member.kind == "model" and value.__class__ is member.shape.type:
                    self.direct.add(value.__class__, writer, writers.stand_in(member))
                # In a union within, the alternative says its own name.
                leaf = leaf_for(member, value) or member
                if (
                    named_members
                    or not is_named_by_type(leaf, self._place.members)
                    or self.back.tells(member, value, text, prefixes)
                ):
                    return text
                if leaf is member and (self._style.dcs or member.kind != "model"):
                    return writers.of(member, type_names(member)[0])(value, depth, prefixes, *names)
                return self._typed(leaf, text, depth, prefixes)
            except (TypeError, ValueError, AttributeError) as error:
                problem = error
        raise problem

    def _typed(self, member: XmlPlace, text: str, depth: int, prefixes: tuple[str, ...]) -> str:
        """An element with ``xsi:type``.

        It is put into what is written already: each level writing its content twice, time would double with each.
        """
        scope = runtime_scope(self._env, prefixes)
        return with_unknown_attributes(text, ((TYPE, type_names(member)[0]),), scope, depth, self._style.dcs)


def runtime_scope(env: Env, prefixes: tuple[str, ...]) -> NamespaceScope:
    """The namespaces in scope at a call, with the prefixes that were named while writing."""
    scope = env.scope
    return scope.default, tuple(
        (namespace, prefix if isinstance(prefix, str) else prefixes[prefix])
        for namespace, prefix in scope.prefixes
    )


def _any(place: XmlPlace, env: Env, style: Style) -> Element:
    """Writes a free-form value."""
    writers: dict[Any, Element] = {}

    def write(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
        typed = None
        if style.dcs:
            value = anything.as_dotnet(value)
        if style.dcs or not isinstance(value, (str, int, float, dict, list, type(None))):
            typed = anything.type_of(value) if value is not None else None
        key = (value.__class__, typed, bool(name))
        if key not in writers:
            writers[key] = _any_function(place, env, style, value, typed, bool(name))
        return writers[key](value, depth, prefixes, *name)

    return write


def _any_function(
    place: XmlPlace, env: Env, style: Style, value: Any, typed: str | None, name: bool
) -> Element:
    if value is None:
        return null_function(place, env, style, name=name)
    shape = anything.shape_at(value, typed, place)
    if shape is not None:
        stand_in = evolve(place, shape=shape, inherited=anything.inherited_at(shape, place), node="element")
        if stand_in.kind == "model":
            # The place says nothing of what stands there: an object declares its namespace for `i:type` alone, which
            # comes after `z:Id` (.NET, OnHandleReference).
            stand_in = evolve(stand_in, quiet=True)
        type_name = typed if typed is not None else kinds.name_of(shape.type, shape)
        return function(stand_in, env, style, name=name, typed=type_name if style.dcs else None)
    if style.dcs and not isinstance(value, dict):
        raise TypeError(f"{type(value).__name__} is none of the known types here")
    return free_writer(place, env, style)


def write_union(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    return _called(src, UnionWriter(place, env, src.style, name).write, env, value, name)


def write_any(
    src: WriterSource, place: XmlPlace, env: Env, value: str, name: str | None, typed: str | None
) -> str:
    return _called(src, _any(place, env, src.style), env, value, name)


def _called(src: WriterSource, write: Element, env: Env, value: str, name: str | None) -> str:
    """A call of a function that settles while writing what is written."""
    named = "" if name is None else f", f'{name}'"  # Python 3.11 wants other quotes inside
    return f"{{{src.bind('u', write)}({value}, {env.depth}, {env.prefixes}{named})}}"
