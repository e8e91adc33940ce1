"""Listed values of any type and the schema ``false``: both formats write and refuse the same, ``validate`` knows them."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.validate import validate

from tests.meaning.driver import Generated, generate

SCHEMAS = """
    Box: {type: object, xml: {name: box}, properties: {
        several: {enum: [1, x]},
        listed: {type: array, items: {enum: [1, x]}},
        two: {anyOf: [{type: string, enum: [a, b]}, {type: string, enum: [p, q]}]},
        size: {oneOf: [{type: integer}, {type: string, enum: [auto]}]},
        sizes: {type: object, additionalProperties: {oneOf: [{type: integer}, {type: string, enum: [auto]}]}},
        fixed: {const: k}, number: {const: 5}, flag: {const: true}, at: {const: k, xml: {attribute: true}},
        open: {type: string, enum: [only]},
        object: {const: {a: [1]}}, mixed: {enum: [true, 1, [2]]}, flags: {enum: [true, 1]}}}
    Needs: {type: object, required: [u], properties: {
        u: {oneOf: [{type: integer}, {type: object, properties: {x: {type: integer}}}]}}}
    Object: {const: {a: [1]}}
    Flags: {enum: [true, 1, 0]}
"""


@pytest.fixture(scope="module")
def package() -> Generated:
    return generate(SCHEMAS)


@pytest.mark.parametrize(
    ("members", "written"),
    [
        ({"several": "x"}, "<several>x</several>"),
        ({"several": 1}, "<several>1</several>"),
        ({"listed": ["x", 1]}, "<listed>x</listed><listed>1</listed>"),
        ({"two": "q"}, "<two>q</two>"),
        ({"size": "auto"}, "<size>auto</size>"),
        ({"sizes": {"w": "auto", "h": 3}}, "<sizes><w>auto</w><h>3</h></sizes>"),
    ],
)
def test_values_of_enumerations_stand_for_their_members_in_xml(
    package: Generated, members: dict[str, Any], written: str
) -> None:
    box = package.models.Box(**members)
    assert xml.encode(box) == f"<box>{written}</box>".encode()
    assert xml.decode(xml.encode(box), package.models.Box) == json.decode(
        json.encode(box), package.models.Box
    )


@pytest.mark.parametrize(
    "members", [{"fixed": "z"}, {"number": 6}, {"flag": 1}, {"at": "z"}, {"several": object()}]
)
def test_what_is_no_value_is_refused_in_both_formats(package: Generated, members: dict[str, Any]) -> None:
    """JSON Schema 2020-12 validation, 6.1.3."""
    for codec in (json, xml):
        with pytest.raises(EncodeError):
            codec.encode(package.models.Box(**members))


def test_an_enum_of_one_value_stays_open(package: Generated) -> None:
    assert xml.encode(package.models.Box(open="new")) == b"<box><open>new</open></box>"


def test_true_is_not_one(package: Generated) -> None:
    """Python finds the member of 1 for ``True``."""
    box = json.decode(b'{"several":true,"listed":[true,1]}', package.models.Box)
    assert json.encode(box) == b'{"several":true,"listed":[true,1]}'
    assert [violation.path for violation in validate(box)] == ["$.several", "$.listed[0]"]


def test_null_of_a_union_that_has_none_is_refused(package: Generated) -> None:
    for codec in (json, xml):
        with pytest.raises(EncodeError):
            codec.encode(package.models.Needs(u=None))


@pytest.mark.parametrize(
    ("type_", "text", "paths"),
    [
        ("Box", '{"object":{"a":[1.0]},"mixed":[2],"flags":true}', []),
        ("Box", '{"object":{"a":[2]},"mixed":[3],"flags":7}', ["$.object", "$.mixed", "$.flags"]),
        ("Object", '{"a":[2]}', ["$"]),
        ("Flags", "2", ["$"]),
        ("Flags", "false", ["$"]),
        ("Flags", "0", []),
    ],
)
def test_values_that_no_type_tells_are_checked(
    package: Generated, type_: str, text: str, paths: list[str]
) -> None:
    model = getattr(package.models, type_)
    assert [violation.path for violation in validate(json.decode(text.encode(), model), model)] == paths


def test_false_is_told_or_checked() -> None:
    """JSON Schema 2020-12 core, 4.3.2; what ``contains`` takes is evaluated (11.2)."""
    package = generate("""
        Empty: {type: object, properties: {l: {type: array, items: false}}}
        Never: {type: object, properties: {gone: false}}
        Held: {type: array, prefixItems: [{type: integer}], contains: {type: string}, unevaluatedItems: false}
        Closed: {oneOf: [{type: object, required: [a], properties: {a: {type: integer}}},
                         {type: object, required: [b], properties: {b: {type: integer}}}],
                 unevaluatedProperties: false}
    """)
    models = package.models
    assert [violation.path for violation in validate(json.decode(b'{"l":[1]}', models.Empty))] == ["$.l"]
    assert validate(json.decode(b'{"l":[]}', models.Empty)) == []
    assert package.codes.count("unexpressed-false") == 1
    assert json.decode(b'[1,"a"]', models.Held) == [1, "a"]
    closed = json.decode(b'{"a":1,"c":2}', models.Closed)
    assert [violation.path for violation in validate(closed, models.Closed)] == ["$.c"]
    assert validate(json.decode(b'{"b":1}', models.Closed), models.Closed) == []


@pytest.mark.parametrize("style", ["", "_pydantic", "_dataclass", "_typeddict", "_msgspec"])
def test_integers_of_more_than_64_bits_may_be_listed(style: str) -> None:
    """msgspec has no enumerations of them, mypy no literals."""
    pytest.importorskip("datamodel_code_generator")
    schemas = """
        Size: {type: integer, enum: [1, 18446744073709551615]}
        Most: {const: 18446744073709551615}
        Sizes: {type: object, required: [of, least], properties: {of: {$ref: '#/components/schemas/Size'},
            most: {$ref: '#/components/schemas/Most'}, least: {type: integer, enum: [-9223372036854775809]},
            all: {type: array, items: {$ref: '#/components/schemas/Size'}}}}
    """
    styles = ("attrs", style.removeprefix("_")) if style else ("attrs",)
    package = generate(schemas, models=styles)
    models = importlib.import_module(f"{package.package}.models{style}")
    text = (
        b'{"of":18446744073709551615,"most":18446744073709551615,"least":-9223372036854775809,'
        b'"all":[18446744073709551615,1]}'
    )
    sizes = json.decode(text, models.Sizes)
    assert json.encode(sizes, models.Sizes) == text
    assert json.decode(b"18446744073709551615", models.Size) == 18446744073709551615
    wrong = json.decode(text.replace(b'"most":1', b'"most":2'), models.Sizes)
    assert [violation.path for violation in validate(wrong, models.Sizes)] == ["$.most"]


def test_values_of_several_types_have_no_type_of_their_own_in_xml() -> None:
    """No type of XML Schema says of which alternative they are; one that a writer names is read all the same."""
    models = generate("""
        H: {type: object, properties: {w: {anyOf: [
          {anyOf: [{enum: [2, 1, false]}, {enum: [a, 2]}]}, {type: object, properties: {k: {type: string}}}, {type: string}]}}}
    """).models
    for constant in (1, False):
        document = xml.encode(models.H(w=constant))
        assert document == f"<H><w>{json.encode(constant).decode()}</w></H>".encode()
        assert json.encode(xml.decode(document, models.H)) == json.encode({"w": constant})
    either = generate("H: {type: object, properties: {w: {anyOf: [{enum: [1, true]}, {type: array, items: {type: integer}}]}}}").models  # fmt: skip
    names = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema"'
    for name, text, value in (("int", "1", 1), ("boolean", "true", True)):
        read = xml.decode(f'<H {names}><w i:type="x:{name}">{text}</w></H>'.encode(), either.H)
        assert json.encode(read) == json.encode({"w": value})


@pytest.mark.parametrize("text", ["1.5", "4.2e-60"])
def test_listed_fractions_of_a_choice_are_held_against_the_limits_of_other_alternatives(text: str) -> None:
    """Their `repr` is that of a member, and was taken for digits."""
    package = generate(
        """
        F: {type: number, enum: [1.5, 4.2e-60]}
        A: {type: object, properties: {w: {oneOf: [{type: number, minimum: 3}, {$ref: '#/components/schemas/F'}]}}}
        """
    )
    data = f'{{"w":{text}}}'.encode()
    value = json.decode(data, package.models.A)
    assert list(validate(value)) == []
    assert json.encode(value) == data
