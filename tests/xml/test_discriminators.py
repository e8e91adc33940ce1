"""A base's discriminator tells the derived class, whichever path reads the document."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import define, field
from bindwright.runtime import Choice, DecodeError, EncodeError, Model, Xml, json, root, wire, xml
from bindwright.runtime.wire import at


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


@define(kw_only=True)
class Card(Model):
    __wire__ = root("Card")

    by: str = field(metadata=wire("by", xml=Xml(node="attribute")))


@define(kw_only=True)
class Transfer(Model):
    __wire__ = root("Transfer")

    by: str = field(metadata=wire("by", xml=Xml(node="attribute")))
    days: int | None = field(default=None, metadata=wire("days"))


_PAYMENT = Choice(discriminator="by", mapping={"card": "Card", "transfer": "Transfer"})
_CASH = Choice(discriminator="by", mapping={"cash": "Cash", "transfer": "Transfer"}, default="Cash")


@define(kw_only=True)
class Cash(Model):
    __wire__ = root("Cash")

    by: str | None = field(default=None, metadata=wire("by"))


@define(kw_only=True)
class Order(Model):
    __wire__ = root("Order")

    pet: Pet | None = field(default=None, metadata=wire("pet"))
    pets: list[Pet] | None = field(default=None, metadata=wire("pets"))
    paid: Card | Transfer | None = field(default=None, metadata=wire("paid", choice=_PAYMENT))
    usual: Cash | Transfer | None = field(default=None, metadata=wire("usual", choice=_CASH))
    payments: list[Card | Transfer] | None = field(
        default=None, metadata=wire("payments", items=at(choice=_PAYMENT))
    )


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        (Order(pet=Cat(kind="cat")), Order(pet=Cat(kind="dog")), "/Order/pet/kind"),
        (Order(pets=[Dog(kind="dog")]), Order(pets=[Dog(kind="cat")]), "/Order/pets/pets[1]/kind"),
        (Order(paid=Card(by="card")), Order(paid=Card(by="transfer")), "/Order/paid/by"),
        (
            Order(payments=[Transfer(by="transfer")]),
            Order(payments=[Transfer(by="card")]),
            "/Order/payments/payments[1]/by",
        ),
        (Order(usual=Cash(by="cash")), Order(usual=Cash(by="transfer")), "/Order/usual/by"),
        (Cat(kind="cat"), Cat(kind="dog"), "/Cat/kind"),
    ],
    ids=["derived", "derived item", "alternative", "alternative item", "where absence says it", "root"],
)
def test_what_somebody_set_must_not_say_another_class(right: Model, wrong: Model, path: str) -> None:
    for _ in range(4):  # classes are noted as they come
        xml.encode(right)
    with pytest.raises(EncodeError) as error:
        xml.encode(wrong)
    assert error.value.path == path
    with pytest.raises(EncodeError):
        json.encode(wrong)


def test_a_value_that_nothing_maps_is_written() -> None:
    assert b"<kind>cat of a newer server</kind>" in xml.encode(Order(pet=Cat(kind="cat of a newer server")))
    assert b'by="voucher"' in xml.encode(Order(paid=Card(by="voucher")))


@define(kw_only=True)
class Fish(Model):
    __wire__ = root(
        "Fish", choice=Choice(discriminator="kind", mapping={"shark": "Shark", "Saw": "Saw", "Ray": "Ray"})
    )

    kind: str | None = field(default=None, metadata=wire("kind"))
    age: int | None = field(default=None, metadata=wire("age"))


@define(kw_only=True)
class Shark(Fish):
    __wire__ = root("Shark", choice=Choice(discriminator="shape", mapping={"saw": "Saw", "Shark": "Shark"}))

    shape: str | None = field(default=None, metadata=wire("shape", xml=Xml(node="attribute")))


@define(kw_only=True)
class Saw(Shark):
    __wire__ = root("Saw")

    teeth: int | None = field(default=None, metadata=wire("teeth"))


@define(kw_only=True)
class Ray(Fish):
    __wire__ = root("Ray")


@define(kw_only=True)
class Sea(Model):
    __wire__ = root("Sea")

    fish: list[Fish] | None = field(default=None, metadata=wire("fish"))


def test_two_discriminators_one_below_the_other() -> None:
    """The value of the first leads to the class whose own discriminator says the rest; both are written and checked."""
    sea = Sea(fish=[Saw(teeth=3), Saw(kind="Saw"), Shark(), Ray(age=1)])
    for _ in range(4):
        text = xml.encode(sea)
        assert text == (
            b'<Sea><fish shape="saw"><kind>shark</kind><teeth>3</teeth></fish>'
            b'<fish shape="saw"><kind>Saw</kind></fish><fish shape="Shark"><kind>shark</kind></fish>'
            b"<fish><kind>Ray</kind><age>1</age></fish></Sea>"
        )
        assert [type(each) for each in xml.decode(text, Sea).fish or ()] == [Saw, Saw, Shark, Ray]
        read = json.decode(json.encode(sea), Sea)
        assert [(type(each), each.kind) for each in read.fish or ()] == [
            (Saw, "shark"), (Saw, "Saw"), (Shark, "shark"), (Ray, "Ray"),
        ]  # fmt: skip
    for wrong in (Saw(kind="Ray"), Saw(shape="saw", kind="Ray"), Ray(kind="shark"), Ray(kind="Saw")):
        for value in (wrong, Sea(fish=[wrong])):
            for format_ in (xml, json):
                with pytest.raises(EncodeError):
                    format_.encode(value)


@define(kw_only=True)
class Bird(Model):
    __wire__ = root(
        "Bird",
        choice=Choice(discriminator="kind", mapping={"owl": "Owl", "barn": "BarnOwl", "duck": "Duck"}),
    )

    kind: str | None = field(default=None, metadata=wire("kind"))


@define(kw_only=True)
class Owl(Bird):
    __wire__ = root("Owl", choice=Choice(discriminator="kind", mapping={"owl": "Owl", "barn": "BarnOwl"}))


@define(kw_only=True)
class BarnOwl(Owl):
    __wire__ = root("BarnOwl")


@define(kw_only=True)
class Duck(Bird):
    __wire__ = root("Duck")


@pytest.mark.parametrize("format_", [json, xml])
def test_what_only_a_base_further_up_knows_is_checked_too(format_: Any) -> None:
    """The discriminator of a class between has the values of what derives from it alone."""
    assert b"barn" in format_.encode(BarnOwl())
    assert b"raven" in format_.encode(BarnOwl(kind="raven"))
    for _ in range(3):
        with pytest.raises(EncodeError):
            format_.encode(BarnOwl(kind="duck"))


@define(kw_only=True)
class Zebra(Model):
    __wire__ = root(
        "Zebra", namespace="urn:zebra", profile="datacontract",
        choice=Choice(discriminator="Kind", mapping={"stripes": "Grevy"}, untagged=True),
    )  # fmt: skip

    kind: str = field(metadata=wire("Kind"))
    zone: str | None = field(metadata=wire("Zone"))


@define(kw_only=True)
class Grevy(Zebra):
    __wire__ = root("Grevy", namespace="urn:grevy", profile="datacontract")

    kind: str = field(default="stripes", metadata=wire("Kind", discriminator="inherited"))
    age: int = field(metadata=wire("Age"))


def test_a_class_that_only_says_its_value_leaves_the_member_to_its_base() -> None:
    value = Grevy(zone="z", age=1)
    text = xml.encode(value)
    # In the sequence and the namespace of the base.
    assert (
        b'<Kind xmlns="urn:zebra">stripes</Kind><Zone xmlns="urn:zebra">z</Zone><Age>1</Age></Grevy>' in text
    )
    assert xml.decode(text, Grevy) == value
    assert json.encode(value) == b'{"Age":1,"Kind":"stripes","Zone":"z"}'
    for format_, data in ((json, '{"Age":1,"Zone":"z"}'), (xml, text.decode().replace("Kind", "Other"))):
        with pytest.raises(DecodeError):
            format_.decode(data, Grevy)
