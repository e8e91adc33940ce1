"""Date-times that are known again: a place often holds what it held in the document before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from bindwright.runtime.values.times import READS_24, SEVENTH, DateTime, from_iso, read_datetime, state_of


def _nothing() -> DateTime:
    """What a place remembers before it has read anything: its text equals no text, and not the empty one either."""
    nothing = DateTime(1, 1, 1)
    nothing._text = None  # type: ignore[assignment]
    return nothing


_SHORT = frozenset(f"{digit}Z" for digit in range(1, 10))


def remembered(
    otherwise: Callable[[str], dt.datetime],
) -> tuple[list[DateTime], Callable[[str], dt.datetime]]:
    """The last date-time of one place, and what reads another one and puts it there.

    A member often holds what it held in the document before (a job that is polled, rows of one batch):
    ``last if (last := cell[0])._text == text else read(text)`` makes no value anew for the same text.

    Args:
        otherwise: reads what is not in the layout that .NET writes.
    """
    cell = [_nothing()]
    state, iso, seventh = state_of, from_iso, SEVENTH

    def read(text: str) -> dt.datetime:
        if READS_24 and text[11:13] == "24":
            return otherwise(text)
        length = len(text)
        try:
            if length == 20:
                if text[4::3] == "--T::Z":
                    return iso(text)
            # With these three in their places, what fromisoformat() reads has all other separators in theirs.
            elif length > 20 and text[19] == "." and text[10] == "T" and text[7] == "-":
                if length < 28:  # six fraction digits at most
                    if text[length - 1] == "Z" and (last := text[length - 2]) != ".":
                        if last != "0":
                            return iso(text)
                        value = DateTime(*state(iso(text))[1])
                        value._text = value._xsd = text
                        cell[0] = value
                        return value
                elif text[26:] in seventh:
                    value = DateTime(*state(iso(text))[1])
                    value._text = value._xsd = text
                    cell[0] = value
                    return value
        except ValueError:  # second 60, and what is no date-time
            return otherwise(text)
        return otherwise(text)

    return cell, read


def remembering(otherwise: Callable[[str], dt.datetime]) -> Callable[[str], dt.datetime]:
    """A reader of date-times for one place, by `remembered`."""
    cell, fresh = remembered(otherwise)

    def read(text: str) -> dt.datetime:
        last = cell[0]  # read once: another thread may be here, too
        return last if last._text == text else fresh(text)

    return read


def reading_lines(text: str, value: str, bind: Callable[[Any, str], str]) -> list[str]:
    """Source of `read_datetime` for compiled functions: for the layout that .NET writes, nothing is called.

    The last value of each place is kept, and given again for the same text (see `remembered`).

    Args:
        text: the variable that holds the text.
        value: the variable that gets the value; it may be the same.
        bind: gives the name of a value in the function, by a hint.
    """
    last = bind(_nothing(), "last")
    build, state, iso = bind(DateTime, "DateTime"), bind(state_of, "state"), bind(from_iso, "from_iso")
    not_24 = f' and {text}[11:13] != "24"' if READS_24 else ""
    return [
        f"global {last}",
        f"moment = {last}",  # read once: another thread may be here, too
        f"if moment._text == {text}:",
        f"    {value} = moment",
        # All separators at once. What fromisoformat() reads with them in their places has digits in the others.
        f'elif {text}[4:20:3] == "--T::."{not_24}:',
        f"    if {text}[-2:] in {bind(_SHORT, 'SHORT')} and len({text}) < 28:",
        f"        {value} = {iso}({text})",  # six fraction digits at most, of which the last is no zero
        f'    elif {text}[26:] in {bind(SEVENTH, "SEVENTH")} or ({text}[-2:] == "0Z" and len({text}) < 28):',
        f"        moment = {build}(*{state}({iso}({text}))[1])",
        f"        moment._text = moment._xsd = {text}",
        f"        {value} = {last} = moment",
        "    else:",
        f"        {value} = {bind(read_datetime, 'read_datetime')}({text})",
        f'elif {text}[4:20:3] == "--T::Z" and len({text}) == 20{not_24}:',
        f"    {value} = {iso}({text})",
        "else:",
        f"    {value} = {bind(read_datetime, 'read_datetime')}({text})",
    ]
