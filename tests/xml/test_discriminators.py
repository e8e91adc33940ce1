"""A base's discriminator tells the derived class, whichever path reads the document."""

from __future__ import annotations

import pytest
from attrs import define, field
from bindwright.runtime import Choice, EncodeError, Model, Xml, json, root, wire, xml
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
