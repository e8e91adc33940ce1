"""A base's discriminator tells the derived class, whichever path reads the document."""

from __future__ import annotations

from attrs import define, field
from bindwright.runtime import Choice, Model, json, root, wire, xml


@define(kw_only=True)
class Pet(Model):
    __wire__ = root(
        "Pet", choice=Choice(discriminator="kind", mapping={"pet": "Pet", "cat": "Cat", "dog": "Dog"})
    )

    kind: str = field(metadata=wire("kind"))


@define(kw_only=True)
class Cat(Pet):
    __wire__ = root("Cat")

    lives: int | None = field(default=None, metadata=wire("lives"))


@define(kw_only=True)
class Dog(Pet):
    __wire__ = root("Dog")

    bark: str | None = field(default=None, metadata=wire("bark"))


FULL = xml.Settings(speculate=False)


def test_a_layout_that_fits_the_base_does_not_tell_the_class() -> None:
    for _ in range(10):
        assert type(xml.decode("<Pet><kind>pet</kind></Pet>", Pet)) is Pet
    for settings in (None, FULL):
        assert type(xml.decode("<Pet><kind>cat</kind></Pet>", Pet, settings=settings)) is Cat
        value = xml.decode("<Pet><bark>loud</bark><kind> dog\n</kind></Pet>", Pet, settings=settings)
        assert isinstance(value, Dog)
        assert value.bark == "loud"
        assert type(xml.decode("<Pet><kind>fish</kind></Pet>", Pet, settings=settings)) is Pet


def test_lists_and_streams_of_them() -> None:
    pets = [Pet(kind="pet"), Cat(kind="cat", lives=9), Dog(kind="dog"), Cat(kind="cat")] * 5
    data = xml.encode(pets, list[Pet])
    for _ in range(3):
        assert xml.decode(data, list[Pet]) == pets
    assert list(xml.iter_decode([data], Pet)) == pets
    assert json.decode(json.encode(pets, list[Pet]), list[Pet]) == pets


def test_without_namespaces() -> None:
    value = xml.decode(
        '<Pet xmlns="urn:x"><kind>cat</kind></Pet>', Pet, settings=xml.Settings(namespaces="lenient")
    )
    assert type(value) is Cat
