"""What tells classes apart holds in every style of models, there and back."""

from __future__ import annotations

import enum
import importlib
from typing import Any

import msgspec
import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError
from bindwright.runtime.validate import validate
from lxml import etree

from tests.meaning.driver import generate
from tests.meaning.test_constants import SCHEMAS as CONSTANTS
from tests.meaning.test_derived import CONSTANTS as TAG_CONSTANTS
from tests.meaning.test_derived import MAPPED
from tests.meaning.test_derived import SCHEMAS as DERIVED
from tests.meaning.test_unions import TAGS, TOLD_BY_VALUES
from tests.mock.styled import undeclared

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
CASES: list[tuple[str, list[tuple[str, str]]]] = [
    (TOLD_BY_VALUES, [("Enum", '{"k":"b","n":1}'), ("Pattern", '{"id":"b-1"}'), ("Const", '{"k":2}')]),
    (
        TAGS,
        [
            ("Stable", '{"best":{"name":"x","what":"a-horse"},"any":{"name":"y","what":"a-mule"}}'),
            ("Crate", '{"load":{"$type":"pears","count":1}}'),
            ("Numbered", '{"no":2}'),
        ],
    ),
    (
        DERIVED,
        [
            ("Garage", '{"first":{"kind":"bike","gears":8}}'),
            ("Taxi", '{"kind":"car","wheels":4,"owner":{"id":"x"}}'),
            ("Shut", '{"a":"x","d":"y"}'),
            ("Narrow", '{"a":"x","c":"y","n":[1]}'),
        ],
    ),
    (MAPPED, [("Holder", '{"one":{"b":"1"},"many":[{"b":"2"},{"kind":"Dog","d":"3"}]}')]),
    (
        TAG_CONSTANTS.replace("CONSTANT", "const: Fish"),
        [
            ("Pool", '{"all":[{"kind":"Fish"},{"kind":"Shark","teeth":1},{"kind":"Whale"}]}'),
            ("Snake", '{"kind":"viper","length":1}'),
        ],
    ),
    (
        CONSTANTS,
        [
            ("Cat", '{"kind":"lynx","level":4,"on":false}'),
            ("Named", '{"kind":"newer"}'),
            ("Change", '{"title":"x"}'),
        ],
    ),
]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("schemas", "cases"), CASES, ids=["values", "tags", "derived", "mapped", "tag constants", "constants"]
)
def test_values_come_back_as_they_were(style: str, schemas: str, cases: list[tuple[str, str]]) -> None:
    package = generate(schemas, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    for name, text in cases:
        type_ = getattr(models, name)
        assert json.encode(json.decode(text.encode(), type_), type_) == text.encode(), name


BY_NAMES = """
Days:
  type: object
  patternProperties: {'^d': {type: string, format: date}, '^p': {$ref: '#/components/schemas/Part'}}
  additionalProperties: {type: integer}
Plan: {type: object, properties: {days: {$ref: '#/components/schemas/Days'}, size: {type: integer}},
    patternProperties: {'^p': {$ref: '#/components/schemas/Part'}}, additionalProperties: {type: string}}
Part: {type: object, required: [n], properties: {n: {type: integer}}}
Loose: {type: object, properties: {part: {anyOf: [{$ref: '#/components/schemas/Part'}, {}]}}}
Lists: {oneOf: [{type: array, items: {type: string}}, {type: array, items: {$ref: '#/components/schemas/Part'}},
    {type: object, additionalProperties: {type: integer}}]}
"""


@pytest.mark.parametrize("style", STYLES)
def test_members_by_patterns_and_lists_of_one_of_two(style: str) -> None:
    package = generate(BY_NAMES, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    for name, text in [
        ("Days", '{"d1":"2020-01-01","p1":{"n":1},"x":1}'),
        ("Plan", '{"days":{"x":2,"d2":"2020-01-02"},"size":1,"p1":{"n":1},"y":"z"}'),
        *[("Loose", f'{{"part":{text}}}') for text in ('{"n":1}', '{"m":1}', "[1]", "null")],
        *[("Lists", text) for text in ('["a"]', '[{"n":1}]', '{"a":1}', "[]")],
    ]:
        type_ = getattr(models, name)
        assert json.encode(json.decode(text.encode(), type_), type_) == text.encode(), name


def test_a_derived_class_of_pydantic_has_further_members_of_its_own() -> None:
    """Where the base has none: what was given to the class was dropped by it."""
    package = generate(
        """
        Base: {type: object, properties: {a: {type: integer}}}
        Typed: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: integer}}, additionalProperties: {type: integer}}]}
        Free: {allOf: [{$ref: '#/components/schemas/Base'}], type: object, properties: {b: {type: integer}}, additionalProperties: true}
        """,
        models=("attrs", "pydantic"),
    )
    models: Any = importlib.import_module(f"{package.package}.models_pydantic")
    for model in (models.Typed, models.Free):
        assert json.encode(model(a=1, b=2, z=3)) == b'{"a":1,"b":2,"z":3}'
        assert json.decode(b'{"a":1,"z":3}', model).model_extra == {"z": 3}


CONSTANT_TAGS = """
Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {const: dog}, barks: {type: boolean}}}
Home: {type: object, properties: {pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}}}
"""


def test_a_dict_without_its_constant_is_what_its_other_keys_say_or_nothing() -> None:
    package = generate(CONSTANT_TAGS, models=("attrs", "typeddict"))
    models: Any = importlib.import_module(f"{package.package}.models_typeddict")
    assert json.encode({"pet": {"barks": True}}, models.Home) == b'{"pet":{"kind":"dog","barks":true}}'
    with pytest.raises(EncodeError, match=r"whether it is Cat or Dog.*\$\.pet$"):
        json.encode({"pet": {}}, models.Home)


def test_a_dict_that_lacks_what_its_class_requires_is_told_of_with_its_place() -> None:
    package = generate("L: {type: array, items: {type: object, required: [a], properties: {a: {}}}}\n"
                       "H: {type: object, properties: {l: {$ref: '#/components/schemas/L'}}}",
                       models=("attrs", "typeddict"))  # fmt: skip
    models: Any = importlib.import_module(f"{package.package}.models_typeddict")
    with pytest.raises(EncodeError, match=r"expected 'a'.*\$\.l\[1\]$"):
        json.encode({"l": [{"a": 1}, {}]}, models.H)


ODD_NAMES = """
    A:
      type: object
      properties: {id: {type: integer}, 'a"b\\c': {type: string}}
    B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {c: {type: integer}}}]}
    C:
      type: object
      required: [a]
      properties: {a: {$ref: '#/components/schemas/A'}, l: {type: array, items: {$ref: '#/components/schemas/B'}}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_a_member_may_be_called_what_a_style_has_no_name_for(style: str) -> None:
    """msgspec makes no class with a quote or a backslash in the name of a member."""
    package = generate(ODD_NAMES, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    text = b'{"id":1,"a\\"b\\\\c":"x"}'
    assert json.encode(json.decode(text, models.A), models.A) == text
    text = b'{"a":' + text + b',"l":[' + text[:-1] + b',"c":2}]}'
    assert json.encode(json.decode(text, models.C), models.C) == text


@pytest.mark.parametrize("style", STYLES)
def test_a_member_may_be_called_as_a_parameter_of_what_builds_models(style: str) -> None:
    """`model_construct` of pydantic has parameters of its own; a further member is called by the server."""
    schemas = """
    A: {type: object, required: [cls], properties: {cls: {type: string}, self: {type: string}, model: {type: string}},
        additionalProperties: {type: integer}}
    """
    package = generate(schemas, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    text = b'{"cls":"a","self":"b","model":"c","_fields_set":1}'
    assert json.encode(json.decode(text, models.A), models.A) == text


def test_a_class_may_be_called_as_what_every_module_imports() -> None:
    schemas = """
    A: {x-bindwright-name: annotations, type: object, properties: {a: {type: string}}}
    B: {type: object, properties: {one: {$ref: '#/components/schemas/A'}, more: {type: array, items: {$ref: '#/components/schemas/A'}}}}
    """
    package = generate(schemas)
    text = b'{"one":{"a":"x"},"more":[{}]}'
    assert json.encode(json.decode(text, package.models.B)) == text


NESTED_TAGS = """
Pet: {oneOf: [{$ref: '#/components/schemas/Cats'}, {$ref: '#/components/schemas/Dog'}],
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cats', dog: Dog}}}
Cats: {oneOf: [{$ref: '#/components/schemas/Lynx'}, {$ref: '#/components/schemas/Tom'}],
  discriminator: {propertyName: race, mapping: {lynx: Lynx, tom: Tom}}}
Lynx: {type: object, required: [kind, race], properties: {kind: {type: string}, race: {type: string}, ears: {type: integer}}}
Tom: {type: object, required: [kind, race], properties: {kind: {type: string}, race: {type: string}, ears: {type: integer}}}
Dog: {type: object, required: [kind], properties: {kind: {type: string}, ears: {type: integer}}}
H: {type: object, properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}},
  by: {type: object, additionalProperties: {$ref: '#/components/schemas/Pet'}}}}
"""
PETS = b'{"pets":[{"kind":"cat","race":"tom","ears":2},{"kind":"dog","ears":1}],"by":{"k":{"kind":"cat","race":"lynx"}}}'


@pytest.mark.parametrize("style", STYLES)
def test_a_union_among_the_alternatives_has_a_tag_of_its_own(style: str) -> None:
    package = generate(NESTED_TAGS, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    attrs_models: Any = package.models
    pets = json.decode(PETS, attrs_models.H)
    assert [type(pet).__name__ for pet in (*pets.pets, pets.by["k"])] == ["Tom", "Dog", "Lynx"]
    assert json.encode(json.decode(PETS, models.H), models.H) == PETS
    document = xml.encode(pets)
    assert xml.decode(document, attrs_models.H) == pets
    assert xml.encode(xml.decode(document, models.H), models.H) == document


MAPS_AND_MODELS = """
A: {type: object, required: [a], properties: {a: {type: string}}, additionalProperties: false}
V: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/V'}},
  {type: object, additionalProperties: {$ref: '#/components/schemas/V'}}, {$ref: '#/components/schemas/A'}]}
D: {type: object, properties: {at: {type: string, format: date-time}, n: {type: integer}}}
H: {type: object, properties: {d: {anyOf: [{$ref: '#/components/schemas/D'}, {type: object, additionalProperties: true}]}, x: {oneOf: [{$ref: '#/components/schemas/A'}, {type: object, additionalProperties: {type: integer}}]},
  v: {$ref: '#/components/schemas/V'}}}
"""


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    "text",
    [
        '{"d":{"at":"2000-01-01T00:00:00Z"}}',
        '{"d":{"at":"2000-01-01T00:00:00Z","n":1}}',
        '{"x":{"a":"s"}}',
        '{"x":{"a":1,"b":2}}',
        '{"x":{}}',
        '{"v":["x",["y",{"k":"z"}],{"a":"s"},[[{"b":{"a":"t"}}]]]}',
    ],
)
def test_a_dict_is_of_a_map_where_no_class_fits_it_better(style: str, text: str) -> None:
    """Also where the hint of a type that holds itself names it only, as those of TypedDicts do further in."""
    package = generate(MAPS_AND_MODELS, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    assert json.encode(json.decode(text.encode(), models.H), models.H) == text.encode()


@pytest.mark.parametrize("style", STYLES)
def test_free_content_keeps_its_order(style: str) -> None:
    package = generate(
        "S: {type: object, xml: {name: s}, properties: {o: {}, l: {type: array, items: {}}}}",
        models=("attrs", style),
    )
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    text = b'<s><o a="1"><b>t<i/>u</b><c/><b/></o><l>x<i/>y</l><l/></s>'
    again = etree.tostring(etree.fromstring(xml.encode(xml.decode(text, models.S), models.S)), method="c14n2")
    assert again == etree.tostring(etree.fromstring(text), method="c14n2")


UNDERSCORES = """
Doc: {type: object, required: [_links, __v], properties: {_links: {$ref: '#/components/schemas/Links'}, __v: {type: integer},
  __next: {$ref: '#/components/schemas/Doc'}, __all__: {type: string}}}
Links: {type: object, required: [_self], properties: {_self: {type: string}, next: {type: string}}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_names_may_begin_with_underscores(style: str) -> None:
    package = generate(UNDERSCORES, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    text = b'{"_links":{"_self":"a"},"__v":1,"__next":{"_links":{"_self":"b"},"__v":2},"__all__":"c"}'
    value = json.decode(text, models.Doc)
    assert json.encode(value, models.Doc) == text
    assert list(undeclared(value, models.Doc)) == []
    if style == "typeddict":
        assert set(models.Doc.__annotations__) == {"_links", "__v", "__next", "__all__"}
        assert set(models.Links.__annotations__) == {"_self", "next"}


LATER = """
Step: {anyOf: [{$ref: '#/components/schemas/Click'}, {$ref: '#/components/schemas/Loop'}]}
Steps: {type: array, items: {$ref: '#/components/schemas/Step'}}
Click: {type: object, required: [selector], properties: {selector: {type: string}}, additionalProperties: false}
Loop: {type: object, required: [times], properties: {times: {type: integer}, steps: {$ref: '#/components/schemas/Steps'}}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_aliases_may_name_what_comes_later(style: str) -> None:
    package = generate(LATER, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    loop = b'{"times":1,"steps":[{"selector":"a"},{"times":2}]}'
    for text, type_ in (
        (loop, models.Step),
        (b'{"selector":"b"}', models.Step),
        (b"[" + loop + b"]", models.Steps),
    ):
        value = json.decode(text, type_)
        assert json.encode(value, type_) == text
        assert validate(value, type_) == []


TEXTS = """
Money: {type: object, properties: {n: {type: integer}}, additionalProperties: {type: string, format: decimal}}
Octets: {type: object, properties: {n: {type: integer}}, additionalProperties: {type: string, format: byte}}
Bounded: {type: object, properties: {v: {anyOf: [{type: string, maxLength: 3}, {type: string, format: decimal}]}}}
Listed: {type: object, properties: {v: {anyOf: [{enum: [a, b]}, {type: string, format: decimal}]}}}
Sized: {type: object, properties: {v: {anyOf: [{type: array, prefixItems: [{const: k}], items: false},
    {type: array, items: {enum: [1, 2, 3]}}]}}}
Early: {type: object, properties: {v: {oneOf: [{type: array, items: {type: integer}},
    {type: array, prefixItems: [{type: string}, {type: string, format: decimal}], items: false}]}}}
Lists: {type: object, properties: {v: {oneOf: [{type: array, items: {type: integer}},
    {type: array, items: {type: string, format: decimal}}]}}}
Texts: {type: object, properties: {v: {oneOf: [{type: array, items: {type: string, format: uuid}},
    {type: array, items: {type: string, format: decimal}}, {type: array, items: {type: string, maxLength: 3}}]}}}
Maps: {type: object, properties: {v: {oneOf: [{type: object, additionalProperties: {type: integer}},
    {type: object, additionalProperties: {type: string, format: decimal}}]}}}
Beside: {type: object, properties: {v: {anyOf: [{$ref: '#/components/schemas/Money'}, {type: string, format: uuid}]}}}
"""


@pytest.mark.parametrize("style", STYLES)
def test_values_are_of_the_classes_that_a_style_declares(style: str) -> None:
    """Also further members, and of alternatives the one that holds the value: what was read can be given again."""
    package = generate(TEXTS, models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    for name, text in [
        ("Money", '{"x":"1.50"}'), ("Octets", '{"x":"AQID"}'), ("Bounded", '{"v":"1.50"}'),
        ("Listed", '{"v":"1.50"}'), ("Sized", '{"v":[2,2,3]}'),
        ("Early", '{"v":["p","1.50"]}'), ("Lists", '{"v":["1.50"]}'), ("Maps", '{"v":{"a":"1.50"}}'),
        ("Texts", '{"v":["1.50"]}'), ("Texts", '{"v":["","007"]}'),
        ("Beside", '{"v":"123e4567-e89b-12d3-a456-426614174000"}'),
    ]:  # fmt: skip
        type_ = getattr(models, name)
        value = json.decode(text.encode(), type_)
        assert not validate(value, type_)
        if style == "pydantic":
            value = type_(**dict(value))
        assert json.encode(value, type_) == text.encode()


@pytest.mark.parametrize("style", ["pydantic", "dataclass", "msgspec"])
def test_a_required_member_of_one_value_need_not_be_given(style: str) -> None:
    package = generate(f"{CONSTANTS}\n{ONE_VALUE}", models=("attrs", style))
    models: Any = importlib.import_module(f"{package.package}.models_{style}")
    assert json.encode(models.Cat(purrs=True)) == b'{"kind":"cat","level":3,"on":true,"purrs":true}'
    assert [json.encode(models.Fixed()), json.encode(models.Named())] == [
        b'{"kind":"fixed"}', b'{"kind":"named"}',
    ]  # fmt: skip
    assert json.encode(models.Own(y=1)) == b'{"t":"Own","y":1}'
    for name, text in [
        ("Cat", '{"kind":"dog","level":1,"on":false}'),
        ("Change", "{}"),
        ("Own", '{"t":"Mine","y":1}'),
    ]:
        assert json.encode(json.decode(text.encode(), getattr(models, name))) == text.encode()
    # A member that is an enumeration in the base has a value of that, not a text.
    assert json.encode(narrow := models.Narrow()) == b'{"t":"b"}'
    assert isinstance(narrow.t, enum.Enum)
    with pytest.raises((TypeError, ValueError)):
        models.Nullable()


ONE_VALUE = """
    Tagged: {type: object, required: [t], properties: {t: {type: string}}, discriminator: {propertyName: t}}
    Wide: {type: object, required: [t], properties: {t: {type: string, enum: [a, b]}}, discriminator: {propertyName: t, mapping: {b: '#/components/schemas/Narrow'}}}
    Narrow: {allOf: [{$ref: '#/components/schemas/Wide'}, {type: object, properties: {t: {enum: [b]}}}]}
    Own: {allOf: [{$ref: '#/components/schemas/Tagged'}, {type: object, required: [y], properties: {t: {enum: [Own]}, y: {type: integer}}}]}
"""


def test_objects_that_msgspec_leaves_as_dicts_are_of_their_classes() -> None:
    """Of a choice that msgspec has no type for; what `msgspec.convert` makes of it says no class."""
    schemas = CONSTANT_TAGS.replace("pet: {", "pets: {type: array, items: {").replace("}]}}}", "}]}}}}", 1)
    package = generate(schemas, models=("attrs", "msgspec"))
    models: Any = importlib.import_module(f"{package.package}.models_msgspec")
    home = msgspec.convert({"pets": [{"kind": "dog", "barks": True}, {"kind": "cat"}]}, models.Home)
    assert validate(home) == []
    assert json.encode(home) == b'{"pets":[{"kind":"dog","barks":true},{"kind":"cat"}]}'
    document = b"<Home><pets><kind>dog</kind><barks>true</barks></pets><pets><kind>cat</kind></pets></Home>"
    assert xml.encode(home) == document


def test_a_dict_that_was_read_with_unknown_members_is_no_map() -> None:
    package = generate(
        """
        Either: {oneOf: [{type: object, additionalProperties: {type: string}, maxProperties: 2},
            {type: object, properties: {e: {type: number}}}]}
        Any: {anyOf: [{not: {type: number}}, {type: array, items: {type: object, properties: {}}}]}
        """,
        models=("attrs", "typeddict"),
    )
    anything = importlib.import_module(f"{package.package}.models_typeddict").Any_
    assert json.encode(json.decode(b'[{"b1":"k"},{}]', anything), anything) == b'[{"b1":"k"},{}]'
    type_ = importlib.import_module(f"{package.package}.models_typeddict").Either
    for text in (b'{"a1":2.5}', b'{"a1":null}', b'{"e":null}', b'{"a":"b"}', b"{}"):
        assert json.encode(json.decode(text, type_), type_) == text


def test_unknown_members_that_were_read_tell_the_class_of_a_dict() -> None:
    package = generate(
        """
        Either: {oneOf: [{type: object, properties: {a: {type: string}}, additionalProperties: false},
            {type: object, properties: {b: {type: string}}}]}
        """,
        models=("attrs", "typeddict"),
    )
    type_ = importlib.import_module(f"{package.package}.models_typeddict").Either
    assert validate(json.decode(b'{"a":1}', type_), type_) == []


NULLABLE = """
    Code: {type: [string, 'null']}
    Count: {type: [integer, 'null']}
    Flag: {type: [boolean, 'null']}
    Day: {type: [string, 'null'], format: date}
    Many: {type: [array, 'null'], items: {type: string}}
    Map: {type: [object, 'null'], additionalProperties: {type: string}}
    Thing: {type: [object, 'null'], properties: {a: {type: string}}}
    Kind: {type: [string, 'null'], enum: [a, null]}
    Either: {oneOf: [{type: string}, {type: integer}, {type: 'null'}]}
    Plain: {type: string}
    Full: {type: object, properties: {a: {type: string}}}
"""


def test_a_document_of_a_nullable_type_may_be_null() -> None:
    package = generate(NULLABLE, models=("attrs", *STYLES))
    modules = [
        package.models,
        *(importlib.import_module(f"{package.package}.models_{style}") for style in STYLES),
    ]
    for module in modules:
        for name in ("Code", "Count", "Flag", "Day", "Many", "Map", "Thing", "Kind", "Either"):
            type_ = getattr(module, name)
            value = json.decode(b"null", type_)
            assert (json.encode(value, type_), validate(value, type_)) == (b"null", []), (module, name)
            assert xml.decode(xml.encode(value, type_), type_) == value
        for name in ("Plain", "Full"):
            with pytest.raises(DecodeError):
                json.decode(b"null", getattr(module, name))


FURTHER = """
    Counts: {type: object, properties: {z: {type: number}}, additionalProperties: {type: integer}}
    Days: {type: object, properties: {z: {type: number}}, additionalProperties: {type: string, format: date}}
    Lists: {type: object, properties: {z: {type: number}}, additionalProperties: {type: array, items: {type: string}}}
    Named: {type: object, properties: {z: {type: number}}, patternProperties: {'^a': {type: integer}},
        additionalProperties: {type: boolean}}
    Each: {anyOf: [{$ref: '#/components/schemas/Counts'}, {$ref: '#/components/schemas/Days'},
        {$ref: '#/components/schemas/Lists'}, {$ref: '#/components/schemas/Named'}]}
    Holder: {type: object, properties: {many: {type: array, items: {$ref: '#/components/schemas/Each'}}}}
"""


def test_classes_are_told_by_their_further_members() -> None:
    """Whether a dict was read or is a literal: dates, too, as JSON has them."""
    package = generate(FURTHER, models=("attrs", "typeddict"))
    holder = importlib.import_module(f"{package.package}.models_typeddict").Holder
    text = b'{"many":[{"d":"2020-01-01"},{"a":["x"]},{"z":1.5,"a":1},{"a":1,"b":true}]}'
    assert json.encode(json.decode(text, holder), holder) == text
    assert json.encode(json.decode(text, Any), holder) == text


def test_keys_that_a_typed_dict_does_not_declare_are_written() -> None:
    """Where they stand, as those that were read; members of maps and choices, too."""
    package = generate(
        """
        Plain: {type: object, properties: {a: {type: string}, c: {$ref: '#/components/schemas/Inner'},
            m: {type: object, additionalProperties: {$ref: '#/components/schemas/Inner'}},
            e: {anyOf: [{$ref: '#/components/schemas/Inner'}, {type: object, properties: {f: {type: integer}}}]}}}
        Inner: {type: object, properties: {d: {type: string}}}
        """,
        models=("attrs", "typeddict"),
    )
    plain = importlib.import_module(f"{package.package}.models_typeddict").Plain
    text = (
        b'{"q":[1],"a":"x","r":{"s":2.5},"c":{"z":null,"d":"y"},"m":{"k":{"d":"y","z":1}},"e":{"f":1,"g":2}}'
    )
    literal = json.decode(text, Any)
    assert json.encode(literal, plain) == text
    read = json.decode(text, plain)
    read["c"]["more"] = "s"
    assert json.encode(read, plain) == text.replace(b'"d":"y"},"m"', b'"d":"y","more":"s"},"m"')
    assert validate(literal, plain) == []
    assert xml.decode(xml.encode(literal, plain), plain)["e"]["f"] == 1


def test_texts_of_uuids_tell_the_class_of_a_dict() -> None:
    """A TypedDict declares text for a UUID: it is no value of another class, which spoke for a class without the member."""
    package = generate(
        """
        Region: {type: object, required: [size, kind], properties: {size: {type: integer}, kind: {enum: [region]}}}
        File: {type: object, required: [id, kind],
            properties: {id: {type: string, format: uuid}, kind: {enum: [file]}}}
        Named: {type: object, required: [id], properties: {id: {type: string}}}
        Either: {oneOf: [{$ref: '#/components/schemas/Region'}, {$ref: '#/components/schemas/File'}]}
        Another: {anyOf: [{$ref: '#/components/schemas/File'}, {$ref: '#/components/schemas/Named'}]}
        """,
        models=("attrs", "typeddict"),
    )
    models = importlib.import_module(f"{package.package}.models_typeddict")
    text = b'{"id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","kind":"file"}'
    for value in (json.decode(text, models.Either), json.decode(text, Any)):
        assert json.encode(value, models.Either) == text
        assert validate(value, models.Either) == []
    assert json.encode({"id": "no UUID"}, models.Another) == b'{"id":"no UUID"}'


@pytest.mark.parametrize("style", STYLES)
def test_listed_truth_values_are_what_they_are(style: str) -> None:
    """No style has an enumeration of them: its members are nothing that is read, and True is the member of 1."""
    package = generate(
        """
        Flag: {type: boolean, enum: [true, false]}
        Either: {enum: [1, x, true]}
        Any: {enum: [true, 1, [2]]}
        Holder: {type: object, properties: {flag: {$ref: '#/components/schemas/Flag'},
            inline: {type: boolean, enum: [true, false]}, either: {$ref: '#/components/schemas/Either'},
            any: {$ref: '#/components/schemas/Any'}}}
        """,
        models=("attrs", style),
    )
    models = importlib.import_module(f"{package.package}.models_{style}")
    for text in (
        b'{"flag":false,"inline":true,"either":1}',
        b'{"either":true,"any":[2]}',
        b'{"either":"x","any":1}',
    ):
        holder = json.decode(text, models.Holder)
        assert json.encode(holder, models.Holder) == text
        assert list(undeclared(holder, models.Holder)) == []
        if style == "pydantic":
            assert models.Holder.model_validate_json(text) == holder
    assert validate(json.decode(b'{"either":2}', models.Holder), models.Holder) != []
