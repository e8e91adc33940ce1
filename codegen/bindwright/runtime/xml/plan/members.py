"""Plans of models: the places of their members, in written order."""

from __future__ import annotations

import codecs
from collections.abc import Hashable, Iterator
from typing import Any

from attrs import define

from bindwright.runtime.model import Model
from bindwright.runtime.shapes import Member, Shape, members_of, owner_of
from bindwright.runtime.wire import Wire, Xml
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.settling import (
    attribute_place,
    has_members,
    id_place,
    inherited_of,
    known_types_of,
    place_of,
    read_also,
)
from bindwright.runtime.xml.scalars.escape import encode_name
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.tree.names import expanded


@define(kw_only=True, eq=False)
class Slot:
    """One member of a model at its place."""

    member: Member
    place: XmlPlace
    index: int = 0

    @property
    def null_is_absent(self) -> bool:
        """Whether None means that the member is absent, so that null has to be noted beside it."""
        return not self.member.required and self.place.shape.nullable and not self.place.shape.unset


@define(kw_only=True, eq=False)
class ModelPlan:
    """A model's members by node type; elements in written order."""

    model: type
    profile: str
    inherited: str
    attributes: tuple[Slot, ...]
    elements: tuple[Slot, ...]
    """Elements, lists and flattened members, in written order."""
    text: Slot | None
    absent: tuple[Member, ...]
    """Members that XML does not have."""
    id: XmlPlace | None
    """With IsReference, the attribute that carries the id, be it a member or not."""
    additional: Slot | None
    root: Wire

    @property
    def slots(self) -> tuple[Slot, ...]:
        """All members XML has."""
        text = () if self.text is None else (self.text,)
        return (*self.attributes, *self.elements, *text)

    @property
    def reference(self) -> tuple[str, str, str] | None:
        """(JSON name of the id, of the reference, name of the attribute) with IsReference."""
        return self.root.reference


def inherited_by(model: type, default: str) -> str:
    """The namespace that a model gives to members that name none."""
    facts = vars(model).get("__wire__")
    return default if facts is None else inherited_of(Xml(), facts.xml, default)


def plan_of(model: type, inherited: str, profile: str, known_types: tuple[Any, ...] = ()) -> ModelPlan:
    """The plan of a model, read where ``inherited`` is the namespace of members that name none.

    Raises:
        TypeError: not a model, or a field's type cannot stand on the wire.
    """
    # What a hook reads and writes has a place of another kind.
    plans: dict[Hashable, ModelPlan] = hooks().plans
    key = (model, inherited, profile, known_types)
    plan = plans.get(key)
    if plan is None:
        plan = plans[key] = _plan_of(*key)
    return plan


def _plan_of(model: type, inherited: str, profile: str, known_types: tuple[Any, ...]) -> ModelPlan:
    root = vars(model).get("__wire__") or Wire()
    known_types = known_types_of(model, known_types, profile)
    slots = list(_slots(model, inherited, profile, known_types, root))
    elements = [slot for slot in slots if slot.place.node in ("element", "none")]
    texts = [slot for slot in slots if slot.place.node in ("text", "cdata")]
    if len(texts) > 1:
        raise TypeError(f"{model.__qualname__} has more than one text node")
    ordered = _ordered(model, elements, profile, root)
    for index, slot in enumerate(ordered):
        slot.index = index
    return ModelPlan(
        model=model, profile=profile, inherited=inherited, root=root, elements=tuple(ordered),
        attributes=tuple(slot for slot in slots if slot.place.node == "attribute"),
        text=texts[0] if texts else None,
        absent=tuple(member for member in members_of(model) if member.shape.wire.only == "json"),
        id=None if root.reference is None else _id_of(slots, root.reference[0], profile),
        additional=_additional(model, inherited, profile, root),
    )  # fmt: skip


def _slots(
    model: type, inherited: str, profile: str, known_types: tuple[Any, ...], root: Wire
) -> Iterator[Slot]:
    also_read = _also_read(model)
    for member in members_of(model):
        wire = member.shape.wire
        if wire.only == "json" or member.attribute == root.additional:
            continue
        owner = owner_of(model, member.attribute)
        base = inherited if owner is model else inherited_by(owner, inherited)
        name = member.json or encode_name("")
        if wire.xml.node == "attribute" and not has_members(member.shape):
            if _declares(member):
                continue
            yield Slot(member=member, place=attribute_place(member.shape, name, profile))
        elif root.reference is not None and member.json == root.reference[0]:
            yield Slot(member=member, place=id_place(member.shape, profile))
        else:
            place = place_of(
                member.shape,
                name=name,
                inherited=base,
                profile=profile,
                known_types=known_types,
            )
            place.one_or_many = place.has_bare_list
            if other := also_read.get(member.json):
                read_also(place, other)
            yield Slot(member=member, place=place)


def _also_read(model: type) -> dict[str, str]:
    """The other names of members, by their names in JSON: of the base classes, and what the class says over them."""
    names: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if (facts := vars(base).get("__wire__")) is not None:
            names |= facts.also_read
    return names


def _declares(member: Member) -> bool:
    """Whether an attribute's name is that of a namespace declaration, which XML does not give as an attribute
    (Namespaces in XML 1.0, 3): such a member is left out.

    Raises:
        TypeError: the member is required, so that no document could be read.
    """
    xml = member.shape.wire.xml
    if (xml.name or member.json) != "xmlns" or xml.namespace:
        return False
    if member.required:
        raise TypeError(
            f"{member.attribute!r} cannot be an attribute 'xmlns': that is a namespace declaration"
        )
    return True


def _additional(model: type, inherited: str, profile: str, root: Wire) -> Slot | None:
    for member in members_of(model):
        if root.additional is not None and member.attribute == root.additional:
            place = place_of(member.shape, name="", inherited=inherited, profile=profile)
            return Slot(member=member, place=place)
    return None


def _ordered(model: type, slots: list[Slot], profile: str, root: Wire) -> list[Slot]:
    """Written order: base classes first in the profile; then ``x-xml-order``, else as declared."""
    order = root.member_order or ("alphabetical" if profile == "datacontract" else "declared")
    if isinstance(order, tuple):
        ranks = {name: index for index, name in enumerate(order)}
        return sorted(
            slots,
            key=lambda slot: min(
                ranks.get(slot.member.json, len(ranks)), ranks.get(slot.place.name, len(ranks))
            ),
        )
    if order == "declared":
        return slots
    levels = [base for base in reversed(model.__mro__) if base is not object and base is not Model]
    level = {base: index for index, base in enumerate(levels)}
    return sorted(
        slots,
        key=lambda slot: _ordinal(
            slot, level[owner_of(model, slot.member.attribute)] if profile == "datacontract" else 0
        ),
    )


def _ordinal(slot: Slot, level: int) -> tuple[int, bool, int, bytes]:
    order = slot.member.shape.wire.order
    # by UTF-16 code units; asking for the encoding by name would import a module
    units, _ = codecs.utf_16_be_encode(slot.place.name, "surrogatepass")
    return level, order is not None, order or 0, units


def model_plan(place: XmlPlace, model: type | None = None) -> ModelPlan:
    """The plan of the model that stands at a place, or of another that stands in."""
    model = model or place.shape.type
    inherited = place.inherited if model is place.shape.type else inherited_by(model, place.inherited)
    return plan_of(model, inherited, place.profile, place.known_types)


def reference_tag(plan: ModelPlan) -> str | None:
    """The expanded name of the attribute that refers to another element, with IsReference."""
    if plan.reference is None or plan.id is None:
        return None
    return expanded(plan.id.namespace, plan.reference[2])


def _id_of(slots: list[Slot], name: str, profile: str) -> XmlPlace:
    """The attribute of the id: that of the member called so, else of none."""
    own = (slot.place for slot in slots if slot.member.json == name and slot.place.node == "attribute")
    return next(own, None) or id_place(Shape(kind="string", type=str), profile)
