"""What somebody may have meant who asked for a path that is not documented."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_ENOUGH = 0.75
_SHOWN = 5
_LONGEST = 500


def nearest(path: str, known: Iterable[str]) -> str | None:
    """The path key that is most like a path; None where none is much like it."""
    given = path[:_LONGEST].strip("/").split("/")
    scored = [(_likeness(given, key.partition("?")[0].strip("/").split("/")), key) for key in known]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= _ENOUGH else None


def listed(operations: Iterable[tuple[str, str]]) -> str:
    """A few operations (method, path) to begin with."""
    known = [f"{method} {path}" for method, path in operations]
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return ", ".join(known[:_SHOWN]) + more


def _likeness(given: list[str], key: list[str]) -> float:
    """From 0 to 1, segment by segment, from whichever end they fit better."""
    longest = max(len(given), len(key))
    ahead = sum(_segment(*pair) for pair in zip(given, key, strict=False))
    back = sum(_segment(*pair) for pair in zip(reversed(given), reversed(key), strict=False))
    return max(ahead, back) / longest


def _segment(given: str, key: str) -> float:
    if "{" in key:
        return 1.0 if given else 0.0
    return SequenceMatcher(None, given.lower(), key.lower()).ratio()
