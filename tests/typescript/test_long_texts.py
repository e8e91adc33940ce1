"""Texts of some millions of characters are read: an expression that repeats a group would fill the engine's stack."""

from __future__ import annotations

import json

from tests.typescript.node import run
from tools.typescript import RUNTIME

READ = """
import { base16, base64, fromJson, int64, object, string } from 'RUNTIME/index.js';
const letters = 'AAAA'.repeat(2 ** 20);
const read = (codec, text) => fromJson(object({ text: codec, number: int64 }), `{"text":"${text}","number":9007199254740993}`);
const values = [read(base64, letters), read(base16, letters + letters), read(string, '\\\\n'.repeat(2 ** 22) + '7')];
console.log(JSON.stringify(values.map(({ text, number }) => [text.length, String(number)])));
"""


def test_long_texts_are_read() -> None:
    size, digits = 2**22, "9007199254740993"
    output = run("--input-type=module", "-e", READ.replace("RUNTIME", str(RUNTIME)))
    assert json.loads(output) == [[size * 3 // 4, digits], [size, digits], [size + 1, digits]]
