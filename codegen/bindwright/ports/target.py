"""The port kit as a target of ``bindwright generate``; nothing of it is imported before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bindwright.project import other_targets


def register() -> None:
    """Make ``port-kit`` known to ``targets``."""
    other_targets.register("port-kit", _files)


def _files(api: Any) -> Mapping[str, bytes]:
    from bindwright.ports import kit

    return kit.files(api)
