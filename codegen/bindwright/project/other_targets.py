"""Targets that stand above this room and have no names to keep: they are made known before a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Files = Callable[[Any], Mapping[str, bytes]]
"""From an `Api`, which is not imported here: a run that changes nothing does without it."""

_FILES: dict[str, Files] = {}


def register(name: str, files: Files) -> None:
    """Add a target."""
    _FILES[name] = files


def files_of(name: str, api: Any) -> Mapping[str, bytes]:
    """What a target writes, by path relative to its folder."""
    return _FILES[name](api)
