"""Plans of writing for the accelerator: the tags of each place as bytes, and the compiled functions behind them.

A plan says what `encoding` says in lines. Tags come from the same functions. What has no entry here (.NET's
conventions, tuples, entries of maps, users' hooks) is a place of the kind WRITE_SLOW. The functions of places are
compiled when they are first called.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import attrs
from attrs import evolve

from bindwright.runtime.compile.accelerator import xml_documents
from bindwright.runtime.model import UNSET
from bindwright.runtime.values.times import DateTime
from bindwright.runtime.values.zeros import zero_of
from bindwright.runtime.xml.accelerated.read_plans import element_reader
from bindwright.runtime.xml.accelerated.written_leaves import leaf, text_leaf
from bindwright.runtime.xml.decoding.unions import type_names
from bindwright.runtime.xml.encoding.code import WriterSource
from bindwright.runtime.xml.encoding.documents import is_free_root, root_env
from bindwright.runtime.xml.encoding.elements import (
    Element,
    contracts,
    function,
    inner_env,
    open_tag,
)
from bindwright.runtime.xml.encoding.free_content import single
from bindwright.runtime.xml.encoding.instances import (
    is_standing_in_untyped,
    is_told_by_discriminator,
    tags_of,
)
from bindwright.runtime.xml.encoding.models import (
    further_function,
    is_certain,
    member_function,
    text_function,
)
from bindwright.runtime.xml.encoding.namespaces import Env, StartTag, StaticScope, Style
from bindwright.runtime.xml.encoding.read_back import Certainty
from bindwright.runtime.xml.encoding.unions_and_any import UnionWriter, runtime_scope
from bindwright.runtime.xml.encoding.unknown import NamespaceScope, full_order
from bindwright.runtime.xml.encoding.unknown_among_items import with_unknown_attributes
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.distinctions import Condition
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.escape import encode_name
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.tree.unknown import XmlExtra

C = xml_documents()
if C is not None:
    C.configure(UNSET, DateTime)
_NAME = "\0"
"""Stands for the name of an element that is a map's key; no text of a tag holds it."""
_FREE = (str, int, float, bool, dict, list)
WritePlace = Any
QuickWriter = Callable[[Any], bytes | None]


class NoPlanError(Exception):
    """What cannot be described to the accelerator."""


def quick_writer(place: XmlPlace, style: Style) -> QuickWriter | None:
    """A function from a value to its document in UTF-8, or to None where the reference is to write it.

    Returns:
        None where there is no accelerator, or the conventions are .NET's: their prefixes are named while writing.
    """
    if C is None or style.dcs:
        return None
    return partial(C.write, WritePlanner(style).item(place, root_env(place, style), is_root=True))


class WritePlanner:
    """Describes the places of a style. Only where there is an accelerator."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.source = WriterSource(style, "tags")

    def item(self, place: XmlPlace, env: Env, *, named: bool = False, is_root: bool = False) -> WritePlace:
        """The place of a root, of an item, or of a value that is named by its key."""
        null = None
        nullable = place.shape.nullable or self.style.lenient
        if (nullable and not is_root) or place.kind == "any":
            null = self._nil(place, env, named)
        slow = _later(partial(function, place, inner_env(env), self.style, name=named))
        if is_free_root(place, self.style) if is_root else place.kind == "any" and not named:
            slow = _of_single(slow)
        return self._place(place, env, named, {"null": null, "slow": slow})

    def member(self, slot: Slot, env: Env) -> WritePlace:
        """The place of a member of a model."""
        shape, wire = slot.member.shape, slot.member.shape.wire
        slow = _later(partial(member_function, slot, env, self.style))
        if not wire.emit_default and zero_of(shape, required=slot.member.required) is not None:
            return C.WritePlace(C.WRITE_SLOW, slow=slow)
        null = absent = None
        if not is_certain(slot):
            nullable = shape.nullable and (slot.member.required or shape.unset)
            if nullable and wire.emit_default and slot.place.node == "element":
                null = self._nil(slot.place, env, False)
            elif nullable or not slot.member.required:
                null = b""
            absent = b"" if shape.unset else None
        if null is None and slot.place.kind == "any":
            null = self._nil(slot.place, env, False)
        return self._place(slot.place, env, False, {"null": null, "absent": absent, "slow": slow})

    def _place(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        describe = getattr(self, "_" + place.kind, None)
        if describe is not None and env.scope.count == 0:
            # A name that the reference refuses, or a class without slots, is no plan either.
            with suppress(NoPlanError, ValueError, TypeError):
                return describe(place, env, named, options)
        return C.WritePlace(C.WRITE_SLOW, **(self._key_tags(place, env) if named else {}), **options)

    def _tags(
        self,
        tag: StartTag,
        named: bool,
        *,
        is_leaf: bool = False,
        empty: bytes | None = None,
        typed: tuple[str, NamespaceScope] | None = None,
    ) -> dict[str, Any]:
        """The parts of a start tag and an end tag, around a name where that is a key.

        Args:
            tag: the element's.
            named: whether its name is a key.
            is_leaf: whether nothing but text stands inside.
            empty: instead of what follows the attributes, where nothing stands inside.
            typed: what ``xsi:type`` says, and the scope around the element.
        """
        start, close = f"<{_literal(tag.text(self.style))}", ">" if is_leaf else ""
        name = _literal(tag.name)
        if typed is not None:
            start = with_unknown_attributes(f"{start}>", ((TYPE, typed[0]),), typed[1], 1, False)[:-1]
        parts: dict[str, Any] = {} if empty is None else {"empty": empty}
        if not named:
            return parts | {"start": f"{start}{close}".encode(), "end": f"</{name}>".encode()}
        before, after = start.split(_NAME)
        mark = name.split(_NAME)[0]
        return parts | {
            "start": before.encode(),
            "after": f"{after}{close}".encode(),
            "end": f"</{mark}".encode(),
        }

    def _open(
        self, place: XmlPlace, env: Env, named: bool, plan: ModelPlan | None = None, *, is_null: bool = False
    ) -> tuple[StartTag, Env, dict[str, str]]:
        namespaces = contracts(place, is_null=is_null)
        tag, scope, names = open_tag(
            self.source, place, env, namespaces, name=_NAME if named else None, plan=plan
        )
        if scope.scope.count:
            raise NoPlanError
        return tag, scope, names

    def _nil(self, place: XmlPlace, env: Env, named: bool) -> bytes | None:
        """A null element, or what follows its name; None where the reference is asked."""
        try:
            tag, _, _ = self._open(place, env, named, is_null=True)
        except (NoPlanError, ValueError):
            return None
        tag.attributes.append(f' {self.style.xsi}:nil=\\"true\\"')
        text = f"<{_literal(tag.text(self.style))}{self.style.close}"
        return text.split(_NAME)[1].encode() if named else text.encode()

    def _scalar(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        tag, _, _ = self._open(place, env, named)
        return C.WritePlace(**leaf(place, C), **self._tags(tag, named, is_leaf=True), **options)

    def _any(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        if any(map(hooks().has, _FREE)):
            raise NoPlanError
        namespace, prefix = place.namespace, env.scope.find(place.namespace)
        if namespace == env.scope.default:
            tag = StartTag(name="")
        elif place.prefix or not isinstance(prefix, str):
            tag, _, _ = self._open(place, env, named)
            if env.declared:
                raise NoPlanError  # a root, which declares other prefixes as well
            return C.WritePlace(C.WRITE_FREE, **self._tags(tag, named, is_leaf=True), **options)
        else:
            tag = StartTag(name=f"{prefix}:")
        tag.name += _NAME if named else place.name
        return C.WritePlace(C.WRITE_FREE, **self._tags(tag, named, is_leaf=True), **options)

    def _list(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        if named:
            raise NoPlanError  # a key may name the items, too
        if not place.wrapped:
            return C.WritePlace(C.WRITE_LIST, first=self.item(place.item, env), **options)
        tag, scope, _ = self._open(place, env, False)
        tags = self._tags(tag, False, empty=self.style.close.encode())
        return C.WritePlace(C.WRITE_LIST, first=self.item(place.item, scope), **tags, **options)

    def _map(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        if place.entries is not None:
            raise NoPlanError
        tag, scope, _ = self._open(place, env, named)
        tags = self._tags(tag, named, empty=self.style.close.encode())
        values = self.item(place.item, scope, named=True)
        return C.WritePlace(C.WRITE_MAP, first=values, text=encode_name, **tags, **options)

    def _model(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        if place.node == "element" and is_told_by_discriminator(place) and "slow" in options:
            return self._base(place, env, named, options)
        return self._model_place(place, env, named, options)

    def _base(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        """A model whose discriminator tells the class of its objects: derived ones are noted as they come."""
        full, base = options["slow"], place.shape.type
        places = {base: (self._model_place(place, env, named, {}),)}

        def slow(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
            text: str = full(value, depth, prefixes, *name)
            cls = value.__class__
            if cls not in places and value is not None and value is not UNSET:
                with suppress(NoPlanError, ValueError, TypeError):
                    if is_standing_in_untyped(place, cls):
                        stand_in = evolve(place, shape=evolve(place.shape, type=cls))
                        places[cls] = (self._model_place(stand_in, env, named, {}),)
            return text

        name = self._key_tags(place, env) if named else {}
        return C.WritePlace(C.WRITE_CHOICE, first=places, **name, **{**options, "slow": slow})

    def _model_place(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        plan = model_plan(place)
        if plan.reference is not None or any(slot.place.tag == TYPE for slot in plan.attributes):
            raise NoPlanError
        options = {**options, "model": plan.model}
        type_name = options.pop("typed", None)
        typed = None if type_name is None else (type_name, runtime_scope(env, ()))
        if len(discriminators := tags_of(plan)) > 1:
            raise NoPlanError
        for _, attribute in discriminators:
            # Without it the reference writes the class's own; another value it checks.
            options.setdefault("discriminator", tuple(attribute))
        if place.node == "none":
            link = partial(self._content, plan, env.scope)
            return C.WritePlace(C.WRITE_MODEL, first=link, **options)
        tag, scope, names = self._open(place, env, named, plan)
        return C.WritePlace(
            C.WRITE_MODEL,
            first=partial(self._content, plan, scope.scope),
            attributes=tuple(self._attribute(slot, names) for slot in plan.attributes),
            members=tuple(slot.member.attribute for slot in plan.attributes),
            **self._tags(tag, named, empty=self.style.close.encode(), typed=typed),
            **options,
        )

    def _attribute(self, slot: Slot, names: dict[str, str]) -> WritePlace:
        start = f' {_literal(names[slot.place.tag])}="'
        return C.WritePlace(**text_leaf(slot.place, C), start=start.encode(), end=b'"')

    def _union(self, place: XmlPlace, env: Env, named: bool, options: dict[str, Any]) -> WritePlace:
        """A choice whose classes are noted as they come: the reference tells which of them say what they are."""
        if named and by_name(place):
            raise NoPlanError  # alternatives have names of their own
        places: dict[type, tuple[WritePlace, ...]] = {}
        union: UnionWriter | None = None

        def slow(value: Any, depth: int, prefixes: tuple[str, ...], *name: str) -> str:
            nonlocal union
            if value is None or value is UNSET:
                nothing: str = full(value, depth, prefixes, *name)
                return nothing
            if union is None:
                key = "" if named else None
                union = UnionWriter(place, inner_env(env), self.style, key, element_reader(place))
            text = union.write(value, depth, prefixes, *name)
            cls = value.__class__
            if cls not in places and (alternatives := self._alternatives(union, cls, env, named)) is not None:
                places[cls] = alternatives
            return text

        full = options["slow"]
        name = self._key_tags(place, env) if named else {}
        return C.WritePlace(C.WRITE_CHOICE, first=places, **name, **{**options, "slow": slow})

    def _alternatives(
        self, union: UnionWriter, cls: type, env: Env, named: bool
    ) -> tuple[WritePlace, ...] | None:
        """The places of a class's values in a choice, of which the first that takes a value writes it; None where they
        may come to be known."""
        if cls in union.direct.places:
            stand_in, attribute = union.direct.places[cls]
            options = {"discriminator": tuple(attribute)} if attribute is not None else {}
            return (self._place(stand_in, env, named, options),)
        if union.writers.named_members or not (certainties := union.back.certainties(cls)):
            return None
        places = [self._alternative(union, each, env, named) for each in certainties]
        return tuple(each for each in places if each is not None)

    def _alternative(
        self, union: UnionWriter, certainty: Certainty, env: Env, named: bool
    ) -> WritePlace | None:
        """The place of what a class says of its values; None where that is not all that is to be asked."""
        stand_in = union.writers.stand_in(certainty.member)
        describe = getattr(self, "_" + stand_in.kind, None)
        options: dict[str, Any] = {}
        if certainty.is_typed:
            options["typed"] = type_names(certainty.member)[0]
        if certainty.condition is not False:
            options["guard"] = _guard(certainty.condition)
        with suppress(NoPlanError, ValueError, TypeError):
            if stand_in.shape.kind == "enum":
                return self._words(stand_in, env, named, certainty.holds)
            if describe is not None and certainty.is_described:
                return describe(stand_in, env, named, options)
        return None

    def _words(
        self, place: XmlPlace, env: Env, named: bool, holds: Callable[[Any], bool]
    ) -> WritePlace | None:
        """The place of an enumeration's members of which something holds."""
        described = leaf(place, C)
        if described["kind"] != C.WRITE_WORDS:
            return None
        pairs = zip(described["first"][::2], described["first"][1::2], strict=True)
        words = tuple(part for pair in pairs if holds(pair[0]) for part in pair)
        tag, _, _ = self._open(place, env, named)
        return C.WritePlace(C.WRITE_WORDS, first=words, **self._tags(tag, named, is_leaf=True))

    def _key_tags(self, place: XmlPlace, env: Env) -> dict[str, bytes]:
        """What stands around a key where a place's function writes its elements: the start of a null one."""
        before = b""
        with suppress(NoPlanError, ValueError):
            tag, _, _ = self._open(place, env, True)
            before = f"<{_literal(tag.text(self.style))}".split(_NAME)[0].encode()
        return {"start": before, "end": b"", "after": b""}

    def _content(self, plan: ModelPlan, scope: StaticScope) -> Any:
        """What stands inside a model's element; kept, for models hold themselves."""
        contents, key = hooks().contents, ("accelerated", id(plan), scope, self.style)
        content = contents.get(key)
        if content is None:
            content = contents[key] = self._make_content(plan, Env(scope, ()))
        return content

    def _make_content(self, plan: ModelPlan, env: Env) -> Any:
        places = [self.member(slot, env) for slot in plan.elements]
        attributes = [slot.member.attribute for slot in plan.elements]
        if plan.text is not None:
            slow = _later(partial(text_function, plan.text, self.style))
            tags = {"start": b"", "end": b"", "null": b"", "absent": b"", "slow": slow}
            places.insert(0, C.WritePlace(**text_leaf(plan.text.place, C), **tags))
            attributes.insert(0, plan.text.member.attribute)
        further = rest = None
        if plan.additional is not None:
            if plan.additional.place.shape.wire.by_name:
                raise NoPlanError  # the key tells what a value is
            further = plan.additional.member.attribute
            slow = _later(partial(further_function, plan.additional, env, self.style))
            values = self.item(plan.additional.place.item, env, named=True)
            rest = C.WritePlace(C.WRITE_MAP, first=values, text=encode_name, slow=slow)
        kept = "_extra" if any(each.name == "_extra" for each in attrs.fields(plan.model)) else None
        order = partial(_order_of, len(plan.elements) + 1)
        return C.ContentPlan(
            plan.model, tuple(attributes), tuple(places), kept, order, further, rest, plan.text is not None
        )  # fmt: skip


def _guard(condition: Condition | bool | type | str) -> Any:
    """A condition in the accelerator's words."""
    if isinstance(condition, (bool, type, str)):
        return condition
    return tuple(
        tuple(
            (getattr(C, f"CLAUSE_{kind.upper()}"), attributes, detail) for kind, attributes, detail in group
        )
        for group in condition
    )


def _order_of(count: int, extra: Any) -> tuple[int, ...] | bool | None:
    """The order of elements that an object keeps; None: it writes nothing else; False: it does."""
    if extra.__class__ is not XmlExtra:
        return False if extra.null_members else None  # what JSON keeps
    if extra.plain:
        return None
    return full_order(extra.order, count) if extra.only_order else False


def _later(make: Callable[[], Element]) -> Element:
    """A function that is compiled on its first call."""
    function_: Element | None = None

    def write(*arguments: Any) -> str:
        nonlocal function_
        if function_ is None:
            function_ = make()
        text: str = function_(*arguments)
        return text

    return write


def _of_single(write: Element) -> Element:
    """The same for what stands for one element."""
    return lambda value, *arguments: write(single(value), *arguments)


_ESCAPED = re.compile(r"\\(x00|.)|([{}])\2?", re.DOTALL).sub


def _literal(text: str) -> str:
    """What text of an f-string stands for (`f_text`)."""
    return _ESCAPED(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    if match[2] is not None:
        if len(match[0]) < 2:
            raise NoPlanError  # a prefix that is named while writing
        return match[2]
    return {"n": "\n", "r": "\r", "x00": "\0"}.get(match[1], match[1])
