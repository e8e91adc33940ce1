"""Unions, discriminators, and what only looks like a union."""

from __future__ import annotations

from tests.ir.driver import api_of, causes, member, named, schemas

SHAPES = """
        Circle: {type: object, properties: {kind: {type: string}, r: {type: number}}}
        Square: {type: object, properties: {kind: {type: string}, a: {type: number}}}
"""


def test_names_and_references_in_a_mapping() -> None:
    api = schemas(
        SHAPES
        + """
        Shape:
          oneOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
          discriminator: {propertyName: kind, mapping: {round: Circle, s: '#/components/schemas/Square'}}
        """
    )
    shape = named(api, "Shape")
    assert shape.discriminator == "kind"
    circle, square = "#/components/schemas/Circle", "#/components/schemas/Square"
    assert shape.mapping == {"round": circle, "s": square, "Circle": circle, "Square": square}
    assert list(shape.mapping) == ["round", "s", "Circle", "Square"]  # the first one is written


def test_implicit_names_of_a_union() -> None:
    api = schemas(
        SHAPES
        + """
        Shape:
          anyOf: [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}]
          discriminator: {propertyName: kind}
        """
    )
    assert list(named(api, "Shape").mapping) == ["Circle", "Square"]
    assert named(api, "Shape").any_of


def test_a_discriminator_on_a_base_tells_its_derived_types() -> None:
    api = schemas(
        """
        Pet: {type: object, discriminator: {propertyName: t, mapping: {meow: Cat}},
          properties: {t: {type: string}}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {c: {type: string}}}]}
        Dog: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {d: {type: string}}}]}
        Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}, {properties: {p: {type: string}}}]}
        """,
        "3.0.3",
    )
    mapping = {key: goal.rpartition("/")[2] for key, goal in named(api, "Pet").mapping.items()}
    assert mapping == {"meow": "Cat", "Dog": "Dog", "Puppy": "Puppy", "Pet": "Pet", "Cat": "Cat"}
    assert named(api, "Cat").discriminator is None


def test_a_base_that_lists_its_derived_types_is_a_base() -> None:
    api = schemas(
        """
        Pet:
          type: object
          discriminator: {propertyName: t}
          properties: {t: {type: string}}
          oneOf: [{$ref: '#/components/schemas/Cat'}]
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {c: {type: string}}}]}
        """
    )
    assert named(api, "Pet").kind == "object"
    assert named(api, "Cat").base == "#/components/schemas/Pet"
    assert named(api, "Pet").mapping["Cat"] == "#/components/schemas/Cat"


def test_inline_alternatives_are_told_by_their_constants() -> None:
    api = schemas(
        """
        U:
          discriminator: {propertyName: t}
          oneOf:
          - {type: object, properties: {t: {const: one}, a: {type: string}}}
          - {type: object, properties: {t: {enum: [two]}, b: {type: string}}}
        """
    )
    union = named(api, "U")
    assert list(union.mapping) == ["one", "two"]
    assert [api.types[use.type].context for use in union.members] == [("U", "one"), ("U", "two")]
    assert {api.types[use.type].owner for use in union.members} == {union.id}


def test_several_types_at_once() -> None:
    api = schemas(
        "A: {type: object, properties: {a: {type: [string, integer, object, 'null'], maxLength: 3}}}"
    )
    use = member(api, "A", "a").use
    union = api.types[use.type]
    assert use.nullable
    assert union.kind == "union"
    assert [use.type.rpartition("/")[2] for use in union.members] == ["string", "integer", "object"]


def test_alternatives_of_required_members_are_no_union() -> None:
    api = schemas(
        """
        A:
          type: object
          properties: {a: {type: string}, b: {type: string}}
          anyOf: [{required: [a]}, {required: [b]}]
        """
    )
    assert named(api, "A").kind == "object"
    assert causes(api) == ["alternative-members"]


def test_named_constants_are_an_enum() -> None:
    api = schemas("A: {oneOf: [{const: 1, title: One, description: first}, {const: 2, title: Two}]}")
    assert [(member.value, member.name, member.doc) for member in named(api, "A").members] == [
        (1, "One", "first"),
        (2, "Two", ""),
    ]
    assert named(api, "A").base == "integer"


def test_one_alternative_is_no_union_inline() -> None:
    api = schemas(
        """
        A:
          type: object
          properties: {a: {oneOf: [{type: string}]}, b: {anyOf: [{type: string}, {type: string}]}}
        """
    )
    assert member(api, "A", "a").use.type == "string"
    assert member(api, "A", "b").use.type == "string"


def test_recursion_through_unions_maps_and_arrays() -> None:
    api = schemas(
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
    assert [api.types[use.type].kind for use in named(api, "Json").members] == ["scalar", "array", "map"]
    assert named(api, "List").items.type == named(api, "List").id
    assert named(api, "Tree").values.type == named(api, "Tree").id


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
    api = api_of(EXTENSIBLE)
    model = named(api, "Model")
    assert (model.kind, model.extensible) == ("enum", True)
    assert [(member.value, member.name) for member in model.members] == [("a-1", "First"), ("b-2", "Second")]
    uses = {property_.name: property_.use for property_ in named(api, "T").properties}
    types = {name: api.types[use.type] for name, use in uses.items()}
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
    api = schemas(ENDLESS)
    for name in ("A", "B"):
        assert [use.type for use in named(api, name).members] == ["string", "#/components/schemas/C"]
    for name in ("D", "E"):
        assert (named(api, name).kind, named(api, name).base) == ("scalar", "any")
    degraded = [
        type_.name
        for type_ in api.types.values()
        if any(cause.code == "endless-union" for cause in type_.degraded)
    ]
    assert degraded == ["A", "B", "D", "E"]


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
