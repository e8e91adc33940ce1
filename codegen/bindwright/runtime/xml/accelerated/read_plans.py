"""Plans of reading for the accelerator: which elements a model has, and what reads their texts.

A plan says what `ChildReader` does, whose tables it takes. What has no entry here is a place of the kind READ_OFF: a
document that has such an element is the reference's, as is any that does not fit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import attrs

from bindwright.runtime.alternatives.decoded import decoded_grader
from bindwright.runtime.compile.accelerator import xml_documents
from bindwright.runtime.resolve import Names, evaluate
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.xml.accelerated.read_leaves import leaf, text_choice
from bindwright.runtime.xml.decoding.children import ChildReader, Entry, order_of_runs
from bindwright.runtime.xml.decoding.context import ReaderFactory, tags_of
from bindwright.runtime.xml.decoding.makers import MAKERS
from bindwright.runtime.xml.decoding.unions import attributes_tell_items, is_closed, takes_text, type_names
from bindwright.runtime.xml.fast.layout_regex import MISS, is_bare
from bindwright.runtime.xml.plan.alternatives import by_name, chooser, in_order, of_scalars
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace, xml_name
from bindwright.runtime.xml.plan.settling import element_name
from bindwright.runtime.xml.plan.xsi_type import TYPE, local_part, name_of
from bindwright.runtime.xml.scalars.escape import decode_name
from bindwright.runtime.xml.settings import DEFAULT, Settings
from bindwright.runtime.xml.tree.names import expanded, split_name
from bindwright.runtime.xml.tree.parse import utf8_start, without_declaration
from bindwright.runtime.xml.tree.unknown import Fragment, Inside, XmlExtra

C = xml_documents()
if C is not None:
    C.configure_reading(Fragment, XmlExtra, int.from_bytes(os.urandom(4)))
_LARGEST = 8_000_000
"""Bytes of a document that no limit of libxml2 on one text, or on all names, can refuse."""
_PATIENCE = 4
"""Documents in a row that could not be read so, after which only one in sixteen is tried."""
_DEEPEST = 3
"""Named lists, maps and choices within each other, with no model between, that are read so."""
ReadPlace = Any


class NoPlanError(Exception):
    """What cannot be described to the accelerator."""


class DocumentReader:
    """Reads documents of one type by its plan."""

    def __init__(self, place: XmlPlace, settings: Settings, plan: ReadPlace) -> None:
        self._plan = plan
        self._names = tuple(expat_name(tag) for tag in tags_of(place))
        limits = settings.limits
        self._options = (
            settings.namespaces == "lenient", limits.depth, min(limits.attributes, 1000), limits.declarations,
        )  # fmt: skip
        self._longest = min(_LARGEST, limits.text)
        self._missed = 0
        """Documents in a row that could not be read so."""

    def read(self, text: str) -> Any:
        """The value of a document's characters, or `MISS` where the reference is to read it."""
        if self._missed >= _PATIENCE and self._missed % 16:
            self._missed += 1
            return MISS
        value = self.attempt(text)
        self._missed = self._missed + 1 if value is MISS else 0
        return value

    def attempt(self, text: str) -> Any:
        """The same, whatever came of the documents before."""
        if len(text) > self._longest:
            return MISS
        data = without_declaration(text).encode(errors="surrogatepass")  # which are an error to expat
        if len(data) > self._longest or data.startswith(b"<?xml") or _may_define(data, 0):
            return MISS
        return C.read(self._plan, data, self._names, MISS, *self._options)

    def read_bytes(self, data: bytes) -> Any:
        """The same of a document that is plainly in UTF-8, which is told by its first bytes: else `MISS`."""
        start = utf8_start(data)
        if start < 0 or len(data) > self._longest or _may_define(data, start):
            return MISS
        return C.read(self._plan, data[start:] if start else data, self._names, MISS, *self._options)


def _may_define(data: bytes, start: int) -> bool:
    """Whether a document may have a DTD, which stands before its root; behind it, it is an error to expat, too."""
    # A search through all of a small document would take a tenth of the time that reading it takes.
    head = data[start : start + 64].lstrip()
    return not (head.startswith(b"<") and head[1:2].isalpha()) and b"<!D" in data


def quick_reader(place: XmlPlace, settings: Settings) -> DocumentReader | None:
    """What reads documents of a type; None where there is no accelerator, or it would read nothing."""
    if C is None or not settings.speculate or place.kind not in ("model", "list", "map"):
        return None
    plan = ReadPlanner(settings).place(place)
    return None if plan is None else DocumentReader(place, settings, plan)


def element_reader(place: XmlPlace) -> Callable[[str], Any] | None:
    """What reads the one element within a document's root, whose name is ``r``; None where that is the reference's.

    The function gives `MISS` where the reference is to read it.
    """
    # One element that may be several is read as what is no list.
    plan = None if C is None or place.one_or_many else ReadPlanner(DEFAULT).place(place)
    if plan is None:
        return None
    around = C.ReadPlace(C.READ_LIST, first=plan, names=tuple(expat_name(tag) for tag in tags_of(place)))
    limits = DEFAULT.limits
    options = (b"r",), MISS, False, limits.depth, min(limits.attributes, 1000), limits.declarations

    def read(text: str) -> Any:
        values = C.read(around, text.encode(errors="surrogatepass"), *options)
        return values[0] if values is not MISS and len(values) == 1 else MISS

    return read


def expat_name(tag: str) -> bytes:
    """An expanded name as expat gives it with a form feed between its parts."""
    namespace, name = split_name(tag)
    return (f"{namespace}\f{name}" if namespace else name).encode()


class ReadPlanner:
    """Describes the places of documents read with some settings. Only where there is an accelerator."""

    def __init__(self, settings: Settings) -> None:
        self.factory = ReaderFactory(settings, MAKERS)
        self._plans: dict[tuple[int, bool], tuple[ModelPlan, Any]] = {}
        self._around: list[Any] = []
        """The named lists, maps and choices that the place described now is in, with no model between."""

    def place(self, place: XmlPlace) -> ReadPlace | None:
        """The place of an element; None where it is the reference's."""
        describe = getattr(self, "_" + place.kind, None)
        named = place.shape.named
        # Only models are described when they are first read; what holds itself without one would have no end, and
        # names that hold each other in every order nearly none.
        if describe is None or (
            named is not None and (named in self._around or len(self._around) >= _DEEPEST)
        ):
            return None
        if named is not None:
            self._around.append(named)
        try:
            return describe(place)
        except NoPlanError:
            return None
        finally:
            if named is not None:
                self._around.pop()

    def _any_place(self, place: XmlPlace) -> ReadPlace:
        return self.place(place) or C.ReadPlace(C.READ_OFF)

    def _scalar(self, place: XmlPlace) -> ReadPlace:
        return C.ReadPlace(nullable=place.shape.nullable, **leaf(place, C))

    def _list(self, place: XmlPlace) -> ReadPlace:
        if not place.wrapped or place.item.kind not in ("scalar", "model", "union", "list", "map", "any"):
            raise NoPlanError
        build = place.shape.type
        return C.ReadPlace(
            C.READ_LIST,
            first=self._any_place(place.item),
            names=tuple(expat_name(tag) for tag in tags_of(place.item)),
            build=None if build is list else build,
            nullable=place.shape.nullable,
        )

    def _map(self, place: XmlPlace) -> ReadPlace:
        if place.entries is not None or place.item.kind not in (
            "scalar",
            "model",
            "map",
            "any",
            "list",
            "union",
        ):
            raise NoPlanError
        build = place.shape.type
        return C.ReadPlace(
            C.READ_MAP,
            first=self._any_place(place.item),
            names=(place.item.namespace.encode(),),
            parse=decode_name,
            build=None if build is dict else build,
            nullable=place.shape.nullable,
        )

    def _any(self, place: XmlPlace) -> ReadPlace:
        if place.profile == "datacontract":
            raise NoPlanError
        return C.ReadPlace(C.READ_FREE, first=place.shape.kind == "map", nullable=place.shape.nullable)

    def _model(self, place: XmlPlace) -> ReadPlace:
        plan = model_plan(place)
        is_typed = any(slot.place.tag == TYPE for slot in plan.attributes)
        if (
            plan.root.choice is not None
            and not is_typed
            and (choice := self._by_discriminator(place, plan)) is not None
        ):
            return choice
        types = {} if is_typed else {"types": dict.fromkeys(_own_types(place), True)}
        return C.ReadPlace(
            C.READ_MODEL, first=partial(self._plan, plan), nullable=place.shape.nullable, is_attribute=is_typed, **types
        )  # fmt: skip

    def _by_discriminator(self, place: XmlPlace, plan: ModelPlan) -> ReadPlace | None:
        """A base whose discriminator tells the class; None where that is no element or attribute of its own."""
        choice = plan.root.choice
        slot = next(
            (slot for slot in plan.slots if choice and slot.member.json == choice.discriminator), None
        )
        if (
            choice is None
            or choice.default
            or slot is None
            or slot.place.node not in ("element", "attribute")
        ):
            return None
        names = Names(plan.model.__module__)

        def alternative(text: str) -> ReadPlace | None:
            """Late: a class is imported, and described, when the first object of it comes."""
            if text not in choice.mapping:
                return None
            model = shape_of(choice.mapping[text], names=names).type
            is_derived = isinstance(model, type) and issubclass(model, plan.model) and model is not plan.model
            own = model_plan(place, model) if is_derived else plan
            if own.root.choice is not None and own.root.choice.discriminator != choice.discriminator:
                return self._by_discriminator(place, own)
            return C.ReadPlace(
                C.READ_MODEL, first=partial(self._plan, own, is_exact=True), nullable=place.shape.nullable
            )

        return C.ReadPlace(
            C.READ_CHOICE,
            first={},
            parse=alternative,
            names=(expat_name(expanded(slot.place.namespace, slot.place.name)),),
            is_attribute=slot.place.node == "attribute",
            nullable=place.shape.nullable,
            types={},  # what xsi:type says is the reference's
        )

    def _union(self, place: XmlPlace) -> ReadPlace:
        """A choice of scalars, of models that a discriminator tells, or of what is tried."""
        members, choice = in_order(place), place.shape.fact("choice")
        if place.node != "element" or by_name(place):
            raise NoPlanError  # alternatives with names of their own
        if place.one_or_many:
            return self._one_or_many(place, members)
        if choice is None or choice.discriminator is None:
            if all(member.kind == "scalar" for member in members):
                parse = partial(_chosen, chooser(members))
                return C.ReadPlace(C.READ_CHOSEN, parse=parse, nullable=place.shape.nullable)
            return self._tried(place, members)
        if choice.default:
            raise NoPlanError
        slot = _discriminator(members, choice.discriminator)
        alternatives: dict[str, ReadPlace] = {}
        for member in members:
            for name in (element_name(member.shape), member.shape.name):
                if name is not None:
                    alternatives.setdefault(name, self._model(member))
        for text, expression in choice.mapping.items():
            wanted = evaluate(expression, place.shape.names)
            for member in members:
                if member.shape.type is wanted:
                    alternatives[text] = self._model(member)
                    break
            else:
                alternatives.pop(text, None)
        return C.ReadPlace(
            C.READ_CHOICE,
            first=alternatives,
            names=(expat_name(slot.place.tag),),
            is_attribute=slot.place.node == "attribute",
            nullable=place.shape.nullable,
            types=self._types(members),
        )

    def _types(self, members: list[XmlPlace]) -> dict[str, ReadPlace]:
        """What ``xsi:type`` may say of a choice's elements, with the models it is for."""
        types: dict[str, ReadPlace] = {}
        for member in members:
            for name in type_names(member):
                # A name that another alternative has first is that one's.
                types.setdefault(name, member)
        return {
            name: self._model(member)
            for name, member in types.items()
            if member.kind == "model" and name in _own_types(member)
        }

    def _tried(self, place: XmlPlace, members: list[XmlPlace]) -> ReadPlace:
        """A choice that nothing tells, of alternatives in order of trial."""
        scalars = [member for member in members if member.kind == "scalar"]
        structures = [member for member in members if member.kind != "scalar"]
        if any(
            member.kind not in ("model", "map", "list", "any") or member.node != "element"
            for member in structures
        ):
            raise NoPlanError
        if scalars and takes_text(structures):
            raise NoPlanError  # attributes tell
        if len(of_scalars(structures)) > 1:
            raise NoPlanError  # the values tell
        tags = {tag for member in members for tag in tags_of(member)}
        return C.ReadPlace(
            C.READ_TRIED,
            first=tuple(
                (
                    self._any_place(member),
                    decoded_grader(member.shape),
                    len(structures) > 1 and is_closed(member.shape.type),
                )
                for member in structures
            ),
            parse=text_choice(scalars, has_others=bool(structures)),
            names=tuple(expat_name(tag) for tag in sorted(tags)),
            nullable=place.shape.nullable,
            types=self._types(members),
        )

    def _one_or_many(self, place: XmlPlace, members: list[XmlPlace]) -> ReadPlace:
        """A choice between a list, whose items stand side by side, and something else."""
        lists = [member for member in members if member.kind == "list" and not member.wrapped]
        others = [member for member in members if member not in lists]
        choice = place.shape.fact("choice")
        if choice and choice.discriminator:
            raise NoPlanError
        texts = of_scalars(lists)
        is_asked = any(member.kind == "scalar" and decoded_grader(member.shape) for member in others)
        if len(texts) > 1 or (texts and is_asked):
            raise NoPlanError  # which one it is, the values say
        if any(
            member.shape.type is not list or set(tags_of(member.item)) != set(tags_of(place))
            for member in lists
        ):
            raise NoPlanError
        if any(member.kind not in ("scalar", "model") for member in others) or attributes_tell_items(place):
            raise NoPlanError
        single = self._tried(place, others) if others else None
        return C.ReadPlace(
            C.READ_ONE_OR_MANY,
            first=(single, *(self._any_place(member.item) for member in lists)),
            nullable=place.shape.nullable,
        )

    def _plan(self, plan: ModelPlan, *, is_exact: bool = False) -> Any:
        """The plan of a model, kept, for models hold themselves; None where the reference reads it.

        Args:
            plan: what is described.
            is_exact: whether it is known that an object is of just this class, where a discriminator tells the class.
        """
        key = id(plan), is_exact
        if key not in self._plans:
            try:
                described = self._describe(plan, is_exact=is_exact)
            except (NoPlanError, TypeError):  # a class without slots
                described = None
            self._plans[key] = plan, described
        return self._plans[key][1]

    def _describe(self, plan: ModelPlan, *, is_exact: bool) -> Any:
        if (
            plan.reference is not None
            or (plan.root.choice is not None and not is_exact)
            or not is_bare(plan.model)
        ):
            raise NoPlanError
        reader = ChildReader(plan, self.factory)
        if any(not place.one_or_many for place, _ in reader.flat.values()):
            raise NoPlanError
        if any(is_many for shares in reader.shared.values() for _, _, is_many in shares):
            raise NoPlanError  # which elements are a list's, and which another member's, their number tells
        text = plan.text
        if text is not None and text.place.node == "cdata":
            raise NoPlanError
        members = tuple(slot.member.attribute for slot in plan.slots)
        others = _other_members(plan, members)
        return C.ReadPlan(
            model=plan.model,
            members=members,
            children=self._children(reader),
            attributes=tuple(
                (expat_name(tag), number, 0, False, False, _attribute(slot.place))
                for tag, (number, _, slot) in reader.attributes.items()
            ),
            twins=tuple(
                self._entry(tag, entry, reader)
                for tag, entries in reader.twins.items()
                for entry in entries
                if not entry[3]
            ),
            defaults=tuple(_default(slot) for slot in plan.slots),
            other_members=tuple(others),
            others=tuple(others.values()),
            kept="_extra" if reader.keeps else None,
            extra_of=partial(_extra_of, {slot.index: slot.member.json for slot in plan.elements}),
            text=None if text is None else C.ReadPlace(**leaf(text.place, C)),
            is_ordered=reader.ordered,
            refuses_unknown=plan.additional is not None,
            text_is_required=text is not None and text.member.required,
            text_is_nullable=text is not None and text.member.shape.nullable,
            text_is_string=text is not None and text.member.shape.kind == "string",
        )

    def _children(self, reader: ChildReader) -> tuple[Any, ...]:
        entries = sorted(reader.slots.items(), key=lambda item: item[1][1])
        return tuple(self._entry(tag, entry, reader) for tag, entry in entries)

    def _entry(self, tag: str, entry: Entry, reader: ChildReader) -> tuple[Any, ...]:
        number, index, _, many, place, _ = entry
        if place.one_or_many:
            return expat_name(tag), number, index, True, False, self._any_place(place)
        # A list of a class of its own is made when all of its items are there.
        is_plain = not many or reader.plan.elements[index].place.shape.type is list
        described = self._any_place(place) if is_plain else C.ReadPlace(C.READ_OFF)
        return (
            expat_name(tag), number, index, many, index in reader.null_is_absent and not many, described,
        )  # fmt: skip


def _own_types(place: XmlPlace) -> frozenset[str]:
    """What ``xsi:type`` says of a model that names itself."""
    name = name_of(place.shape.type, place.shape)
    if place.profile == "datacontract":
        return frozenset((name,))
    return frozenset((name, expanded(place.inherited, xml_name(place.shape.name or ""))))


def _attribute(place: XmlPlace) -> ReadPlace:
    described = leaf(place, C)
    if place.tag == TYPE:
        return C.ReadPlace(C.READ_QNAME, parse=partial(_qualified, described["parse"]))
    return C.ReadPlace(**described)


def _qualified(parse: Callable[[str], Any], name: str) -> Any:
    """A member that is ``xsi:type``, of an expanded name, as `ChildReader` has it."""
    text = local_part(name)
    value = parse(text)
    return text if value.__class__ is str else value


def _chosen(choose: Callable[[str], tuple[Any, XmlPlace | None]], text: str) -> Any:
    """The value of a text by the alternative that takes it.

    Raises:
        ValueError: none does.
    """
    value, member = choose(text)
    if member is None:
        raise ValueError(text)
    return value


def _discriminator(members: list[XmlPlace], name: str) -> Slot:
    """The one place in which all alternatives have the discriminator.

    Raises:
        NoPlanError: there is none, or there are several.
    """
    if any(member.kind != "model" for member in members):
        raise NoPlanError
    slots = [slot for member in members for slot in model_plan(member).slots if slot.member.json == name]
    if len({(slot.place.tag, slot.place.node) for slot in slots}) != 1 or slots[0].place.tag == TYPE:
        raise NoPlanError
    if slots[0].place.node not in ("element", "attribute"):
        raise NoPlanError
    return slots[0]


def _default(slot: Slot) -> tuple[Any, bool] | None:
    """The value, or factory, of a member that is not there; None where it has to be."""
    member, default = slot.member, slot.member.default
    if slot.place.node == "attribute" and member.shape.nullable:
        return None, False
    if member.required:
        return None if slot.place.nothing is None else (slot.place.nothing, True)
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return default.factory, True
    return default, False


def _other_members(plan: ModelPlan, members: tuple[str, ...]) -> dict[str, tuple[Any, bool]]:
    """Members that XML does not have, by attribute, with their defaults.

    Raises:
        NoPlanError: one has none.
    """
    others: dict[str, tuple[Any, bool]] = {}
    for field in attrs.fields(plan.model):
        if field.name in members or field.name == "_extra":
            continue
        if plan.additional is not None and field.name == plan.additional.member.attribute:
            others[field.name] = dict, True
        elif field.default is attrs.NOTHING or getattr(field.default, "takes_self", False):
            raise NoPlanError
        elif isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
            others[field.name] = field.default.factory, True
        else:
            others[field.name] = field.default, False
    return others


def _extra_of(
    names: dict[int, str],
    attributes: list[tuple[str, str]] | None,
    fragments: list[tuple[int, Fragment]] | None,
    nulls: list[int] | None,
    among: list[tuple[int, int, Fragment, list[Any]]] | None,
    order: tuple[int, ...] | None,
) -> XmlExtra | None:
    """What an object keeps that is more than attributes and unknown elements; ``among`` are unknown elements among the
    items of lists, with the index and the list."""
    if order is not None and not (nulls or among or attributes or fragments):
        return _extra_of_order(order)
    inside: dict[int, list[tuple[int, Any]]] = {}
    counts: dict[int, int] = {}
    for index, position, fragment, items in among or ():
        inside.setdefault(index, []).append((position, fragment))
        counts[index] = len(items)
    extra = XmlExtra(
        null_members=tuple(names[index] for index in nulls or ()),
        attributes=tuple(attributes or ()),
        fragments=tuple(fragments or ()),
        inside=tuple(Inside(index, counts[index], tuple(kept)) for index, kept in inside.items()),
        nulls=tuple(nulls or ()),
        order=None if order is None else tuple(order_of_runs(list(order))),
    )
    return None if extra.plain else extra


@lru_cache(maxsize=4096)
def _extra_of_order(order: tuple[int, ...]) -> XmlExtra:
    """What objects keep of whose members only the order is another: one for all of them, for it is never changed."""
    return XmlExtra(order=tuple(order_of_runs(list(order))))
