"""Which alternative of a choice a value is of, in JSON; and the tag that says so when it is written."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from bindwright.ir.model import Use
from bindwright.ports.pages.types import described
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError, EncodeError

from tests.meaning.driver import Generated, generate

TOLD_BY_VALUES = """
    Enum: {oneOf: [{title: EnumA, type: object, properties: {k: {type: string, enum: [a, x]}, n: {type: integer}}},
                   {title: EnumB, type: object, properties: {k: {type: string, enum: [b, y]}, n: {type: integer}}}]}
    Const: {oneOf: [{title: ConstA, type: object, properties: {k: {const: 1}}},
                    {title: ConstB, type: object, properties: {k: {const: 2}}}]}
    Pattern: {oneOf: [{title: PatternA, type: object, properties: {id: {type: string, pattern: '^a-'}}},
                      {title: PatternB, type: object, properties: {id: {type: string, pattern: '^b-'}}}]}
    Range: {anyOf: [{title: RangeA, type: object, properties: {n: {type: integer, maximum: 9}}},
                    {title: RangeB, type: object, properties: {n: {type: integer, minimum: 10}}}]}
    Length: {oneOf: [{title: LengthA, type: object, properties: {id: {type: string, maxLength: 2}}},
                     {title: LengthB, type: object, properties: {id: {type: string, minLength: 3}}}]}
    Required: {oneOf: [{title: RequiredA, type: object, required: [a], properties: {a: {}, c: {}}},
                       {title: RequiredB, type: object, required: [b], properties: {b: {}, c: {}}}]}
    Type: {oneOf: [{title: TypeA, type: object, properties: {v: {type: string}}},
                   {title: TypeB, type: object, properties: {v: {type: integer}}}]}
    Nested: {oneOf: [{title: NestedA, type: object, properties: {head: {type: object, properties: {k: {enum: [a]}}}}},
                     {title: NestedB, type: object, properties: {head: {type: object, properties: {k: {enum: [b]}}}}}]}
    Items: {oneOf: [{title: ItemsA, type: object, properties: {l: {type: array, items: {enum: [a, x]}}}},
                    {title: ItemsB, type: object, properties: {l: {type: array, items: {enum: [b, y]}}}}]}
    Closed: {oneOf: [{title: ClosedA, type: object, properties: {a: {type: integer}}, additionalProperties: false},
                     {title: ClosedB, type: object, properties: {b: {type: integer}, c: {type: integer}}}]}
    Count: {oneOf: [{title: CountA, type: object, properties: {l: {type: array, maxItems: 1, items: {type: string}}}},
                    {title: CountB, type: object, properties: {l: {type: array, minItems: 2, items: {type: string}}}}]}
    Tuple: {oneOf: [{title: TupleA, type: object, properties: {t: {type: array, prefixItems: [{type: string}], items: false}}},
                    {title: TupleB, type: object, properties: {t: {type: array, prefixItems: [{type: integer}], items: false}}}]}
    Names: {oneOf: [{title: NamesA, type: object, properties: {m: {type: object, maxProperties: 1, additionalProperties: {}}}},
                    {title: NamesB, type: object, properties: {m: {type: object, additionalProperties: {}}}}]}
    Members: {oneOf: [{title: MembersA, type: object, maxProperties: 1, properties: {a: {}, b: {}}},
                      {title: MembersB, type: object, properties: {a: {}, b: {}}}]}
    Format: {oneOf: [{title: FormatA, type: object, properties: {a: {type: string, format: ipv4}}},
                     {title: FormatB, type: object, properties: {a: {type: string, format: ipv6}}}]}
    Width: {oneOf: [{title: WidthA, type: object, properties: {n: {type: integer, format: int32}}},
                    {title: WidthB, type: object, properties: {n: {type: integer, format: int64}}}]}
    Multiple: {oneOf: [{title: MultipleA, type: object, properties: {n: {type: integer, multipleOf: 2}}},
                       {title: MultipleB, type: object, properties: {n: {type: integer, multipleOf: 3}}}]}
    Not: {oneOf: [{title: NotA, type: object, properties: {a: {type: string}, b: {type: string}}, not: {required: [b]}},
                  {title: NotB, type: object, properties: {a: {type: string}, b: {type: string}}}]}
    Depends: {oneOf: [{title: DependsA, type: object, properties: {a: {}, b: {}}, dependentRequired: {b: [a]}},
                      {title: DependsB, type: object, properties: {a: {}, b: {}}}]}
    Contains: {oneOf: [{title: ContainsA, type: object, properties: {l: {type: array, items: {type: integer}, contains: {const: 1}}}},
                       {title: ContainsB, type: object, properties: {l: {type: array, items: {type: integer}}}}]}
    Unless: {oneOf: [{title: UnlessA, type: object, properties: {s: {type: string, not: {const: b}}}},
                     {title: UnlessB, type: object, properties: {s: {type: string}}}]}
"""


@pytest.fixture(scope="module")
def by_values() -> Generated:
    return generate(TOLD_BY_VALUES)


@pytest.mark.parametrize(
    ("union", "first", "second"),
    [
        ("Enum", '{"k":"a","n":1}', '{"k":"b","n":1}'),
        ("Const", '{"k":1}', '{"k":2}'),
        ("Pattern", '{"id":"a-1"}', '{"id":"b-1"}'),
        ("Range", '{"n":9}', '{"n":10}'),
        ("Length", '{"id":"ab"}', '{"id":"abc"}'),
        ("Required", '{"a":1,"c":2}', '{"b":1,"c":2}'),
        ("Type", '{"v":"x"}', '{"v":1}'),
        ("Nested", '{"head":{"k":"a"}}', '{"head":{"k":"b"}}'),
        ("Items", '{"l":["a"]}', '{"l":["y"]}'),
        ("Closed", '{"a":1}', '{"a":1,"d":2}'),
        ("Count", '{"l":["a"]}', '{"l":["a","b"]}'),
        ("Tuple", '{"t":["a"]}', '{"t":[1]}'),
        ("Names", '{"m":{"a":1}}', '{"m":{"a":1,"b":2}}'),
        ("Members", '{"a":1}', '{"a":1,"b":2}'),
        ("Format", '{"a":"10.0.0.1"}', '{"a":"::1"}'),
        ("Width", '{"n":1}', '{"n":4294967296}'),
        ("Multiple", '{"n":4}', '{"n":9}'),
        ("Not", '{"a":"x"}', '{"a":"x","b":"y"}'),
        ("Depends", '{"a":1,"b":2}', '{"b":2}'),
        ("Contains", '{"l":[1,2]}', '{"l":[2]}'),
        ("Unless", '{"s":"a"}', '{"s":"b"}'),
    ],
)
def test_the_alternative_is_the_one_whose_schema_allows_the_value(
    by_values: Generated, union: str, first: str, second: str
) -> None:
    """JSON Schema 2020-12 core, 10.2.1: oneOf and anyOf select by validation."""
    type_ = getattr(by_values.models, union)
    for text, letter in ((first, "A"), (second, "B")):
        value = json.decode(text.encode(), type_)
        assert type(value).__name__.endswith(union + letter), text
        assert json.encode(value) == text.encode()


@pytest.mark.parametrize(
    ("union", "first", "second"),
    [
        ("Not", "<a>x</a>", "<a>x</a><b>y</b>"),
        ("Depends", "<a>1</a><b>2</b>", "<b>2</b>"),
        ("Contains", "<l>1</l><l>2</l>", "<l>2</l>"),
        ("Unless", "<s>a</s>", "<s>b</s>"),
    ],
)
def test_what_types_do_not_carry_tells_alternatives_in_xml_too(
    by_values: Generated, union: str, first: str, second: str
) -> None:
    type_ = getattr(by_values.models, union)
    for text, letter in ((first, "A"), (second, "B")):
        document = f"<{union}>{text}</{union}>"
        value = xml.decode(document.encode(), type_)
        assert type(value).__name__.endswith(union + letter), text
        assert xml.encode(value, type_).decode() == document


TAGS = """
    Animal:
      type: object
      required: [name]
      properties: {name: {type: string}, what: {type: string}}
      discriminator: {propertyName: what, mapping: {a-horse: '#/components/schemas/Horse', a-mule: '#/components/schemas/Mule'}}
    Horse: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {races: {type: integer}}}]}
    Mule: {allOf: [{$ref: '#/components/schemas/Animal'}]}
    Best: {oneOf: [{$ref: '#/components/schemas/Mule'}, {$ref: '#/components/schemas/Horse'}]}
    Stable: {type: object, properties: {best: {$ref: '#/components/schemas/Best'}, any: {$ref: '#/components/schemas/Animal'}}}
    Load:
      oneOf: [{$ref: '#/components/schemas/Apples'}, {$ref: '#/components/schemas/Pears'}]
      discriminator: {propertyName: $type, mapping: {apples: '#/components/schemas/Apples', pears: '#/components/schemas/Pears'}}
    Apples: {type: object, properties: {count: {type: integer}}}
    Pears: {type: object, properties: {count: {type: integer}}}
    Crate: {type: object, properties: {load: {$ref: '#/components/schemas/Load'}, more: {type: array, items: {$ref: '#/components/schemas/Load'}}}}
    Numbered:
      oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]
      discriminator: {propertyName: no, mapping: {'1': '#/components/schemas/One', '2': '#/components/schemas/Two'}}
    One: {type: object, properties: {no: {type: integer}, a: {type: string}}}
    Two: {type: object, properties: {no: {type: integer}, a: {type: string}}}
    Flagged:
      oneOf: [{$ref: '#/components/schemas/Yes'}, {$ref: '#/components/schemas/No'}]
      discriminator: {propertyName: on, mapping: {'true': '#/components/schemas/Yes', 'false': '#/components/schemas/No'}}
    'Yes': {type: object, properties: {on: {type: boolean}}}
    'No': {type: object, properties: {on: {type: boolean}}}
"""


@pytest.fixture(scope="module")
def tags() -> Generated:
    return generate(TAGS)


def test_an_inherited_discriminator_tells_alternatives(tags: Generated) -> None:
    models = tags.models
    for what, class_ in (("a-horse", models.Horse), ("a-mule", models.Mule)):
        for member in ("best", "any"):
            text = f'{{"{member}":{{"name":"x","what":"{what}"}}}}'.encode()
            stable = json.decode(text, models.Stable)
            assert type(getattr(stable, member)) is class_
            assert json.encode(stable) == text


def test_the_discriminator_that_nobody_set_is_written(tags: Generated) -> None:
    models = tags.models
    crate = models.Crate(load=models.Pears(count=1), more=[models.Apples(), models.Pears()])
    text = json.encode(crate)
    assert json.decode(text, Any) == {
        "load": {"$type": "pears", "count": 1},
        "more": [{"$type": "apples"}, {"$type": "pears"}],
    }
    again = json.decode(text, models.Crate)
    assert again == crate
    assert json.encode(again) == text, "the one that was read is not written twice"
    written = json.encode(models.Stable(best=models.Horse(name="x"), any=models.Mule(name="y")))
    assert json.decode(written, Any) == {
        "best": {"name": "x", "what": "a-horse"},
        "any": {"name": "y", "what": "a-mule"},
    }


def test_a_discriminator_has_the_type_of_its_property(tags: Generated) -> None:
    models = tags.models
    assert json.encode(models.Two(a="x"), models.Numbered) == b'{"no":2,"a":"x"}'
    assert type(json.decode(b'{"no":2}', models.Numbered)) is models.Two
    assert json.encode(models.No(), models.Flagged) == b'{"on":false}'
    assert type(json.decode(b'{"on":false}', models.Flagged)) is models.No
    for text in (b'{"no":3}', b'{"no":true}'):
        with pytest.raises(DecodeError):
            json.decode(text, models.Numbered)


def test_a_discriminator_of_another_class_is_an_error(tags: Generated) -> None:
    models = tags.models
    with pytest.raises(EncodeError, match="a-mule"):
        json.encode(models.Stable(best=models.Horse(name="x", what="a-mule")))
    with pytest.raises(EncodeError, match="no says '1'"):
        json.encode(models.Two(no=1), models.Numbered)
    assert json.encode(models.Two(no=7), models.Numbered) == b'{"no":7}', (
        "what nothing maps is a newer server's"
    )


def test_an_unknown_discriminator_is_never_another_class(tags: Generated) -> None:
    """OpenAPI 3.1.1, Discriminator Object: no schema can be determined, validation should fail."""
    with pytest.raises(DecodeError, match=r"apples, pears.*\$\.load"):
        json.decode(b'{"load":{"$type":"plums"}}', tags.models.Crate)
    assert (
        type(json.decode(b'{"any":{"name":"x","what":"zebra"}}', tags.models.Stable).any)
        is tags.models.Animal
    )


DEFAULTS = """
    Thing:
      oneOf: [{$ref: '#/components/schemas/Book'}, {$ref: '#/components/schemas/Unknown'}]
      discriminator: {propertyName: sort, defaultMapping: Unknown}
    Book: {type: object, properties: {sort: {type: string}, title: {type: string}}}
    Unknown: {type: object, properties: {sort: {type: string}, title: {type: string}}}
    Base:
      type: object
      properties: {sort: {type: string}}
      discriminator: {propertyName: sort, defaultMapping: '#/components/schemas/Other'}
    Some: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {a: {type: string}}}]}
    Other: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}}]}
"""


def test_the_name_of_a_mapped_schema_is_read_as_well() -> None:
    """OpenAPI 3.2.0, Discriminator Object: a value is a schema's name "unless a mapping is present for that value"."""
    package = generate(
        """
        Cat.V1: {type: object, required: [k], properties: {k: {type: string}, n: {type: integer}}}
        Dog: {type: object, required: [k], properties: {k: {enum: [dog]}, n: {type: integer}}}
        Home:
          type: object
          properties:
            pet:
              oneOf: [{$ref: '#/components/schemas/Cat.V1'}, {$ref: '#/components/schemas/Dog'}]
              discriminator: {propertyName: k, mapping: {cat: Cat.V1, dog: Dog}}
        """
    )
    models: Any = package.models
    for value, name in (("cat", "CatV1"), ("Cat.V1", "CatV1"), ("dog", "Dog")):
        text = f'{{"pet":{{"k":"{value}","n":1}}}}'.encode()
        home = json.decode(text, models.Home)
        assert type(home.pet).__name__ == name
        assert json.encode(home) == text
        assert xml.decode(xml.encode(home), models.Home) == home
    with pytest.raises(DecodeError):  # its schema lists what it may be
        json.decode(b'{"pet":{"k":"Dog","n":1}}', models.Home)


def test_default_mapping() -> None:
    """OpenAPI 3.2.0, Discriminator Object: it holds where the property is absent or its value is in no mapping."""
    models = generate(DEFAULTS, version="3.2.0").models
    for text in (b'{"sort":"lamp"}', b'{"title":"x"}', b"{}"):
        assert type(json.decode(text, models.Thing)) is models.Unknown
    for text in (b'{"sort":"new"}', b'{"b":"x"}'):
        assert type(json.decode(text, models.Base)) is models.Other
    assert type(json.decode(b'{"sort":"Book"}', models.Thing)) is models.Book
    assert type(json.decode(b'{"sort":"Some"}', models.Base)) is models.Some


def test_a_union_within_a_union_keeps_its_discriminator() -> None:
    schemas = """
        Outer: {oneOf: [{$ref: '#/components/schemas/Inner'}, {$ref: '#/components/schemas/Plain'}, {type: string}]}
        Inner:
          oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
          discriminator: {propertyName: k, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}
        A: {type: object, required: [n], properties: {n: {type: integer}}}
        B: {type: object, required: [n], properties: {n: {type: integer}}}
        Plain: {type: object, required: [m], properties: {m: {type: integer}}}
    """
    models = generate(schemas).models
    for value, text in (
        (models.B(n=1), b'{"k":"b","n":1}'),
        (models.A(n=1), b'{"k":"a","n":1}'),
        (models.Plain(m=1), b'{"m":1}'),
        ("x", b'"x"'),
    ):
        assert json.encode(value, models.Outer) == text
        assert json.decode(text, models.Outer) == value


def test_a_tag_leads_to_unions_and_bases_when_writing() -> None:
    """OpenAPI 3.1.1, Discriminator Object: the value names the schema that the payload is of, by whichever way."""
    models = generate("""
        Box: {type: object, properties: {l: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
        Thing:
          oneOf: [{$ref: '#/components/schemas/Animal'}, {$ref: '#/components/schemas/Plant'}]
          discriminator: {propertyName: sort, mapping: {animal: '#/components/schemas/Animal', plant: '#/components/schemas/Plant'}}
        Animal:
          oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
          discriminator: {propertyName: kind}
        Cat: {type: object, properties: {sort: {type: string, xml: {attribute: true}}, kind: {type: string}}}
        Dog: {type: object, properties: {sort: {type: string, xml: {attribute: true}}, kind: {type: string}}}
        Plant: {type: object, properties: {sort: {type: string, xml: {attribute: true}}}}
        Tree: {allOf: [{$ref: '#/components/schemas/Plant'}, {type: object, properties: {height: {type: integer}}}]}
    """).models
    box = models.Box(l=[models.Dog(), models.Tree(height=3)])
    text = b'{"l":[{"sort":"animal","kind":"Dog"},{"sort":"plant","height":3}]}'
    assert json.encode(box) == text
    assert type(json.decode(text, models.Box).l[0]) is models.Dog
    element = b'<Box><l sort="animal"><kind>Dog</kind></l></Box>'
    assert xml.encode(models.Box(l=box.l[:1])) == element
    assert type(xml.decode(element, models.Box).l[0]) is models.Dog


def test_a_choice_within_a_choice_has_its_facts_without_a_name() -> None:
    """Python's ``A | B | None | str`` has no parts; the discriminator of one of them is heeded all the same."""
    models = generate("""
        Box:
          type: object
          properties:
            p: {oneOf: [{$ref: '#/components/schemas/Tagged/anyOf/0'}, {type: string}, {type: 'null'}]}
            l: {type: array, items: {$ref: '#/components/schemas/Tagged'}}
        Tagged:
          anyOf:
            - oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
              discriminator: {propertyName: t, mapping: {a: A, b: B}}
            - {type: string}
        A: {type: object, properties: {n: {type: integer}}}
        B: {type: object, properties: {n: {type: integer}}}
    """).models
    box = models.Box(p=models.B(n=1), l=[models.B(n=2), "x"])
    text = b'{"p":{"t":"b","n":1},"l":[{"t":"b","n":2},"x"]}'
    assert json.encode(box) == text
    assert type(json.decode(text, models.Box).p) is type(json.decode(text, models.Box).l[0]) is models.B


@pytest.mark.parametrize("tag", ["", "{discriminator: {propertyName: kind}}"])
def test_alternatives_of_a_union_within_say_what_they_are(tag: str) -> None:
    """In XML another alternative of the outer union would take them: xsi:type tells them from it."""
    models = generate(f"""
        Box: {{type: object, properties: {{o: {{$ref: '#/components/schemas/Thing'}}}}}}
        Thing: {{oneOf: [{{$ref: '#/components/schemas/Animal'}}, {{$ref: '#/components/schemas/Rock'}}, {{type: string}}]}}
        Animal:
          <<: {tag or "{}"}
          oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}, {{type: integer}}]
        Cat: {{type: object, properties: {{n: {{type: integer}}}}}}
        Dog: {{type: object, properties: {{n: {{type: integer}}}}}}
        Rock: {{type: object, properties: {{n: {{type: integer}}}}}}
    """).models
    for value in (models.Cat(n=1), models.Dog(n=1), models.Rock(n=1), 5, "5", "x"):
        back = xml.decode(xml.encode(models.Box(o=value)), models.Box).o
        assert (type(back), back) == (type(value), value)
    assert xml.encode(models.Box(o=models.Rock(n=1))) == b"<Box><o><n>1</n></o></Box>"


def _elements(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(
            "".join(
                f"<{key}>{_elements(item)}</{key}>"
                for item in (inner if isinstance(inner, list) else [inner])
            )
            for key, inner in value.items()
        )
    return str(value)


@pytest.mark.parametrize(
    ("union", "first", "second"),
    [
        ("Enum", '{"k":"a","n":1}', '{"k":"b","n":1}'),
        ("Const", '{"k":1}', '{"k":2}'),
        ("Pattern", '{"id":"a-1"}', '{"id":"b-1"}'),
        ("Range", '{"n":9}', '{"n":10}'),
        ("Length", '{"id":"ab"}', '{"id":"abc"}'),
        ("Nested", '{"head":{"k":"a"}}', '{"head":{"k":"b"}}'),
        ("Items", '{"l":["a"]}', '{"l":["y"]}'),
        ("Multiple", '{"n":4}', '{"n":9}'),
    ],
)
def test_xml_chooses_alike(by_values: Generated, union: str, first: str, second: str) -> None:
    from bindwright.runtime import xml

    type_ = getattr(by_values.models, union)
    for text, letter in ((first, "A"), (second, "B")):
        element = f"<{union}>{_elements(json.decode(text, Any))}</{union}>"
        value = xml.decode(element.encode(), type_)
        assert type(value).__name__.endswith(union + letter), element


def test_discriminators_in_xml(tags: Generated) -> None:
    """What nobody set is written where the class has the property, else ``xsi:type`` says the class."""
    from bindwright.runtime import xml

    models = tags.models
    stable = models.Stable(best=models.Horse(name="x"), any=models.Mule(name="y"))
    crate = models.Crate(load=models.Pears(count=1), more=[models.Apples(), models.Pears()])
    for _ in range(3):  # the first documents are written in another way than later ones
        text = xml.encode(stable)
        assert b"<what>a-horse</what>" in text
        assert b"<what>a-mule</what>" in text
        back = xml.decode(text, models.Stable)
        assert (type(back.best), type(back.any)) == (models.Horse, models.Mule)
        assert xml.decode(xml.encode(crate), models.Crate) == crate


def test_default_mapping_in_xml() -> None:
    from bindwright.runtime import xml

    models = generate(DEFAULTS, version="3.2.0").models
    for text in (b"<Thing><sort>lamp</sort></Thing>", b"<Thing><title>x</title></Thing>"):
        assert type(xml.decode(text, models.Thing)) is models.Unknown
    for text in (b"<Base><sort>new</sort></Base>", b"<Base><b>x</b></Base>"):
        assert type(xml.decode(text, models.Base)) is models.Other
    assert type(xml.decode(b"<Base><sort>Some</sort></Base>", models.Base)) is models.Some


MAPPED_FURTHER_IN = """
A: {type: object, required: [k], properties: {k: {type: string}, a: {type: integer}}}
B: {type: object, required: [k], properties: {k: {type: string}, b: {type: integer}}}
C: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {c: {type: integer}}}]}
D: {type: object, required: [k], properties: {k: {type: string}, d: {type: integer}}}
N: {oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/D'}], discriminator: {propertyName: k, mapping: {b: B, d: D}}}
U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/N'}], discriminator: {propertyName: k, mapping: {a: A, b: B, d: D, c: C}}}
H: {type: object, properties: {u: {$ref: '#/components/schemas/U'}}}
"""


@pytest.mark.parametrize("tag", ["a", "b", "c", "d"])
def test_a_tag_may_lead_past_the_alternatives(tag: str) -> None:
    """To a class derived from one, or to one of a union among them: in both formats."""
    models: Any = generate(MAPPED_FURTHER_IN).models
    text = f'{{"u":{{"k":"{tag}","{tag}":1}}}}'.encode()
    value = json.decode(text, models.H)
    assert type(value.u).__name__ == tag.upper()
    assert xml.decode(f"<H><u><k>{tag}</k><{tag}>1</{tag}></u></H>".encode(), models.H) == value
    assert xml.decode(xml.encode(value), models.H) == value


def test_types_that_hold_themselves_without_an_object_between() -> None:
    """Any value of JSON, lists of lists, maps of maps: as members they ended neither the generator nor the writers."""
    package = generate("""
        Value: {anyOf: [{type: string}, {type: number}, {type: boolean}, {type: 'null'},
                        {type: array, items: {$ref: '#/components/schemas/Value'}},
                        {type: object, additionalProperties: {$ref: '#/components/schemas/Value'}}]}
        Lists: {type: array, items: {$ref: '#/components/schemas/Lists'}}
        Maps: {type: object, additionalProperties: {$ref: '#/components/schemas/Maps'}}
        Holder: {type: object, properties: {
            value: {$ref: '#/components/schemas/Value'}, lists: {$ref: '#/components/schemas/Lists'},
            maps: {$ref: '#/components/schemas/Maps'}}}
    """)
    text = b'{"value":{"a":[1,"x",null,{"b":[[true]]}]},"lists":[[],[[]]],"maps":{"a":{"b":{}}}}'
    holder = json.decode(text, package.models.Holder)
    assert json.encode(holder) == text
    assert xml.decode(xml.encode(holder), package.models.Holder) == holder
    assert described(package.api, Use(type="#/components/schemas/Lists")) == "list of Lists"


def test_a_null_where_none_is_allowed_loses_no_alternative() -> None:
    """Decision 9: an answer is read as the alternative that it would be but for the null."""
    models = generate("""
        Box: {type: object, properties: {l: {type: array, items: {$ref: '#/components/schemas/Thing'}}}}
        Thing: {oneOf: [{$ref: '#/components/schemas/Job'}, {$ref: '#/components/schemas/Error'}]}
        Job: {type: object, required: [id, parts], properties: {id: {type: integer}, parts: {type: array, items: {$ref: '#/components/schemas/Part'}}}}
        Error: {type: object, required: [code], properties: {code: {type: integer}}}
        Part: {type: object, required: [size], properties: {size: {type: integer}}}
    """).models
    settings = json.Settings(values="lenient")
    text = b'{"l":[{"id":null,"parts":[{"size":null}]},{"code":null},{"id":1,"parts":[null]},{"what":null}]}'
    jobs = json.decode(text, models.Box, settings=settings).l
    assert jobs[:2] == [models.Job(id=None, parts=[models.Part(size=None)]), models.Error(code=None)]
    assert jobs[2:] == [models.Job(id=1, parts=[None]), {"what": None}]
    nil = '<{} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1"/>'.format
    job = f"<l>{nil('id')}<parts>{nil('size')}</parts></l>"
    document = f"<Box>{job}<l>{nil('code')}</l><l>{nil('what')}</l></Box>"
    of_xml = xml.decode(document.encode(), models.Box, settings=xml.Settings(values="lenient")).l
    assert of_xml[:2] == jobs[:2]
    assert isinstance(of_xml[2], dict)


def test_items_are_written_as_those_of_the_list_or_map_that_they_are_of() -> None:
    """Of two lists, one of nulls takes no value, and one of decimals that are texts no number."""
    texts = [b'[["x"]]', b"[null]", b"[1]", b"[1.5]", b'["1.50"]', b'{"q":[]}', b'{"q":null}', b'{"q":1}']
    of_null, of_text = "{type: 'null'}", "{type: string, format: decimal}"
    items = [of_null, of_text, "{type: number}", "{type: array, items: {type: string}}"]
    kinds = ["{type: array, items: %s}", "{type: object, additionalProperties: %s}"]
    package = generate(
        "Each: {oneOf: [" + ", ".join(kind % item for kind in kinds for item in items) + "]}\n"
        f"Nulls: {{oneOf: [{kinds[0] % of_null}, {kinds[0] % items[3]}]}}",
        models=("attrs", "pydantic", "dataclass", "typeddict"),
    )
    for style in ("", "_pydantic", "_dataclass", "_typeddict"):
        type_ = importlib.import_module(f"{package.package}.models{style}").Each
        assert [json.encode(json.decode(text, type_), type_) for text in texts] == texts, style
    lists = package.models.Nulls
    assert xml.decode(xml.encode([["x"]], lists), lists) == [["x"]]


def test_an_object_without_a_required_constant_is_another_ones() -> None:
    """The constant is the default of who makes the object, and nothing that a reader may add."""
    models = generate("""
        Tagged: {type: object, required: [b], properties: {b: {const: k}}}
        Plain: {type: object, properties: {a: {type: string}, c: {type: string}}}
        Either: {anyOf: [{$ref: '#/components/schemas/Tagged'}, {$ref: '#/components/schemas/Plain'}]}
    """).models
    for text, type_ in ((b"{}", models.Plain), (b'{"b":"k"}', models.Tagged), (b'{"a":"x"}', models.Plain)):
        value = json.decode(text, models.Either)
        assert type(value) is type_
        assert json.encode(value) == text


def test_a_named_choice_within_a_choice_is_read_under_the_name_of_the_place() -> None:
    """Its lists have items that are called as the member is, wherever the choice has its own name from."""
    models = generate("""
        Inner: {oneOf: [{type: array, items: {type: integer}}, {type: boolean}]}
        Outer: {oneOf: [{type: string, format: date}, {$ref: '#/components/schemas/Inner'}]}
        Holder: {type: object, properties: {v: {anyOf: [{type: number}, {$ref: '#/components/schemas/Outer'}]}}}
    """).models
    for text in (b"<Holder><v><v>0</v><v>2</v></v></Holder>", b"<Holder><v>true</v></Holder>"):
        value = xml.decode(text, models.Holder)
        assert value.v in ([0, 2], True)
        assert value._extra is None
        assert xml.encode(value) == text
