"""Settling names in one scope: what the lock says first, then the document's words, then context.

The order of the document plays no part, so reordering renames nothing even without a lock: those whose
own spelling is the name come first, the rest by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from bindwright.targets.naming.words import mark

LockedNames = Mapping[str, Any]
"""`Output.names` of the last run."""


class NameScope:
    """Public names that must differ from each other. With `fold`, capitals do not make a difference."""

    def __init__(self, reserved: frozenset[str] = frozenset(), *, fold: bool = False) -> None:
        self.reserved = reserved
        self.fold = fold
        self.taken: set[str] = set()

    def _key(self, name: str) -> str:
        return name.casefold() if self.fold else name

    def allowed(self, name: str) -> bool:
        """Whether a name (from a lock, an override or a document) may be used at all, and is still free."""
        return (
            name.isidentifier()
            and name[0] != "_"
            and self._key(name) not in self.reserved
            and self._key(name) not in self.taken
        )

    def is_reserved(self, name: str) -> bool:
        """Whether a name is used by what is generated."""
        return self._key(name) in self.reserved

    def take(self, name: str) -> str:
        """Reserve a name."""
        self.taken.add(self._key(name))
        return name

    def take_all(self, names: Collection[str]) -> bool:
        """Reserve names if all are allowed and differ: then nobody's turn comes before another's."""
        keys = {self._key(name) for name in names}
        free = (
            len(keys) == len(names)
            and keys.isdisjoint(self.reserved)
            and keys.isdisjoint(self.taken)
            and all(name.isidentifier() and name[0] != "_" for name in names)
        )
        if free:
            self.taken |= keys
        return free

    def settle(self, key: str, candidates: Iterable[str], fallback: str) -> str:
        """The first candidate that is free; reserved words get an underscore behind; else marked by `key`."""
        for candidate in candidates:
            if self.allowed(candidate):
                return self.take(candidate)
            if candidate and self._key(candidate) in self.reserved and self.allowed(candidate + "_"):
                return self.take(candidate + "_")
        first = next(
            (candidate for candidate in candidates if candidate.isidentifier() and candidate[0] != "_"),
            fallback,
        )
        name = (
            first + mark(key).title()
            if first[:1].isupper() and not first.isupper()
            else f"{first}_{mark(key)}"
        )
        while not self.allowed(name):
            name += "x"
        return self.take(name)


def aliases_in(lock: LockedNames, section: str) -> Mapping[str, Any]:
    """The older names of a section of the lock, by key."""
    aliases = lock.get("aliases")
    aliases = aliases.get(section) if isinstance(aliases, Mapping) else None
    return aliases if isinstance(aliases, Mapping) else {}


def with_older(aliases: Mapping[str, Any], further: Mapping[str, Any]) -> dict[str, Any]:
    """Two tables of older names in one."""
    result = dict(aliases)
    for key, value in further.items():
        earlier = result.get(key)
        if isinstance(value, Mapping):
            result[key] = with_older(earlier if isinstance(earlier, Mapping) else {}, value)
        else:
            result[key] = list(dict.fromkeys([*(earlier or ()), *value]))
    return result


class Followed(NamedTuple):
    """The names of a scope, and the older ones that stay beside them."""

    names: dict[str, str]
    aliases: dict[str, list[str]]


def settle_followed(
    scope: NameScope,
    keys: Mapping[str, Any],
    candidates: Callable[[str, Any], Iterable[str]],
    *,
    chosen: Mapping[str, Iterable[str]],
    aliases: Any = None,
    lock: Any = None,
    fallback: str = "name",
    rank: Callable[[str], int] = lambda _: 0,
    spelling: Callable[[str], str] = str,
) -> Followed:
    """As `settle_all`, where names that are asked for win over the lock.

    The name that the lock has then stays as an alias, and nobody else gets it: code that uses it must not mean
    another thing. Aliases of earlier runs stay in the same way.

    Args:
        chosen: key to the names asked for, best first.
        aliases: key to the aliases of the lock.
    """
    locked = lock if isinstance(lock, Mapping) else {}
    earlier = aliases if isinstance(aliases, Mapping) else {}
    names: dict[str, str] = {}
    for key in sorted(chosen, key=spelling):
        for candidate in chosen[key]:
            name = f"{candidate}_" if scope.is_reserved(candidate) else candidate
            if scope.allowed(name) and not _is_locked_for_another(name, key, locked, keys, chosen):
                names[key] = scope.take(name)
                break
    older: dict[str, list[str]] = {}
    for key in sorted(keys, key=spelling) if names or earlier else ():
        previous = [*(earlier.get(key) or ()), *([locked[key]] if key in names and key in locked else ())]
        for name in dict.fromkeys(previous):
            if isinstance(name, str) and name != names.get(key, locked.get(key)) and scope.allowed(name):
                older.setdefault(key, []).append(scope.take(name))
    rest = {key: value for key, value in keys.items() if key not in names} if names else keys
    names |= settle_all(scope, rest, candidates, lock=locked, fallback=fallback, rank=rank, spelling=spelling)
    return Followed({key: names[key] for key in keys}, older)


def _is_locked_for_another(
    name: str,
    key: str,
    locked: Mapping[str, Any],
    keys: Mapping[str, Any],
    chosen: Mapping[str, Iterable[str]],
) -> bool:
    """Whether a name is that of something else which keeps it."""
    return any(
        locked_name == name and other != key and other in keys and other not in chosen
        for other, locked_name in locked.items()
    )


def settle_all(
    scope: NameScope,
    keys: Mapping[str, Any],
    candidates: Callable[[str, Any], Iterable[str]],
    *,
    lock: Any = None,
    fallback: str = "name",
    rank: Callable[[str], int] = lambda _: 0,
    spelling: Callable[[str], str] = str,
) -> dict[str, str]:
    """Names for all keys of a scope, in the order of `keys`.

    Args:
        keys: key to whatever `candidates` needs beside it.
        candidates: names to try for one key, best first.
        lock: key to the public name it had; kept wherever it is valid.
        fallback: a word for things without any.
        rank: whose turn it is where several keys want one name, lowest first.
        spelling: what keys are ordered and marked by: ids of types are not the same in every form of an IR.
    """
    names: dict[str, str] = {}
    locked = lock if isinstance(lock, Mapping) else {}
    if locked:
        for key in sorted(keys, key=spelling):
            name = locked.get(key)
            if isinstance(name, str) and scope.allowed(name):
                names[key] = scope.take(name)
    tries = {key: candidates(key, value) for key, value in keys.items() if key not in names}
    firsts = {key: next(iter(candidate), "") for key, candidate in tries.items()}
    if scope.take_all(firsts.values()):
        names |= firsts
    else:
        for key in sorted(tries, key=lambda key: (firsts[key] != key, rank(key), spelling(key))):
            names[key] = scope.settle(spelling(key), tries[key], fallback)
    return {key: names[key] for key in keys}
