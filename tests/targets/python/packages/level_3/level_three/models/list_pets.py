from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define
from bindwright.runtime import Model

if TYPE_CHECKING:
    from .pet import Pet


@define(kw_only=True)
class ListPetsResponse(Model):
    items: list[Pet]
    next: str | None = None
