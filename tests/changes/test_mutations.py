"""Seeded mutations of a document, each with what it is at least: none is judged milder."""

from __future__ import annotations

import random
from collections.abc import Callable
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


def one_operation(document: dict[str, Any], choice: random.Random) -> dict[str, Any]:
    return choice.choice([operation for item in document["paths"].values() for operation in item.values()])


def rename_path(document: dict[str, Any], choice: random.Random) -> str:
    path = choice.choice(list(document["paths"]))
    document["paths"][f"/v2{path}"] = document["paths"].pop(path)
    return "BBBB-"


def another_method(document: dict[str, Any], choice: random.Random) -> str:
    item = document["paths"][choice.choice(["/orders", "/pay"])]
    item["put"] = item.pop("post")
    return "BBBB-"


def another_status(document: dict[str, Any], choice: random.Random) -> str:
    responses = one_operation(document, choice)["responses"]
    success = next(status for status in responses if status[0] == "2")
    responses["20" + choice.choice("267")] = responses.pop(success)
    return "-B-B-"


def without_body(document: dict[str, Any], choice: random.Random) -> str:
    responses = one_operation(document, choice)["responses"]
    success = next(status for status in responses if status[0] == "2")
    del responses[success]["content"]
    return "-B-BB"


def secured(document: dict[str, Any], choice: random.Random) -> str:
    document["components"]["securitySchemes"] = {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
    one_operation(document, choice)["security"] = [{"key": []}]
    return "B-B-C"


def another_server(document: dict[str, Any], choice: random.Random) -> str:
    document["servers"][0]["url"] = f"https://shop.example/v{choice.randrange(2, 100)}"
    return "RRRRB"


def without_json(document: dict[str, Any], choice: random.Random) -> str:
    del document["paths"]["/orders"]["post"]["requestBody"]["content"]["application/json"]
    return "B----"


def without_xml(document: dict[str, Any], choice: random.Random) -> str:
    response = choice.choice([document["paths"]["/orders"]["get"]["responses"]["200"],
                              document["paths"]["/orders"]["post"]["responses"]["201"]])  # fmt: skip
    del response["content"]["application/xml"]
    return "---B-"


def another_name(document: dict[str, Any], choice: random.Random) -> str:
    one_operation(document, choice)["operationId"] = f"doThing{choice.randrange(100)}"
    return "----B"


def another_tag(document: dict[str, Any], choice: random.Random) -> str:
    one_operation(document, choice)["tags"] = [f"group{choice.randrange(100)}"]
    return "----B"


def drop_parameter(document: dict[str, Any], choice: random.Random) -> str:
    parameters = document["paths"]["/orders"]["get"]["parameters"]
    parameters.remove(choice.choice(parameters))
    return "R-R-B"


def another_place(document: dict[str, Any], choice: random.Random) -> str:
    parameter = choice.choice(document["paths"]["/orders"]["get"]["parameters"][:1])
    parameter["in"] = "header"
    return "B-B--"


def pattern(document: dict[str, Any], choice: random.Random) -> str:
    schema, name = any_property(
        document, choice, lambda key, value, required: value.get("type") == "string" and "format" not in value
    )
    schema["properties"][name]["pattern"] = choice.choice(["^a", "b$", "[0-9]"])
    return "BCBC-"


def another_list(document: dict[str, Any], choice: random.Random) -> str:
    xml = document["components"]["schemas"]["Order"]["allOf"][1]["properties"][
        choice.choice(["tags", "lines"])
    ]["xml"]
    xml["wrapped"] = False
    return "--BB-"


def another_alternative(document: dict[str, Any], choice: random.Random) -> str:
    schemas = document["components"]["schemas"]
    schemas["Cash"] = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}
    schemas["Payment"]["oneOf"].append({"$ref": "#/components/schemas/Cash"})
    schemas["Payment"]["discriminator"]["mapping"]["cash"] = "#/components/schemas/Cash"
    return "CBCBB"


def without_alternative(document: dict[str, Any], choice: random.Random) -> str:
    payment = document["components"]["schemas"]["Payment"]
    gone = choice.choice(payment["oneOf"])
    payment["oneOf"].remove(gone)
    mapping = payment["discriminator"]["mapping"]
    payment["discriminator"]["mapping"] = {
        key: value for key, value in mapping.items() if value != gone["$ref"]
    }
    return "BCBC-"


def two_at_once(document: dict[str, Any], choice: random.Random) -> str:
    """Two changes of different parts: neither hides the other."""
    first = choice.choice([require_parameter, another_namespace, remove_operation, close])(document, choice)
    second = choice.choice([remove_value, rename_element, loosen])(document, choice)
    return "".join(max(pair, key="-CRB".index) for pair in zip(first, second, strict=True))


MUTATIONS: list[Mutation] = [
    remove_required, remove_optional, require, loosen, add_required, other_type, allow_null, rename_element, to_attribute,
    shorten, close, remove_value, remove_operation, require_parameter, add_parameter, another_namespace, rename_path,
    another_method, another_status, without_body, secured, another_server, without_json, without_xml, another_name,
    another_tag, drop_parameter, another_place, pattern, another_list, another_alternative, without_alternative,
    two_at_once,
]  # fmt: skip


SEEDS = 16
"""With 33 mutations 528 documents."""


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda value: value.__name__)
def test_nothing_is_judged_milder(mutation: Mutation) -> None:
    for seed in range(SEEDS):
        not_milder(mutation, seed)


def not_milder(mutation: Mutation, seed: int) -> None:
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
