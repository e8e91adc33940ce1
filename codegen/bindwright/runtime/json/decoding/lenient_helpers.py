"""What compiled lenient readers call: values that do not fit stay as they were sent, and are listed.

A lenient reader is compiled from the same lines as a strict one. Each place is a function of its own there, called
through `keep`: what it refuses stays, with a deviation in the place of the error. One pass reads a document, so
that it is linear however much deviates.
"""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

from bindwright.runtime.errors import DecodeError
from bindwright.runtime.json.decoding.read_helpers import BASE64, UUID, IndexOf, within
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.leniency import Deviation, attach
from bindwright.runtime.value_types import Function, JsonObject, JsonValue, PythonValue


class Collector:
    """The deviations of the document that is being read, in its order."""

    def __init__(self) -> None:
        self.errors: list[DecodeError] = []
        """Their paths begin where the function that is running reads."""
        self.marks: list[tuple[PythonValue, int, int]] = []
        """Models, and which errors are within each: from, and up to."""
        self.in_list = False
        """Whether an outer list reads its items strictly first."""

    def deviations(self) -> list[Deviation]:
        """What to tell of the whole document; models get what is within them."""
        deviations = [Deviation(error.path, error.expected, error.found) for error in self.errors]
        for model, start, end in self.marks:
            attach(model, deviations[start:end])
        return deviations


COLLECTOR: ContextVar[Collector] = ContextVar("collector")


def keep(read: Function, value: JsonValue, path: str) -> PythonValue:
    """What a place's function reads, or the value as it was sent."""
    collector = COLLECTOR.get()
    errors, marks = len(collector.errors), len(collector.marks)
    try:
        result = read(value)
    except DecodeError as error:
        # What was found within a value that is kept untyped in the end says nothing more.
        del collector.errors[errors:], collector.marks[marks:]
        collector.errors.append(within(error, path))
        return value
    # Each level adds its step: paths are whole when the root's function returns.
    if path:
        for listed in collector.errors[errors:]:
            within(listed, path)
    return result


def keep_items(
    read: Function, read_strictly: Function, items: list[JsonValue], path: str
) -> list[PythonValue]:
    """Items one by one. Of an outermost list, those that conform cost what they cost a strict reader."""
    collector = COLLECTOR.get()
    if collector.in_list:
        return [keep(read, item, f"{path}[{index}]") for index, item in enumerate(items)]
    collector.in_list = True  # lists within would read their items twice, those within them four times …
    try:
        return [_keep_item(read, read_strictly, item, f"{path}[{index}]") for index, item in enumerate(items)]
    finally:
        collector.in_list = False


def _keep_item(read: Function, read_strictly: Function, item: JsonValue, path: str) -> PythonValue:
    try:
        return read_strictly(item)
    except DecodeError:
        return keep(read, item, path)


def keep_parts(reads: tuple[Function, ...], value: list[JsonValue], path: str) -> tuple[PythonValue, ...]:
    """Items of a tuple that may be shorter than its readers are many."""
    return tuple(
        keep(read, item, f"{path}[{index}]")
        for index, (read, item) in enumerate(zip(reads, value, strict=False))
    )


def keep_values(read: Function, entries: JsonObject, path: str) -> dict[str, PythonValue]:
    """Values of a map."""
    return {name: keep(read, value, path + step(name)) for name, value in entries.items()}


def keep_named_values(
    functions: tuple[Function, ...], index_of: IndexOf, entries: JsonObject, path: str
) -> dict[str, PythonValue]:
    """Values of a map whose names tell what they are."""
    result: dict[str, PythonValue] = {}
    for name, value in entries.items():
        index = index_of(name)
        result[name] = keep(functions[-1 if index is None else index], value, path + step(name))
    return result


def keep_keys(read: Function, entries: JsonObject, path: str) -> dict[PythonValue, PythonValue]:
    """A map with keys that are no strings; a name that is none of them stays a string."""
    result: dict[PythonValue, PythonValue] = {}
    for name, value in entries.items():
        try:
            key = read(name)
        except (ValueError, KeyError, ArithmeticError):
            # Beside keys that are read; a value is not lost for its key.
            key = name
            note("a key of the map's key type", f"the string {name!r}", path + step(name))
        if key in result:
            note("each key once", f"the string {name!r} again", path + step(name))
            key = name
        result[key] = value
    return result


def note(expected: str, found: str, path: str) -> None:
    """List a deviation of the object that is being read."""
    COLLECTOR.get().errors.append(DecodeError(expected, found, "$" + path))


def absent(name: str, path: str) -> None:
    """A required member that is not there: None."""
    note(f'the member "{name}"', "nothing", path)


def position() -> int:
    """How many deviations there are, when a model begins."""
    return len(COLLECTOR.get().errors)


def mark(model: PythonValue, start: int) -> None:
    """A model has been read; what was listed since ``start`` is within it."""
    collector = COLLECTOR.get()
    if len(collector.errors) > start:
        collector.marks.append((model, start, len(collector.errors)))


_DIGITS = "[0-9A-Fa-f]"
_HYPHENATED = f"{_DIGITS}{{8}}(?:-{_DIGITS}{{4}}){{3}}-{_DIGITS}{{12}}"
_other_uuid = re.compile(rf"{_DIGITS}{{32}}|\{{{_HYPHENATED}\}}|\({_HYPHENATED}\)").fullmatch


def read_uuid(value: JsonValue, path: str) -> PythonValue:
    """A UUID, also one without hyphens or in braces, as .NET's formats N, B and P write it."""
    try:
        return UUID(value, path)
    except DecodeError:
        if not isinstance(value, str) or _other_uuid(value) is None:
            raise
    note("a UUID", f"the string {value!r}", path)
    return uuid.UUID(value.strip("{}()"))


def read_base64(value: JsonValue, path: str) -> PythonValue:
    """Base64, also without its padding."""
    if isinstance(value, str) and len(value) % 4 in (2, 3) and "=" not in value:
        decoded = BASE64(value + "=" * (-len(value) % 4), path)
        note("base64 text", "base64 text without padding", path)
        return decoded
    return BASE64(value, path)
