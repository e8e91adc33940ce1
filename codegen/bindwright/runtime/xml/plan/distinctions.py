"""What an object's members say of how its element would be read back among the alternatives of a choice.

Reading tries alternatives in order and takes the first that knows all of the element. So an object is told where each
alternative before its own refuses the element or does not know all of it, and it is not where one before takes it. What
follows from the classes is settled here once; what is left to ask of an object are conditions on its members, which the
accelerator can ask, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bindwright.runtime.alternatives.decoded import decoded_grader
from bindwright.runtime.model import UNSET
from bindwright.runtime.scalar_checks import checks_of
from bindwright.runtime.xml.plan.alternatives import by_name
from bindwright.runtime.xml.plan.members import ModelPlan, Slot, model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.plan.xsi_type import TYPE
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.tree.unknown import BLANK

_FREE_TEXTS = {"string": str, "integer": int, "number": float, "boolean": bool}
"""Kinds whose places take what places of the same kind write, where their schemas say nothing else."""
_WRITTEN = frozenset(("scalar", "model", "list", "map"))
"""Kinds whose values have an element whatever they are."""
_MOST_TAKING = 4
"""Alternatives before an object's own that are asked whether they take it: the first one does mostly."""


class Clause(NamedTuple):
    """Something that members of an object say."""

    kind: str
    """``absent``: none of them is there; ``present``: one is; ``unlisted``: its text is none of some; ``of_class``:
    each is of a class, or absent; ``asked``: what a function says of the object."""
    attributes: tuple[str, ...]
    detail: Any = None

    def holds(self, value: Any) -> bool:
        """Whether an object says so."""
        if self.kind == "asked":
            return bool(self.detail(value))
        values = [getattr(value, attribute) for attribute in self.attributes]
        if self.kind == "absent":
            return not any(map(_is_there, values))
        if self.kind == "present":
            return any(_is_there(each) and (each.__class__ is not list or bool(each)) for each in values)
        if self.kind == "of_class":
            return all(each.__class__ is self.detail or not _is_there(each) for each in values)
        return all(each.__class__ is str and each.strip(BLANK) not in self.detail for each in values)


Condition = tuple[tuple[Clause, ...], ...]
"""Holds where of each group a clause does."""


def is_met(condition: Condition, value: Any) -> bool:
    """Whether an object meets a condition."""
    return all(any(clause.holds(value) for clause in group) for group in condition)


def _is_there(value: Any) -> bool:
    return value is not None and value is not UNSET


class Contender(NamedTuple):
    """An alternative, and what it knows by name and kind of node."""

    place: XmlPlace
    plan: ModelPlan
    slots: dict[tuple[str, str], Slot]
    is_complete: bool
    """Whether nothing else is known to it, and it keeps what it does not know."""
    grader: Callable[[Any], Any] | None
    """What tells how far its values are from its schema; None where they cannot be."""


class Distinctions:
    """Conditions on the objects of a choice's models."""

    def __init__(self, structures: list[XmlPlace], union_tags: frozenset[str]) -> None:
        """Alternatives in order of trial, and names of elements that may stand for one within the choice's own."""
        self._structures = structures
        self._union_tags = union_tags
        self._contenders: dict[int, Contender] = {}

    def _contender(self, place: XmlPlace) -> Contender:
        if id(place) not in self._contenders:
            self._contenders[id(place)] = _contender(place)
        return self._contenders[id(place)]

    def own_condition(self, member: XmlPlace) -> Condition | None:
        """Where an object of an alternative is read back as one of it: each alternative before refuses it, or does not
        know all of it; None where the classes leave that to reading."""
        own = self._contender(member)
        groups: list[tuple[Clause, ...]] = []
        for earlier in self._structures[: self._structures.index(member)]:
            if earlier.kind != "model":
                return None
            contender = self._contender(earlier)
            refusals = _refusals(contender, own)
            if refusals is None:
                continue
            groups.append((*refusals, *_foreign(contender, own, self._union_tags)))
            if not groups[-1]:
                return None
        return tuple(groups)

    def taken(self, member: XmlPlace) -> tuple[Condition, ...]:
        """Where an object of an alternative is read back as one of another, which takes it before; any of these."""
        own = self._contender(member)
        conditions: list[Condition] = []
        for earlier in self._structures[: self._structures.index(member)]:
            if earlier.kind == "model" and earlier.shape.type is not member.shape.type:
                condition = _taking(self._contender(earlier), own)
                conditions += [] if condition is None else [condition]
        return tuple(conditions[:_MOST_TAKING])


def _contender(place: XmlPlace) -> Contender:
    plan = model_plan(place)
    slots: dict[tuple[str, str], Slot] = {}
    is_complete = plan.text is None and plan.additional is None and hasattr(plan.model, "_extra")
    for slot in plan.slots:
        node = slot.place.item if slot.place.node == "none" and slot.place.kind == "list" else slot.place
        if node.node not in ("element", "attribute") or (node.kind == "union" and by_name(node)):
            is_complete = False
        for tag in (node.tag, *node.alternates):
            slots.setdefault((tag, node.node), slot)
    return Contender(place, plan, slots, is_complete, decoded_grader(place.shape))


def _refusals(contender: Contender, own: Contender) -> tuple[Clause, ...] | None:
    """What an alternative refuses objects for, any of it; None: each of them."""
    clauses: list[Clause] = []
    for slot in contender.plan.slots:
        place, shape = slot.place, slot.member.shape
        if place.node not in ("element", "attribute"):
            continue
        same = own.slots.get((place.tag, place.node))
        if slot.member.required and not (place.node == "attribute" and shape.nullable):
            rivals = {id(each): each for (tag, _), each in own.slots.items() if tag == place.tag}
            if not rivals:
                return None
            if not any(map(_is_null_written, rivals.values())):
                clauses.append(Clause("absent", tuple(each.member.attribute for each in rivals.values())))
        if shape.kind == "literal" and not shape.is_open and same is not None:
            texts = (lexical_of(shape, contender.plan.profile).text(literal) for literal in shape.literals)
            clauses.append(Clause("unlisted", (same.member.attribute,), frozenset(texts)))
    return tuple(clauses)


def _is_null_written(slot: Slot) -> bool:
    """Whether None, or its absence, has an element."""
    return slot.member.shape.nullable and (slot.member.required or slot.member.shape.unset)


def _foreign(contender: Contender, own: Contender, union_tags: frozenset[str]) -> tuple[Clause, ...]:
    """That an object has something that an alternative keeps as unknown, where the classes say that."""
    tags = {tag for tag, node in own.slots if node == "element"}
    if not (contender.is_complete and own.is_complete) or tags & union_tags:
        return ()
    foreign = [
        slot.member.attribute
        for (tag, node), slot in own.slots.items()
        if node == "element" and (tag, node) not in contender.slots and _is_written(slot)
    ]
    if not foreign:
        return ()
    clause, grader = Clause("present", tuple(dict.fromkeys(foreign))), own.grader
    if grader is None:
        return (clause,)
    # Not to know all of the element counts only where the object's own alternative has nothing against it.
    return (Clause("asked", (), lambda value: clause.holds(value) and grader(value) is None),)


def _is_written(slot: Slot) -> bool:
    """Whether a value that is there has an element."""
    return slot.place.kind in _WRITTEN and slot.member.shape.wire.emit_default


def _taking(contender: Contender, own: Contender) -> Condition | None:
    """Where an alternative reads an object and knows all of it; None where the classes do not say that."""
    if not (contender.is_complete and own.is_complete) or contender.grader is not None:
        return None
    clauses: list[Clause] = []
    shared: list[Slot] = []
    for key, slot in own.slots.items():
        attribute, other = slot.member.attribute, contender.slots.get(key)
        if _is_null_written(slot) or slot.place.tag == TYPE:
            return None
        if other is not None and other.member.shape.type is slot.member.shape.type and _takes_any(other):
            clauses.append(Clause("of_class", (attribute,), slot.member.shape.type))
            shared.append(other)
        else:
            clauses.append(Clause("absent", (attribute,)))
    indexes = [slot.index for slot in shared if slot.place.node == "element"]
    needed = [slot for slot in contender.plan.slots if slot.member.required]
    if indexes != sorted(indexes) or any(slot not in shared for slot in needed):
        return None  # another order is something that is kept
    for key, slot in own.slots.items():
        if contender.slots.get(key) in needed and not slot.member.required:
            clauses.append(Clause("present", (slot.member.attribute,)))
    return tuple((clause,) for clause in clauses)


def _takes_any(slot: Slot) -> bool:
    """Whether a place takes the text of any value of its Python type."""
    place, shape = slot.place, slot.member.shape
    is_free = _FREE_TEXTS.get(shape.kind) is shape.type and place.kind == "scalar"
    is_free = is_free and checks_of(shape) is None and not shape.twins()
    return is_free and shape.fact("format") is None and not place.alternates
