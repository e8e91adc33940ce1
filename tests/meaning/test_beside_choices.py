"""Members beside a choice (`properties` and `oneOf`): a discriminator leads to alternatives that have them, too."""

from __future__ import annotations

from typing import Any

import pytest
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError

from tests.meaning.driver import generate

SCHEMAS = """
Pet: {type: object, required: [id], properties: {id: {type: integer}},
    oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Cat'}]}
Dog: {type: object, required: [type], properties: {barks: {type: integer}, type: {type: string, enum: [dog]}},
    oneOf: [{$ref: '#/components/schemas/Long'}, {$ref: '#/components/schemas/Short'}],
    discriminator: {propertyName: breed, mapping: {l: '#/components/schemas/Long', s: Short}}}
Cat: {type: object, required: [type], properties: {type: {type: string, enum: [cat]}}}
Long: {type: object, properties: {breed: {type: string}, size: {type: integer}}}
Short: {type: object, properties: {breed: {type: string}, size: {type: integer}}}
Named: {type: object, properties: {note: {type: string}}, discriminator: {propertyName: breed},
    oneOf: [{$ref: '#/components/schemas/Long'}, {$ref: '#/components/schemas/Short'}]}
Further: {allOf: [{$ref: '#/components/schemas/Named'}, {type: object, properties: {more: {type: integer}}}]}
Default: {type: object, properties: {note: {type: string}},
    oneOf: [{$ref: '#/components/schemas/Long'}, {$ref: '#/components/schemas/Short'}],
    discriminator: {propertyName: breed, mapping: {l: Long}, defaultMapping: Short}}
Inline: {oneOf: [{allOf: [{$ref: '#/components/schemas/Long'}, {type: object, properties: {p: {type: integer}}}]}, {$ref: '#/components/schemas/Short'}],
    discriminator: {propertyName: breed, mapping: {l: '#/components/schemas/Long', s: Short}}}
All: {type: object, properties: {inline: {$ref: '#/components/schemas/Inline'}, pet: {$ref: '#/components/schemas/Pet'}, named: {$ref: '#/components/schemas/Named'},
    further: {$ref: '#/components/schemas/Further'}, default: {$ref: '#/components/schemas/Default'}}}
"""
CASES = [
    ("pet", '{"id":1,"barks":2,"type":"dog","breed":"s","size":3}', "PetDogShort"),
    ("pet", '{"id":1,"barks":2,"type":"dog","breed":"l"}', "PetDogLong"),
    ("pet", '{"id":1,"type":"cat"}', "PetCat"),
    ("named", '{"note":"x","breed":"Short","size":3}', "NamedShort"),
    ("further", '{"note":"x","more":1,"breed":"Short"}', "FurtherShort"),
    ("default", '{"note":"x","breed":"l"}', "DefaultLong"),
    ("inline", '{"breed":"l","size":1,"p":2}', "InlineOption1"),
    ("inline", '{"breed":"s","size":1}', "Short"),
    ("default", '{"note":"x","size":1}', "DefaultShort"),
]


@pytest.fixture(scope="module")
def package() -> Any:
    return generate(SCHEMAS, version="3.2.0", models=("attrs", "pydantic"))


@pytest.mark.parametrize(("name", "text", "type_"), CASES)
def test_the_alternative_that_is_told_has_what_stands_beside(
    package: Any, name: str, text: str, type_: str
) -> None:
    assert "unlisted-mapping" not in package.codes
    document = f'{{"{name}":{text}}}'.encode()
    value = json.decode(document, package.models.All)
    assert type(getattr(value, name)).__name__ == type_
    assert json.encode(value) == document
    assert xml.decode(xml.encode(value), package.models.All) == value


def test_the_discriminator_is_written_of_such_an_alternative(package: Any) -> None:
    models = package.models
    value = models.All(pet=models.PetDogShort(id=1), named=models.NamedShort(note="x"))
    assert json.encode(value) == (
        b'{"pet":{"id":1,"type":"dog","breed":"s"},"named":{"note":"x","breed":"Short"}}'
    )


UNMAPPED = """
B: {type: object, required: [kind], properties: {kind: {type: string}, x: {type: integer}}}
U: {oneOf: [{$ref: '#/components/schemas/B'}, {type: object, title: T, required: [q], properties: {q: {type: integer}, kind: {type: string}}}],
    discriminator: {propertyName: kind, mapping: {b: '#/components/schemas/B'}}}
V: {anyOf: [{type: object, required: [p], properties: {p: {type: integer}, kind: {type: string}}},
    {type: object, required: [q], properties: {q: {type: integer}, kind: {type: string}}}], discriminator: {propertyName: kind}}
W: {type: object, properties: {u: {$ref: '#/components/schemas/U'}, v: {type: array, items: {$ref: '#/components/schemas/V'}}}}
"""


def test_an_unknown_value_may_mean_an_alternative_that_none_leads_to() -> None:
    """In JSON and XML alike; what a value leads to is never meant by another one."""
    models = generate(UNMAPPED).models
    text = b'{"u":{"q":1,"kind":"other"},"v":[{"q":1,"kind":"o"},{"p":2,"kind":"o"}]}'
    document = (
        b"<W><u><q>1</q><kind>other</kind></u><v><q>1</q><kind>o</kind></v><v><p>2</p><kind>o</kind></v></W>"
    )
    value = json.decode(text, models.W)
    assert type(value.u).__name__ == "UT"
    for _ in range(3):  # the layout of a document is learnt
        assert xml.decode(document, models.W) == value
    assert (json.encode(value), xml.encode(value)) == (text, document)
    for read, wrong in (
        (json.decode, b'{"u":{"kind":"other","x":1}}'),
        (xml.decode, b"<W><u><kind>other</kind><x>1</x></u></W>"),
    ):
        with pytest.raises(DecodeError):
            read(wrong, models.W)
