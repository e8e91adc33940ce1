"""The text of a surface is that of the standard library's JSON, whatever the document holds."""

from __future__ import annotations

import json
import re
from typing import Any

from bindwright.targets.surface import Surface, dumps, loads
from hypothesis import given
from hypothesis import strategies as st

TEXTS = st.text(st.characters(codec=None), max_size=8)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers(-(2**31), 2**31),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(TEXTS, st.dictionaries(TEXTS, VALUES, max_size=3), max_size=4))
def test_each_symbol_is_a_line_of_json(symbols: dict[str, dict[str, Any]]) -> None:
    text = dumps(Surface(target="python", symbols=symbols))
    lines = [
        f"  {json.dumps(name)}: {json.dumps(symbol, ensure_ascii=False, sort_keys=True)}"
        for name, symbol in sorted(symbols.items())
    ]
    rows = text.partition('"symbols": {\n')[2]
    assert CONTROLS.sub(_escaped, ",\n".join(lines)) + "\n }\n}\n" == rows
    assert loads(text).symbols == symbols


def test_what_stands_between_symbols_may_stand_in_one() -> None:
    texts = ["\0", 'a, "\0"', ', "\0", ', "\\u0000"]
    symbols = {"a": {"bases": ["b", *texts, "c"]}, "b": {"kind": texts[1]}, "c\nd": {texts[2]: texts[0]}}
    assert loads(dumps(Surface(target="python", symbols=symbols))).symbols == symbols
    del symbols["a"]
    assert loads(dumps(Surface(target="python", symbols=symbols))).symbols == symbols


CONTROLS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What `json` writes as it is, and a terminal or the reader of a difference would obey or not see."""


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"
