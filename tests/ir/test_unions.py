"""Unions, discriminators, and what only looks like a union."""

from __future__ import annotations

from tests.ir.driver import api, causes, member, named, schemas

SHAPES = """
        Circle: {type: object, properties: {kind: {type: string}, r: {type: number}}}
        Square: {type: object, properties: {kind: {type: string}, a: {type: number}}}
"""


def test_names_and_references_in_a_mapping() -> None:
    found = schemas(
        SHAPES
        + """
        Shape:
          oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
          discriminator: {propertyName: kind, mapping: {round: Circle, s: '#/components/schemas/Square'}}
        """
    )
    shape = named(found, "Shape")
    assert shape.discriminator == "kind"
    circle, square = "#/components/schemas/Circle", "#/components/schemas/Square"
    assert shape.mapping == {"round": circle, "s": square, "Circle": circle, "Square": square}
    assert list(shape.mapping) == ["round", "s", "Circle", "Square"]  # the first one is written


def test_implicit_names_of_a_union() -> None:
    found = schemas(
        SHAPES
        + """
        Shape:
          anyOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
          discriminator: {propertyName: kind}
        """
    )
    assert list(named(found, "Shape").mapping) == ["Circle", "Square"]
    assert named(found, "Shape").any_of


def test_a_discriminator_on_a_base_tells_its_derived_types() -> None:
    found = schemas(
        """
        Pet: {type: object, discriminator: {propertyName: t, mapping: {meow: Cat}},
          properties: {t: {type: string}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {c: {type: string}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {d: {type: string}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {p: {type: string}}}]}
        """,
        "3.0.3",
    )
    mapping = {key: goal.rpartition("/")[2] for key, goal in named(found, "Pet").mapping.items()}
    assert mapping == {"meow": "Cat", "Dog": "Dog", "Puppy": "Puppy", "Pet": "Pet", "Cat": "Cat"}
    assert named(found, "Cat").discriminator is None


def test_a_base_that_lists_its_derived_types_is_a_base() -> None:
    found = schemas(
        """
        Pet:
          type: object
          discriminator: {propertyName: t}
          properties: {t: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {c: {type: string}}}]}
        """
    )
    assert named(found, "Pet").kind == "object"
    assert named(found, "Cat").base == "#/components/schemas/Pet"
    assert named(found, "Pet").mapping["Cat"] == "#/components/schemas/Cat"


def test_inline_alternatives_are_told_by_their_constants() -> None:
    found = schemas(
        """
        U:
          discriminator: {propertyName: t}
          oneOf:
          - {type: object, properties: {t: {const: one}, a: {type: string}}}
          - {type: object, properties: {t: {enum: [two]}, b: {type: string}}}
        """
    )
    union = named(found, "U")
    assert list(union.mapping) == ["one", "two"]
    assert [found.types[use.type].context for use in union.members] == [("U", "one"), ("U", "two")]
    assert {found.types[use.type].owner for use in union.members} == {union.id}


def test_several_types_at_once() -> None:
    found = schemas(
        "A: {type: object, properties: {a: {type: [string, integer, object, 'null'], maxLength: 3}}}"
    )
    use = member(found, "A", "a").use
    union = found.types[use.type]
    assert use.nullable
    assert union.kind == "union"
    assert [one.type.rpartition("/")[2] for one in union.members] == ["string", "integer", "object"]


def test_alternatives_of_required_members_are_no_union() -> None:
    found = schemas(
        """
        A:
          type: object
          properties: {a: {type: string}, b: {type: string}}
          anyOf: [{required: [a]}, {required: [b]}]
        """
    )
    assert named(found, "A").kind == "object"
    assert causes(found) == ["alternative-members"]


def test_named_constants_are_an_enum() -> None:
    found = schemas("A: {oneOf: [{const: 1, title: One, description: first}, {const: 2, title: Two}]}")
    assert [(one.value, one.name, one.doc) for one in named(found, "A").members] == [
        (1, "One", "first"),
        (2, "Two", ""),
    ]
    assert named(found, "A").base == "integer"


def test_one_alternative_is_no_union_inline() -> None:
    found = schemas(
        """
        A:
          type: object
          properties: {a: {oneOf: [{type: string}]}, b: {anyOf: [{type: string}, {type: string}]}}
        """
    )
    assert member(found, "A", "a").use.type == "string"
    assert member(found, "A", "b").use.type == "string"


def test_recursion_through_unions_maps_and_arrays() -> None:
    found = schemas(
        """
        Json:
          oneOf:
          - {type: string}
          - {type: array, items: {$ref: '#/components/schemas/Json'}}
          - {type: object, additionalProperties: {$ref: '#/components/schemas/Json'}}
        List: {type: array, items: {$ref: '#/components/schemas/List'}}
        Tree: {type: object, additionalProperties: {$ref: '#/components/schemas/Tree'}}
        """
    )
    assert [found.types[use.type].kind for use in named(found, "Json").members] == ["scalar", "array", "map"]
    assert named(found, "List").items.type == named(found, "List").id
    assert named(found, "Tree").values.type == named(found, "Tree").id


EXTENSIBLE = """
components:
  schemas:
    Model:
      anyOf: [{type: string}, {type: string, enum: [a-1, b-2], x-enum-varnames: [First, Second]}]
    T:
      type: object
      properties:
        size: {anyOf: [{type: string, enum: [s, m]}, {type: string}, {type: 'null'}]}
        old: {type: string, x-extensible-enum: [x, y]}
        bounded: {anyOf: [{type: string, enum: [s, m]}, {type: string, maxLength: 3}]}
        either: {oneOf: [{type: string, enum: [s, m]}, {type: string}]}
        listed: {type: string, enum: [s, m]}
"""


def test_a_list_beside_any_string_is_an_enum_to_which_others_may_come() -> None:
    found = api(EXTENSIBLE)
    model = named(found, "Model")
    assert (model.kind, model.extensible) == ("enum", True)
    assert [(one.value, one.name) for one in model.members] == [("a-1", "First"), ("b-2", "Second")]
    uses = {one.name: one.use for one in named(found, "T").properties}
    types = {name: found.types[use.type] for name, use in uses.items()}
    assert {name: type_.kind for name, type_ in types.items()} == {
        "size": "enum", "old": "enum", "bounded": "union", "either": "union", "listed": "enum",
    }  # fmt: skip
    assert uses["size"].nullable
    assert types["size"].extensible
    assert types["old"].extensible
    assert not types["listed"].extensible


ENDLESS = """
        A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: string}]}
        B: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/C'}]}
        C: {type: object, properties: {inner: {$ref: '#/components/schemas/A'}}}
        D: {anyOf: [{$ref: '#/components/schemas/E'}]}
        E: {anyOf: [{$ref: '#/components/schemas/D'}]}
        F: {anyOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}
"""


def test_unions_that_lead_back_to_themselves_have_what_is_beside_the_way() -> None:
    found = schemas(ENDLESS)
    for name in ("A", "B"):
        assert [use.type for use in named(found, name).members] == ["string", "#/components/schemas/C"]
    for name in ("D", "E"):
        assert (named(found, name).kind, named(found, name).base) == ("scalar", "any")
    told = [
        type_.name
        for type_ in found.types.values()
        if any(one.code == "endless-union" for one in type_.degraded)
    ]
    assert told == ["A", "B", "D", "E"]


LISTING = """
        Base:
          type: object
          required: [mode]
          discriminator: {propertyName: mode}
          properties: {mode: {type: string, enum: [%s]}}
        One: {allOf: [{$ref: '#/components/schemas/Base'}], x-ms-discriminator-value: one}
        Two: {allOf: [{$ref: '#/components/schemas/Base'}], x-ms-discriminator-value: two}
"""


def test_a_base_that_lists_its_derived_types_alone_has_no_value_of_its_own() -> None:
    base = named(schemas(LISTING % "one, two"), "Base")
    assert (list(base.mapping), base.untagged) == (["one", "two"], True)
    listed = named(schemas(LISTING % "one, two, Base"), "Base")
    assert (list(listed.mapping), listed.untagged) == (["one", "two", "Base"], False)
