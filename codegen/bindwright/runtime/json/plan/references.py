"""``IsReference=true`` (``x-dcs-is-reference``): objects that are written once and referred to after."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TypeVar

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.text.descriptions import shown

T = TypeVar("T")

OBJECTS: ContextVar[dict[str, object]] = ContextVar("objects")
"""Of the document that is being read: ids to objects."""


def _objects() -> dict[str, object]:
    objects = OBJECTS.get(None)
    if objects is None:
        OBJECTS.set(objects := {})
    return objects


def register(identity: object, instance: object) -> None:
    """Let an object be found by its ``$id``.

    Raises:
        DecodeError: the id is no string, or taken.
    """
    if identity is None:
        return
    objects = _objects()
    # Newtonsoft refuses the same: the second object could not be told from the first.
    if not isinstance(identity, str) or identity in objects:
        raise DecodeError("an id of its own", shown(identity))
    objects[identity] = instance


def referred(identity: object, model: type[T]) -> T:
    """The object that a ``$ref`` means.

    Raises:
        DecodeError: there is none before it, or it is of another type.
    """
    instance = _objects().get(identity) if isinstance(identity, str) else None
    if not isinstance(instance, model):
        raise DecodeError(f"the id of a {model.__name__} before this place", shown(identity))
    return instance
