"""Members that a derived class declares again with another type, which type checkers are told of."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from bindwright.targets.python.models.objects import NARROWED


def with_narrowed_members(text: str) -> str:
    """The module with a mark at each member whose type is not the one that a base declares, as the attrs models have it."""
    lines = text.splitlines(keepends=True)
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    annotations = {name: _annotations(node) for name, node in classes.items()}
    for name, node in classes.items():
        inherited = _inherited(node, classes, annotations)
        for member, (annotation, row) in annotations[name].items():
            if inherited.get(member, annotation) != annotation:
                line = lines[row - 1]
                lines[row - 1] = f"{line.rstrip()}{NARROWED}{line[len(line.rstrip()) :]}"
    return "".join(lines)


_Annotations = dict[str, tuple[str, int]]
"""By member: the annotation, and the line that it begins in, counted from 1."""


def _annotations(node: ast.ClassDef) -> _Annotations:
    return {
        statement.target.id: (ast.unparse(statement.annotation), statement.lineno)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def _inherited(
    node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], annotations: Mapping[str, _Annotations]
) -> dict[str, str]:
    """The nearest annotation of each member that the classes above declare."""
    inherited: dict[str, str] = {}
    visited, waiting = set[str](), [base.id for base in node.bases if isinstance(base, ast.Name)]
    while waiting:
        name = waiting.pop(0)
        if name in classes and name not in visited:
            visited.add(name)
            for member, (annotation, _) in annotations[name].items():
                inherited.setdefault(member, annotation)
            waiting += [base.id for base in classes[name].bases if isinstance(base, ast.Name)]
    return inherited
