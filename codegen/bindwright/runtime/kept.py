"""What is kept beside values that have no ``_extra`` of their own: lists, maps, and models of other styles.

A list or map gets a class of its own, which is made only where there is something to keep. A model of
another style stays as it is: what belongs to it stands in a table here for as long as it lives, so that
neither ``vars()`` nor equality nor what its library writes knows of it. A copy of it starts anew.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

import attrs

Members = tuple[tuple[str, Any, str | None], ...]
"""Members of an object: name, JSON value, and the name of the member before it (None: it came first)."""


class _Source:
    """Members that are text until somebody asks for them: most are never looked at.

    The accelerator sets ``source``, and not ``members``, where nothing is wrong with the text.
    """

    __slots__ = ("source",)
    source: tuple[bytes, frozenset[str]]
    """The document, and the names of the members that are known."""
    read: ClassVar[Callable[[bytes, frozenset[str]], Members]]
    """Gives the others; the JSON codec says how."""

    def __getattr__(self, name: str) -> Any:  # what the slot would hold
        if name != "members" or not hasattr(self, "source"):
            raise AttributeError(name)
        members = type(self).read(*self.source)
        object.__setattr__(self, "members", members)
        return members


@attrs.frozen
class UnknownMembers(_Source):
    """What a JSON object has beside its members: kept in a model's ``_extra`` and written back."""

    members: Members = ()
    """Those that its class does not know."""
    nulls: frozenset[str] = frozenset()
    """Names of members that are optional, not nullable, and came as null."""

    @property
    def null_members(self) -> frozenset[str]:
        """The same as XML keeps it."""
        return self.nulls

    @property
    def plain(self) -> bool:
        """Whether there are no unknown members."""
        return not self.members


class KeepingList(list[Any]):
    """A list with what stood beside its items."""

    _extra: Any = None
    _deviations: Any = ()


class KeepingTuple(tuple[Any, ...]):
    """A tuple with what stood beside its items."""

    _extra: Any = None
    _deviations: Any = ()


class KeepingDict(dict[Any, Any]):
    """A map with what stood beside its entries."""

    _extra: Any = None
    _deviations: Any = ()


KEEPING = (KeepingList, KeepingTuple, KeepingDict)
_CLASSES = {list: KeepingList, tuple: KeepingTuple, dict: KeepingDict}


class Beside:
    """What a model of another style has no field for."""

    __slots__ = ("additional", "extra", "nulls")

    def __init__(
        self, extra: Any, nulls: frozenset[str] = frozenset(), additional: dict[str, Any] | None = None
    ) -> None:
        self.extra = extra
        """What is unknown: the attrs model's ``_extra``."""
        self.nulls = nulls
        """Attributes of members that were null, where None means absent otherwise."""
        self.additional = additional
        """Members without a name."""

    def __bool__(self) -> bool:
        return bool(self.extra is not None or self.nulls or self.additional)


_beside: dict[int, tuple[weakref.ref[Any], Beside]] = {}
"""By the identity of a living object."""


def keeping(value: Any, extra: Any, side_data: Beside | None = None) -> Any:
    """The value, from now on with something to keep; a plain list, tuple or dict as one of the classes above.

    What nothing can be kept beside (an object without weak references) is returned as it is.
    """
    if isinstance(value, (list, tuple, dict)):
        return _container(value, extra)
    if side_data is None:
        side_data = Beside(extra)
    if side_data:
        key = id(value)
        with contextlib.suppress(TypeError):
            _beside[key] = weakref.ref(value, lambda _: _beside.pop(key, None)), side_data
    return value


def _container(value: Any, extra: Any) -> Any:
    if extra is None:
        return value
    if (keeping_class := _CLASSES.get(value.__class__)) is not None:
        value = keeping_class(value)
    value._extra = extra
    return value


def beside(value: Any) -> Beside | None:
    """All that is kept beside a model of another style."""
    entry = _beside.get(id(value))
    return entry[1] if entry is not None and entry[0]() is value else None


def kept(value: Any) -> Any:
    """What is kept beside a value; None where there is nothing."""
    if isinstance(value, (list, tuple, dict)):
        return getattr(value, "_extra", None)
    side_data = beside(value)
    return None if side_data is None else side_data.extra


def unknown_in(value: Any) -> bool:
    """Whether a value, or anything within it, was read with content that its type does not know."""
    visited: set[int] = set()
    stack = [value]
    while stack:
        item = stack.pop()
        extra = getattr(item, "_extra", None)
        if extra is not None and not extra.plain:
            return True
        if isinstance(item, (list, tuple)):
            stack += item
        elif isinstance(item, dict):
            stack += item.values()
        elif attrs.has(item.__class__) and id(item) not in visited:
            visited.add(id(item))
            stack += [
                getattr(item, field.name) for field in attrs.fields(item.__class__) if field.name != "_extra"
            ]
    return False
