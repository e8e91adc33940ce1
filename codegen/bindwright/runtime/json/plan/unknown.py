"""What a decoded JSON object keeps beside its members: unknown members, and nulls that stand for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from attrs import frozen

from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.value_types import JsonObject

_decode = msgspec.json.Decoder(float_hook=read_untyped).decode


class _Source:
    """Members that are text until somebody asks for them: most are never looked at.

    The accelerator sets ``source``, and not ``members``, where nothing is wrong with the text.
    """

    __slots__ = ("source",)
    source: tuple[bytes, frozenset[str]]
    """The document, and the names of the members that are known."""

    def __getattr__(self, name: str) -> Any:  # what the slot would hold
        if name != "members" or not hasattr(self, "source"):
            raise AttributeError(name)
        document, names = self.source
        unknown = unknown_members(_decode(document), names, ())
        assert unknown is not None
        object.__setattr__(self, "members", unknown.members)
        return unknown.members


@frozen
class UnknownMembers(_Source):
    """Kept in a model's ``_extra`` and written back."""

    members: tuple[tuple[str, Any, str | None], ...] = ()
    """Unknown members: name, JSON value, and the name of the member before it (None: it came first)."""
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


def unknown_members(
    document: Mapping[str, Any], names: frozenset[str], nulls: Iterable[str]
) -> UnknownMembers | None:
    """What is to be kept of an object whose members have been read."""
    members: list[tuple[str, Any, str | None]] = []
    before = None
    for name, value in document.items():
        if name not in names:
            members.append((name, value, before))
        before = name
    null_names = frozenset(nulls)
    return UnknownMembers(tuple(members), null_names) if members or null_names else None


def with_unknown(written: JsonObject, extra: UnknownMembers, names: tuple[str, ...]) -> JsonObject:
    """Members to be written, with the kept ones in place.

    Args:
        written: known members, in their order.
        names: all known names, in their order.
    """
    # Most documents have no nulls to put back, and keep the dict that was made.
    members = written
    if nulls := [name for name in names if name in extra.nulls and name not in written]:
        known = {
            name: None if name in nulls else written[name]
            for name in names
            if name in nulls or name in written
        }
        members = {**known, **written}
    after: dict[str | None, list[tuple[str, Any]]] = {}
    for name, value, before in extra.members:
        if name not in members:
            after.setdefault(before, []).append((name, value))
    result: JsonObject = {}
    _place(after, None, result)
    for name, value in members.items():
        result[name] = value
        _place(after, name, result)
    while after:  # what stood behind a member that is no longer there
        _place(after, next(iter(after)), result)
    return result


def _place(after: dict[str | None, list[tuple[str, Any]]], name: str | None, result: JsonObject) -> None:
    while name in after:
        for name, value in after.pop(name):  # noqa: B020 a chain: each may have others behind it
            result[name] = value
