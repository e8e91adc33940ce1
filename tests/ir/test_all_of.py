"""``allOf``: a base, a merge, or a plain use of what it wraps."""

from __future__ import annotations

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Api, Array, Map, Object, Union, Use
from bindwright.openapi import loads
from bindwright.serve.answers.sample import Sampler
from bindwright.serve.validation.json_values import Checker

from tests.ir.driver import api_of, causes, member, named, schemas

PET = """
        Pet: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
"""


def names(api: object, of: str) -> list[str]:
    return [property_.name for property_ in named(api, of).properties]  # type: ignore[arg-type]


def test_one_reference_is_the_base() -> None:
    api = schemas(
        PET
        + """
        Cat:
          allOf:
          - $ref: '#/components/schemas/Pet'
          - {type: object, required: [claws], properties: {claws: {type: integer}}}
        """
    )
    cat = named(api, "Cat")
    assert cat.base == "#/components/schemas/Pet"
    assert names(api, "Cat") == ["name", "age", "claws"]
    assert [property_.declared_in.rpartition("/")[2] for property_ in cat.properties] == ["Pet", "Pet", "Cat"]
    assert [property_.required for property_ in cat.properties] == [True, False, True]


@pytest.mark.parametrize(
    "own", ["{required: [age]}", "{properties: {age: {type: integer, minimum: 1}}, required: [age]}"]
)
def test_what_says_more_about_an_inherited_member_is_derived_all_the_same(own: str) -> None:
    api = schemas(PET + f"        Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {own}]}}\n")
    cat = named(api, "Cat")
    assert cat.base == "#/components/schemas/Pet"
    assert names(api, "Cat") == ["name", "age"]
    assert member(api, "Cat", "age").required
    assert [property_.declared_in for property_ in cat.properties] == [cat.base, cat.id]
    assert not member(api, "Pet", "age").required


def test_several_references_are_merged_and_a_diamond_counts_once() -> None:
    api = schemas(
        """
        A: {type: object, properties: {a: {type: string}}}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {c: {type: string}}}]}
        D: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
        """
    )
    assert names(api, "D") == ["a", "b", "c"]
    assert named(api, "D").base is None
    assert named(api, "C").base == "#/components/schemas/A"


def test_a_type_that_includes_itself_ends() -> None:
    api = schemas(
        """
        A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        C: {allOf: [{$ref: '#/components/schemas/C'}, {properties: {c: {type: string}}}]}
        """
    )
    assert sorted(names(api, "A")) == ["a", "b"]
    assert "b" in names(api, "B")
    assert names(api, "C") == ["c"]


def test_wrapping_one_reference_makes_no_type() -> None:
    api = schemas(
        PET
        + """
        Box:
          type: object
          properties:
            pet:
              allOf: [{$ref: '#/components/schemas/Pet'}]
              description: the pet
              nullable: true
              xml: {name: animal}
        """,
        "3.0.3",
    )
    use = member(api, "Box", "pet").use
    assert (use.type, use.nullable, use.doc) == ("#/components/schemas/Pet", True, "the pet")
    assert use.xml is not None
    assert use.xml.name == "animal"
    assert not any("/Box/" in type_id for type_id in api.types)


def test_scalars_take_the_narrower_constraint() -> None:
    api = schemas(
        """
        Short: {type: string, maxLength: 10, minLength: 1}
        Shorter: {allOf: [{$ref: '#/components/schemas/Short'}, {maxLength: 5, minLength: 0}]}
        Both: {allOf: [{type: number, minimum: 1}, {type: integer, minimum: 2, maximum: 3}]}
        """
    )
    limits = named(api, "Shorter").constraints
    assert (limits.min_length, limits.max_length) == (1, 5)
    assert named(api, "Both").base == "integer"
    assert named(api, "Both").constraints.minimum == 2


def test_two_patterns_hold_both() -> None:
    import re

    api = schemas("A: {allOf: [{type: string, pattern: '^a'}, {pattern: 'z$'}]}")
    pattern = named(api, "A").constraints.pattern
    assert [bool(re.search(pattern, text)) for text in ("az", "abz", "ab", "bz")] == [
        True,
        True,
        False,
        False,
    ]


def test_what_contradicts_is_told_and_the_last_is_taken() -> None:
    api = schemas("A: {allOf: [{type: string}, {type: integer}]}")
    assert named(api, "A").base == "integer"
    assert causes(api) == ["contradiction"]


def test_enums_have_what_all_allow() -> None:
    api = schemas("A: {allOf: [{type: string, enum: [a, b, c]}, {enum: [b, c, d]}]}")
    assert [member.value for member in named(api, "A").members] == ["b", "c"]


def test_unions_are_distributed() -> None:
    api = schemas(
        """
        A: {type: object, properties: {a: {type: string}}}
        B: {type: object, properties: {b: {type: string}}}
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        X: {allOf: [{$ref: '#/components/schemas/U'}, {properties: {x: {type: integer}}}]}
        """
    )
    members = [api.types[use.type] for use in named(api, "X").members]
    assert [[property_.name for property_ in kind.properties] for kind in members] == [["x", "a"], ["x", "b"]]  # type: ignore[union-attr]
    assert [use.type.rpartition("/")[2] for use in named(api, "U").members] == ["A", "B"]


def test_members_that_two_facets_declare_hold_both() -> None:
    api = schemas(
        """
        A: {type: object, properties: {p: {type: object, properties: {x: {type: string}}}}}
        B: {type: object, properties: {p: {type: object, properties: {y: {type: string}}}}}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        """
    )
    merged = api.types[member(api, "C", "p").use.type]
    assert [property_.name for property_ in merged.properties] == ["x", "y"]  # type: ignore[union-attr]
    own = api.types[member(api, "A", "p").use.type]
    assert [property_.name for property_ in own.properties] == ["x"]  # type: ignore[union-attr]


def test_siblings_of_a_reference_count_from_3_1_on() -> None:
    text = """
        A: {type: object, properties: {a: {type: string}}}
        B: {$ref: '#/components/schemas/A', properties: {b: {type: string}}}
    """
    new, old = schemas(text), schemas(text, "3.0.3")
    assert names(new, "B") == ["a", "b"]
    assert old.aliases == {"#/components/schemas/B": "#/components/schemas/A"}


def test_an_alternative_that_contradicts_stands_alone() -> None:
    api = schemas(
        """
        A:
          type: array
          items: {type: string}
          oneOf: [{type: array, items: {type: string}}, {type: object, properties: {x: {type: string}}}]
        """
    )
    kinds = [api.types[use.type] for use in named(api, "A").members]
    assert [kind.kind for kind in kinds] == ["array", "object"]
    assert [property_.name for property_ in kinds[1].properties] == ["x"]  # type: ignore[union-attr]
    assert causes(api) == ["contradiction"]


def test_many_types_that_derive_from_each_other_stand_on_bases_that_can_be_imported() -> None:
    text = "".join(
        f"S{at}: {{allOf: [{{$ref: '#/components/schemas/S{at + 1}'}}], properties: {{p{at}: {{type: string}}}}}}\n"
        for at in range(120)
    )
    api = schemas(text + "S120: {type: object, properties: {z: {type: string}}}")
    for at in (0, 60, 119):
        type_ = named(api, f"S{at}")
        assert {property_.name for property_ in type_.properties} == {
            "z",
            *(f"p{below}" for below in range(at, 120)),
        }
        depth = 0
        while type_.base:
            own = {property_.name for property_ in type_.properties if property_.declared_in == type_.id}
            type_ = api.types[type_.base]
            assert own.isdisjoint(property_.name for property_ in type_.properties)
            depth += 1
        assert depth <= 50
        assert {property_.declared_in for property_ in type_.properties} == {type_.id}
    assert causes(api).count("deep-inheritance") == 2


def test_what_is_ignored_beside_a_reference_in_all_of_is_told() -> None:
    head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
    document = loads(
        head + "    A: {type: object, properties: {a: {type: string}}}\n"
        "    B: {allOf: [{$ref: '#/components/schemas/A', required: [a]}, {properties: {b: {type: string}}}]}\n"
    )
    lower(document)
    diagnostics = [(item.code, item.place.pointer) for item in document.diagnostics.items]
    assert diagnostics == [("ignored-beside-ref", "/components/schemas/B/allOf/0")]


def _members(api: Api, type_id: str) -> set[frozenset[str]]:
    """The names of the members of each object that values of a type are, or hold."""
    type_ = api.types[type_id]
    match type_:
        case Object():
            return {frozenset(prop.name for prop in type_.properties)}
        case Union():
            return set().union(*(_members(api, member.type) for member in type_.members))
        case Array():
            uses = [*type_.prefix, *([type_.items] if type_.items else [])]
            return set().union(*(_members(api, use.type) for use in uses))
        case Map():
            return _members(api, type_.values.type)
    return set()


HOLDERS = [
    "{{type: array, items: {}}}",
    "{{type: array, prefixItems: [{}], items: false}}",
    "{{type: object, additionalProperties: {}}}",
    "{{type: object, patternProperties: {{'^a': {}}}, additionalProperties: false}}",
    "{{oneOf: [{}, {{type: 'null'}}]}}",
    "{{anyOf: [{}, {{type: object, required: [z], properties: {{z: {{type: string}}}}}}]}}",
]


@pytest.mark.parametrize("holder", HOLDERS)
def test_two_schemas_add_to_one_each_their_own(holder: str) -> None:
    """Neither loses what the base says, nor gets what the other one adds."""

    def described(member: str) -> str:
        return f"{{type: object, required: [{member}], properties: {{{member}: {{type: integer}}}}}}"

    base, beside = holder.format(described("a")), holder
    if "Of:" in holder:  # what stands beside a list of alternatives holds for each of them
        beside = "{}"
    api = api_of(
        f"""
        components:
          schemas:
            Base: {base}
            First: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {beside.format(described("b"))}]}}
            Second: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {beside.format(described("c"))}]}}
        """
    )
    rest = {"z"} if "z:" in holder else None
    for name, added in (("Base", set[str]()), ("First", {"b"}), ("Second", {"c"})):
        expected = {frozenset({"a"} | added)} | ({frozenset(rest | added)} if rest else set())
        assert _members(api, f"#/components/schemas/{name}") == expected, name


CONTRADICTIONS = """
A:
  type: object
  required: [e]
  properties:
    a: {allOf: [{type: string}, {type: integer}]}
    b: {allOf: [{enum: [x]}, {enum: [y]}]}
    c: {allOf: [{const: 1}, {const: 2}]}
    d: {allOf: [{type: string}, {maxLength: 2}]}
    e: {type: string}
    f: {type: array, items: {allOf: [{type: string}, {type: integer}]}}
    g: {type: object, required: [n], properties: {n: {allOf: [{type: string}, {type: integer}]}}}
"""


def test_of_a_contradiction_no_value_is_valid() -> None:
    api = schemas(CONTRADICTIONS)
    asserted = {name: member(api, "A", name).use for name in "abcd"}
    of_types = {name: [*use.asserts, *api.types[use.type].asserts] for name, use in asserted.items()}
    assert of_types == {"a": [False], "b": [False], "c": [False], "d": []}
    assert causes(api) == ["contradiction"] * 5


def test_samples_leave_out_what_no_value_satisfies_and_nothing_else() -> None:
    api = schemas(CONTRADICTIONS)
    sample = Sampler(api).sample(Use(type="#/components/schemas/A"))
    assert sorted(sample) == ["d", "e", "f"]
    assert sample["f"] == []
    # A request could never be right: its type is all that is asked.
    assert not Checker(api).check({"e": "x", "a": 1}, Use(type="#/components/schemas/A"))
    assert Checker(api, "response").check({"e": "x", "a": 1}, Use(type="#/components/schemas/A"))


@pytest.mark.parametrize(
    ("of_all", "of_members", "is_asserted"),
    [
        ("{type: string}", "{type: string, maxLength: 3}", False),
        ("{type: string, description: d}", "{type: string, title: t}", False),
        ("{type: string}", "{type: string, nullable: true}", True),
        ("{type: string, nullable: true}", "{type: string}", True),
        ("{type: string}", "{type: integer}", True),
        ("{type: string}", "{}", True),
        ("{type: string}", "{$ref: '#/components/schemas/Text'}", True),
        ("{type: object, additionalProperties: false}", "{type: object, additionalProperties: false}", True),
    ],
)
def test_what_is_said_of_further_members_is_asserted_where_their_own_schemas_do_not_say_it(
    of_all: str, of_members: str, is_asserted: bool
) -> None:
    """`additionalProperties` sees the properties beside it alone, and so holds for those of other parts, too."""
    api = schemas(
        f"""
        Text: {{type: string}}
        A: {{type: object, additionalProperties: {of_all}, allOf: [{{properties: {{a: {of_members}}}}}]}}
        """,
        version="3.0.4",
    )
    assert bool(named(api, "A").asserts) is is_asserted
