"""The pydantic style."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from pydantic import BaseModel, ConfigDict, Field


class Colour(Enum):
    """An enumeration."""

    RED = "red"


class Part(BaseModel):
    """Nested."""

    model_config = ConfigDict(populate_by_name=True)
    sku: str = Field(alias="Sku")


class Thing(BaseModel):
    """A model."""

    model_config = ConfigDict(populate_by_name=True)
    id: int = Field(alias="Id")
    when: datetime = Field(alias="When")
    colour: Colour = Field(alias="Colour")
    parts: list[Part] = Field(alias="Parts")
    note: str | None = Field(None, alias="Note")
    tri: str | None = Field(None, alias="Tri")
