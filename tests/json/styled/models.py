"""The attrs style."""

from __future__ import annotations

import datetime as dt

from attrs import define, field
from bindwright.runtime import UNSET, Model, OpenStrEnum, Unset, wire


class Colour(OpenStrEnum):
    """An enumeration."""

    RED = "red"


@define(kw_only=True)
class Part(Model):
    """Nested."""

    sku: str = field(metadata=wire("Sku"))


@define(kw_only=True)
class Thing(Model):
    """A model."""

    id: int = field(metadata=wire("Id", format="int32"))
    when: dt.datetime = field(metadata=wire("When"))
    colour: Colour = field(metadata=wire("Colour"))
    parts: list[Part] = field(metadata=wire("Parts"))
    note: str | None = field(default=None, metadata=wire("Note"))
    tri: str | Unset | None = field(default=UNSET, metadata=wire("Tri"))
