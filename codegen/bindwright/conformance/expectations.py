"""Files of expected failures: one pattern a line, ``# message`` behind it; what is not as expected is a failure, too.

A listed check that passes is stale, one that fails with another message is another fault, and a pattern that
matches nothing is a slip of the pen: each is reported, so that the file can only tell the truth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from attrs import define

from bindwright.conformance.runner import Outcome

FAILURES = frozenset({"failed", "broken", "not run"})


@define
class Expectation:
    """One line of the file."""

    pattern: str
    message: str
    """The beginning of the real message; empty: any."""
    line: int
    used: bool = False


def parse(text: str) -> list[Expectation]:
    """The expectations of a file; empty lines and lines that begin with ``#`` are comments."""
    expectations = []
    for number, line in enumerate(text.splitlines(), 1):
        pattern, _, message = line.partition("#")
        if pattern.strip():
            expectations.append(Expectation(pattern.strip(), message.strip(), number))
    return expectations


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile(
        "".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts), re.DOTALL
    )


def matches(pattern: str, name: str) -> bool:
    """Whether a name fits a pattern: ``*`` within a part, ``**`` over parts (``file/id/from-to``)."""
    return _expression(pattern).fullmatch(name) is not None


def judge(
    outcomes: Iterable[Outcome], expectations: Sequence[Expectation]
) -> list[tuple[Outcome | None, str]]:
    """What is not as expected: the outcome (None for a pattern that matches nothing) and why."""
    surprises: list[tuple[Outcome | None, str]] = []
    for outcome in outcomes:
        expectation = next(
            (entry for entry in expectations if matches(entry.pattern, outcome.check.name)), None
        )
        failed = outcome.status in FAILURES
        if expectation is None:
            if failed:
                surprises.append((outcome, outcome.message))
            continue
        expectation.used = True
        if not failed:
            surprises.append((outcome, f"{outcome.status}, but line {expectation.line} expects a failure"))
        elif not outcome.message.startswith(expectation.message):
            surprises.append(
                (outcome, f"another failure than line {expectation.line} says: {outcome.message}")
            )
    for expectation in expectations:
        if not expectation.used:
            surprises.append((None, f"line {expectation.line}: {expectation.pattern} matches no check"))
    return surprises


def rewritten(text: str, outcomes: Sequence[Outcome]) -> str:
    """The file as the outcomes want it: comments and true lines stay, false ones go, new failures come last."""
    failed = {outcome.check.name: outcome for outcome in outcomes if outcome.status in FAILURES}
    lines: list[str] = []
    covered: set[str] = set()
    entries = {entry.line: entry for entry in parse(text)}
    for number, line in enumerate(text.splitlines(), 1):
        entry = entries.get(number)
        if entry is None:
            lines.append(line)
            continue
        names = {outcome.check.name for outcome in outcomes if matches(entry.pattern, outcome.check.name)}
        true = names and names <= failed.keys()
        if true and all(failed[name].message.startswith(entry.message) for name in names):
            lines.append(line)
            covered |= names
    for name, outcome in failed.items():
        if name not in covered:
            message = " ".join(outcome.message.split())
            lines.append(f"{name}  # {message}" if message else name)
    return "".join(f"{line}\n" for line in lines)
