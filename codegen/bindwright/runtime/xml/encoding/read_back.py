"""Whether a union's value would be read back as what it is without ``xsi:type``.

``xsi:type`` stands only where reading back would choose another alternative: validating readers refuse types
that they do not know (XML Schema 1.0 part 1, 3.3.4), and what came without it goes back without it.
"""

from __future__ import annotations

from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.model import UNSET
from bindwright.runtime.xml.decoding.context import DecodeContext, Reader
from bindwright.runtime.xml.decoding.makers import reader_of
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.plan.alternatives import choose, in_order
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_attribute
from bindwright.runtime.xml.scalars.lexical import lexical_of
from bindwright.runtime.xml.settings import DEFAULT, XSI
from bindwright.runtime.xml.tree.parse import tree_of

_LONGEST = 4000
"""Characters of the longest element that is read back. Unions within unions would be read once for each level;
of what is longer, ``xsi:type`` says what it is."""


class ReadBack:
    """Reads what was written for one union in one scope of namespaces."""

    def __init__(self, place: XmlPlace, env: Env) -> None:
        self._place = place
        self._env = env
        members = in_order(place)
        self._scalars = [member for member in members if member.kind == "scalar"]
        self._structures = [member for member in members if member.kind != "scalar"]
        self._reader: Reader | None = None

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
        try:
            root = tree_of(f"<r{default}{start}>{text}</r>", DEFAULT)
            copy = self._reader(root[0], DecodeContext(DEFAULT))
        except (DecodeError, IndexError):
            return False
        if type(copy) is not type(value):
            return False
        return hasattr(value, "__attrs_attrs__") or copy == value


def has_tag(member: XmlPlace, value: Any, discriminator: str) -> bool:
    """Whether a model's value carries the discriminator: alternatives need not declare the property."""
    return member.kind == "model" and any(
        slot.member.json == discriminator and getattr(value, slot.member.attribute, None) not in (None, UNSET)
        for slot in model_plan(member).slots
    )
