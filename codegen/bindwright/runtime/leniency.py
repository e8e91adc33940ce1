"""Deviations: what a lenient reader found that does not fit the documented types, and kept as it was sent.

A decoder reads strictly first. Only where that fails does it read again leniently, collect a `Deviation` for
every value that does not fit, and call `record` once with the result: documents that conform cost nothing.
"""

from __future__ import annotations

import contextlib
import threading
import weakref
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from attrs import frozen

from bindwright.runtime.kept import KeepingDict, KeepingList, KeepingTuple

T = TypeVar("T")

_CONTAINERS: dict[type, type] = {list: KeepingList, tuple: KeepingTuple, dict: KeepingDict}


@frozen
class Deviation:
    """One place of a document that is not what its description says."""

    path: str
    """Where: ``$.items[3].id`` in JSON, ``/Order/Item[2]/@id`` in XML."""
    expected: str
    """What the description asks for, in the words of the format: ``a date-time``."""
    found: str
    """What stands there, shortened: ``null``, ``nothing``, ``"29/02/2024"``."""

    def __str__(self) -> str:
        return f"expected {self.expected}, found {self.found} - at {self.path}"


class _Recorder(threading.local):
    """The deviations of the document that this thread has read last.

    Decoding never waits, so a value per thread is enough for async clients, too.
    """

    deviations: tuple[Deviation, ...] = ()


_recorder = _Recorder()
_of_objects: dict[int, tuple[weakref.ref[Any], tuple[Deviation, ...]]] = {}
"""By the identity of a living object."""


def record(value: T, deviations: Sequence[Deviation]) -> T:
    """Note the deviations of a whole document; gives the value to be returned in the place of ``value``.

    A list or map comes back as one of the classes of `kept`, which have room for them.
    """
    _recorder.deviations = tuple(deviations)
    return attach(value, deviations)


def forget() -> None:
    """Drop what is recorded, before a document is read whose deviations are to be asked for."""
    if _recorder.deviations:
        _recorder.deviations = ()


def latest() -> tuple[Deviation, ...]:
    """The deviations recorded in this thread since `forget`; empty where every document conformed."""
    return _recorder.deviations


def attach(value: T, deviations: Sequence[Deviation]) -> T:
    """Note the deviations within one value, so that `deviations` gives them; see `record` for the result."""
    if not deviations:
        return value
    container = _CONTAINERS.get(value.__class__)
    if container is not None:
        value = container(value)
    if isinstance(value, (KeepingList, KeepingTuple, KeepingDict)):
        value._deviations = tuple(deviations)
        return value
    key = id(value)
    with contextlib.suppress(TypeError):  # no weak references: scalars, and models that forbid them
        _of_objects[key] = weakref.ref(value, lambda _: _of_objects.pop(key, None)), tuple(deviations)
    return value


def deviations(value: Any) -> tuple[Deviation, ...]:
    """What did not fit the description when this value was read leniently; empty where all of it did.

    ``value`` is a model, or a list or map of models. Paths are those in the whole document. A scalar has no
    room for deviations: `RawResponse.deviations` has them for every answer.
    """
    if isinstance(value, (list, tuple, Mapping)):
        own: tuple[Deviation, ...] = getattr(value, "_deviations", ())
        if own:
            return own
        items = value.values() if isinstance(value, Mapping) else value
        return tuple(deviation for item in items for deviation in deviations(item))
    entry = _of_objects.get(id(value))
    return entry[1] if entry is not None and entry[0]() is value else ()
