"""What a discriminator says where nobody has set it: one value for each type that it tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ir.driver import causes, member, named, schemas

BASE = """
        Pet:
          type: object
          required: [kind]
          properties: {kind: %s}
          discriminator: {propertyName: kind%s}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {c: {type: string}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {d: {type: string}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {p: {type: string}}}]}
"""
MAPPING = ", mapping: {cat: Cat, dog: Dog, hound: Dog, puppy: Puppy}"


def usual(kind: str, mapping: str) -> list[Any]:
    api = schemas(BASE % (kind, mapping))
    return [member(api, name, "kind").usual for name in ("Pet", "Cat", "Dog", "Puppy")]


@pytest.mark.parametrize(
    ("kind", "mapping", "values"),
    [
        ("{type: string}", MAPPING, [None, "cat", "dog", "puppy"]),
        ("{type: string}", "", ["Pet", "Cat", "Dog", "Puppy"]),
        ("{type: string}", ", mapping: {cat: Cat}", [None, "cat", "Dog", "Puppy"]),
        ("{type: string, enum: [cat, dog, hound, puppy]}", MAPPING, [None, "cat", "dog", "puppy"]),
        ("{type: string, enum: [cat, hound]}", MAPPING, [None, "cat", "hound", None]),
        (
            "{anyOf: [{type: string, enum: [cat, dog]}, {type: string}]}",
            MAPPING,
            [None, "cat", "dog", "puppy"],
        ),
        ("{type: integer}", ", mapping: {'1': Cat, '2': Dog, '03': Puppy}", [None, 1, 2, None]),
        ("{type: boolean}", ", mapping: {'true': Cat, 'false': Dog}", [None, True, False, None]),
    ],
    ids=["mapping", "names", "some", "inline enum", "closed enum", "open enum", "numbers", "booleans"],
)
def test_of_a_base(kind: str, mapping: str, values: list[Any]) -> None:
    assert usual(kind, mapping) == values


def test_the_member_stays_where_the_base_declares_it() -> None:
    kind = member(schemas(BASE % ("{type: string}", MAPPING)), "Puppy", "kind")
    assert kind.declared_in == "#/components/schemas/Pet"


def test_of_a_choice() -> None:
    api = schemas(
        """
        Round: {type: object, required: [form], properties: {form: {type: string}, r: {type: number}}}
        Disc: {allOf: [{$ref: '#/components/schemas/Round'}, {properties: {hole: {type: number}}}]}
        Angular: {type: object, properties: {form: {type: string}, a: {type: number}}}
        Flat: {type: object, required: [form], properties: {form: {type: string}, f: {type: number}}}
        Either:
          oneOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Inner'}]
          discriminator: {propertyName: form, mapping: {circle: Round, inner: Inner}}
        Inner: {oneOf: [{$ref: '#/components/schemas/Flat'}]}
        Shape:
          oneOf: [{$ref: '#/components/schemas/Round'}, {$ref: '#/components/schemas/Angular'}]
          discriminator: {propertyName: form, mapping: {round: Round, circle: Round}}
        """
    )
    # Both choices know `circle`; a class that none names is one of what it derives from. What may be absent outside of
    # the choice is written by the choice.
    assert [member(api, name, "form").usual for name in ("Round", "Disc", "Angular", "Flat")] == [
        "circle", "circle", None, "inner",
    ]  # fmt: skip


def test_of_choices_that_have_no_value_in_common() -> None:
    api = schemas(
        """
        A: {type: object, required: [t], properties: {t: {type: string}}}
        B: {type: object, required: [t], properties: {t: {type: string}, b: {type: string}}}
        One: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: t, mapping: {a: A}}}
        Two: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: t, mapping: {z: A, A: B}}}
        """
    )
    assert [member(api, name, "t").usual for name in ("A", "B")] == [None, "B"]


def test_of_two_discriminators_one_below_the_other() -> None:
    api = schemas(
        """
        Fish:
          type: object
          required: [kind]
          properties: {kind: {type: string}}
          discriminator: {propertyName: kind, mapping: {shark: Shark, salmon: Salmon}}
        Shark:
          allOf: [{$ref: '#/components/schemas/Fish'}]
          required: [shape]
          properties: {kind: {type: string, enum: [shark]}, shape: {type: string}}
          discriminator: {propertyName: shape, mapping: {saw: Saw}}
        Saw: {allOf: [{$ref: '#/components/schemas/Shark'}], properties: {teeth: {type: integer}}}
        Rusty: {allOf: [{$ref: '#/components/schemas/Saw'}], properties: {rust: {type: integer}}}
        Salmon: {allOf: [{$ref: '#/components/schemas/Fish'}], properties: {pink: {type: boolean}}}
        """
    )
    assert [member(api, name, "kind").usual for name in ("Fish", "Shark", "Saw", "Rusty", "Salmon")] == [
        None, "shark", "shark", "shark", "salmon",
    ]  # fmt: skip
    assert [member(api, name, "shape").usual for name in ("Shark", "Saw", "Rusty")] == [
        None,
        "saw",
        "Rusty",
    ]
    # The constant says the type between, whose own discriminator says the rest.
    assert member(api, "Saw", "kind").declared_in == "#/components/schemas/Shark"
    assert named(api, "Saw").discriminator == "shape"
    assert causes(api) == []


def test_where_absence_says_the_type() -> None:
    text = """
        Cash: {type: object, required: [%s], properties: {by: {type: string}}}
        Card: {type: object, properties: {by: {type: string}, n: {type: string}}}
        Paid:
          oneOf: [{$ref: '#/components/schemas/Cash'}, {$ref: '#/components/schemas/Card'}]
          discriminator: {propertyName: by, defaultMapping: Cash%s}
        """
    values = {
        (required, mapping): member(schemas(text % (required, mapping), "3.2.0"), "Cash", "by").usual
        for required in ("", "by")
        for mapping in ("", ", mapping: {cash: Cash}")
    }
    # A value is written where one has to be there and the document gives it.
    assert [key for key, value in values.items() if value == "cash"] == [("by", ", mapping: {cash: Cash}")]
    assert set(values.values()) == {None, "cash"}
