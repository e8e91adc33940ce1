"""Whether a union's value would be read back as what it is without ``xsi:type``.

``xsi:type`` stands only where reading back would choose another alternative: validating readers refuse types
that they do not know (XML Schema 1.0 part 1, 3.3.4), and what came without it goes back without it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from bindwright.runtime.alternatives.decoded import decoded_grader
from bindwright.runtime.alternatives.tags import inherited_tags
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.model import UNSET
from bindwright.runtime.xml.decoding.context import DecodeContext, Reader, tags_of
from bindwright.runtime.xml.decoding.makers import reader_of
from bindwright.runtime.xml.decoding.unions import takes_text
from bindwright.runtime.xml.encoding.namespaces import Env
from bindwright.runtime.xml.fast.layout_regex import MISS
from bindwright.runtime.xml.plan.alternatives import choose, in_order, leaf_for
from bindwright.runtime.xml.plan.distinctions import Condition, Distinctions, is_met
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_attribute
from bindwright.runtime.xml.scalars.lexical import Lexical, lexical_of
from bindwright.runtime.xml.settings import DEFAULT, XSI
from bindwright.runtime.xml.tree.parse import tree_of
from bindwright.runtime.xml.tree.unknown import BLANK, XmlExtra

_LONGEST = 4000
"""Characters of the longest element that is read back. Unions within unions would be read once for each level;
of what is longer, ``xsi:type`` says what it is."""

_PLAIN = frozenset(("integer", "number", "boolean", "datetime", "date", "uuid"))
"""Kinds of scalars whose values are told by their Python type, and never blank."""


QuickReader = Callable[[str], Any]
"""Reads the one element within a document's root, or gives `MISS`: the accelerator's way."""


class Certainty(NamedTuple):
    """What a class says of its values: as which alternative their elements are read back."""

    member: XmlPlace
    is_typed: bool
    """Whether ``xsi:type`` has to say so, for another alternative takes the element."""
    condition: Condition | bool | type | str
    """What a value has to meet; of a list the class of all items, of a text the characters that it does not begin with, of
    others whether there has to be something in its element."""
    holds: Callable[[Any], bool]
    """Whether it does."""
    is_described: bool = True
    """Whether the condition says all that is asked."""


class ReadBack:
    """Reads what was written for one union in one scope of namespaces."""

    def __init__(self, place: XmlPlace, env: Env, quick: QuickReader | None = None) -> None:
        self._place = place
        self._quick = quick
        self._env = env
        members = in_order(place)
        self._scalars = [member for member in members if member.kind == "scalar"]
        self._structures = [member for member in members if member.kind != "scalar"]
        # A union within may have scalars, too, which are tried before those beside it.
        self._has_unions = any(member.kind == "union" for member in members)
        self._reader: Reader | None = None
        self._distinctions: Distinctions | None = None
        self._certainties: dict[type, tuple[Certainty, ...]] = {}

    def certainty_of(self, value: Any) -> Certainty | None:
        """As what a value is read back for certain; None: that is to be asked (`tells`)."""
        for certainty in self.certainties(value.__class__):
            if certainty.holds(value):
                return certainty
        return None

    def certainties(self, cls: type) -> tuple[Certainty, ...]:
        """What a class says of its values, found once: one of these, where it holds for a value."""
        try:
            return self._certainties[cls]
        except KeyError:
            certainties = self._certainties[cls] = tuple(self._certainties_of(cls))
            return certainties

    def _certainties_of(self, cls: type) -> Iterator[Certainty]:
        scalars, structures = self._scalars, self._structures
        choice = self._place.shape.fact("choice")
        if (choice is not None and choice.discriminator is not None) or inherited_tags(cls):
            return
        texts = [member for member in scalars if member.shape.type is cls]
        if texts and self._has_unions:
            return
        if len(texts) == 1:
            yield from self._of_scalar(texts[0])
            return
        if cls is list:
            yield from self._of_list([member for member in structures if member.kind == "list"])
            return
        members = [member for member in structures if member.shape.type is cls]
        if cls is dict and len(structures) == 1 and structures[0].kind == "map":
            if structures[0].shape.type is dict:
                yield Certainty(structures[0], False, True, bool)
        elif members and members[0].kind == "model" and hasattr(cls, "_extra"):
            yield from self._of_model(members[0])

    def _of_list(self, lists: list[XmlPlace]) -> Iterator[Certainty]:
        """What is said of lists whose items stand side by side, which are of the first alternative that writes them."""
        if not self._place.one_or_many or any(member.wrapped for member in lists):
            return
        if len(lists) == 1:
            yield Certainty(lists[0], False, False, lambda _: True)
            return
        classes: list[type] = []
        for member in lists:
            item = member.item
            if item.kind not in ("model", "any"):
                return
            cls = item.shape.type if item.kind == "model" else dict
            # An object of a derived class is written by the alternative of its base.
            if not any(issubclass(cls, earlier) for earlier in classes):
                yield Certainty(member, False, cls, partial(_are_of, cls))
            if item.kind == "any":
                return
            classes.append(cls)

    def _of_scalar(self, member: XmlPlace) -> Iterator[Certainty]:
        """What is said of the values of the only scalar of their class."""
        scalars, lexical = self._scalars, lexical_of(member.shape, member.profile)
        may_be_blank, is_text = not self._structures, member.shape.kind == "string" and lexical.parse is str
        others = [each for each in scalars if each is not member and not _is_of_words(each)]
        if is_text and not others:
            # A listed word is the enumeration's, and equal to the text.
            yield Certainty(
                member, False, not may_be_blank, lambda value: may_be_blank or bool(value.strip(BLANK))
            )
            return
        if is_text and (starts := _starts_of(others)):
            yield Certainty(member, False, starts, partial(_begins_otherwise, starts))
        if member.shape.kind in _PLAIN and _is_first_to_take(member, scalars):
            yield Certainty(member, False, False, lambda _: True)
        elif member.shape.kind in ("string", "enum") or member.shape.kind in _PLAIN:

            def holds(value: Any) -> bool:
                text = lexical.text(value)
                return (may_be_blank or bool(text.strip(BLANK))) and choose(scalars, text)[1] is member

            yield Certainty(member, False, False, holds, is_described=False)

    def _is_text_like(self, member: XmlPlace) -> bool:
        """Whether a scalar takes the element of an object that has nothing but its text."""
        return bool(self._scalars) and takes_text([member])

    def _of_model(self, member: XmlPlace) -> Iterator[Certainty]:
        if self._is_text_like(member):
            return
        distinctions = self._distinctions
        if distinctions is None:
            tags = frozenset(tag for each in self._place.members for tag in tags_of(each))
            distinctions = self._distinctions = Distinctions(self._structures, tags)
        condition = distinctions.own_condition(member)
        if condition is not None:
            yield Certainty(member, False, condition, partial(_meets, condition))
        for condition in distinctions.taken(member):
            yield Certainty(member, True, condition, partial(_meets, condition))

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
            if not self._has_unions and (content.strip(BLANK) or not self._structures):
                return True
        elif member.kind in ("model", "union"):
            leaf = leaf_for(member, value)
            is_model = leaf is not None and leaf.kind == "model" and not self._is_text_like(leaf)
            if leaf is not None and is_model and self._names_tell(member, leaf, value):
                return True
        # Where one alternative alone is a list, or an object of no class, the word says no more than its kind; free values in
        # it are read as other ones whatever it says.
        is_only = (
            member.kind in ("list", "map", "any")
            and sum(_is_alike(each, member) for each in self._structures) == 1
        )
        return self._is_read_back(value, text, prefixes, is_kind_enough=is_only and not self._has_unions)

    def _names_tell(self, member: XmlPlace, leaf: XmlPlace, value: Any) -> bool:
        """Whether each alternative that is tried before lacks an element or attribute that it requires.

        Args:
            member: one of the union's.
            leaf: itself, or the alternative within it that the value is of.
            value: the value.
        """
        if type(value) is not leaf.shape.type or value._extra is not None:
            return False
        present = {
            slot.place.tag
            for slot in model_plan(leaf).slots
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

    def _is_read_back(
        self, value: Any, text: str, prefixes: tuple[str, ...], *, is_kind_enough: bool
    ) -> bool:
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
        if isinstance(copy, enum.Enum) and not isinstance(value, enum.Enum):
            copy = copy.value  # a listed value may be given as it is
        if {type(copy), type(value)} == {int, float}:  # what is a number in JSON has no type of its own
            return bool(copy == value)
        if type(copy) is not type(value):
            return False
        return is_kind_enough or hasattr(value, "__attrs_attrs__") or copy == value


def _is_alike(member: XmlPlace, other: XmlPlace) -> bool:
    return (member.kind in ("list", "tuple")) is (other.kind in ("list", "tuple")) and member.kind != "model"


def _are_of(cls: type, values: list[Any]) -> bool:
    return all(value.__class__ is cls for value in values)


def _meets(condition: Condition, value: Any) -> bool:
    """Whether an object that keeps nothing that is written meets a condition."""
    extra = value._extra
    if extra is not None and (extra.null_members or (extra.__class__ is XmlExtra and not extra.plain)):
        return False
    return is_met(condition, value)


_STARTS = {
    "integer": "+-0123456789", "number": "+-.0123456789NI", "decimal": "+-.0123456789", "boolean": "tf01",
    "datetime": "+-0123456789", "date": "+-0123456789", "time": "0123456789", "duration": "+-P",
}  # fmt: skip
"""What texts of a kind begin with."""


def _starts_of(scalars: list[XmlPlace]) -> str:
    """Characters with which texts of scalars begin, white space aside; nothing where that may be any."""
    if any(each.shape.kind not in _STARTS or each.shape.root is not None for each in scalars):
        return ""
    return "".join(_STARTS[each.shape.kind] for each in scalars)


def _begins_otherwise(starts: str, value: str) -> bool:
    """Whether a text begins with a character of ASCII that is neither blank nor among some."""
    return " " < value[:1] < "\x7f" and value[0] not in starts


def _is_of_words(member: XmlPlace) -> bool:
    """Whether a scalar's values are strings that it lists, or may come to."""
    shape = member.shape
    if shape.kind == "enum":
        return issubclass(shape.type, str) and not getattr(shape.type, "__xml_names__", None)
    return shape.kind == "literal" and all(type(literal) is str for literal in shape.literals)


def _is_first_to_take(member: XmlPlace, scalars: list[XmlPlace]) -> bool:
    """Whether a scalar's values are read back as its own, whatever they are: no other that is tried before takes their
    texts, and its schema has nothing against any."""
    lexical = lexical_of(member.shape, member.profile)
    if member.shape.kind in ("integer", "number") and decoded_grader(member.shape) is not None:
        return False
    for earlier in scalars[: scalars.index(member)]:
        if not _is_of_words(earlier):
            return False
        words = earlier.shape.literals or [each.value for each in earlier.shape.type.__members__.values()]
        if any(_parses(lexical, word) for word in words):
            return False
    return True


def _parses(lexical: Lexical, text: str) -> bool:
    try:
        lexical.parse(text)
    except (ValueError, ArithmeticError):
        return False
    return True


def has_tag(member: XmlPlace, value: Any, discriminator: str) -> bool:
    """Whether a model's value carries the discriminator: alternatives need not declare the property."""
    return member.kind == "model" and any(
        slot.member.json == discriminator and getattr(value, slot.member.attribute, None) not in (None, UNSET)
        for slot in model_plan(member).slots
    )
