"""XML: attributes and texts that hold lists, tuples and choices; what no text can hold; tuples that end early; nulls."""

from __future__ import annotations

import pytest
from bindwright.runtime import json, validate, xml
from bindwright.runtime.errors import DecodeError

from tests.meaning.driver import generate

BOX = "\nBox: {type: object, xml: {name: box}, properties: {x: {type: integer}}}\n"
HOLDER = BOX + "A: {type: object, xml: {name: a}, properties: {at: SCHEMA}}\n"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("schema", "document", "value"),
    [
        ("{type: array, items: {type: integer}", '<a at="1 2"/>', [1, 2]),
        (
            "{type: array, prefixItems: [{type: string}, {type: integer}], items: false",
            '<a at="x 2"/>',
            ("x", 2),
        ),
        ("{oneOf: [{type: array, items: {type: string}}, {type: string}]", '<a at="x y"/>', ["x", "y"]),
        ("{type: [array, 'null'], items: {type: string}", '<a at="x y"/>', ["x", "y"]),
    ],
)
def test_an_attribute_holds_words(schema: str, document: str, value: object) -> None:
    """XML Schema 1.0 part 2, 2.5.1.2: the items of a list are separated by white space."""
    models = generate(HOLDER.replace("SCHEMA", schema + ", xml: {attribute: true}}")).models
    read = xml.decode(document.encode(), models.A)
    assert read.at == value
    assert xml.encode(read) == document.encode()


@pytest.mark.parametrize(
    "node", ["attribute: true", "nodeType: attribute", "nodeType: text", "nodeType: cdata"]
)
@pytest.mark.parametrize(
    "schema",
    [
        "{$ref: '#/components/schemas/Box'",
        "{type: object, additionalProperties: {type: integer}",
        "{type: array, items: {$ref: '#/components/schemas/Box'}",
        "{oneOf: [{type: string}, {$ref: '#/components/schemas/Box'}]",
        "{type: array, items: {type: array, items: {$ref: '#/components/schemas/Box'}}",
    ],
)
def test_what_has_members_is_an_element_and_it_is_said(schema: str, node: str) -> None:
    generated = generate(HOLDER.replace("SCHEMA", f"{schema}, xml: {{{node}}}}}"), version="3.2.0")
    assert "xml-node-of-members" in generated.codes
    for name in ("at", "box"):  # a component that says its name is called so
        read = xml.decode(f"<a><{name}><x>1</x></{name}></a>".encode(), generated.models.A)
        if read.at is not None:
            break
    assert read.at
    assert xml.decode(xml.encode(read), generated.models.A) == read


def test_a_tuple_may_end_early() -> None:
    """JSON Schema 2020-12 core, 10.3.1.1: prefixItems does not ask for its items."""
    models = generate("""
        A: {type: object, xml: {name: a}, properties: {
            t: {type: array, prefixItems: [{type: integer}, {type: string}, {type: boolean}], items: false, minItems: 1}}}
        """).models
    for document in (b"<a><t>1</t></a>", b"<a><t>1</t><t>x</t></a>", b"<a><t>1</t><t>x</t><t>true</t></a>"):
        assert xml.encode(xml.decode(document, models.A)) == document
    value = models.A(t=(1,))
    assert json.encode(value) == b'{"t":[1]}'
    with pytest.raises(xml.EncodeError, match="1 to 3 items belong here"):
        xml.encode(models.A(t=()))


@pytest.mark.parametrize("name", ["s", "o", "e", "w", "m"])
def test_a_null_that_is_not_allowed_is_a_violation_in_both_formats(name: str) -> None:
    models = generate("""
        A: {type: object, xml: {name: a}, properties: {
            s: {type: string}, o: {$ref: '#/components/schemas/B'}, e: {type: string, enum: [a]},
            w: {type: array, xml: {wrapped: true}, items: {type: string}},
            m: {type: object, additionalProperties: {type: string}}}}
        B: {type: object, properties: {x: {type: integer}}}
        """).models
    of_xml = xml.decode(f'<a {XSI}><{name} xsi:nil="true"/></a>'.encode(), models.A)
    of_json = json.decode(f'{{"{name}":null}}'.encode(), models.A)
    violations = [
        [(item.path, item.rule) for item in validate.validate(value)] for value in (of_xml, of_json)
    ]
    assert violations == [[(f"$.{name}", "type")]] * 2
    assert list(validate.validate(models.A())) == []


def test_a_tuple_that_may_end_early_says_so() -> None:
    """JSON Schema 2020-12 core, 10.3.1.1: `prefixItems` says nothing of how many items there are."""
    package = generate(
        """
        Early: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        Holder:
          type: object
          properties:
            one: {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 1}
            both: {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}
            early: {$ref: '#/components/schemas/Early'}
            either: {oneOf: [{type: string}, {$ref: '#/components/schemas/Early'}]}
            two: {oneOf: [{type: array, prefixItems: [{type: string}], items: false, minItems: 1},
                          {type: array, prefixItems: [{type: string}, {type: integer}], items: false, minItems: 2}]}
        """
    )
    holder = package.models.Holder
    annotations = {name: str(text) for name, text in holder.__annotations__.items()}
    assert annotations["one"] == "tuple[str] | tuple[str, int] | None"
    assert annotations["both"] == "tuple[str, int] | None"
    assert annotations["early"] == "tuple[()] | tuple[str] | tuple[str, int] | None"
    assert annotations["either"] == "str | tuple[()] | tuple[str] | tuple[str, int] | None"
    for text in (
        '{"one":["x"]}', '{"one":["x",1]}', '{"early":[]}', '{"early":["x"]}', '{"either":["x"]}', '{"either":"x"}', '{"two":["x"]}',
        '{"two":["x",1]}',
    ):  # fmt: skip
        value = json.decode(text, holder)
        assert json.encode(value) == text.encode()
        assert not validate.validate(value)
    for text in ('{"one":[]}', '{"both":["x"]}'):
        with pytest.raises(DecodeError):
            json.decode(text, holder)
