"""A few of the random documents that `tests.fuzz.fuzz_accelerator` compares on, and whether it tells what it looks for."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest
from bindwright.runtime.compile.accelerator import json_values

from tests.fuzz.accelerated import keeps, works

pytestmark = pytest.mark.skipif(
    json_values() is None, reason="the accelerator is not installed, or switched off"
)
SEEDS = (3, 8)


def lines(seed: int) -> list[str]:
    return [f"{label}: {work()}" for parts in works(seed) for label, work in parts]


def without_accelerator(patch: pytest.MonkeyPatch) -> int:
    """Take the accelerator from every module of the runtime that has it; how many had."""
    modules: list[Any] = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("bindwright.runtime.") and isinstance(module, ModuleType)
    ]
    count = 0
    for module in modules:
        for name in ("C", "_C", "_QUICK"):
            if getattr(module, name, None) is not None:
                patch.setattr(module, name, None)
                count += 1
    return count


@pytest.mark.parametrize("seed", SEEDS)
def test_random_documents_are_read_and_written_the_same(seed: int) -> None:
    accelerated = lines(seed)
    with pytest.MonkeyPatch.context() as patch:
        assert without_accelerator(patch) > 5
        pure = lines(seed)
    assert len(pure) == len(accelerated) > 100
    assert sum(": refused: " in line for line in pure) < 0.8 * len(pure)
    for line, reference in zip(accelerated, pure, strict=True):
        assert line == reference


def test_what_keeps_memory_is_told() -> None:
    kept: list[Any] = []
    assert keeps(lambda: kept.append(object()), 5)
    assert keeps(lambda: kept.append(bytes(100_000)), 5)
    assert not keeps(lambda: bytes(100_000), 5)
