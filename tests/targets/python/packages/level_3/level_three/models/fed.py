"""Fed."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from attrs import define, field
from bindwright.runtime import Model, wire


@define(kw_only=True)
class Fed(Model):
    type: Literal["Fed"] = field(default="Fed", metadata=wire("type", const="Fed"))
    at: dt.datetime | None = None
