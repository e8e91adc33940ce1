"""Functions that read the items of a list one after the other where they stand in a document.

Many items are matched first, then the values of each member made in one go, then the objects: that takes two
thirds of the time of making one object after the other. Where a value is none of its type, the items are made one
by one, up to the one that is to be read apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from attrs import frozen

from bindwright.runtime.compile.function import compiled
from bindwright.runtime.xml.fast.layout_regex import MatcherSource, ScalarLine, Scan, capturing, scanner_of
from bindwright.runtime.xml.scalars.integer_batches import Integers

_BLOCK = 256
"""Items that are matched before their objects are made."""
_FEW = 8
"""Up to so many items are made one by one."""

_find_groups = re.compile(r"\bg[0-9]+\b").findall


@frozen
class RowSource:
    """How one item's object is made of the groups of its expression."""

    build: MatcherSource
    value: str
    """An expression of the object, after the lines of ``build``."""


def scan_of(pattern: str, source: RowSource, starts: tuple[str, ...], otherwise: Scan, title: str) -> Scan:
    """A function that reads items by an expression, and by another way what does not fit it.

    Args:
        pattern: the expression of one item.
        source: how its object is made.
        starts: how an item begins, or what may stand before it.
        otherwise: reads items that do not match, at least one; gives the position where it can read none.
        title: for people.
    """
    build = source.build
    columns = _columns(source) if any(not isinstance(line, str) for line in build.lines) else []
    lines = [
        "def scan(text, at, out, apart):",
        "    add = out.append",
        "    while True:",
        "        matches = iter(scanner(text, at).match, None)",
        f"        while block := list(islice(matches, {_BLOCK})):",
        *(f"            {line}" for line in columns),
        "            try:",
        "                for match in block:",
        f"                    {_variables(build.groups) or '_'} = match.groups()",
        *(f"                    {line}" for line in build.rendered()),
        f"                    add({source.value})",
        "                    at = match.end()",
        "            except (ValueError, ArithmeticError):",
        "                break",
        f"            if len(block) < {_BLOCK}:",
        "                break",
        "        if not text.startswith(starts, at):",
        "            return at",
        "        position = otherwise(text, at, out, apart)",
        "        if position == at:",
        "            return at",
        "        at = position",
        "",
    ]
    names = {
        "scanner": scanner_of(capturing(pattern)), "islice": islice, "groups_of": re.Match.groups,
        "otherwise": otherwise, "starts": starts, **build.names,
    }  # fmt: skip
    scan: Scan = compiled("\n".join(lines), "scan", f"xml match items <{title}>", names)
    return scan


def _columns(source: RowSource) -> list[str]:
    """Source that makes the objects of a block, the values of each member at once."""
    build = source.build
    columns: list[str] = []
    values: list[str] = []
    rows: list[str] = []
    for line in build.lines:
        if isinstance(line, ScalarLine):
            columns.append(f"{line.value} = {line.column}")
            values.append(line.value)
        elif isinstance(line, Integers):
            for value, expression in line.columns(build.bind):
                columns.append(f"{value} = {expression}")
                values.append(value)
        else:
            rows.append(line)
    rows.append(f"add({source.value})")
    known = set(build.groups)
    used = dict.fromkeys(group for row in rows for group in _find_groups(row) if group in known)
    variables = [*used, *values]
    if not variables:
        return []
    return [
        f"if len(block) > {_FEW}:",
        "    count = len(out)",
        "    try:",
        f"        {_variables(build.groups)} = zip(*map(groups_of, block))",
        *(f"        {line}" for line in columns),
        f"        for {_variables(variables)} in zip({', '.join(variables)}):",
        *(f"            {row}" for row in rows),
        "        at = block[-1].end()",
        f"        if len(block) == {_BLOCK}:",
        "            continue",
        "        break",
        "    except (ValueError, ArithmeticError):",
        "        del out[count:]",
    ]


def _variables(names: Iterable[str]) -> str:
    return "".join(f"{name}, " for name in names)
