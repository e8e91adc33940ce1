"""Choices: which alternative a document is read as, and how a value is written so that it is read as the same."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any, TypeAlias

import pytest
from attrs import define, field
from bindwright.runtime import (
    UNSET,
    Choice,
    DateTime,
    DecodeError,
    Model,
    OpenStrEnum,
    Unset,
    Xml,
    at,
    root,
    wire,
    xml,
)
from bindwright.runtime.xml.plan.alternatives import choose, chooser, in_order
from bindwright.runtime.xml.plan.settling import root_place
from typing_extensions import TypeAliasType

from tests.meaning.driver import generate
from tests.xml.test_unknown_everywhere import canonical

TYPE = b":type="
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


class Word(OpenStrEnum):
    AUTO = "auto"
    NONE = "none"


class Colour(OpenStrEnum):
    RED = "red"


@define(kw_only=True)
class Card(Model):
    card: str = field(metadata=wire("card"))


@define(kw_only=True)
class Iban(Model):
    iban: str = field(metadata=wire("iban"))
    bic: str | None = field(default=None, metadata=wire("bic"))


@define(kw_only=True)
class Loose(Model):
    a: str | None = field(default=None, metadata=wire("a"))


@define(kw_only=True)
class Looser(Model):
    a: str | None = field(default=None, metadata=wire("a"))
    b: str | None = field(default=None, metadata=wire("b"))


class Name(str):
    __wire__ = root("name")


@define(kw_only=True)
class Cat(Model):
    __wire__ = root("cat")

    n: str | None = field(default=None, metadata=wire("n"))


@define(kw_only=True)
class Bill(Model):
    __wire__ = root("bill")

    width: int | Word | None = field(default=None, metadata=wire("width"))
    word: Word | Colour | None = field(default=None, metadata=wire("word"))
    text: str | Word | None = field(default=None, metadata=wire("text"))
    when: dt.date | int | bool | None = field(default=None, metadata=wire("when"))
    pay: Card | Iban | None = field(default=None, metadata=wire("pay"))
    loose: Loose | Looser | None = field(default=None, metadata=wire("loose"))
    to: str | list[str] | None = field(default=None, metadata=wire("to"))
    pick: Cat | Name | int | None = field(
        default=None,
        metadata=wire(
            "pick",
            choice=Choice(members=(("Cat", at()), ("Name", at()), ("int", at(xml=Xml(name="number"))))),
        ),
    )
    mode: Word | str | None = field(default=None, metadata=wire("mode", xml=Xml(node="attribute")))
    sizes: list[int] | None = field(default=None, metadata=wire("sizes", xml=Xml(node="attribute")))
    any: Any = field(default=None, metadata=wire("any", xml=Xml(node="attribute")))


READ: list[tuple[str, str, Any]] = [
    ("width", "<width>7</width>", 7),
    ("width", "<width>auto</width>", Word.AUTO),
    ("width", "<width>other</width>", Word("other")),
    ("word", "<word>red</word>", Colour.RED),
    ("word", "<word>none</word>", Word.NONE),
    ("text", "<text>auto</text>", "auto"),
    ("text", "<text>blue</text>", "blue"),
    ("when", "<when>2024-01-02</when>", dt.date(2024, 1, 2)),
    ("when", "<when>1</when>", 1),
    ("when", "<when>true</when>", True),
    ("pay", "<pay><iban>X</iban></pay>", Iban(iban="X")),
    ("pay", "<pay><card>X</card></pay>", Card(card="X")),
    ("loose", "<loose><b>X</b></loose>", Looser(b="X")),
    ("loose", "<loose><a>X</a></loose>", Loose(a="X")),
    ("to", "<to>a</to>", "a"),
    ("to", "<to>a</to><to>b</to>", ["a", "b"]),
    ("pick", "<cat><n>x</n></cat>", Cat(n="x")),
    ("pick", "<name>x</name>", "x"),
    ("pick", "<number>5</number>", 5),
]


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_what_fits_is_read_and_written_without_a_type(name: str, text: str, value: Any) -> None:
    document = f"<bill>{text}</bill>".encode()
    bill = xml.decode(document, Bill)
    read = getattr(bill, name)
    assert read == value
    assert isinstance(read, bool) == isinstance(value, bool)
    assert canonical(xml.encode(bill)) == canonical(document)
    assert canonical(xml.encode(Bill(**{name: value}))) == canonical(document)


def test_a_type_stands_where_reading_back_would_choose_another() -> None:
    for value in (Looser(a="X"), Looser()):
        written = xml.encode(Bill(loose=value))
        assert TYPE in written
        assert type(xml.decode(written, Bill).loose) is Looser
    assert TYPE not in xml.encode(Bill(loose=Loose(a="X")))
    assert TYPE not in xml.encode(Bill(loose=Looser(b="X")))


def test_an_unneeded_type_that_came_is_kept() -> None:
    document = f'<bill {XSI}><pay xsi:type="Iban"><iban>X</iban></pay></bill>'.encode()
    bill = xml.decode(document, Bill)
    assert type(bill.pay) is Iban
    assert canonical(xml.encode(bill)) == canonical(document)


ATTRIBUTES: list[tuple[str, str, Any]] = [
    ("mode", "auto", Word.AUTO),
    ("mode", "dim", "dim"),
    ("sizes", "1 2 3", [1, 2, 3]),
    ("sizes", "", []),
    ("any", "x y", "x y"),
]


@pytest.mark.parametrize(("name", "text", "value"), ATTRIBUTES)
def test_attributes_of_many_types(name: str, text: str, value: Any) -> None:
    document = f'<bill {name}="{text}"/>'.encode()
    for _ in range(3):
        bill = xml.decode(document, Bill)
        assert getattr(bill, name) == value
        assert xml.encode(bill) == document


@define(kw_only=True)
class Grantee(Model):
    kind: str = field(
        metadata=wire(
            "kind",
            xml=Xml(
                name="type",
                node="attribute",
                namespace="http://www.w3.org/2001/XMLSchema-instance",
                prefix="xsi",
            ),
        )
    )
    name: str | None = field(default=None, metadata=wire("name"))


@define(kw_only=True)
class Grant(Model):
    __wire__ = root("grant", namespace="urn:g")

    grantee: Grantee | None = field(default=None, metadata=wire("grantee"))


@pytest.mark.parametrize(
    "text",
    [
        f'<q:grant xmlns:q="urn:g" {XSI}><q:grantee xsi:type="q:User"><q:name>n</q:name></q:grantee></q:grant>',
        f'<grant xmlns="urn:g" {XSI}><grantee xsi:type="User"><name>n</name></grantee></grant>',
        f'<grant xmlns="urn:g" xmlns:o="urn:o" {XSI}><grantee xsi:type="o:User"><name>n</name></grantee></grant>',
    ],
)
def test_a_member_that_is_a_type_is_a_qualified_name(text: str) -> None:
    grant = xml.decode(text, Grant)
    assert grant.grantee is not None
    assert grant.grantee.kind == "User"
    again = xml.decode(xml.encode(grant), Grant)
    assert again == grant
    assert again.grantee.kind.namespace == grant.grantee.kind.namespace  # type: ignore[union-attr]


@define(kw_only=True)
class Sizes(Model):
    __wire__ = root("sizes")

    size: int | list[int] | None = field(default=None, metadata=wire("size"))
    name: list[str] | str | None = field(default=None, metadata=wire("name"))


@pytest.mark.parametrize("speculate", [True, False])
def test_one_element_that_is_no_item_is_no_empty_list(speculate: bool) -> None:
    settings = xml.Settings(speculate=speculate)
    with pytest.raises(DecodeError):
        xml.decode(b"<sizes><size><a/></size></sizes>", Sizes, settings=settings)
    empty = Sizes(name="")
    assert xml.encode(empty) == b"<sizes><name></name></sizes>"
    assert xml.decode(xml.encode(empty), Sizes, settings=settings) == empty


@define(kw_only=True)
class Spellings(Model):
    __wire__ = root("told")

    day: dt.date | dt.datetime | None = field(
        default=None, metadata=wire("day", choice=Choice(members=(("dt.date", at()), ("dt.datetime", at()))))
    )
    number: int | str | None = field(
        default=None, metadata=wire("number", choice=Choice(members=(("int", at()), ("str", at()))))
    )
    amount: float | str | None = field(
        default=None, metadata=wire("amount", choice=Choice(members=(("float", at()), ("str", at()))))
    )
    moment: dt.datetime | str | None = field(
        default=None, metadata=wire("moment", choice=Choice(members=(("dt.datetime", at()), ("str", at()))))
    )
    sizes: list[int] | list[str] | None = field(
        default=None,
        metadata=wire(
            "sizes",
            choice=Choice(
                members=(("list[int]", at(xml=Xml(wrapped=True))), ("list[str]", at(xml=Xml(wrapped=True))))
            ),
        ),
    )
    names: list[str] | None = field(
        default=None,
        metadata=wire("names", choice=Choice(members=(("list[str]", at(xml=Xml(wrapped=True))),))),
    )


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ("<day>2020-01-02</day>", dt.date(2020, 1, 2)),
        ("<day>2020-01-02T00:00:00Z</day>", dt.datetime(2020, 1, 2, tzinfo=dt.UTC)),
        ("<number>7</number>", 7),
        ("<number>00720</number>", "00720"),
        ("<number>+4912345</number>", "+4912345"),
        ("<number>-0</number>", 0),
        ("<amount>1.50</amount>", 1.5),
        ("<amount>0.50</amount>", 0.5),
        ("<amount>01.5</amount>", "01.5"),
        ("<moment>2020-01-02T03:04:05.10Z</moment>", dt.datetime(2020, 1, 2, 3, 4, 5, 100_000, tzinfo=dt.UTC)),
        ("<moment>2020-01-02</moment>", "2020-01-02"),
        ("<sizes><sizes>1</sizes></sizes>", [1]),
        ("<sizes><sizes>a</sizes></sizes>", ["a"]),
        ("<names><names>a</names><names>b</names></names>", ["a", "b"]),
    ],
)  # fmt: skip
def test_what_texts_say_is_not_lost(content: str, value: Any) -> None:
    """Zeros of a postcode, the plus of a telephone, a day without a time: the alternative that has them, has them."""
    document = f"<told>{content}</told>".encode()
    spellings = xml.decode(document, Spellings)
    name = content[1:].partition(">")[0]
    assert getattr(spellings, name) == value
    assert type(getattr(spellings, name)) in (
        type(value),
        DateTime if isinstance(value, dt.datetime) else type(value),
    )
    built = Spellings(**{name: value})
    assert xml.decode(xml.encode(built), Spellings) == built


def test_lists_have_no_type_that_a_reader_knows() -> None:
    """What no schema names is not written as ``xsi:type``: the words of a list of texts are those of numbers."""
    written = xml.encode(Spellings(sizes=["1"]))
    assert written == b"<told><sizes><sizes>1</sizes></sizes></told>"


@define(kw_only=True)
class Amount(Model):
    __wire__ = root("Amount")

    currency: str | None = field(default=None, metadata=wire("currency", xml=Xml(node="attribute")))
    value: str | None = field(default=None, metadata=wire("value", xml=Xml(node="text")))


@define(kw_only=True)
class Priced(Model):
    __wire__ = root("priced")

    number: int | Amount | None = field(
        default=None, metadata=wire("number", choice=Choice(members=(("int", at()), ("Amount", at()))))
    )
    text: Amount | str | None = field(
        default=None, metadata=wire("text", choice=Choice(members=(("Amount", at()), ("str", at()))))
    )


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('<number currency="EUR">5</number>', Amount(currency="EUR", value="5")),
        ("<number>5</number>", 5),
        ("<number>x</number>", Amount(value="x")),
        ('<number currency="EUR"/>', Amount(currency="EUR")),
        ('<text currency="EUR">5</text>', Amount(currency="EUR", value="5")),
        ("<text>5</text>", "5"),
        (f'<text {XSI} xsi:type="Amount">5</text>', Amount(value="5")),
    ],
)
def test_attributes_tell_an_object_with_a_text(content: str, value: Any) -> None:
    document = f"<priced>{content}</priced>"
    priced = xml.decode(document, Priced)
    assert (priced.number if priced.text is None else priced.text) == value
    assert canonical(xml.encode(priced)) == canonical(document.encode())


@pytest.mark.parametrize(
    "value", [Amount(value="5"), Amount(currency="EUR", value="5"), Amount(currency="EUR")]
)
def test_an_object_with_a_text_is_read_back(value: Amount) -> None:
    priced = Priced(number=value, text=value)
    assert xml.decode(xml.encode(priced), Priced) == priced
    assert (b":type=" in xml.encode(priced)) is (value.currency is None)


@define(kw_only=True)
class Priceless(Model):
    __wire__ = root("priceless")

    price: str | list[Amount] | None = field(
        default=None, metadata=wire("price", choice=Choice(members=(("str", at()), ("list[Amount]", at()))))
    )


@pytest.mark.parametrize(
    ("content", "value"),
    [
        ('<price currency="EUR">5</price>', [Amount(currency="EUR", value="5")]),
        ("<price>5</price>", "5"),
        ('<price currency="EUR">5</price><price>6</price>', [Amount(currency="EUR", value="5"), Amount(value="6")]),
        (f'<price {XSI} xsi:type="xs:string" xmlns:xs="urn:any">5</price>', None),
    ],
)  # fmt: skip
def test_attributes_tell_an_item_from_a_scalar(content: str, value: Any) -> None:
    """A single element is the alternative that is no list, but a scalar has no place for attributes."""
    document = f"<priceless>{content}</priceless>"
    if value is None:
        with pytest.raises(DecodeError):
            xml.decode(document, Priceless)
        return
    priceless = xml.decode(document, Priceless)
    assert priceless.price == value
    assert xml.encode(priceless) == document.encode()


@pytest.mark.parametrize(
    "type_",
    [int | str, int | decimal.Decimal | str, int | dt.date | str, int | bool | str, float | str, int | decimal.Decimal, str | list[int]],
)  # fmt: skip
def test_texts_that_are_plainly_of_one_alternative_are_not_put_to_each(type_: Any) -> None:
    scalars = [place for place in in_order(root_place(type_, names={})) if place.kind == "scalar"]
    quick = chooser(scalars)
    texts = ["", "0", "00", "007", "-0", "5", "+5", "-5", "5 ", " 5", "1.0", "1e5", ".5", "true", "x", "٣", "2020-01-01", "NaN", "9" * 18, "9" * 30, "-", "\t", "é1"]  # fmt: skip
    for text in texts:
        assert quick(text) == choose(scalars, text), text


@define(kw_only=True)
class Dated(Model):
    day: dt.date = field(metadata=wire("day", xml=Xml(node="attribute")))
    more: dict[str, int] | Unset | None = field(default=UNSET, metadata=wire("more"))


Measure: TypeAlias = TypeAliasType("Measure", "bytes | decimal.Decimal")  # type: ignore[valid-type]


@define(kw_only=True)
class HasDated(Model):
    a: Dated | bytes | decimal.Decimal | None = field(default=None, metadata=wire("a"))
    b: Dated | Measure | None = field(default=None, metadata=wire("b"))


@pytest.mark.parametrize("name", ["a", "b"])
@pytest.mark.parametrize("more", ["", ' new="1"'])
def test_no_scalar_takes_an_attribute_that_an_object_has(name: str, more: str) -> None:
    document = f'<HasDated><{name} day="2024-02-29"{more}/></HasDated>'
    value = xml.decode(document, HasDated)
    assert getattr(value, name).day == dt.date(2024, 2, 29)
    assert canonical(xml.encode(value, HasDated)) == canonical(document.encode())
    assert getattr(xml.decode(f"<HasDated><{name}/></HasDated>", HasDated), name) == b""


def test_a_closed_class_that_does_not_know_all_goes_behind_others() -> None:
    """As in JSON (JSON Schema 2020-12, additionalProperties); alone, it keeps what it does not know."""
    package = generate(
        """
        A: {type: object, additionalProperties: false, properties: {a: {type: integer}}}
        B: {type: object, properties: {a: {type: integer}, b: {type: integer}}}
        C: {type: object, properties: {u: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}}}
        D: {type: object, properties: {u: {anyOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}}}
        """
    )
    models = package.models
    contents = {"<a>1</a><z>2</z>": "B", "<z>2</z>": "B", "<a>1</a>": "A", "": "A", "<a>1</a><b>2</b>": "B"}
    for _ in range(3):
        for content, name in contents.items():
            text = f"<C><u>{content}</u></C>" if content else "<C><u/></C>"
            value = xml.decode(text, models.C)
            assert type(value.u).__name__ == name, content
            assert xml.encode(value).decode() == text
        assert type(xml.decode('<C><u z="1"><a>1</a></u></C>', models.C).u).__name__ == "B"
        assert type(xml.decode("<D><u><a>1</a><z>2</z></u></D>", models.D).u).__name__ == "A"
