"""``x-poll`` checked against the operation it stands at: what cannot be read is told, and nothing is waited for then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bindwright.ir.lowering.context import Lowering
from bindwright.ir.lowering.location import Location
from bindwright.ir.lowering.operations.paging.places import MISSING, member_at, success_of
from bindwright.ir.model import Enum, Json, Operation, Use
from bindwright.openapi.diagnostics.suggest import did_you_mean
from bindwright.standards.json_pointer import split

_KEYS = ("state", "done", "failed", "progress", "interval", "timeout")
_STATUS = "$statusCode"
_HEADER = "$response.header."


def settle_polling(context: Lowering) -> None:
    """Check what is described; take out what cannot be followed."""
    for operation in context.api.operations:
        if operation.poll is None or operation.poll is False:
            continue
        problems = list(_problems(context, operation, operation.poll))
        for problem, remedy in problems:
            location = Location(operation.place.file, f"{operation.place.pointer}/x-poll")
            context.warn("invalid-polling", f"`x-poll` of {operation.id}: {problem}", location, remedy)
        if problems:
            operation.poll = None


def _problems(context: Lowering, operation: Operation, described: Json) -> Iterator[tuple[str, str]]:
    """What is wrong, each with its remedy."""
    if not isinstance(described, Mapping):
        yield f"it is {type(described).__name__}, not an object", "write `state`, `done` and `failed`"
        return
    for key in described:
        if key not in _KEYS and not str(key).startswith("x-"):
            yield (
                f"`{str(key)[:60]}` is none of its members",
                did_you_mean(str(key), _KEYS, otherwise="remove it"),
            )
    if operation.body is not None:
        yield "an operation with a body is not repeated", "put it at the operation that reads the state"
    if not isinstance(described.get("state"), str):
        yield "it does not say where the `state` is", "a JSON pointer into the answer, or `$statusCode`"
    for key in ("state", "progress"):
        where = described.get(key)
        if where is not None and not _is_place(context, operation, where):
            yield f"`{key}`: the answer has no {str(where)[:60]}", "a JSON pointer into the answer"
    for key in ("interval", "timeout"):
        seconds = described.get(key)
        if seconds is not None and not _is_time(seconds):
            yield f"`{key}` is not a number of seconds", "a number above 0"
    yield from _wrong_states(context, operation, described)


def _is_time(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0


def _place(context: Lowering, operation: Operation, where: str) -> Any:
    """The use at a place of the answer; None: nobody knows what stands there."""
    if where == _STATUS or where.startswith(_HEADER):
        return None
    success = success_of(operation)
    pointer = where.removeprefix("$response.body").removeprefix("#")
    return None if success is None else member_at(context, success, split(pointer))


def _is_place(context: Lowering, operation: Operation, where: Any) -> bool:
    return isinstance(where, str) and _place(context, operation, where) is not MISSING


def _wrong_states(
    context: Lowering, operation: Operation, described: Mapping[Any, Json]
) -> Iterator[tuple[str, str]]:
    """States that the answer can never be in, by its enum."""
    where = described.get("state")
    place = _place(context, operation, where) if isinstance(where, str) else None
    type_ = context.types[place.type] if isinstance(place, Use) else None
    allowed = [member.value for member in type_.members] if isinstance(type_, Enum) else None
    for key in ("done", "failed"):
        states = described.get(key, [])
        for state in states if isinstance(states, list) else [states]:
            if isinstance(state, (list, dict)):
                yield (
                    f"`{key}` has a state that is {type(state).__name__}",
                    "states are texts, numbers or flags",
                )
            elif allowed is not None and state not in allowed:
                remedy = did_you_mean(
                    str(state), [str(value) for value in allowed], otherwise="one of its `enum`"
                )
                yield f"`{key}`: the state is never {state!r}", remedy
