"""Our public names where datamodel-code-generator took others, for its module imports what is called so."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

_QUOTED = re.compile(r"""(["'])(\w+Model)\1""").fullmatch
"""A reference in quotation marks to a class of a name that is not ours."""


def with_public_names(text: str, classes: frozenset[str]) -> str:
    """The module with classes of these names, and what is imported under such a name by another one."""
    tree = ast.parse(text)
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    defined = set(_defined(tree))
    new: dict[str, str] = {}
    for name in (classes & imported) - defined:
        if (other := f"{name}Model") in defined - classes:
            new |= {name: f"_{name}", other: name}
    return _renamed(text, new) if new else text


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _renamed(text: str, new: dict[str, str]) -> str:
    """Names in code, in quoted references, and behind ``import``, where the old one stays known."""
    lines = text.splitlines(keepends=True)
    importing = False
    changes: list[tuple[int, int, int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        (row, start), end = token.start, token.end[1]
        if token.type == tokenize.NAME:
            importing = importing or token.string == "import"
            if token.string in new:
                name = new[token.string]
                changes.append((row, start, end, f"{token.string} as {name}" if importing else name))
        elif token.type == tokenize.NEWLINE:
            importing = False
        elif token.type == tokenize.STRING and (quoted := _QUOTED(token.string)) and quoted[2] in new:
            changes.append((row, start, end, f'"{new[quoted[2]]}"'))
    for row, start, end, name in reversed(changes):
        line = lines[row - 1]
        lines[row - 1] = line[:start] + name + line[end:]
    return "".join(lines)
