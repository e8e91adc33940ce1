"""``IsReference=true`` (``x-dcs-is-reference``): objects that are written once and referred to after."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.text.descriptions import shown

REFERENCES: ContextVar[dict[Any, Any] | None] = ContextVar("references", default=None)
"""Of the document in hand: on reading, ids to objects; on writing, objects (by ``id``) to numbers."""


def _known() -> dict[Any, Any]:
    known = REFERENCES.get()
    if known is None:
        known = {}
        REFERENCES.set(known)
    return known


def register(identity: Any, instance: Any) -> None:
    """Let an object be found by its ``$id``.

    Raises:
        DecodeError: the id is no string, or taken.
    """
    if identity is None:
        return
    known = _known()
    if not isinstance(identity, str) or identity in known:
        raise DecodeError("an id of its own", shown(identity))
    known[identity] = instance


def referred(identity: Any, model: type) -> Any:
    """The object that a ``$ref`` means.

    Raises:
        DecodeError: there is none before it, or it is of another type.
    """
    found = _known().get(identity) if isinstance(identity, str) else None
    if not isinstance(found, model):
        raise DecodeError(f"the id of a {model.__name__} before this place", shown(identity))
    return found


def number_of(instance: Any) -> tuple[str, bool]:
    """An object's number in the document that is being written, and whether it is there already."""
    known = _known()
    if id(instance) in known:
        return known[id(instance)], True
    known[id(instance)] = number = str(len(known) + 1)
    return number, False
