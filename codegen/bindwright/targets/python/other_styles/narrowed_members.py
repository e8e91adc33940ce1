"""Members that a derived class declares again with another type or without a default, which type checkers are told of."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from msgspec import Struct

from bindwright.targets.python.models.objects import declared_again


class _Member(Struct, frozen=True):
    """What a class declares."""

    annotation: str
    row: int
    """The line that it begins in, counted from 1."""
    has_default: bool
    is_bare: bool
    """Whether type checkers take it for one without a default: dataclasses have ``field()`` there."""


def with_narrowed_members(text: str) -> str:
    """The module with a mark at each member whose type or default is not the base's, as the attrs models have it."""
    lines = text.splitlines(keepends=True)
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    members = {name: _members(node) for name, node in classes.items()}
    for name, node in classes.items():
        inherited = _inherited(node, classes, members)
        for member, declared in members[name].items():
            if (base := inherited.get(member)) is not None:
                line = lines[declared.row - 1]
                bare = base.has_default and declared.is_bare
                mark = declared_again(narrowed=base.annotation != declared.annotation, bare=bare)
                lines[declared.row - 1] = f"{line.rstrip()}{mark}{line[len(line.rstrip()) :]}"
    return "".join(lines)


_Members = dict[str, _Member]
"""By name."""


def _members(node: ast.ClassDef) -> _Members:
    return {
        statement.target.id: _member(statement, is_dataclass=bool(node.decorator_list))
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    }


def _member(statement: ast.AnnAssign, *, is_dataclass: bool) -> _Member:
    value = statement.value
    has_default = _has_default(value)
    return _Member(
        annotation=ast.unparse(statement.annotation),
        row=statement.lineno,
        has_default=has_default,
        is_bare=value is None or not (has_default or is_dataclass),
    )


def _has_default(value: ast.expr | None) -> bool:
    """Whether a value is a default, or describes one: ``field(name=…)`` and ``Field(...)`` do not."""
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
        return value is not None
    if value.func.id not in ("field", "Field"):
        return True
    if value.args:
        return not (isinstance(value.args[0], ast.Constant) and value.args[0].value is Ellipsis)
    return any(argument.arg in ("default", "default_factory") for argument in value.keywords)


def _inherited(
    node: ast.ClassDef, classes: Mapping[str, ast.ClassDef], members: Mapping[str, _Members]
) -> _Members:
    """The nearest declaration of each member that the classes above declare."""
    inherited: _Members = {}
    visited, waiting = set[str](), [base.id for base in node.bases if isinstance(base, ast.Name)]
    while waiting:
        name = waiting.pop(0)
        if name in classes and name not in visited:
            visited.add(name)
            for member, declared in members[name].items():
                inherited.setdefault(member, declared)
            waiting += [base.id for base in classes[name].bases if isinstance(base, ast.Name)]
    return inherited
