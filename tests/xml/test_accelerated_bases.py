"""Elements of a base whose discriminator tells the derived class, read by the accelerator as the reference reads them."""

from __future__ import annotations

import datetime as dt
import random
import sys

import pytest
from attrs import define, field
from bindwright.runtime import Choice, Model, Xml, root, wire
from bindwright.runtime.resolve import COMMON
from bindwright.runtime.xml.accelerated import read_plans
from bindwright.runtime.xml.codec import XmlCodec
from bindwright.runtime.xml.settings import DEFAULT

from tests.xml.test_accelerated_reading import Both, disturbed, shuffled
from tests.xml.test_accelerated_writing import outcome, pure

pytestmark = pytest.mark.skipif(
    read_plans.C is None, reason="the accelerator is not installed, or switched off"
)
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


@define(kw_only=True)
class Animal(Model):
    __wire__ = root(
        "Animal", choice=Choice(discriminator="kind", mapping={"cat": "Cat", "dog": "Dog", "any": "Animal", "puppy": "Puppy"})
    )  # fmt: skip

    kind: str | None = None
    name: str | None = None
    born: dt.date | None = None


@define(kw_only=True)
class Cat(Animal):
    lives: int | None = None
    friends: list[Animal] | None = field(default=None, metadata=wire("friends", xml=Xml(wrapped=True)))


@define(kw_only=True)
class Dog(Animal):
    good: bool | None = None


@define(kw_only=True)
class Puppy(Dog):
    """Of a class of which another discriminator tells more, which counts where the class is expected."""

    __wire__ = root("Puppy", choice=Choice(discriminator="breed", mapping={"pug": "Pug"}))

    breed: str | None = None


@define(kw_only=True)
class Pug(Puppy):
    nose: int | None = None


@define(kw_only=True)
class Vehicle(Model):
    __wire__ = root("Vehicle", choice=Choice(discriminator="kind", mapping={"car": "Car", "van": "Van"}))

    kind: str | None = field(default=None, metadata=wire("kind", xml=Xml(node="attribute")))


@define(kw_only=True)
class Car(Vehicle):
    doors: int | None = None


@define(kw_only=True)
class Van(Vehicle):
    size: float | None = None


@define(kw_only=True)
class Park(Model):
    __wire__ = root("Park")

    animals: list[Animal] | None = field(default=None, metadata=wire("animals", xml=Xml(wrapped=True)))
    star: Animal | None = None
    puppies: list[Puppy] | None = None
    vehicles: list[Vehicle] | None = None
    pets: dict[str, Animal] | None = None


def _animal(source: random.Random, name: str, levels: int = 2) -> str:
    kinds = ("cat", "dog", "any", "puppy", "pug", " cat ", "", "x")
    parts = [f"<kind>{source.choice(kinds)}</kind>"] if source.random() < 0.95 else []
    others = [
        "<name>a&amp;b</name>", "<born>2024-02-29</born>", "<lives>9</lives>", "<good>true</good>", "<nose>1</nose>",
        "<breed>pug</breed>", "<unknown>1</unknown>",
    ]  # fmt: skip
    parts += source.sample(others, source.randrange(4))
    if levels and source.random() < 0.3:
        parts.append(f"<friends>{_animal(source, 'friends', levels - 1)}</friends>")
    if source.random() < 0.5:
        source.shuffle(parts)
    marks = ("", "", "", "", "", ' i:type="Dog"', ' i:nil="true"', ' odd="1"')
    return f"<{name}{source.choice(marks)}>{''.join(parts)}</{name}>"


def _park(source: random.Random) -> bytes:
    parts = [f"<animals>{''.join(_animal(source, 'animals') for _ in range(source.randrange(3)))}</animals>"]
    parts.append(_animal(source, "star"))
    parts += [_animal(source, "puppies", 0) for _ in range(source.randrange(2))]
    for _ in range(source.randrange(3)):
        kind, content = (
            source.choice(["car", "van", "x", ""]),
            source.choice(["<doors>2</doors>", "<size>1.5</size>", ""]),
        )
        parts.append(
            f'<vehicles kind="{kind}">{content}</vehicles>' if kind else f"<vehicles>{content}</vehicles>"
        )
    parts.append(f"<pets>{_animal(source, 'a', 1)}</pets>")
    return f'<Park xmlns:i="{INSTANCE}">{"".join(source.sample(parts, source.randrange(len(parts) + 1)))}</Park>'.encode()


@pytest.mark.parametrize("namespaces", ["strict", "lenient"])
def test_elements_of_bases_are_read_the_same(namespaces: str) -> None:
    source, count = random.Random(7), 0
    both = Both(Park, namespaces)
    for _ in range(1500):
        data = _park(source)
        count += both.compare(data)
        both.compare(shuffled(data, source))
        both.compare(disturbed(data, source))
    assert count > 200


def _random_animal(source: random.Random, levels: int = 2) -> Animal | None:
    """An object of the base or of a derived class, most of them with the discriminator of their class."""
    classes: list[type[Animal]] = [Animal, Cat, Dog, Puppy, Pug, Stray]
    cls = source.choice(classes)
    kinds = {Animal: "any", Cat: "cat", Dog: "dog", Puppy: "puppy"}
    value = cls(kind=kinds.get(cls) if source.random() < 0.8 else source.choice([None, "cat", "x"]))
    value.name = source.choice([None, "a&b", ""])
    if isinstance(value, Cat) and levels and source.random() < 0.5:
        value.friends = [
            animal for _ in range(2) if (animal := _random_animal(source, levels - 1)) is not None
        ]
    return value if source.random() < 0.95 else None


@define(kw_only=True)
class Stray(Animal):
    """Of a class that no discriminator tells."""


def test_objects_of_bases_are_written_the_same() -> None:
    source, written = random.Random(8), 0
    quick, slow = XmlCodec(Park, None, COMMON, DEFAULT), pure(Park)
    for _ in range(400):
        animals = [
            animal for _ in range(source.randrange(4)) if (animal := _random_animal(source)) is not None
        ]
        value = Park(
            animals=animals,
            star=_random_animal(source),
            pets={"a": Cat(kind="cat"), "b": source.choice(animals or [Dog()])},
        )
        value.vehicles = [
            source.choice([Car, Van, Vehicle])(kind=source.choice(["car", "van", None])) for _ in range(2)
        ]
        if animals and source.random() < 0.1:
            value.animals = [*animals, source.choice([Car(), "x", None])]  # type: ignore[list-item]
        expected = outcome(slow, value)
        assert outcome(quick, value) == expected
        written += isinstance(expected, bytes)
    assert 100 < written < 400


def test_it_is_the_accelerator_that_writes_objects_of_derived_classes() -> None:
    codec = XmlCodec(Park, None, COMMON, DEFAULT)
    value = Park(
        animals=[Cat(kind="cat", name="a"), Dog(kind="dog", good=True), Puppy(kind="puppy")],
        star=Dog(kind="dog"),
    )
    data = codec.encode(value)
    calls: list[str] = []
    sys.setprofile(lambda frame, event, _: calls.append(frame.f_code.co_name) if event == "call" else None)
    try:
        assert codec.encode(value) == data
    finally:
        sys.setprofile(None)
    assert "set_in" not in calls
    assert "slow" not in calls, calls
