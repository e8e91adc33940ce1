"""Single schemas: inference, enums, tuples, maps, facts of places, and what is wrong but common."""

from __future__ import annotations

from decimal import Decimal

import pytest
from bindwright.ir import lower
from bindwright.ir.lowering.passes import endless_values

from tests.ir.driver import causes, document, member, named, schemas

KINDS = [
    ("{}", "any"),
    ("true", "any"),
    ("false", "never"),
    ("{type: string}", "string"),
    ("{type: string, format: date-time}", "string:date-time"),
    ("{format: date}", "string:date"),
    ("{format: int64}", "integer:int64"),
    ("{minLength: 1}", "string"),
    ("{minimum: 1}", "number"),
    ("{type: int}", "integer"),
    ("{type: String}", "string"),
    ("{type: string, format: binary}", "string:binary"),
    ("{type: string, contentEncoding: base64, contentMediaType: image/png}", "string;base64;image/png"),
    ("{contentMediaType: application/octet-stream}", "string;;application/octet-stream"),
    ("{description: anything}", "any"),
]


@pytest.mark.parametrize(("schema", "expected"), KINDS)
def test_interned_scalars(schema: str, expected: str) -> None:
    api = schemas(f"A: {{type: object, properties: {{a: {schema}}}}}")
    assert member(api, "A", "a").use.type == expected
    assert api.types[expected].id == expected


INFERRED = [
    ("{properties: {a: {}}}", "object"),
    ("{required: [a]}", "map"),
    ("{items: {}}", "array"),
    ("{enum: [a]}", "enum"),
    ("{const: 5}", "enum"),
    ("{additionalProperties: {type: string}}", "map"),
    ("{type: object}", "map"),
    ("{type: object, properties: {}}", "object"),
    ("{type: object, additionalProperties: false}", "object"),
    ("{prefixItems: [{type: string}]}", "array"),
    ("{patternProperties: {^a: {type: string}}}", "object"),
    ("{patternProperties: {^a: {type: string}}, additionalProperties: false}", "map"),
    ("{patternProperties: {^a: {type: string}, ^b: {}}}", "object"),
]


@pytest.mark.parametrize(("schema", "kind"), INFERRED)
def test_kinds(schema: str, kind: str) -> None:
    api = schemas(f"A: {schema}")
    assert named(api, "A").kind == kind
    assert named(api, "A").name == "A"


SURVIVED = [
    ("{type: object, properties: null}", "map", []),
    ("{type: object, properties: {a: null}}", "object", ["invalid-schema"]),
    ("{type: array}", "array", []),
    ("{type: object, properties: [a]}", "map", ["invalid-schema"]),
    ("{allOf: {$ref: x}}", "scalar", ["invalid-schema"]),
    ("{type: 5}", "scalar", ["invalid-type"]),
    ("{type: wibble}", "scalar", ["unknown-type"]),
    ("{oneOf: []}", "scalar", ["invalid-schema"]),
    ("{enum: []}", "scalar", []),
    ("{not: {type: string}}", "scalar", ["unexpressed-not"]),
    ("{$ref: '#/nowhere', properties: {a: {type: string}}}", "object", ["unresolved-reference"]),
]


@pytest.mark.parametrize(("schema", "kind", "codes"), SURVIVED)
def test_what_is_wrong_is_survived(schema: str, kind: str, codes: list[str]) -> None:
    api = schemas(f"A: {schema}")
    assert named(api, "A").kind == kind
    assert causes(api) == codes


def test_a_flag_for_required_on_the_member() -> None:
    api = schemas("A: {type: object, properties: {a: {type: string, required: true}}}", "3.0.3")
    assert member(api, "A", "a").required


def test_conditional_members_are_optional_ones() -> None:
    api = schemas(
        """
        A:
          type: object
          properties: {a: {type: string}}
          if: {properties: {a: {const: x}}}
          then: {properties: {b: {type: string}}, required: [b]}
          else: {properties: {c: {type: string}}}
          dependentSchemas: {a: {properties: {d: {type: string}}}}
        """
    )
    assert [(property_.name, property_.required) for property_ in named(api, "A").properties] == [
        ("a", False),
        ("b", False),
        ("c", False),
        ("d", False),
    ]
    assert causes(api) == ["unexpressed-dependent-schemas", "unexpressed-if"]


def test_conditional_members_may_be_what_any_condition_says() -> None:
    api = schemas(
        """
        A:
          type: object
          if: {required: [k]}
          then: {properties: {both: {type: integer}, same: {type: string}, none: false}}
          else: {properties: {both: {type: string, format: date}, same: {type: string, description: d}, none: {type: integer}}}
          dependentSchemas: {x: {properties: {only: {type: integer}, seen: {$ref: '#/components/schemas/B'}}}, y: {$ref: '#/components/schemas/C'}}
        B: {type: object, properties: {n: {type: integer}}}
        C: {type: object, properties: {seen: {type: boolean}}}
        """
    )
    properties = {property_.name: property_ for property_ in named(api, "A").properties}
    both, seen = (api.types[properties[name].use.type] for name in ("both", "seen"))
    assert [use.type for use in both.members] == ["integer", "string:date"]
    assert [api.types[use.type].kind for use in seen.members] == ["object", "scalar"]
    assert [properties[name].use.type for name in ("same", "none", "only")] == [
        "string",
        "integer",
        "integer",
    ]
    conditional = {name for name, property_ in properties.items() if property_.conditional}
    assert conditional == {"only", "seen"}  # then and else leave no case out


def test_tuples() -> None:
    api = schemas(
        """
        New: {type: array, prefixItems: [{type: string}, {type: integer}], items: false}
        Old: {type: array, items: [{type: string}, {type: integer}], additionalItems: {type: boolean}}
        """
    )
    assert [use.type for use in named(api, "New").prefix] == ["string", "integer"]
    assert named(api, "New").items is None
    assert [use.type for use in named(api, "Old").prefix] == ["string", "integer"]
    assert named(api, "Old").items.type == "boolean"


def test_enums_of_all_types() -> None:
    api = schemas(
        """
        Words: {type: string, enum: [a, b, a], x-enum-varnames: [First, Second],
          x-enum-descriptions: [one, two]}
        Mixed: {enum: [a, 1, true, 1.5, [x]]}
        Flags: {type: boolean, enum: [true]}
        Quoted: {type: string, enum: [1, 2]}
        Numbers: {type: number, enum: [1, 2.5]}
        Microsoft: {type: string, enum: [a], x-ms-enum: {values: [{value: a, name: Alpha, description: x}]}}
        """
    )
    words = named(api, "Words")
    assert [(member.value, member.name, member.doc) for member in words.members] == [
        ("a", "First", "one"),
        ("b", "Second", "two"),
    ]
    assert named(api, "Mixed").base == "mixed"
    assert named(api, "Flags").base == "boolean"
    assert [member.value for member in named(api, "Quoted").members] == ["1", "2"]
    assert named(api, "Numbers").base == "number"
    assert named(api, "Microsoft").members[0].name == "Alpha"


def test_facts_of_a_place() -> None:
    api = schemas(
        """
        A:
          type: object
          properties:
            a:
              {type: integer, description: d, default: 3, readOnly: true, deprecated: true, example: 4,
               minimum: 0, exclusiveMaximum: true, maximum: 9, x-mine: {a: 1}}
        """,
        "3.0.3",
    )
    use = member(api, "A", "a").use
    assert (use.type, use.doc, use.default, use.has_default) == ("integer", "d", 3, True)
    assert (use.read_only, use.deprecated, use.examples, use.extensions) == (
        True,
        True,
        [4],
        {"x-mine": {"a": 1}},
    )
    assert use.constraints is not None
    limits = use.constraints
    assert (limits.minimum, limits.maximum, limits.exclusive_maximum) == (0, None, 9)


def test_defaults_of_a_named_type_reach_its_uses() -> None:
    api = schemas(
        """
        A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}
        B: {type: string, default: x, readOnly: true}
        """
    )
    use = member(api, "A", "b").use
    assert (use.default, use.has_default, use.read_only) == ("x", True, True)


def test_inline_types_know_their_place() -> None:
    api = schemas(
        """
        Order:
          type: object
          properties:
            lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}
        """
    )
    line = api.types["#/components/schemas/Order/properties/lines/items"]
    assert line.context == ("Order", "lines", "item")
    assert line.owner == "#/components/schemas/Order"
    assert line.name is None


def test_a_reference_into_a_schema_is_the_same_type() -> None:
    api = schemas(
        """
        A: {type: object, properties: {b: {$ref: '#/components/schemas/Z/properties/inner'},
            c: {$ref: '#/components/schemas/Z/properties/text'}}}
        Z: {type: object, properties: {inner: {type: object, properties: {x: {type: string}}},
            text: {type: string, format: uuid, nullable: true}}}
        """
    )
    assert member(api, "A", "b").use.type == member(api, "Z", "inner").use.type
    assert api.types[member(api, "A", "b").use.type].context == ("Z", "inner")
    assert member(api, "A", "c").use.type == "string:uuid"
    assert member(api, "A", "c").use.nullable


def test_adding_and_reordering_changes_no_id() -> None:
    first = schemas(
        """
        A: {type: object, properties: {a: {enum: [x]}}}
        B: {type: object, properties: {b: {type: object, properties: {c: {}}}}}
        """
    )
    second = schemas(
        """
        C: {type: string}
        B: {type: object, properties: {n: {enum: [y]}, b: {type: object, properties: {c: {}}}}}
        A: {type: object, properties: {a: {enum: [x]}}}
        """
    )
    assert set(first.types) <= set(second.types)
    assert all(first.types[name].context == second.types[name].context for name in first.types)


def test_depth_ends_in_a_diagnostic() -> None:
    import json

    from bindwright.ir import lower
    from bindwright.openapi import LoadLimits, LoadOptions, loads

    schema: dict[str, object] = {"type": "string"}
    for _ in range(200):
        schema = {"type": "object", "properties": {"a": schema}}
    root = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "components": {"schemas": {"A": schema}},
    }
    options = LoadOptions(check=False, limits=LoadLimits(depth=2000))
    api = lower(loads(json.dumps(root), options=options))
    assert causes(api) == ["too-deep"]


def test_numbers_keep_their_spelling() -> None:
    from bindwright.ir.lowering.values import number

    assert number(Decimal("1.10")) == "1.10"
    assert number("1.50") == "1.50"
    assert number(True) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/^[a-z]+$/", "^[a-z]+$"),
        ("/^a/i", "^a"),
        ("/b$/", "b$"),
        ("/a/b/", "/a/b/"),  # a path: that can match
        ("^/a/$", "^/a/$"),
        (r"/cost\$/", r"/cost\$/"),
    ],
)
def test_patterns_between_slashes(written: str, meant: str) -> None:
    from bindwright.ir import lower

    from tests.ir.driver import document

    text = f"components: {{schemas: {{A: {{type: object, properties: {{a: {{type: string, pattern: '{written}'}}}}}}}}}}"
    read = document(text)
    constraints = member(lower(read), "A", "a").use.constraints
    assert constraints is not None
    assert constraints.pattern == meant
    diagnostics = [(item.code, item.place.pointer) for item in read.diagnostics.items]
    assert diagnostics == [("slashed-pattern", "/components/schemas/A/properties/a/pattern")] * (
        written != meant
    )


def test_nothing_is_said_twice() -> None:
    """What the check has said, the lowering does not say again; and the same thing of a place is said once."""
    from bindwright.ir import lower
    from bindwright.openapi import LoadOptions, loads

    text = """
        openapi: 3.1.0
        info: {title: t, version: "1"}
        paths:
          /a/{id}: {get: {operationId: x, responses: {20O: {description: x}}}}
          /b: {get: {operationId: x, responses: {'200': {description: x}}}}
        components:
          schemas:
            A: {type: string, minLength: -1}
            B: {oneOf: [{type: object}], discriminator: {propertyName: k, mapping: {c: '#/components/schemas/C'}}}
    """
    read = loads(text, options=LoadOptions(tolerant=True))
    lower(read)
    diagnostics = [(item.code, item.place.pointer) for item in read.diagnostics.items]
    assert sorted(diagnostics) == [
        ("duplicate-operation-id", "/paths/~1b/get/operationId"),
        ("path-parameter-missing", "/paths/~1a~1{id}/get"),
        ("unknown-status", "/paths/~1a~1{id}/get/responses/20O"),
        *[("unresolved-reference", "/components/schemas/B/discriminator/mapping/c")] * 2,
        ("wrong-bound", "/components/schemas/A/minLength"),
    ]


ALL = "[string, number, boolean, 'null', array, object]"


def test_a_list_of_all_types_keeps_what_items_and_members_are() -> None:
    """Any JSON value, spelled out: one keyword of arrays or objects does not make it an object."""
    api = schemas(
        f"A: {{type: {ALL}, items: {{$ref: '#/components/schemas/A'}}, additionalProperties: true}}"
    )
    assert named(api, "A").kind == "union"
    assert len(named(api, "A").members) == 5
    assert named(schemas(f"A: {{type: {ALL}}}"), "A").kind == "scalar"


def test_what_only_names_or_positions_tell_is_degraded() -> None:
    api = schemas("""
        Patterns: {patternProperties: {^a: {type: string}, ^b: {type: integer}}, additionalProperties: false}
        Beside: {properties: {x: {}}, patternProperties: {^a: {type: string}}, additionalProperties: {type: integer}}
        Same: {properties: {x: {}}, patternProperties: {^a: {type: string}, ^b: {type: string}}, additionalProperties: false}
        Alone: {patternProperties: {^a: {type: string}}}
        Both: {patternProperties: {^a: {type: string}, ^b: {type: string}}}
        Every: {patternProperties: {^.*$: {type: string}}}
        Shut: {patternProperties: {^a: {type: string}}, additionalProperties: false}
        Open: {prefixItems: [{type: string}, {type: integer}]}
        Tuple: {prefixItems: [{type: string}, {type: integer}], items: false}
    """)
    codes = {
        name: [degraded.code for degraded in named(api, name).degraded]
        for name in ("Patterns", "Beside", "Same", "Alone", "Both", "Every", "Shut", "Open", "Tuple")
    }
    assert codes == {
        "Patterns": ["type-by-pattern"], "Beside": ["type-by-pattern"], "Same": [], "Alone": ["type-by-pattern"],
        "Both": ["type-by-pattern"], "Every": [], "Shut": [], "Open": ["open-tuple"], "Tuple": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "limit",
    ["minimum: .nan", "maximum: .inf", "exclusiveMinimum: 'NaN'", "multipleOf: 0", "multipleOf: -2"],
)
def test_limits_that_no_number_can_be_held_against_are_told_and_left_out(limit: str) -> None:
    read = document(
        f"components: {{schemas: {{A: {{type: object, properties: {{a: {{type: number, {limit}}}}}}}}}}}"
    )
    assert member(lower(read), "A", "a").use.constraints is None
    assert "invalid-constraint" in {diagnostic.code for diagnostic in read.diagnostics.items}


def test_what_requires_itself_is_told_of() -> None:
    read = document(
        """
        components:
          schemas:
            Foo: {type: object, required: [foo], properties: {foo: {$ref: '#/components/schemas/Foo'}}}
            A: {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}
            B: {type: array, minItems: 1, items: {$ref: '#/components/schemas/A'}}
            List: {type: object, required: [l], properties: {l: {type: array, items: {$ref: '#/components/schemas/List'}}}}
            Null: {type: object, required: [n], properties: {n: {oneOf: [{$ref: '#/components/schemas/Null'}, {type: 'null'}]}}}
            Leaf: {type: object, required: [n], properties: {n: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {type: string}]}}}
            Free: {type: object, properties: {f: {$ref: '#/components/schemas/Free'}}}
        """
    )
    lower(read)
    pointers = [item.place.pointer for item in read.diagnostics.items if item.code == "endless-value"]
    assert pointers == [f"/components/schemas/{name}" for name in ("Foo", "A", "B")]


def test_chains_of_required_members_are_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    count, asked = 60, list[str]()
    member_of = "{{type: object, required: [n], properties: {{n: {{$ref: '#/components/schemas/T{}'}}}}}}"
    lines = [f"T{number}: {member_of.format(number + 1)}" for number in range(count)]
    ends = endless_values._ends
    monkeypatch.setattr(
        endless_values, "_ends", lambda type_, waiting: asked.append(type_.id) or ends(type_, waiting)
    )
    schemas_text = ", ".join([*lines, f"T{count}: {{type: object}}"])
    lower(document(f"components: {{schemas: {{{schemas_text}}}}}"))
    assert len(asked) <= 3 * count
