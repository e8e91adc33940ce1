"""What somebody may have meant who asked for a path that is not documented."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

_LEAST_LIKENESS = 0.75
_LISTED_OPERATIONS = 5
_LONGEST = 500


def nearest(path: str, paths: Iterable[str]) -> str | None:
    """The path key that is most like a path; None where none is much like it."""
    segments = path[:_LONGEST].strip("/").split("/")
    scored = [(_likeness(segments, key.partition("?")[0].strip("/").split("/")), key) for key in paths]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= _LEAST_LIKENESS else None


def listed(operations: Iterable[tuple[str, str]]) -> str:
    """A few operations (method, path) to begin with."""
    names = [f"{method} {path}" for method, path in operations]
    rest = f" and {len(names) - _LISTED_OPERATIONS} more" if len(names) > _LISTED_OPERATIONS else ""
    return ", ".join(names[:_LISTED_OPERATIONS]) + rest


def _likeness(segments: list[str], key: list[str]) -> float:
    """From 0 to 1, segment by segment, from whichever end they fit better."""
    longest = max(len(segments), len(key))
    ahead = sum(_segment(*pair) for pair in zip(segments, key, strict=False))
    back = sum(_segment(*pair) for pair in zip(reversed(segments), reversed(key), strict=False))
    return max(ahead, back) / longest


def _segment(segment: str, key: str) -> float:
    if "{" in key:
        return 1.0 if segment else 0.0
    return SequenceMatcher(None, segment.lower(), key.lower()).ratio()
