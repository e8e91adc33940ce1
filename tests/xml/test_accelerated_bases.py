"""Elements of a base whose discriminator tells the derived class, read by the accelerator as the reference reads them."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from attrs import define, field
from bindwright.runtime import Choice, Model, Xml, root, wire
from bindwright.runtime.xml.accelerated import read_plans

from tests.xml.test_accelerated_reading import Both, disturbed, shuffled

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
