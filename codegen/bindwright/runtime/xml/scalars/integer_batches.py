"""The integers of one model as a matcher reads them: one by one while they are small, else all at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from attrs import define, field

from bindwright.runtime.xml.scalars.numbers import SMALL

Bind = Callable[[Any], str]
"""Gives a name for a value."""

_WORTH = 4
"""Integers from which on reading them at once takes less time."""


def integer(group: str, bind: Bind) -> str:
    """The expression of one integer: most on the wire are small, and known by their text."""
    return f"({bind(SMALL.get)}({group}) or int({group}))"


@define
class Integers:
    """Variables of integers, and the groups that hold their texts: digits and hyphens."""

    _variables: list[tuple[str, str, bool]] = field(factory=list)

    def add(self, value: str, group: str, *, required: bool) -> None:
        """Note one; without a group it is None where it is not required."""
        self._variables.append((value, group, required))

    def columns(self, bind: Bind) -> list[tuple[str, str]]:
        """For many models at once: each variable, and the expression of its values, where the name of its group
        stands for the texts of all."""
        result = []
        for value, group, required in self._variables:
            texts = group if required else f"[{group} or 'null' for {group} in {group}]"
            result.append((value, f"{bind(_reader(required))}(f\"[{{','.join({texts})}}]\")"))
        return result

    def lines(self, bind: Bind) -> list[str]:
        """Source that makes the values. The first one tells whether they are small; it is no more than a guess.

        Where there are several, they are read as a JSON list, in C. What JSON has no number for (a leading
        zero, a hyphen too many) is a ValueError: whoever speculates leaves it to the full parser.
        """
        one_by_one = [
            f"{value} = {_single(group, required, bind)}" for value, group, required in self._variables
        ]
        if len(self._variables) < _WORTH:
            return one_by_one
        first, group, _ = self._variables[0]
        values = "".join(f"{value}, " for value, _, _ in self._variables)
        items = ",".join(
            f"{{{group}}}" if required else f"{{{group} or 'null'}}" for _, group, required in self._variables
        )
        many = bind(_reader(all(required for _, _, required in self._variables)))
        return [
            f"{first} = {bind(SMALL.get)}({group})",
            f"if {first} is None:",
            f'    {values}= {many}(f"[{items}]")',
            "else:",
            *(f"    {line}" for line in one_by_one[1:]),
        ]


def _single(group: str, required: bool, bind: Bind) -> str:
    expression = integer(group, bind)
    return expression if required else f"None if {group} is None else {expression}"


@cache
def _reader(required: bool) -> Callable[[str], list[int | None]]:
    decode: Any = None
    error: type[Exception] = ValueError

    def read(text: str) -> list[int | None]:
        nonlocal decode, error
        if decode is None:
            import msgspec  # takes longer to import than most models to compile

            error = msgspec.DecodeError
            decode = msgspec.json.Decoder(list[int] if required else list[int | None]).decode
        try:
            return decode(text)  # type: ignore[no-any-return]
        except error as wrong:
            raise ValueError(str(wrong)) from None

    return read
