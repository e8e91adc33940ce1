"""``allOf``: a base, a merge, or a plain use of what it wraps."""

from __future__ import annotations

import pytest
from bindwright.ir import lower
from bindwright.ir.model import Api, Array, Map, Object, Union
from bindwright.openapi import loads

from tests.ir.driver import api, causes, member, named, schemas

PET = """
        Pet: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer}}}
"""


def names(found: object, of: str) -> list[str]:
    return [one.name for one in named(found, of).properties]  # type: ignore[arg-type]


def test_one_reference_is_the_base() -> None:
    found = schemas(
        PET
        + """
        Cat:
          allOf:
          - $ref: '#/components/schemas/Pet'
          - {type: object, required: [claws], properties: {claws: {type: integer}}}
        """
    )
    cat = named(found, "Cat")
    assert cat.base == "#/components/schemas/Pet"
    assert names(found, "Cat") == ["name", "age", "claws"]
    assert [one.declared_in.rpartition("/")[2] for one in cat.properties] == ["Pet", "Pet", "Cat"]
    assert [one.required for one in cat.properties] == [True, False, True]


@pytest.mark.parametrize(
    "own", ["{required: [age]}", "{properties: {age: {type: integer, minimum: 1}}, required: [age]}"]
)
def test_what_says_more_about_an_inherited_member_is_derived_all_the_same(own: str) -> None:
    found = schemas(PET + f"        Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {own}]}}\n")
    cat = named(found, "Cat")
    assert cat.base == "#/components/schemas/Pet"
    assert names(found, "Cat") == ["name", "age"]
    assert member(found, "Cat", "age").required
    assert [one.declared_in for one in cat.properties] == [cat.base, cat.id]
    assert not member(found, "Pet", "age").required


def test_several_references_are_merged_and_a_diamond_counts_once() -> None:
    found = schemas(
        """
        A: {type: object, properties: {a: {type: string}}}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {c: {type: string}}}]}
        D: {allOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}
        """
    )
    assert names(found, "D") == ["a", "b", "c"]
    assert named(found, "D").base is None
    assert named(found, "C").base == "#/components/schemas/A"


def test_a_type_that_includes_itself_ends() -> None:
    found = schemas(
        """
        A: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {a: {type: string}}}]}
        B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: string}}}]}
        C: {allOf: [{$ref: '#/components/schemas/C'}, {properties: {c: {type: string}}}]}
        """
    )
    assert sorted(names(found, "A")) == ["a", "b"]
    assert "b" in names(found, "B")
    assert names(found, "C") == ["c"]


def test_wrapping_one_reference_makes_no_type() -> None:
    found = schemas(
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
    use = member(found, "Box", "pet").use
    assert (use.type, use.nullable, use.doc) == ("#/components/schemas/Pet", True, "the pet")
    assert use.xml is not None
    assert use.xml.name == "animal"
    assert not any("/Box/" in one for one in found.types)


def test_scalars_take_the_narrower_constraint() -> None:
    found = schemas(
        """
        Short: {type: string, maxLength: 10, minLength: 1}
        Shorter: {allOf: [{$ref: '#/components/schemas/Short'}, {maxLength: 5, minLength: 0}]}
        Both: {allOf: [{type: number, minimum: 1}, {type: integer, minimum: 2, maximum: 3}]}
        """
    )
    limits = named(found, "Shorter").constraints
    assert (limits.min_length, limits.max_length) == (1, 5)
    assert named(found, "Both").base == "integer"
    assert named(found, "Both").constraints.minimum == 2


def test_two_patterns_hold_both() -> None:
    import re

    found = schemas("A: {allOf: [{type: string, pattern: '^a'}, {pattern: 'z$'}]}")
    pattern = named(found, "A").constraints.pattern
    assert [bool(re.search(pattern, one)) for one in ("az", "abz", "ab", "bz")] == [True, True, False, False]


def test_what_contradicts_is_told_and_the_last_is_taken() -> None:
    found = schemas("A: {allOf: [{type: string}, {type: integer}]}")
    assert named(found, "A").base == "integer"
    assert causes(found) == ["contradiction"]


def test_enums_have_what_all_allow() -> None:
    found = schemas("A: {allOf: [{type: string, enum: [a, b, c]}, {enum: [b, c, d]}]}")
    assert [one.value for one in named(found, "A").members] == ["b", "c"]


def test_unions_are_distributed() -> None:
    found = schemas(
        """
        A: {type: object, properties: {a: {type: string}}}
        B: {type: object, properties: {b: {type: string}}}
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        X: {allOf: [{$ref: '#/components/schemas/U'}, {properties: {x: {type: integer}}}]}
        """
    )
    members = [found.types[use.type] for use in named(found, "X").members]
    assert [[one.name for one in kind.properties] for kind in members] == [["x", "a"], ["x", "b"]]  # type: ignore[union-attr]
    assert [use.type.rpartition("/")[2] for use in named(found, "U").members] == ["A", "B"]


def test_members_that_two_facets_declare_hold_both() -> None:
    found = schemas(
        """
        A: {type: object, properties: {p: {type: object, properties: {x: {type: string}}}}}
        B: {type: object, properties: {p: {type: object, properties: {y: {type: string}}}}}
        C: {allOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
        """
    )
    merged = found.types[member(found, "C", "p").use.type]
    assert [one.name for one in merged.properties] == ["x", "y"]  # type: ignore[union-attr]
    own = found.types[member(found, "A", "p").use.type]
    assert [one.name for one in own.properties] == ["x"]  # type: ignore[union-attr]


def test_siblings_of_a_reference_count_from_3_1_on() -> None:
    text = """
        A: {type: object, properties: {a: {type: string}}}
        B: {$ref: '#/components/schemas/A', properties: {b: {type: string}}}
    """
    new, old = schemas(text), schemas(text, "3.0.3")
    assert names(new, "B") == ["a", "b"]
    assert old.aliases == {"#/components/schemas/B": "#/components/schemas/A"}


def test_an_alternative_that_contradicts_stands_alone() -> None:
    found = schemas(
        """
        A:
          type: array
          items: {type: string}
          oneOf: [{type: array, items: {type: string}}, {type: object, properties: {x: {type: string}}}]
        """
    )
    kinds = [found.types[use.type] for use in named(found, "A").members]
    assert [one.kind for one in kinds] == ["array", "object"]
    assert [one.name for one in kinds[1].properties] == ["x"]  # type: ignore[union-attr]
    assert causes(found) == ["contradiction"]


def test_many_types_that_derive_from_each_other_stand_on_bases_that_can_be_imported() -> None:
    text = "".join(
        f"S{at}: {{allOf: [{{$ref: '#/components/schemas/S{at + 1}'}}], properties: {{p{at}: {{type: string}}}}}}\n"
        for at in range(120)
    )
    found = schemas(text + "S120: {type: object, properties: {z: {type: string}}}")
    for at in (0, 60, 119):
        type_ = named(found, f"S{at}")
        assert {one.name for one in type_.properties} == {"z", *(f"p{below}" for below in range(at, 120))}
        depth = 0
        while type_.base:
            own = {one.name for one in type_.properties if one.declared_in == type_.id}
            type_ = found.types[type_.base]
            assert own.isdisjoint(one.name for one in type_.properties)
            depth += 1
        assert depth <= 50
        assert {one.declared_in for one in type_.properties} == {type_.id}
    assert causes(found).count("deep-inheritance") == 2


def test_what_is_ignored_beside_a_reference_in_all_of_is_told() -> None:
    head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
    document = loads(
        head + "    A: {type: object, properties: {a: {type: string}}}\n"
        "    B: {allOf: [{$ref: '#/components/schemas/A', required: [a]}, {properties: {b: {type: string}}}]}\n"
    )
    lower(document)
    told = [(item.code, item.place.pointer) for item in document.diagnostics.items]
    assert told == [("ignored-beside-ref", "/components/schemas/B/allOf/0")]


def _members(found: Api, type_id: str) -> set[frozenset[str]]:
    """The names of the members of each object that values of a type are, or hold."""
    type_ = found.types[type_id]
    match type_:
        case Object():
            return {frozenset(prop.name for prop in type_.properties)}
        case Union():
            return set().union(*(_members(found, member.type) for member in type_.members))
        case Array():
            uses = [*type_.prefix, *([type_.items] if type_.items else [])]
            return set().union(*(_members(found, use.type) for use in uses))
        case Map():
            return _members(found, type_.values.type)
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
    found = api(
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
        assert _members(found, f"#/components/schemas/{name}") == expected, name
