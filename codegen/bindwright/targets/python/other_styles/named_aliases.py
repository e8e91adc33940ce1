"""Aliases that say their names: what a type says of its values is found by it."""

from __future__ import annotations

import ast
import re

from bindwright.targets.python.syntax.code import string

_FUTURE = re.compile(r"(?m)^from __future__ import annotations\n")
_IMPORTS = """
from typing import Annotated as _Annotated

from bindwright.runtime.model_styles import StyleAlias as _StyleAlias
"""


def with_named_aliases(text: str, classes: frozenset[str]) -> str:
    """A module whose aliases of the document's types (`Code: TypeAlias = str`) have their names beside what they are.

    Nothing else would tell at run time what ``str`` is there.

    Args:
        text: the module.
        classes: the public names of the document's types.
    """
    lines = text.encode().splitlines(keepends=True)
    aliases = [node for node in ast.parse(text).body if _is_alias(node, classes)]
    for node in reversed(aliases):
        assert isinstance(node, ast.AnnAssign)
        assert isinstance(node.target, ast.Name)
        assert node.value is not None
        name = node.target.id
        value = _source(lines, node.value)
        line = f"{name}: TypeAlias = _Annotated[{value}, _StyleAlias({string(name)}, __name__)]\n"
        lines[node.lineno - 1 : node.end_lineno] = [line.encode()]
    written = b"".join(lines).decode()
    return _FUTURE.sub(lambda match: match[0] + _IMPORTS, written, count=1) if aliases else text


def _source(lines: list[bytes], node: ast.expr) -> str:
    """What stands at a node; `ast.get_source_segment` splits the whole module for each."""
    segment = lines[node.lineno - 1 : node.end_lineno]
    segment[-1] = segment[-1][: node.end_col_offset]
    segment[0] = segment[0][node.col_offset :]
    return b"".join(segment).decode()


def _is_alias(node: ast.stmt, classes: frozenset[str]) -> bool:
    return (
        isinstance(node, ast.AnnAssign)
        and isinstance(node.annotation, ast.Name)
        and node.annotation.id == "TypeAlias"
        and isinstance(node.target, ast.Name)
        and node.target.id in classes
        # Checkers of run time refuse `Annotated[Any, …]`.
        and not (isinstance(node.value, ast.Name) and node.value.id == "Any")
    )
