"""What a decoded JSON object keeps beside its members: unknown members, and nulls that stand for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from bindwright.runtime.json.text.numbers import read_untyped
from bindwright.runtime.kept import Members, UnknownMembers
from bindwright.runtime.value_types import JsonObject

_decode = msgspec.json.Decoder(float_hook=read_untyped).decode


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


def _members_of_text(document: bytes, names: frozenset[str]) -> Members:
    unknown = unknown_members(_decode(document), names, ())
    return () if unknown is None else unknown.members


UnknownMembers.read = staticmethod(_members_of_text)


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
