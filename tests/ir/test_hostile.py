"""No document ends in a traceback: anything may stand anywhere."""

from __future__ import annotations

import copy
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from bindwright.ir import coverage, lower, serialize
from bindwright.openapi import LoadOptions
from bindwright.openapi.loading import loads

from tests.ir.driver import api_of, causes
from tests.ir.test_corpus import whole
from tests.ir.test_operations import SWAGGER

ODD: list[Any] = [
    None, True, False, 0, -1, 1.5, 10**400, Decimal("1.100000000000000000000001"), Decimal("1e999999999"),
    Decimal("-1e999999999"), Decimal("1e-999999999"), float("inf"), float("nan"), "", "x", "null", "#/", "#/components/schemas/A", [],
    {}, [None], [[]], ["x"], [{}], {"x": None}, {"$ref": 5}, {"$ref": "#/components/schemas/A"}, {"$ref": "#/paths"},
    {"allOf": [{"$ref": "#/components/schemas/A"}]}, {"type": "object"}, {"oneOf": [{}, {"type": "null"}]},
    {"": {"": {}}}, {"type": ["string", 5]}, {"properties": {"a": 5}}, "\ud800", "\x00",
]  # fmt: skip

RICH = """
        openapi: 3.2.0
        info: {title: t, version: '1'}
        servers: [{url: 'https://{a}', variables: {a: {default: b, enum: [b]}}}]
        tags: [{name: a, parent: b}]
        security: [{k: [s]}]
        x-xml-profile: datacontract
        paths:
          /a/{b}:
            parameters: [{$ref: '#/components/parameters/P'}, {name: b, in: path, required: true, schema: {type: integer}}]
            post:
              operationId: op
              tags: [a]
              security: [{}]
              requestBody: {$ref: '#/components/requestBodies/B'}
              callbacks: {c: {'{$url}': {post: {responses: {}}}}}
              responses:
                '200': {$ref: '#/components/responses/R'}
                4XX: {description: d, headers: {H: {schema: {type: string}}}, links: {l: {operationId: op}}}
            additionalOperations: {COPY: {responses: {}}}
        webhooks: {w: {post: {responses: {}}}}
        components:
          securitySchemes: {k: {type: oauth2, flows: {implicit: {scopes: {s: x}}}}}
          parameters: {P: {name: p, in: query, style: form, explode: false, schema: {type: array, items: {enum: [1, 2]}}}}
          requestBodies: {B: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/A'}, encoding: {a: {contentType: x, headers: {H: {schema: {}}}}}}}}}
          responses: {R: {description: r, content: {application/json: {schema: {$ref: '#/components/schemas/C'}, examples: {e: {value: 1}}}}}}
          schemas:
            A: {type: object, required: [a], discriminator: {propertyName: a, mapping: {x: B}}, properties: {a: {type: string}, n: {type: [integer, 'null'], minimum: 1}}, x-dcs-known-types: [B]}
            B: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {b: {type: array, prefixItems: [{}], items: {$ref: '#/components/schemas/C'}}}}], xml: {name: b, nodeType: element}}
            C: {oneOf: [{$ref: '#/components/schemas/A'}, {type: object, additionalProperties: {const: 1}}], discriminator: {propertyName: a}}
            D: {type: object, patternProperties: {^x: {}}, propertyNames: {pattern: a}, x-dcs-dictionary: {item: i, key: {type: integer}}}
            E: {x-dcs-enum: {a: 1}, type: integer, x-dcs-flags: true}
            F: {if: {}, then: {properties: {x: {}}}, dependentSchemas: {a: {}}, not: {}, type: object}
"""


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a value but the root."""
    paths = [at] if at else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        paths += places(inner, (*at, key))
    return paths


def spoiled(root: Any, place: tuple[Any, ...], odd: Any) -> Any:
    """A copy of `root` with `odd` at `place`."""
    copied = copy.deepcopy(root)
    holder = copied
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = odd
    return copied


class Held:
    """A loaded document whose root was replaced: no file could hold some of these values."""

    def __init__(self, root: dict[str, Any]) -> None:
        version = root.get("openapi") or root.get("swagger")
        text = yaml.safe_dump({"openapi": "3.2.0", "info": {"title": "t", "version": "1"}, "paths": {}})
        self.loaded = loads(text, options=LoadOptions(check=False, tolerant=True))
        self.loaded.root = root
        self.loaded._files.by_name[""].value = root
        self.loaded.version = "2.0" if version == "2.0" else "3.2"
        self.loaded._resolver.siblings_count = version != "2.0"


@pytest.mark.parametrize("text", [RICH, SWAGGER], ids=["3.2", "2.0"])
def test_anything_may_stand_anywhere(text: str) -> None:
    root = yaml.safe_load(text)
    if "openapi" not in root:
        root["swagger"] = "2.0"
    dice = random.Random(7)
    for place in places(root):
        for odd in dice.sample(ODD, 1):
            document = Held(spoiled(root, place, odd)).loaded
            api = lower(document)
            whole(api)
            coverage(api, document)
            assert serialize.loads(serialize.dumps(api, places=True)) == api, (place, odd)


def test_what_a_shared_component_lacks_is_told_at_each_operation() -> None:
    api = api_of(
        """
        paths:
          /a: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}
          /b: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}
        components: {parameters: {P: {name: p, in: query, schema: {type: wibble}}}}
        """
    )
    assert causes(api) == ["unknown-type", "unknown-type"]


def test_the_hash_seed_does_not_matter() -> None:
    import subprocess
    import sys

    script = (
        "import sys; from bindwright.ir import lower, serialize; from bindwright.openapi import load; import hashlib;"
        "d = load(sys.argv[1]); a = lower(d);"
        "print(hashlib.sha256(serialize.dumps(a) + repr(d.diagnostics.items).encode()).hexdigest())"
    )
    path = Path(__file__).parents[2] / "openapi.yaml"
    outs = {
        subprocess.run(
            [sys.executable, "-c", script, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(path.parent / "codegen")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outs) == 1
