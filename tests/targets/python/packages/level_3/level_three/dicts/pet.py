from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, Required, TypedDict

if TYPE_CHECKING:
    from ..models.status import Status


class PetDict(TypedDict, total=False):
    id: int
    name: Required[str]
    status: Literal["available", "sold"] | Status
    born: dt.datetime | str | None
    tags: list[str]
