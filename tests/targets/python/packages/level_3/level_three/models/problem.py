"""Problem."""

from __future__ import annotations

from attrs import define
from bindwright.runtime import Model


@define(kw_only=True)
class Problem(Model):
    message: str
