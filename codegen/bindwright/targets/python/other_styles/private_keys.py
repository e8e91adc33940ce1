"""TypedDicts with keys that begin with two underscores (`__v`), which Python gives other names within a class."""

from __future__ import annotations

import ast
import json


def with_private_keys(text: str) -> str:
    """The module with such TypedDicts written as calls; their annotations are texts, for names that come later."""
    lines = text.splitlines(keepends=True)
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.ClassDef) and any(map(is_mangled, _keys(node))):
            lines[node.lineno - 1 : node.end_lineno] = [_call(node)]
    return "".join(lines)


def is_mangled(name: str) -> bool:
    """Whether Python changes a name within a class (The Python Language Reference, 6.2.1)."""
    return name.startswith("__") and not name.endswith("__")


def _keys(node: ast.ClassDef) -> dict[str, str]:
    return {
        statement.target.id: ast.unparse(statement.annotation)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def _call(node: ast.ClassDef) -> str:
    entries = "".join(
        f'        "{name}": {json.dumps(annotation, ensure_ascii=False)},\n'
        for name, annotation in _keys(node).items()
    )
    return f'{node.name} = TypedDict(\n    "{node.name}",\n    {{\n{entries}    }},\n)\n'
