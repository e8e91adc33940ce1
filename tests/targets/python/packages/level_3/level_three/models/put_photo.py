from __future__ import annotations

from attrs import define, field
from bindwright.runtime import Model, wire


@define(kw_only=True)
class PutPhotoBody(Model):
    photo: bytes | None = field(default=None, metadata=wire("photo", format="binary"))
    note: str | None = None
