"""Bought."""

from __future__ import annotations

from typing import Literal

from attrs import define, field
from bindwright.runtime import Model, wire


@define(kw_only=True)
class Bought(Model):
    type: Literal["Bought"] = field(
        default="Bought",
        metadata=wire("type", const="Bought"),
    )
    price: float | None = None
