"""The time of choices within choices grows with the document, whatever is wrong with it."""

from __future__ import annotations

import json
import time

import pytest

from tests.typescript.node import run
from tools.typescript import RUNTIME

_PROGRAM = """
import { list } from 'RUNTIME/core/containers.js';
import { lazy, optional } from 'RUNTIME/core/members.js';
import { object } from 'RUNTIME/core/object.js';
import { union } from 'RUNTIME/core/union.js';
import { fromJson, toJson } from 'RUNTIME/index.js';
import { int32 } from 'RUNTIME/scalars/integers.js';
import { string } from 'RUNTIME/scalars/text.js';
const either = lazy(() => union([left, right]));
const shared = { name: optional(string), child: optional(either), children: optional(list(either)) };
const left = object(shared);
const right = object({ ...shared, count: optional(int32) });
const outcome = (work) => { try { return work(); } catch (error) { return error.name; } };
console.log(JSON.stringify(JSON.parse(process.argv[1]).map((text) => outcome(() => toJson(either, fromJson(either, text))))));
"""
DEPTH = 40


@pytest.mark.parametrize(
    ("name", "is_right"), [('"x"', True), ("5", False)], ids=["right", "wrong at its end"]
)
def test_choices_within_choices(name: str, is_right: bool) -> None:
    texts = [
        f'{{"{member}":{before}' * DEPTH + f'{{"name":{name}}}' + f"{after}}}" * DEPTH
        for member, before, after in (("child", "", ""), ("children", "[", "]"))
    ]
    start = time.monotonic()
    outcomes = json.loads(
        run("--input-type=module", "--eval", _PROGRAM.replace("RUNTIME", str(RUNTIME)), json.dumps(texts))
    )
    assert outcomes == (texts if is_right else ["DataError"] * len(texts))
    assert time.monotonic() - start < 20
