"""A derived schema that says an inherited member again is derived all the same, and the member keeps its place."""

from __future__ import annotations

import importlib

import attrs
import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError

from tests.meaning.driver import Generated, generate

SCHEMAS = """
    Vehicle:
      type: object
      xml: {name: vehicle}
      required: [kind]
      properties: {kind: {type: string}, wheels: {type: integer}, name: {type: string}, owner: {type: object}}
      discriminator: {propertyName: kind, mapping: {bike: '#/components/schemas/Bike', car: '#/components/schemas/Car'}}
    Bike:
      allOf: [{$ref: '#/components/schemas/Vehicle'}]
      properties: {kind: {type: string, enum: [bike]}, gears: {type: integer}}
    Car:
      allOf:
        - $ref: '#/components/schemas/Vehicle'
        - {type: object, required: [wheels], properties: {name: {type: string, description: What it is called.}, doors: {type: integer}}}
    Taxi:
      allOf:
        - $ref: '#/components/schemas/Car'
        - {type: object, properties: {wheels: {type: integer, minimum: 3}, owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {type: object, properties: {id: {type: string}}}
    Garage: {type: object, properties: {first: {$ref: '#/components/schemas/Vehicle'}}}
    Loose: {type: object, properties: {a: {type: string}}, additionalProperties: true}
    Looser: {allOf: [{$ref: '#/components/schemas/Loose'}, {properties: {b: {type: string}}, additionalProperties: {type: integer}}]}
    Shut: {allOf: [{$ref: '#/components/schemas/Loose'}, {properties: {d: {type: string}}, additionalProperties: false}]}
    Narrow: {allOf: [{$ref: '#/components/schemas/Loose'}, {properties: {c: {type: string}}}]}
"""


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(SCHEMAS)


def test_it_is_derived(package: Generated) -> None:
    models = package.models
    assert issubclass(models.Bike, models.Vehicle)
    assert issubclass(models.Car, models.Vehicle)
    assert issubclass(models.Taxi, models.Car)
    garage = json.decode(b'{"first":{"kind":"bike","gears":8}}', models.Garage)
    assert garage == models.Garage(first=models.Bike(gears=8))
    assert json.encode(garage) == b'{"first":{"kind":"bike","gears":8}}'


def test_what_is_said_again_holds(package: Generated) -> None:
    models = package.models
    with pytest.raises(DecodeError, match="wheels"):
        json.decode(b'{"kind":"car"}', models.Car)
    taxi = json.decode(b'{"kind":"car","wheels":4,"owner":{"id":"x"}}', models.Taxi)
    assert taxi.owner.id == "x"
    assert {field.name for field in attrs.fields(models.Bike)} >= {"kind", "wheels", "name", "owner", "gears"}


def test_a_member_that_is_said_again_keeps_its_place(package: Generated) -> None:
    models = package.models
    car = models.Car(kind="car", wheels=4, name="x", doors=2)
    assert json.encode(car) == b'{"kind":"car","wheels":4,"name":"x","doors":2}'
    inside = b"<kind>car</kind><wheels>4</wheels><name>x</name><doors>2</doors>"
    assert inside in xml.encode(car)


def test_further_members_of_base_and_derived_stand_in_one_place(package: Generated) -> None:
    models = package.models
    for name, text in (("Looser", b'{"a":"x","b":"y","n":1}'), ("Narrow", b'{"a":"x","c":"y","n":[1]}')):
        value = json.decode(text, getattr(models, name))
        assert list(value.additional_properties) == ["n"]
        assert json.encode(value) == text


def test_a_closed_class_writes_no_member_of_its_base_that_is_none(package: Generated) -> None:
    assert json.encode(package.models.Shut(a="x", d="y")) == b'{"a":"x","d":"y"}'


LEVELS = """
    Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind,
      mapping: {mid: '#/components/schemas/Mid', leaf: '#/components/schemas/Leaf', other: '#/components/schemas/Other'}}}
    Mid: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {m: {type: string}}}]}
    Leaf: {allOf: [{$ref: '#/components/schemas/Mid'}, {type: object, properties: {l: {type: string}}}]}
    Other: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {o: {type: string}}}]}
    Holder: {type: object, properties: {m: {$ref: '#/components/schemas/Mid'},
      l: {type: array, items: {$ref: '#/components/schemas/Mid'}}}}
"""


@pytest.mark.parametrize("version", ["3.0.4", "3.1.1", "3.2.0"])
def test_a_derived_type_that_is_a_base_tells_its_own_derived_types(version: str) -> None:
    """A place of the middle type takes what derives from it, by the discriminator of the outermost base."""
    models = generate(LEVELS, version=version).models
    value = json.decode(b'{"m":{"kind":"leaf","l":"x"},"l":[{"kind":"mid"},{"kind":"leaf"}]}', models.Holder)
    assert [type(item) for item in (value.m, *value.l)] == [models.Leaf, models.Mid, models.Leaf]
    assert json.decode(json.encode(value), models.Holder) == value
    document = b"<Holder><m><kind>leaf</kind><l>x</l></m></Holder>"
    assert type(xml.decode(document, models.Holder).m) is models.Leaf


def test_absence_that_says_the_type_is_not_filled_in() -> None:
    """`defaultMapping` (OpenAPI 3.2.0): without a tag the object is of that type, and it comes back without one."""
    models = generate(
        """
        Base: {type: object, properties: {kind: {type: string}},
          discriminator: {propertyName: kind, defaultMapping: Rest, mapping: {cat: Cat}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {c: {type: string}}}]}
        Rest: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {r: {type: string}}}]}
        """,
        version="3.2.0",
    ).models
    for document in (b'{"r":"1"}', b'{"kind":"new","r":"1"}', b'{"kind":"cat","c":"1"}'):
        assert json.encode(json.decode(document, models.Base)) == document
    assert type(xml.decode(b"<Base><r>1</r></Base>", models.Base)) is models.Rest
    assert b"kind" not in xml.encode(models.Rest(r="1"), models.Base)
    assert json.encode(models.Cat(c="1"), models.Base) == b'{"kind":"cat","c":"1"}'


MAPPED = """
    Base: {type: object, properties: {kind: {type: string}, b: {type: string}},
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {c: {type: string}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {d: {type: string}}}]}
    Holder: {type: object, properties: {one: {$ref: '#/components/schemas/Base'}, many: {type: array, items: {$ref: '#/components/schemas/Base'}}}}
"""


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("mapped", [True, False])
def test_a_base_that_the_mapping_leaves_out_has_no_discriminator_of_its_own(
    version: str, mapped: bool
) -> None:
    """Its schema's name is read as its value, and not written: a server that was told `cat` alone need not know it."""
    schemas = MAPPED if mapped else MAPPED.replace(", mapping: {cat: '#/components/schemas/Cat'}", "")
    models = generate(schemas, version=version).models
    base = b"" if mapped else b'"kind":"Base",'  # without a mapping the names are all that there is
    holder = models.Holder(one=models.Base(b="1"), many=[models.Base(b="2"), models.Dog(d="3")])
    expected = b'{"one":{%b"b":"1"},"many":[{%b"b":"2"},{"kind":"Dog","d":"3"}]}' % (base, base)
    assert json.encode(holder) == expected
    assert json.decode(expected, models.Holder) == json.decode(json.encode(holder), models.Holder)
    assert type(json.decode(b'{"one":{"kind":"Base"}}', models.Holder).one) is models.Base
    assert xml.encode(holder).count(b"<kind>Base</kind>") == (0 if mapped else 2)
    assert (
        b"<kind>cat</kind>" in xml.encode(models.Cat())
        if mapped
        else b"<kind>Cat</kind>" in xml.encode(models.Cat())
    )
    assert b"<kind>Dog</kind>" in xml.encode(holder)


CONSTANTS = """
    Kind: {type: string, enum: [cobra]}
    Snake: {type: object, required: [kind], properties: {kind: {$ref: '#/components/schemas/Kind'}, length: {type: integer}},
      discriminator: {propertyName: kind, mapping: {cobra: '#/components/schemas/Cobra'}}}
    Cobra: {required: [kind], properties: {kind: {type: string, enum: [cobra]}}, allOf: [{$ref: '#/components/schemas/Snake'}]}
    Fish: {type: object, required: [kind], properties: {kind: {type: string, CONSTANT}}, discriminator: {propertyName: kind}}
    Shark: {allOf: [{$ref: '#/components/schemas/Fish'}, {type: object, properties: {teeth: {type: integer}}}]}
    Whale: {allOf: [{$ref: '#/components/schemas/Shark'}, {type: object, properties: {songs: {type: integer}}}]}
    Pool: {type: object, properties: {all: {type: array, items: {$ref: '#/components/schemas/Fish'}}}}
"""
"""A base with its own value, and one that lists only its derived class's."""


@pytest.mark.parametrize("constant", ["enum: [Fish]", "const: Fish"])
def test_a_class_has_its_own_discriminator_as_default(constant: str) -> None:
    models = generate(CONSTANTS.replace("CONSTANT", constant)).models
    assert json.encode(models.Cobra(length=1)) == b'{"kind":"cobra","length":1}'
    pool = models.Pool(all=[models.Fish(), models.Shark(teeth=1), models.Whale()])
    text = b'{"all":[{"kind":"Fish"},{"kind":"Shark","teeth":1},{"kind":"Whale"}]}'
    assert json.encode(pool) == text
    assert json.decode(text, models.Pool) == pool


def test_a_base_has_no_value_of_its_derived_class_as_default() -> None:
    models = generate(CONSTANTS.replace("CONSTANT", "enum: [Fish]")).models
    with pytest.raises(TypeError, match="kind"):
        models.Snake(length=1)
    with pytest.raises(DecodeError, match="kind"):
        json.decode(b'{"length":1}', models.Snake)
    assert json.encode(models.Snake(kind="viper", length=1)) == b'{"kind":"viper","length":1}'


def test_a_derived_class_with_several_values_has_the_first_of_the_mapping_as_default() -> None:
    schemas = """
    Fish: {type: object, required: [kind], properties: {kind: {type: string, enum: [fish]}}, discriminator: {propertyName: kind,
      mapping: {shark: Shark, hai: Shark, fish: Fish}}}
    Shark: {allOf: [{$ref: '#/components/schemas/Fish'}, {type: object, properties: {teeth: {type: integer}}}]}
    """
    models = generate(schemas).models
    assert json.encode(models.Shark(teeth=1)) == b'{"kind":"shark","teeth":1}'
    assert json.encode(models.Shark(kind=models.SharkKind.HAI)) == b'{"kind":"hai"}'
    assert type(json.decode(b'{"kind":"hai"}', models.Fish)) is models.Shark


@pytest.mark.parametrize("style", ["pydantic", "dataclass", "msgspec"])
def test_in_other_styles_it_is_derived_too(style: str) -> None:
    """So that it can be built and sent where its base is declared, as of the attrs models."""
    package = generate(
        """
        Crate: {type: object, properties: {load: {$ref: '#/components/schemas/Load'}}}
        Load:
          type: object
          required: [kind]
          properties: {kind: {type: string}, count: {type: integer}}
          discriminator: {propertyName: kind, mapping: {pears: '#/components/schemas/Pears'}}
        Pears:
          allOf:
            - $ref: '#/components/schemas/Load'
            - type: object
              required: [count]
              properties: {kind: {type: string, enum: [pears]}, count: {type: integer, description: again},
                  green: {type: boolean}}
        Williams: {allOf: [{$ref: '#/components/schemas/Pears'}, {type: object, properties: {sweet: {type: boolean}}}]}
        """,
        models=("attrs", style),
    )
    models = importlib.import_module(f"{package.package}.models_{style}")
    assert issubclass(models.Williams, models.Pears)
    assert issubclass(models.Pears, models.Load)
    for class_, text in (
        (models.Pears, b'{"load":{"kind":"pears","count":1,"green":true}}'),
        (models.Load, b'{"load":{"kind":"other","count":1}}'),
    ):
        crate = json.decode(text, models.Crate)
        assert type(crate.load) is class_
        assert json.encode(crate) == text
    written = json.encode(models.Crate(load=models.Pears(kind="pears", count=2, green=False)))
    assert written == b'{"load":{"kind":"pears","count":2,"green":false}}'
