"""Pet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from attrs import define, field
from bindwright.runtime import UNSET, Model, Unset, Xml, at, root, wire

if TYPE_CHECKING:
    from .status import Status


@define(kw_only=True)
class Pet(Model):
    __wire__ = root("pet", namespace="urn:level:one")

    id: int | None = field(default=None, metadata=wire("id", xml=Xml(node="attribute")))
    name: str
    status: Literal["available", "sold"] | Status | None = None
    born: dt.datetime | None | Unset = UNSET
    tags: list[str] | None = field(
        default=None,
        metadata=wire("tags", xml=Xml(wrapped=True), items=at(xml=Xml(name="tag"))),
    )
