"""Whether a union's value would be read back as what it is without ``xsi:type``.

``xsi:type`` stands only where reading back would choose another alternative: validating readers refuse types
that they do not know (XML Schema 1.0 part 1, 3.3.4), and what came without it goes back without it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bindwright.runtime.alternatives import inherited_tag
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.model import UNSET
from bindwright.runtime.xml.decoding.context import DecodeContext, Reader
from bindwright.runtime.xml.decoding.makers import reader_of
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.plan.alternatives import choose, in_order
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_attribute
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import DEFAULT, XSI
from bindwright.runtime.xml.tree.parse import tree_of
from bindwright.runtime.xml.tree.unknown import BLANK

_LONGEST = 4000
"""Characters of the longest element that is read back. Unions within unions would be read once for each level;
of what is longer, ``xsi:type`` says what it is."""


QuickReader = Callable[[str], Any]
"""Reads the one element within a document's root, or gives `MISS`: the accelerator's way."""


class Certainty(NamedTuple):
    """What is said of all values of a class."""

    member: XmlPlace
    holds: Callable[[Any], bool]
    """Whether it holds for a value."""


class ReadBack:
    """Reads what was written for one union in one scope of namespaces."""

    def __init__(self, place: XmlPlace, env: Env, quick: QuickReader | None = None) -> None:
        self._place = place
        self._quick = quick
        self._env = env
        members = in_order(place)
        self._scalars = [member for member in members if member.kind == "scalar"]
        self._structures = [member for member in members if member.kind != "scalar"]
        self._reader: Reader | None = None
        self._certainties: dict[type, Certainty | None] = {}

    def certain_member(self, value: Any) -> XmlPlace | None:
        """The member that a value is of for certain, told by its element as `tells` has it; None: that is to be asked.

        What a class says is found once: strings that are the only scalar's, models before which each alternative
        lacks something that it requires, maps that are the only alternative with elements.
        """
        cls = value.__class__
        try:
            certainty = self._certainties[cls]
        except KeyError:
            certainty = self._certainties[cls] = self._certainty(cls)
        return certainty.member if certainty is not None and certainty.holds(value) else None

    def _certainty(self, cls: type) -> Certainty | None:
        scalars, structures = self._scalars, self._structures
        choice = self._place.shape.fact("choice")
        if (choice is not None and choice.discriminator is not None) or inherited_tag(cls) is not None:
            return None
        texts = [member for member in scalars if member.shape.type is cls]
        if len(texts) == 1 and texts[0].shape.kind in ("string", "enum"):
            return Certainty(texts[0], self._scalar_test(texts[0]))
        members = [member for member in structures if member.shape.type is cls]
        if cls is dict and len(structures) == 1 and structures[0].kind == "map":
            return Certainty(structures[0], bool) if structures[0].shape.type is dict else None
        if not members or members[0].kind != "model":
            return None
        holds = _refused_before(members[0], structures)
        return None if holds is None else Certainty(members[0], holds)

    def _scalar_test(self, member: XmlPlace) -> Callable[[Any], bool]:
        scalars, text_of = self._scalars, lexical_of(member.shape, member.profile).text
        may_be_blank = not self._structures
        if len(scalars) == 1:
            if member.shape.kind == "string":
                return lambda value: may_be_blank or bool(value.strip())
            return lambda value: may_be_blank or bool(text_of(value).strip())

        def holds(value: Any) -> bool:
            text = text_of(value)
            return (may_be_blank or bool(text.strip())) and choose(scalars, text)[1] is member

        return holds

    def tells(self, member: XmlPlace, value: Any, text: str, prefixes: tuple[str, ...]) -> bool:
        """Whether the element that was written for a member's value says that it is this member's.

        Args:
            member: one of the union's.
            value: its value.
            text: the element without ``xsi:type``.
            prefixes: those that were named while writing.
        """
        place = self._place
        if len(place.members) == 1:
            return True
        choice = place.shape.fact("choice")
        if (
            choice is not None
            and choice.discriminator is not None
            and has_tag(member, value, choice.discriminator)
        ):
            return True
        if place.one_or_many and member.kind == "list" and not member.wrapped:
            return (
                True  # of one item no more can be said: its text is read as the alternative that is no list
            )
        if member.kind == "scalar":
            content = lexical_of(member.shape, member.profile).text(value)
            back, chosen = choose(self._scalars, content)
            if chosen is not member and not (isinstance(back, str) and back == value):
                return False  # a listed word is the enum's, and equal to the text
            if content.strip() or not self._structures:
                return True
        elif member.kind == "model" and self._names_tell(member, value):
            return True
        return self._is_read_back(value, text, prefixes)

    def _names_tell(self, member: XmlPlace, value: Any) -> bool:
        """Whether each alternative that is tried before lacks an element or attribute that it requires."""
        if type(value) is not member.shape.type or value._extra is not None:
            return False
        present = {
            slot.place.tag
            for slot in model_plan(member).slots
            if getattr(value, slot.member.attribute) not in (None, UNSET)
        }
        for earlier in self._structures:
            if earlier is member:
                return True
            if earlier.kind != "model" or all(
                slot.place.tag in present
                or not slot.member.required
                or slot.place.node not in ("element", "attribute")
                for slot in model_plan(earlier).slots
            ):
                return False
        return False

    def _is_read_back(self, value: Any, text: str, prefixes: tuple[str, ...]) -> bool:
        if len(text) > _LONGEST:
            return False
        if self._reader is None:
            self._reader = reader_of(self._place, DEFAULT)
        scope = self._env.scope
        declarations = {
            bound if isinstance(bound, str) else prefixes[bound]: namespace
            for namespace, bound in reversed(scope.prefixes)
        }
        declarations.setdefault("xsi", XSI)
        start = "".join(f' xmlns:{name}="{escape_attribute(uri)}"' for name, uri in declarations.items())
        default = f' xmlns="{escape_attribute(scope.default)}"' if scope.default else ""
        document = f"<r{default}{start}>{text}</r>"
        copy = MISS if self._quick is None else self._quick(document)
        if copy is MISS:
            try:
                copy = self._reader(tree_of(document, DEFAULT)[0], DecodeContext(DEFAULT))
            except (DecodeError, IndexError):
                return False
        if type(copy) is not type(value):
            return False
        return hasattr(value, "__attrs_attrs__") or copy == value


class _Refusal(NamedTuple):
    """What of a model's objects an alternative refuses to read."""

    required: tuple[tuple[str, ...], ...]
    """Attributes whose elements it requires, by the element's name."""
    listed: tuple[tuple[str, frozenset[str]], ...]
    """Attributes whose texts have to be among these."""

    def concerns(self, value: Any) -> bool:
        """Whether it refuses an object."""
        for attributes in self.required:
            if all(getattr(value, attribute) in (None, UNSET) for attribute in attributes):
                return True
        for attribute, texts in self.listed:
            text = getattr(value, attribute)
            if text.__class__ is str and text.strip(BLANK) not in texts:
                return True
        return False


def _refused_before(member: XmlPlace, structures: list[XmlPlace]) -> Callable[[Any], bool] | None:
    """Whether an object keeps nothing and each alternative before its own refuses it.

    Returns:
        A function; None where no object can say so.
    """
    slots = {(slot.place.tag, slot.place.node): slot.member.attribute for slot in model_plan(member).slots}
    refusals: list[_Refusal] = []
    for earlier in structures[: structures.index(member)]:
        if earlier.kind != "model":
            return None
        refusal = _refusal(earlier, slots)
        if refusal is not None:
            refusals.append(refusal)

    def holds(value: Any) -> bool:
        return value._extra is None and all(refusal.concerns(value) for refusal in refusals)

    return holds if hasattr(member.shape.type, "_extra") else None


def _refusal(earlier: XmlPlace, slots: dict[tuple[str, str], str]) -> _Refusal | None:
    """What an alternative refuses of objects with these attributes by name and node; None: each of them."""
    required, listed = [], []
    for slot in model_plan(earlier).slots:
        shape, key = slot.member.shape, (slot.place.tag, slot.place.node)
        if slot.place.node not in ("element", "attribute"):
            continue
        if slot.member.required:
            attributes = tuple(attribute for (tag, _), attribute in slots.items() if tag == slot.place.tag)
            if not attributes:
                return None
            required.append(attributes)
        if shape.kind == "literal" and not shape.is_open and key in slots:
            texts = (lexical_of(shape, earlier.profile).text(literal) for literal in shape.literals)
            listed.append((slots[key], frozenset(texts)))
    return _Refusal(tuple(required), tuple(listed))


def has_tag(member: XmlPlace, value: Any, discriminator: str) -> bool:
    """Whether a model's value carries the discriminator: alternatives need not declare the property."""
    return member.kind == "model" and any(
        slot.member.json == discriminator and getattr(value, slot.member.attribute, None) not in (None, UNSET)
        for slot in model_plan(member).slots
    )
