"""Candidates for names: what a text of the document might be called, best first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bindwright.targets.python import reserved, words

_SIMPLE = re.compile(r"[a-z][a-z0-9_]*")


def is_simple(name: str) -> bool:
    """Whether a property is spelled as its field will be."""
    return name not in reserved.FIELDS and len(name) <= words.LONGEST and _SIMPLE.fullmatch(name) is not None


def kept(names: Mapping[str, str]) -> dict[str, str]:
    """The names that go into the lock: all that are not spelled as in the document."""
    return {key: name for key, name in names.items() if key != name}


def variable(text: str, role: str, override: str | None = None) -> list[str]:
    """Candidates for a field, parameter or method."""
    if override is None and _SIMPLE.fullmatch(text) and len(text) <= words.LONGEST:
        return [text, f"{text}_{role}"]
    plain, spelled = words.snake(text), words.snake_spelled(text)
    tries = [override] if override else []
    if plain[:1].isdigit() and text[:1] not in "+-":
        tries.append(f"{role}_{plain}")
    tries += [one for one in (plain, spelled) if one and not one[0].isdigit()]
    base = next(iter(tries), role)
    return [*tries, base + _case(text), f"{base}_{role}"]


def _case(text: str) -> str:
    if text.isupper():
        return "_upper"
    return "_lower" if text.islower() else "_capital" if text[:1].isupper() else "_mixed"


def class_candidates(text: str, suffix: str) -> list[str]:
    """Candidates for a class of this name."""
    tries = [words.pascal(text), words.pascal_spelled(text)]
    tries = [one if not one[:1].isdigit() else suffix + one for one in tries if one] or [suffix]
    return [*dict.fromkeys(tries), tries[0] + suffix]


def inline_candidates(context: tuple[str, ...], suffix: str) -> list[str]:
    """Where it stands, in full; if that is too long or taken, the owner with ever more of the last words."""
    full = [*class_candidates(" ".join(context), suffix)[:-1], words.pascal_whole(" ".join(context))]
    if len(context) < 3:
        return [*full, full[0] + suffix]
    shorter = [
        words.pascal(" ".join((context[0], *context[-count:]))) for count in range(1, len(context) - 1)
    ]
    long = sum(map(len, context)) > words.LONGEST
    return [*shorter, *full, full[0] + suffix] if long else [*full, *shorter, full[0] + suffix]
