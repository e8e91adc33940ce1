"""What a list type says of all its items, for lists that are read item by item."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from bindwright.runtime.errors import Violation
from bindwright.runtime.scalar_checks import checks_of, size
from bindwright.runtime.shapes import shape_of
from bindwright.runtime.validate.values import key_of


class ItemsValidator:
    """The items of one list. Of those that must be unique 16 bytes each are kept, no more."""

    def __init__(self, type: Any) -> None:
        self._checks = checks_of(shape_of(type))
        self._count = 0
        self._seen: dict[bytes, int] = {}

    def add(self, value: Any) -> Iterator[Violation]:
        """The next item; what it makes wrong has the item's path, ``$``."""
        index, self._count = self._count, self._count + 1
        if self._checks is None or not self._checks.unique_items:
            return
        digest = blake2b(_canonical(key_of(value)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if (first := self._seen.setdefault(digest, index)) != index:
            yield Violation("$", "uniqueItems", f"items {first} and {index} are equal")

    def end(self) -> Iterator[Violation]:
        """There are no more items."""
        if self._checks is not None:
            words = ("minItems", "maxItems", "items")
            yield from size(self._count, self._checks.min_items, self._checks.max_items, "$", words)


def _canonical(key: Any) -> str:
    """A text that is the same for equal keys and no others."""
    if isinstance(key, frozenset):
        return "{" + ",".join(sorted(map(_canonical, key))) + "}"
    if isinstance(key, tuple):
        return "(" + ",".join(map(_canonical, key)) + ")"
    if isinstance(key, type):
        return key.__qualname__
    if isinstance(key, (int, float, Decimal)) and not isinstance(key, bool):
        return _number(Decimal(key))
    if isinstance(key, (dt.date, dt.time)):
        return _moment(key)
    return repr(key)


def _moment(value: dt.date | dt.time) -> str:
    """As values are equal: by the instant, whatever offset or text it was read from."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        with contextlib.suppress(OverflowError):  # within a day of the first year or the last
            value = value.astimezone(dt.UTC)
    return f"{isinstance(value, dt.datetime):d}{value.isoformat()}"


def _number(value: Decimal) -> str:
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits)).lstrip("0")
    if not isinstance(exponent, int):
        return f"{sign}{exponent}"
    short = text.rstrip("0")
    return f"{sign}d{short}e{exponent + len(text) - len(short)}" if short else "0"
