"""Tags: discriminators, which say by a value what class an object is of."""

from __future__ import annotations

import enum
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, NamedTuple

import attrs

from bindwright.runtime.errors import EncodeError
from bindwright.runtime.model import UNSET
from bindwright.runtime.resolve import Names, evaluate
from bindwright.runtime.shapes import Member, Shape, members_of, shape_of
from bindwright.runtime.wire import Choice, Wire


class TagAttribute(NamedTuple):
    """The attribute that holds a discriminator in the objects of one class."""

    name: str
    values: tuple[Any, ...]
    """Those that say the class, in the attribute's type; absence among them where that says it."""


class Tag(NamedTuple):
    """A discriminator: the JSON name of the property, and which class a value of it stands for."""

    name: str
    choice: Choice
    names: Mapping[str, Any]
    base: type | None = None
    """The class that declares it; None where a union does."""
    above: Tag | None = None
    """That of the same property which a class further up declares: it knows values of more classes."""

    def type_of(self, text: str) -> Any:
        """The type that a value stands for. Raises KeyError for a value that nothing maps."""
        return evaluate(self.choice.mapping[text], self.names)

    def values_of(self, type_: Any) -> list[str]:
        """The values that stand for a type, in the order of the document.

        Where none names it, those do that lead to what it is an alternative or a derived class of.
        """
        # The choice is kept beside the result, so that its id is nobody else's meanwhile.
        key = (id(self.choice), type_)
        if key not in _VALUES:
            goals = {text: self.type_of(text) for text in self.choice.mapping}
            meant = {type_, *self._telling(type_)}
            texts = [text for text, goal in goals.items() if isinstance(goal, Hashable) and goal in meant]
            _VALUES[key] = (self.choice, texts or self._values_above(type_, goals))
        return _VALUES[key][1]

    def _telling(self, type_: Any) -> list[type]:
        """The classes between that tell their derived classes by another property: a value that leads to one of them
        stands beside theirs."""
        if self.base is None or not isinstance(type_, type) or not issubclass(type_, self.base):
            return []
        between = type_.__mro__[1 : type_.__mro__.index(self.base)]
        roots = [(above, vars(above).get("__wire__")) for above in between]
        return [
            above
            for above, root in roots
            if root is not None
            and root.choice is not None
            and root.choice.discriminator not in (None, self.name)
        ]

    def _values_above(self, type_: Any, goals: Mapping[str, Any]) -> list[str]:
        # A base says by its own discriminator what its derived classes are.
        if self.base is not None or not isinstance(type_, type):
            return []
        for base in type_.__mro__[:-1]:
            if texts := [text for text, goal in goals.items() if _is_among(base, goal, self.names)]:
                return texts
        return []

    def attribute_of(self, model: type) -> TagAttribute | None:
        """What `set_in` looks at in a model's objects; None where it gives them as they are."""
        texts = self.values_of(model) if attrs.has(model) else []
        member = members_by_name(model).get(self.name) if texts else None
        if member is None:
            return None
        values = [_tag_value(text, member.shape) for text in texts]
        absences = (None, UNSET) if self.is_untold(model) else ()
        return TagAttribute(member.attribute, (*values, *absences))

    def check(self, model: type, present: Any) -> None:
        """Hold the discriminator that somebody set against the class of the object.

        Args:
            model: the class.
            present: the value of the property.

        Raises:
            EncodeError: it says another class (OpenAPI 3.2.0, Discriminator Object).
        """
        text, texts = tag_text(present), self.values_of(model)
        if text is None or not texts or text in texts:
            return
        named = self.named(text)
        if named is None:
            return
        # A base's value is no contradiction: who asks for the derived class by name reads it so.
        if not (isinstance(named, type) and (issubclass(named, model) or issubclass(model, named))):
            raise EncodeError(
                f"{self.name} says {text!r}, and the value is a {model.__name__} ({texts[0]!r})"
            )

    def named(self, text: str) -> Any:
        """The type that a value stands for, wherever a class says it; None where nobody does."""
        if text in self.choice.mapping:
            return self.type_of(text)
        return None if self.above is None else self.above.named(text)

    def is_untold(self, model: type) -> bool:
        """Whether absence of the discriminator says the class: ``defaultMapping`` (OpenAPI 3.2.0), or an untagged base."""
        if self.choice.untagged and model is self.base:
            return True
        return bool(self.choice.default) and evaluate(self.choice.default or "", self.names) is model

    def set_in(self, value: Any) -> Any:
        """A model with the discriminator that says its class; itself where it has one, or no place for one.

        Raises:
            EncodeError: it has one that says another class.
        """
        model = type(value)
        if not attrs.has(model) or not (texts := self.values_of(model)):
            return value
        member = members_by_name(model).get(self.name)
        if member is None:
            return value
        present = getattr(value, member.attribute)
        if present is not None and present is not UNSET:
            self.check(model, present)
            return value
        if self.is_untold(model):
            return value
        return attrs.evolve(value, **{member.alias: _tag_value(texts[0], member.shape)})


_VALUES: dict[tuple[int, Any], tuple[Choice, list[str]]] = {}


def _is_among(model: type, goal: Any, names: Mapping[str, Any]) -> bool:
    """Whether a class is what a value of a discriminator leads to, or one of its alternatives."""
    if isinstance(goal, type):
        return goal is model
    waiting, seen = [shape_of(goal, names=names)], set[int]()
    while waiting:
        shape = waiting.pop()
        if shape.kind == "model" and shape.type is model:
            return True
        if shape.kind == "union" and id(shape.named) not in seen:  # what has no name holds itself nowhere
            seen |= set() if shape.named is None else {id(shape.named)}
            waiting += shape.inner()
    return False


def _tag_value(text: str, shape: Shape) -> Any:
    """A discriminator in the Python type of the property that it stands in."""
    if shape.kind == "enum":
        return shape.type(text)
    if shape.kind == "boolean":
        return text == "true"
    try:
        return {"integer": int, "number": float}.get(shape.kind, str)(text)
    except ValueError:
        return text


@cache
def members_by_name(model: type) -> Mapping[str, Member]:
    """The members that the objects of a class have in JSON, by their names there."""
    root: Wire = getattr(model, "__wire__", None) or Wire()
    return {
        member.json: member
        for member in members_of(model)
        if member.attribute != root.additional and member.shape.wire.only != "xml"
    }


@cache
def inherited_tags(model: type) -> tuple[Tag, ...]:
    """The discriminators of a class and its bases: of each property the nearest, the nearest property first."""
    tags: dict[str, Tag] = {}
    for base in reversed(model.__mro__):
        root: Wire | None = vars(base).get("__wire__")
        if root is not None and root.choice is not None and root.choice.discriminator and root.choice.mapping:
            name = root.choice.discriminator
            tags[name] = Tag(name, root.choice, Names(base.__module__), base, tags.pop(name, None))
    return tuple(reversed(tags.values()))


def contradicts_tag(model: type, get: Any) -> bool | None:
    """Whether an inherited discriminator names another class; None where its value is one that nothing maps.

    Args:
        get: gives the value of a member by its JSON name, None where it is not there.
    """
    tags = inherited_tags(model)
    if not tags:
        return False
    answers = [_contradicts(tag, model, get(tag.name)) for tag in tags]
    return True if True in answers else None if None in answers else False


def _contradicts(tag: Tag, model: type, value: Any) -> bool | None:
    if value is None:
        return False
    text = tag_text(value)
    named = tag.named(text) if text is not None else None
    if named is None:
        return None
    if not isinstance(named, type):
        return True
    return not issubclass(named, model) and text not in tag.values_of(model)


def tag_text(value: Any) -> str | None:
    """A discriminator's value as a mapping spells it; None for what cannot be one.

    Keys of a mapping are strings; values may be compared after conversion (OpenAPI 3.1.1, Discriminator Object).
    """
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None
