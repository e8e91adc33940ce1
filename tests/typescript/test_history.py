"""What a reading gives does not depend on what was read before, in programs that have no writer and so keep nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.typescript.node import run
from tools.typescript import RUNTIME

# The modules alone, and no index: a writer, which has to keep everything, comes along with that.
_JSON = """
import { union } from 'RUNTIME/core/union.js';
import { object } from 'RUNTIME/core/object.js';
import { int32 } from 'RUNTIME/scalars/integers.js';
import { fromJson, readText } from 'RUNTIME/json/json.js';
const pet = object({ a: int32 });
const either = union([pet, object({ b: int32 })]);
const told = union([object({ a: int32, kind: int32 })], { discriminator: 'kind', otherwise: 0 });
const readers = {
  lean: () => readText(pet, '{"a":1,"x":2}'),
  tried: () => readText(either, '{"a":1,"x":2}'),
  told: () => readText(told, '{"a":1,"kind":1,"x":2}'),
  wrong: () => readText(either, '{"c":1}'),
  whole: () => fromJson(pet, '{"a":1,"x":2}'),
  'whole and wrong': () => fromJson(pet, '{"x":2}'),
};
"""
_XML = """
import { union } from 'RUNTIME/core/union.js';
import { object } from 'RUNTIME/core/object.js';
import { int32 } from 'RUNTIME/scalars/integers.js';
import { choice } from 'RUNTIME/xml/kinds/choice.js';
import { fromXml } from 'RUNTIME/xml/layouts.js';
import { parseDocument } from 'RUNTIME/xml/parse.js';
import { readPlaced } from 'RUNTIME/xml/placed.js';
import { readRoot } from 'RUNTIME/xml/read.js';
const pet = object({ a: int32 }, { name: 'pet' });
const other = object({ b: int32 }, { name: 'other' });
const either = union([other, pet], {}, { name: 'pet', kind: choice({ nodes: ['other', 'pet'] }) });
const told = union([other, pet], {}, { name: 'pet', kind: choice({ byName: true, nodes: ['other', 'pet'] }) });
const lean = (codec, text) => readRoot(codec, parseDocument(text), readPlaced, true);
const readers = {
  lean: () => lean(pet, '<pet y="1"><a>1</a><x/></pet>'),
  tried: () => lean(either, '<pet y="1"><a>1</a><x/></pet>'),
  told: () => lean(told, '<pet y="1"><a>1</a><x/></pet>'),
  wrong: () => lean(either, '<pet><c>1</c></pet>'),
  whole: () => fromXml(pet, '<pet y="1"><a>1</a><x/></pet>'),
  'whole and wrong': () => fromXml(pet, '<pet><x/></pet>'),
};
"""
_READ = """
const outcome = (name) => {
  try {
    const value = readers[name]();
    return JSON.stringify([value, value[Symbol.for('bindwright.kept')] !== undefined]);
  } catch (error) {
    return error.name;
  }
};
const order = JSON.parse(process.argv[1]);
console.log(JSON.stringify(order.map((name) => [name, outcome(name)])));
"""
NAMES = ["lean", "tried", "told", "wrong", "whole", "whole and wrong"]


def outcomes(program: str, names: list[str]) -> list[Any]:
    text = (program + _READ).replace("RUNTIME", str(RUNTIME))
    return list(json.loads(run("--input-type=module", "--eval", text, json.dumps(names))))


@pytest.mark.parametrize("program", [_JSON, _XML], ids=["JSON", "XML"])
def test_no_reading_changes_another(program: str) -> None:
    first = {name: outcomes(program, [name])[0][1] for name in NAMES}
    kept = {name for name, outcome in first.items() if outcome.endswith(",true]")}
    # Alternatives of XML are tried and looked at, those of JSON told by names; whoever reads by hand gets everything.
    assert kept == ({"whole"} if program is _JSON else {"tried", "whole"})
    pairs = [name for earlier in NAMES for other in NAMES for name in (earlier, other)]
    assert [(name, outcome) for name, outcome in outcomes(program, pairs) if outcome != first[name]] == []
