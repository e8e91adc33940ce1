"""Values of an enumeration beside a name for it: the annotation lists them for callers, and codecs read the members."""

from __future__ import annotations

from typing import Literal

import pytest
from attrs import define, field
from bindwright.runtime import AnyText, Model, describe, json, root, wire, xml
from typing_extensions import TypeAliasType

from tests.json.models import Colour

VALUES = Literal["red", "green"]
Paint = TypeAliasType("Paint", "Colour | None")
Coat = TypeAliasType("Coat", "Paint")
for _name in (Paint, Coat):
    describe(_name, root(_name.__name__))


@define(kw_only=True)
class Wall(Model):
    """Holds colours under names."""

    paint: VALUES | Paint | None = field(metadata=wire("paint"))
    coat: VALUES | Coat = field(metadata=wire("coat"))
    any: AnyText | Paint = field(default="red", metadata=wire("any"))


def test_the_values_are_those_of_the_colour() -> None:
    assert [colour.value for colour in Colour] == list(VALUES.__args__)


@pytest.mark.parametrize("codec", [json, xml])
def test_what_is_read_is_a_member(codec: object) -> None:
    wall = Wall(paint="red", coat="green", any="red")
    again = codec.decode(codec.encode(wall), Wall)  # type: ignore[attr-defined]
    assert again == wall
    assert [type(colour) for colour in (again.paint, again.coat, again.any)] == [Colour] * 3
    text = codec.encode(Wall(paint="blue", coat="green"))  # type: ignore[attr-defined,arg-type]
    assert type(codec.decode(text, Wall).paint) is Colour  # type: ignore[attr-defined]
