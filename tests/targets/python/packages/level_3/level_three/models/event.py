"""Event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bindwright.runtime import Choice, at, describe, root
from typing_extensions import TypeAliasType

if TYPE_CHECKING:
    from .bought import Bought
    from .fed import Fed


Event = TypeAliasType("Event", "Bought | Fed")

describe(
    Event,
    root(
        choice=Choice(
            discriminator="type",
            mapping={"Bought": "Bought", "Fed": "Fed"},
            members=(("Bought", at()), ("Fed", at())),
        ),
    ),
)
