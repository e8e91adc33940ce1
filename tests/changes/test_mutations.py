"""Seeded mutations of a document, each with what it is at least: none is judged milder."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from bindwright import ir
from bindwright import openapi as spec
from bindwright.changes import compare
from bindwright.changes.rules import COLUMNS, LEVELS, Level

from tests.changes.test_catalogue import CASES, api

BASE = "base-plain"
LETTERS = {"-": "none", "C": "compatible", "R": "risky", "B": "breaking"}
SENT_AND_READ = ("Order", "Line")
"""Schemas that are asked and answered, in JSON and in XML."""
Mutation = Callable[[dict[str, Any], random.Random], str]


def own_schema(document: dict[str, Any], choice: random.Random) -> dict[str, Any]:
    schema = document["components"]["schemas"][choice.choice(SENT_AND_READ)]
    return schema["allOf"][1] if "allOf" in schema else schema


def any_property(
    document: dict[str, Any], choice: random.Random, wanted: Callable[[str, Any, bool], bool]
) -> tuple[dict[str, Any], str]:
    """A schema and the name of one of its properties that a test takes."""
    candidates = []
    for name in SENT_AND_READ:
        schema = document["components"]["schemas"][name]
        schema = schema["allOf"][1] if "allOf" in schema else schema
        for key, value in schema["properties"].items():
            if wanted(key, value, key in schema.get("required", ())):
                candidates.append((schema, key))
    return choice.choice(candidates)


def remove_required(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: required)
    del schema["properties"][name]
    schema["required"].remove(name)
    return "RBRBB"


def remove_optional(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: not required)
    del schema["properties"][name]
    return "RRRRB"


def require(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: not required)
    schema["required"].append(name)
    return "BCBCB"


def loosen(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: required)
    schema["required"].remove(name)
    return "CBCBB"


def add_required(document: dict[str, Any], choice: random.Random) -> str:
    schema = own_schema(document, choice)
    schema["properties"][f"fresh{choice.randrange(100)}"] = {"type": "boolean"}
    schema["required"].append(next(reversed(schema["properties"])))
    return "BCBCB"


def other_type(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: value.get("type") == "string")
    schema["properties"][name] = {"type": "boolean"}
    return "BBBCB"


def allow_null(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(
        document, choice, lambda key, value, required: isinstance(value.get("type"), str)
    )
    value = schema["properties"][name]
    value["type"] = [value["type"], "null"]
    return "CBCBB"


def rename_element(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(document, choice, lambda key, value, required: "$ref" not in value)
    schema["properties"][name].setdefault("xml", {})["name"] = f"renamed{choice.randrange(100)}"
    return "--BB-"


def to_attribute(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(
        document, choice, lambda key, value, required: value.get("type") in ("string", "integer", "number")
    )
    schema["properties"][name].setdefault("xml", {})["attribute"] = True
    return "--BB-"


def shorten(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(
        document, choice, lambda key, value, required: value.get("type") == "string" and "format" not in value
    )
    schema["properties"][name]["maxLength"] = choice.randrange(1, 30)
    return "BCBC-"


def close(document: dict[str, Any], choice: random.Random) -> str:
    # Not a part of an `allOf`: it would refuse the members of the other parts.
    document["components"]["schemas"]["Line"]["additionalProperties"] = False
    return "BCBC-"


def remove_value(document: dict[str, Any], choice: random.Random) -> str:
    values = document["components"]["schemas"]["State"]["enum"]
    values.remove(choice.choice(values))
    return "BCBCB"


def remove_operation(document: dict[str, Any], choice: random.Random) -> str:
    del document["paths"][choice.choice(["/pay", "/orders"])]["post"]
    return "BBBBB"


def require_parameter(document: dict[str, Any], choice: random.Random) -> str:
    choice.choice(document["paths"]["/orders"]["get"]["parameters"])["required"] = True
    return "B-B-B"


def add_parameter(document: dict[str, Any], choice: random.Random) -> str:
    fresh = {"name": f"p{choice.randrange(100)}", "in": choice.choice(["query", "header"]), "required": True}
    choice.choice([o for p in document["paths"].values() for o in p.values()]).setdefault(
        "parameters", []
    ).append({**fresh, "schema": {"type": "string"}})
    return "B-B-B"


def another_namespace(document: dict[str, Any], choice: random.Random) -> str:
    xml = document["components"]["schemas"]["Order"]["xml"]
    xml["namespace"] = f"urn:other:{choice.randrange(100)}"
    return "--BB-"


MUTATIONS: list[Mutation] = [
    remove_required, remove_optional, require, loosen, add_required, other_type, allow_null, rename_element, to_attribute,
    shorten, close, remove_value, remove_operation, require_parameter, add_parameter, another_namespace,
]  # fmt: skip


def cases() -> Iterator[tuple[Mutation, int]]:
    for mutation in MUTATIONS:
        for seed in range(12):
            yield mutation, seed


@pytest.mark.parametrize(
    ("mutation", "seed"), list(cases()), ids=lambda value: getattr(value, "__name__", value)
)
def test_nothing_is_judged_milder(mutation: Mutation, seed: int) -> None:
    document = yaml.safe_load((CASES / f"{BASE}.yaml").read_text())
    expected = mutation(document, random.Random(seed))
    loaded = spec.loads(yaml.safe_dump(document, sort_keys=False).encode())
    assert not loaded.diagnostics.failed
    changes = compare(api(BASE), ir.lower(loaded))
    for column, letter in zip(COLUMNS, expected, strict=True):
        strongest: Level = max(
            (change.levels[column] for change in changes), key=LEVELS.index, default="none"
        )
        level = LETTERS[letter]
        assert LEVELS.index(strongest) >= LEVELS.index(level), (
            column,
            [(c.kind, c.element) for c in changes],
        )  # type: ignore[arg-type]
