"""Where in a value writing failed: the members are written one by one until one fails again."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, cast

import attrs

from bindwright.runtime.alternatives.tags import Tag, inherited_tags
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.xml.encoding.free_content import LIST_FOR_ONE, FreeValueError, free_element
from bindwright.runtime.xml.plan.alternatives import members_for
from bindwright.runtime.xml.plan.members import model_plan
from bindwright.runtime.xml.plan.places import XmlPlace
from bindwright.runtime.xml.scalars.escape import escape_text
from bindwright.runtime.xml.scalars.hooks import hooks
from bindwright.runtime.xml.scalars.lexical import lexical_of


def blame(place: XmlPlace, value: Any, error: Exception) -> EncodeError:
    """An `EncodeError` for what went wrong, with the path of the first value that cannot be written."""
    try:
        fault = next(_faults(place, value, "/" + place.name, set()), None)
    except RecursionError as deep:  # what is looked for lies deeper than writing could go
        fault, error = None, deep
    if fault is not None:
        return EncodeError(fault[1], fault[0])
    if isinstance(error, RecursionError):
        return EncodeError("the value contains itself, or is nested too deeply", "/" + place.name)
    reason = error.reason if isinstance(error, EncodeError) else _words(error, value, place)
    return EncodeError(reason, "/" + place.name)


def _words(error: Exception, value: Any, place: XmlPlace) -> str:
    if isinstance(error, (TypeError, AttributeError)):
        what = place.shape.name or place.shape.kind
        return f"{type(value).__name__} where {what} belongs"
    return str(error)


def _faults(place: XmlPlace, value: Any, path: str, visited: set[int]) -> Iterator[tuple[str, str]]:
    """The values that cannot be written, by path. Objects may refer to each other (IsReference), and lists and maps
    may hold themselves: each is looked at once, or a path would be followed round and round."""
    place_kind = place.kind
    if place_kind == "hooked":
        yield from _hooked(place, value, path)
    elif place_kind in ("scalar", "offset"):
        yield from _scalar(place, value, path)
    elif id(value) in visited:
        return
    elif place_kind == "model":
        visited.add(id(value))
        yield from _model(place, value, path, visited)
    elif place_kind == "list":
        visited.add(id(value))
        yield from _list(place, value, path, visited)
    elif place_kind == "map":
        if not isinstance(value, dict):
            yield path, f"{type(value).__name__} where a mapping belongs"
            return
        for key, item in value.items():
            if item is not None or not place.item.shape.nullable:
                yield from _faults(place.item, item, f"{path}/{key}", visited)
    elif place_kind == "any":
        yield from _free(place, value, path)
    elif place_kind == "union":
        members = list(members_for(place, value))
        if not members:
            yield path, f"{type(value).__name__} where a member of the union belongs"
        choice = place.shape.fact("choice")
        if choice is not None and choice.discriminator:
            yield from _contradiction(Tag(choice.discriminator, choice, place.shape.names), value, path)
        if len(members) == 1:
            yield from _faults(members[0], value, path, visited)


def _contradiction(tag: Tag, value: Any, path: str) -> Iterator[tuple[str, str]]:
    """A discriminator that says another class than its object is of."""
    if not attrs.has(type(value)):
        return
    try:
        tag.set_in(value)
    except EncodeError as error:
        yield f"{path}/{tag.name}", error.reason


def _free(place: XmlPlace, value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and not value:
        yield path, "an empty list has no elements"
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, (str, int, float, dict, type(None))):
            continue  # of a type that says itself how it is written
        try:
            free_element(place.name, item, frozenset())
        except FreeValueError as error:
            yield "/".join((path, *error.path[1:])), str(error)
            return


def _scalar(place: XmlPlace, value: Any, path: str) -> Iterator[tuple[str, str]]:
    lexical = lexical_of(place.shape, place.profile)
    if place.kind == "offset":
        return
    try:
        escape_text(lexical.text(value))
    except (TypeError, AttributeError):
        yield path, f"{type(value).__name__} where {lexical.what} belongs"
    except ValueError as error:
        yield path, str(error)


def _hooked(place: XmlPlace, value: Any, path: str) -> Iterator[tuple[str, str]]:
    hook = hooks().write.get(place.shape.type)
    try:
        if hook is not None:
            hook(value)
    except Exception as error:
        yield path, f"{type(value).__name__} where {place.shape.type.__name__} belongs ({error})"


def _model(place: XmlPlace, value: Any, path: str, visited: set[int]) -> Iterator[tuple[str, str]]:
    if not isinstance(value, place.shape.type):
        yield path, f"{type(value).__name__} where {place.shape.name} belongs"
        return
    if not attrs.has(type(value)):
        return
    for tag in inherited_tags(cast("Hashable", type(value))):
        yield from _contradiction(tag, value, path)
    for slot in model_plan(place, type(value)).slots:
        member_value = getattr(value, slot.member.attribute, None)
        if (member_value is None and slot.member.shape.nullable) or (
            not slot.member.required and member_value is slot.member.absent
        ):
            continue
        mark = "@" if slot.place.node == "attribute" else ""
        yield from _faults(slot.place, member_value, f"{path}/{mark}{slot.place.name}", visited)


def _list(place: XmlPlace, value: Any, path: str, visited: set[int]) -> Iterator[tuple[str, str]]:
    if isinstance(value, (str, bytes, dict)) or not hasattr(value, "__iter__"):
        yield path, f"{type(value).__name__} where a list belongs"
        return
    for index, item in enumerate(value, 1):
        if place.item.kind == "any" and item and isinstance(item, list) and place.profile != "datacontract":
            yield f"{path}/{place.item.name}[{index}]", LIST_FOR_ONE
        if item is not None or not place.item.shape.nullable:
            yield from _faults(place.item, item, f"{path}/{place.item.name}[{index}]", visited)
