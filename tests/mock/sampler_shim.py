"""hypothesis-jsonschema 0.23 with a Hypothesis that has renamed a part of its inside (`many.more`, until 6.15x)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import hypothesis_jsonschema._from_schema as module
from hypothesis.internal.conjecture import utils


class _Many:
    """The older protocol, `while elements.more()`, over the present one."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._many = utils.many(*arguments, **options).__enter__()
        self._elements = iter(self._many)

    def more(self) -> bool:
        for _ in self._elements:
            return True
        self._many.__exit__(None)
        return False

    def reject(self, why: str | None = None) -> None:
        self._many.reject(why)


def install() -> None:
    """Mend the library in this process, where it needs it."""
    if not hasattr(utils.many, "more"):
        module.cu = SimpleNamespace(**{**vars(utils), "many": _Many})
