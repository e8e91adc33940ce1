"""Which version follows from what changed (Semantic Versioning 2.0.0, 4 and 7 to 8)."""

from __future__ import annotations

import re

from bindwright.changes.rules import Level

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+.a-z].*)?", re.I)
Parts = tuple[int, int, int]


def parts_of(version: str) -> Parts | None:
    """Major, minor and patch; None for what is no such version (a date, a name)."""
    match = _VERSION.fullmatch(version.strip())
    return (int(match[1]), int(match[2] or 0), int(match[3] or 0)) if match else None


def next_version(version: str, level: Level) -> str:
    """The version after one, where the strongest verdict of all changes is `level`.

    From 1.0.0 on a break raises the major version, what is added or risky the minor one, all else the patch. Before, a
    break raises the minor version, all else the patch.

    Raises:
        ValueError: the version has no numbers to raise.
    """
    parts = parts_of(version)
    if parts is None:
        raise ValueError(f"{version!r} is no version that can be raised")
    major, minor, patch = parts
    if level == "breaking":
        raised = (major + 1, 0, 0) if major else (0, minor + 1, 0)
    elif level in ("risky", "compatible") and major:
        raised = (major, minor + 1, 0)
    else:
        raised = (major, minor, patch + 1)
    return ".".join(map(str, raised))


def is_breaking(before: str, after: str) -> bool:
    """Whether the second version tells callers of a break."""
    first, second = parts_of(before), parts_of(after)
    if first is None or second is None:
        return False
    return second[0] > first[0] or (not first[0] and second[:2] > first[:2])


def says_less(before: str, after: str, level: Level) -> bool:
    """Whether a document's own versions promise less than what changed: a break without a new major version."""
    first, second = parts_of(before), parts_of(after)
    return level == "breaking" and first is not None and second is not None and not is_breaking(before, after)


def has_had_its_minor(alias_version: str, now: str) -> bool:
    """Whether an alias of one version was there for the whole of a later minor version."""
    first, second = parts_of(alias_version), parts_of(now)
    return first is not None and second is not None and second[:2] > first[:2]
