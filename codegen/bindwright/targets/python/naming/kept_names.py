"""What the lock keeps, for those who read words of the IR and not Python's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bindwright.ir import model as ir
from bindwright.ir.model.kept_names import KeptNames
from bindwright.targets.naming.scope import LockedNames
from bindwright.targets.python.naming.plan import plan_names

Key = TypeVar("Key", str, int)
_PACKAGE = "package"
"""Only modules and groups could collide with it, which are not asked for."""


def kept_names(
    api: ir.Api, overrides: Mapping[str, str], lock: LockedNames, group_by: str = "tag"
) -> KeptNames:
    """The names that are as they are because the lock has them: without it they would be others."""
    kept = plan_names(api, _PACKAGE, overrides, lock, group_by)
    fresh = plan_names(api, _PACKAGE, overrides, {}, group_by)
    return KeptNames(
        types=_differing(kept.classes, fresh.classes),
        members=_inside(kept.fields, fresh.fields),
        values=_inside(
            {key: dict(enumerate(names)) for key, names in kept.members.items()},
            {key: dict(enumerate(names)) for key, names in fresh.members.items()},
        ),
        operations=_differing(
            {key: call.method for key, call in kept.calls.items()},
            {key: call.method for key, call in fresh.calls.items()},
        ),
        parameters=_inside(
            {key: call.arguments for key, call in kept.calls.items()},
            {key: call.arguments for key, call in fresh.calls.items()},
        ),
    )


def _differing(kept: Mapping[Key, str], fresh: Mapping[Key, str]) -> dict[Key, str]:
    return {key: name for key, name in kept.items() if fresh.get(key) != name}


def _inside(
    kept: Mapping[str, Mapping[Key, str]], fresh: Mapping[str, Mapping[Key, str]]
) -> dict[str, dict[Key, str]]:
    differing = {key: _differing(names, fresh.get(key, {})) for key, names in kept.items()}
    return {key: names for key, names in differing.items() if names}
