"""The text of a surface is that of the standard library's JSON, whatever the document holds."""

from __future__ import annotations

import json
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
    assert text.partition('"symbols": {\n')[2] == ",\n".join(lines) + "\n }\n}\n"
    assert loads(text).symbols == symbols
