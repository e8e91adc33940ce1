"""Hand-written models with every kind of place, as the generator would write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from attrs import define, field
from bindwright.runtime import (
    UNSET,
    Choice,
    Entries,
    Model,
    OpenIntEnum,
    OpenStrEnum,
    Unset,
    at,
    describe,
    root,
    wire,
)
from typing_extensions import TypeAliasType


class Colour(OpenStrEnum):
    """A string enumeration."""

    RED = "red"
    GREEN = "green"


class State(OpenIntEnum):
    """An integer enumeration with XML names."""

    __xml_names__ = {"Pending": 0, "Done": 10}  # noqa: RUF012

    PENDING = 0
    DONE = 10


class Sku(str):
    """A named scalar."""

    __slots__ = ()
    __wire__ = root("Sku")


class Codes(list[str]):
    """A named list."""

    __wire__ = root("Codes")


class Labels(dict[str, int]):
    """A named map."""

    __wire__ = root("Labels")


@define(kw_only=True)
class Part(Model):
    """Nested in others."""

    a: int = field(metadata=wire("a"))
    b: str | None = field(default=None, metadata=wire("b"))


@define(kw_only=True)
class Job(Model):
    """Profile datacontract, like the reference page."""

    __wire__ = root("Job", profile="datacontract")

    id: int = field(metadata=wire("Id", format="int32"))
    status: str | None = field(metadata=wire("Status"))
    start: dt.datetime | None = field(metadata=wire("Start"))
    rate: float = field(metadata=wire("Rate", format="double"))


@define(kw_only=True)
class Everything(Model):
    """One member of each kind."""

    text: str = field(metadata=wire("Text"))
    number: int = field(metadata=wire("Number", format="int32"))
    big: int = field(metadata=wire("big"))
    ratio: float = field(metadata=wire("ratio"))
    price: Decimal = field(metadata=wire("price"))
    quoted: Decimal = field(metadata=wire("quoted", quoted=True))
    flag: bool = field(metadata=wire("flag"))
    when: dt.datetime = field(metadata=wire("when"))
    day: dt.date = field(metadata=wire("day"))
    clock: dt.time = field(metadata=wire("clock"))
    span: dt.timedelta = field(metadata=wire("span"))
    key: UUID = field(metadata=wire("key"))
    blob: bytes = field(metadata=wire("blob"))
    hexed: bytes = field(metadata=wire("hexed", format="base16"))
    colour: Colour = field(metadata=wire("colour"))
    state: State = field(metadata=wire("state"))
    fixed: Literal["x"] = field(metadata=wire("fixed"))
    part: Part = field(metadata=wire("part"))
    nullable: int | None = field(metadata=wire("nullable"))
    parts: list[Part] = field(metadata=wire("parts"))
    words: list[str] = field(metadata=wire("words"))
    holes: list[int | None] = field(metadata=wire("holes"))
    pairs: dict[str, int] = field(metadata=wire("pairs"))
    by_state: dict[State, int] = field(
        metadata=wire("by state", entries=Entries(item="e", key_type="State"), values=at(format="int32"))
    )
    couple: tuple[int, str] = field(metadata=wire("couple"))
    anything: Any = field(metadata=wire("anything"))
    either: int | Part | list[str] = field(metadata=wire("either"))
    optional: int | None = field(default=None, metadata=wire("optional"))
    tri: str | Unset | None = field(default=UNSET, metadata=wire("tri"))
    me: Everything | None = field(default=None, metadata=wire("me"))
    sku: Sku | None = field(default=None, metadata=wire("sku"))


@define(kw_only=True)
class Tagged(Model):
    """Typed additional members."""

    __wire__ = root("Tagged", additional="additional_properties")

    name: str = field(metadata=wire("name"))
    additional_properties: dict[str, int] = field(factory=dict)


@define(kw_only=True)
class Cat(Model):
    """A union's member."""

    kind: Literal["cat"] = field(default="cat", metadata=wire("kind"))
    lives: int = field(metadata=wire("lives"))


@define(kw_only=True)
class Dog(Model):
    """Another."""

    kind: Literal["dog"] = field(default="dog", metadata=wire("kind"))
    tricks: list[str] = field(factory=list, metadata=wire("tricks"))


Pet = TypeAliasType("Pet", "Cat | Dog")
describe(Pet, root("Pet", choice=Choice(discriminator="kind", mapping={"cat": "Cat", "dog": "Dog"})))

Loose = TypeAliasType(
    "Loose", "Part | Job | dict[str, str] | list[int] | dt.datetime | UUID | Colour | str | int | bool"
)


@define(kw_only=True)
class Animal(Model):
    """A base whose discriminator tells the derived class."""

    __wire__ = root("Animal", choice=Choice(discriminator="type", mapping={"fish": "Fish", "bird": "Bird"}))

    type: str = field(metadata=wire("type"))


@define(kw_only=True)
class Fish(Animal):
    """Derived."""

    fins: int = field(metadata=wire("fins"))


@define(kw_only=True)
class Bird(Animal):
    """Derived."""

    wings: int = field(metadata=wire("wings"))


@define(kw_only=True)
class Aquarium(Model):
    """Holds derived classes."""

    animals: list[Animal] = field(metadata=wire("animals"))
    first: Animal | None = field(default=None, metadata=wire("first"))


@define(kw_only=True)
class Odd(Model):
    """Names that need an escape."""

    quote: int = field(metadata=wire('a "b\\'))
    line: str | None = field(default=None, metadata=wire("x\ny"))
    empty: int | None = field(default=None, metadata=wire(""))


@define(kw_only=True)
class Defaults(Model):
    """Defaults of a hand-written model."""

    count: int = field(default=7, metadata=wire("count"))
    names: list[str] = field(factory=list, metadata=wire("names"))
