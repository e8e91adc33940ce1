"""Reading a lock that a merge left with the lines of two branches.

The lock has one value a line, and its depth in the file is its indentation. So both sides can be read as one
table even where the merge cut blocks in two: git compares lines, and takes the brace that ends one side's block for
that of the other. Every name that either branch gave out stays taken; where both say something of the same key, the
first one holds, and the run that follows compares it with the document anyway.
"""

from __future__ import annotations

import json
from typing import Any

_MARKS = ("<<<<<<<", ">>>>>>>")


def read(text: str) -> tuple[Any, bool]:
    """The value of a lock's text, and whether it had to be put together. Raises ValueError, RecursionError."""
    repeated = False

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        values = dict(pairs)
        repeated = repeated or len(values) < len(pairs)
        return values

    try:
        value = json.loads(text, object_pairs_hook=table)
    except ValueError:
        return _by_indentation(text), True
    return (_by_indentation(text), True) if repeated else (value, False)


def _by_indentation(text: str) -> dict[str, Any]:
    root: dict[str, Any] = {}
    tables: list[Any] = [root]
    """The open table, or list, of each depth."""
    common_ancestor = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.startswith("|||||||"):  # `merge.conflictStyle = diff3`: what both branches started from
            common_ancestor = True
        elif line.startswith("======="):
            common_ancestor = False
        elif not common_ancestor and not line.startswith(_MARKS) and line.strip(" {}[],"):
            _add(tables, line)
    return root


def _add(tables: list[Any], line: str) -> None:
    entry = line.lstrip(" ").removesuffix(",")
    depth = len(line) - len(line.lstrip(" "))
    if depth < 1:
        raise ValueError(f"a line has no table: {entry}")
    if depth > len(tables):
        return  # one branch changed a table that the other made a value of, or removed: the value holds
    del tables[depth:]
    if isinstance(tables[-1], list):  # the items of both branches, each once
        item = json.loads(entry)
        if item not in tables[-1]:
            tables[-1].append(item)
        return
    closing = {"{": "}", "[": "]"}.get(entry[-1:], "")
    ((key, value),) = json.loads("{" + entry + closing + "}").items()
    kept = tables[-1].setdefault(key, value)
    if (
        closing
    ):  # where the other branch has a value here, the lines of this table are read into one nobody keeps
        tables.append(kept if type(kept) is type(value) else value)
