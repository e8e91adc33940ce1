"""What is declared is what comes: results and arguments of generated methods against their annotations, by typeguard.

Models are looked into: each member is asked for its own annotation, which no check of the outermost type does.
"""

from __future__ import annotations

import ast
import importlib
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any, Union, get_args, get_origin

import attrs
from bindwright.ir.model import Operation
from bindwright.runtime.http.sync.paging import Page
from bindwright.runtime.resolve import Names, evaluate
from bindwright.standards.media_types import SEQUENTIAL, is_unread, kind_of
from typeguard import CollectionCheckStrategy, TypeCheckError, check_type
from typing_extensions import TypeAliasType

from tests.serve.driver import Driver

_DEEPEST = 8


@attrs.define
class DeclaredDriver(Driver):
    """Calls every operation, and asks of each value whether its annotation allows it."""

    problems: list[str] = attrs.field(factory=list)

    def method(self, operation: Operation) -> Any:
        bound = super().method(operation)

        def call(**arguments: Any) -> Any:
            module = importlib.import_module(type(bound.__self__).__module__)
            names = _names(module)
            hints = bound.__func__.__annotations__
            for name, value in arguments.items():
                if name in hints:
                    self.note(f"{operation.id} {name}", problems(value, evaluate(hints[name], names), names))
            result = bound(**arguments)
            value = result.value if isinstance(result, Page) else result
            declared = evaluate(hints["return"], names)
            if isinstance(result, Page):
                self.note(operation.id, problems(list(result.items), list[get_args(declared)[0]], names))  # type: ignore[misc]
            elif not _is_asked_for(self.accept.media_type or "") or len(_kinds(operation)) == 1:
                self.note(operation.id, problems(value, declared, names))
            return result

        return call

    def note(self, where: str, reported: Iterator[str]) -> None:
        self.problems += [f"{where}: {problem}" for problem in reported]


def _is_asked_for(media_type: str) -> bool:
    """Whether a body comes to who asks for it with `accept` alone where JSON is beside it: no plain call gets it."""
    return kind_of(media_type) in SEQUENTIAL or is_unread(media_type)


def _kinds(operation: Operation) -> set[str]:
    return {kind_of(content.media_type) for response in operation.responses for content in response.contents}


def problems(value: Any, annotation: Any, names: Any, where: str = "$", depth: int = 0) -> Iterator[str]:
    """Places whose value is no instance of what is declared there."""
    if depth > _DEEPEST:
        return
    try:
        check_type(
            value, settled(annotation, names), collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS
        )
    except TypeCheckError as error:
        yield f"{where} is {type(value).__name__} {value!r:.60}, declared {annotation}: {error}"[:400]
        return
    for inner, path in _inside(value):
        model = type(inner)
        for field in attrs.fields(model):
            if field.name.startswith("_"):
                continue
            owner = next(
                base for base in model.__mro__ if field.name in vars(base).get("__annotations__", {})
            )
            own = Names(owner.__module__)
            declared = evaluate(field.type, own)
            yield from problems(
                getattr(inner, field.name), declared, own, f"{where}{path}.{field.name}", depth + 1
            )


def _inside(value: Any, path: str = "") -> Iterator[tuple[Any, str]]:
    """The models that stand in a value, through lists and maps."""
    if attrs.has(type(value)):
        yield value, path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(item, f"{path}[{key!r}]")
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _inside(item, f"{path}[{index}]")


def settled(annotation: Any, names: Any, around: tuple[Any, ...] = ()) -> Any:
    """The annotation with names followed; one that contains itself is anything there."""
    if annotation in around:
        return Any
    if isinstance(annotation, TypeAliasType):
        return settled(
            evaluate(annotation.__value__, _names(importlib.import_module(annotation.__module__ or ""))),
            names,
            (*around, annotation),
        )
    if isinstance(annotation, (str, typing.ForwardRef)):
        return settled(evaluate(annotation, names), names, around)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is typing.Literal or not arguments:
        return annotation
    inner = tuple(settled(argument, names, around) for argument in arguments)
    if origin in (Union, types.UnionType):
        return Union[inner]  # noqa: UP007 — of a tuple
    return origin[inner] if origin is not None and origin is not typing.Annotated else annotation


@cache
def _names(module: types.ModuleType) -> dict[str, Any]:
    """What a generated module's annotations may name: also what it imports for type checkers alone."""
    names = dict(vars(importlib.import_module("bindwright.runtime.resolve")).get("COMMON", {}))
    names |= vars(module)
    tree = ast.parse(module.__loader__.get_source(module.__name__))  # type: ignore[union-attr]  # it is in memory
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            imports = [node for node in block.body if isinstance(node, (ast.Import, ast.ImportFrom))]
            exec(compile(ast.Module(imports, []), "<annotations>", "exec"), names)
    return names
