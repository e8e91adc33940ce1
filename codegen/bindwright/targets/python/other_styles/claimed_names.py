"""Public names that datamodel-code-generator gave to a class of its own making.

It makes a class of each bounded scalar in a list or union, called after the member around it, and whoever comes first
has the name. What is referred to from the first definition on has its name before: that one is taken out again.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any


def is_name_taken(text: str, classes: frozenset[str]) -> bool:
    """Whether a module has a class that looks as if it had to give up the name of one of these."""
    names = set(_names(ast.parse(text)))
    for name in names - classes:
        # `Item1` may be a number behind `Item`, and `Item12` one behind `Item1`.
        if any(name[:end] in classes for end in range(1, len(name)) if name[end:].isdigit()):
            return True
        # What is imported is called so as well, and is renamed afterwards.
        if name.endswith("Model") and name.removesuffix("Model") in names & classes:
            return True
    return False


def _names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def first_name(classes: Iterable[str]) -> str:
    """A name for the first definition, which none of the others has."""
    return "AllOf" + max(classes, key=len)


def with_all_named(schemas: dict[str, Any], first: str) -> dict[str, Any]:
    """The schemas with a first definition that refers to all others."""
    references = {f"m{index}": {"$ref": f"#/$defs/{name}"} for index, name in enumerate(schemas["$defs"])}
    return {**schemas, "$defs": {first: {"type": "object", "properties": references}, **schemas["$defs"]}}


def without_class(text: str, name: str) -> str:
    """The module without a class, and without what is done to it."""
    lines = text.splitlines(keepends=True)
    for node in reversed(ast.parse(text).body):
        is_call = isinstance(node, ast.Expr) and ast.unparse(node).startswith(f"{name}.")
        is_class = isinstance(node, ast.ClassDef) and node.name == name
        if not is_call and not is_class:
            continue
        decorators = node.decorator_list if isinstance(node, ast.ClassDef) else []
        start = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        end = node.end_lineno or start
        while end < len(lines) and not lines[end].strip():
            end += 1
        del lines[start:end]
    return "".join(lines)
