"""``python -m tests.mock.styled [DOCUMENT …]``: samples that are not ours through the models of every style.

What a JSON Schema validator accepts is read and written again equal, and what was read is what the class declares.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import typing
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis
import msgspec
import pydantic
from attrs import frozen
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api, Object, Union, Use
from bindwright.openapi import LoadOptions
from bindwright.runtime import json as codec
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.validation.equality import same
from bindwright.serve.validation.json_values import Checker
from bindwright.targets import python
from hypothesis import HealthCheck, Phase, given, settings
from typeguard import CollectionCheckStrategy, TypeCheckError, check_type

from tests.mock.document_schemas import DocumentSchemas
from tests.mock.samples import components, strategy

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


@frozen
class Styled:
    """A document's schemas, and its models in one style."""

    schemas: DocumentSchemas
    api: Api
    models: ModuleType
    tags: frozenset[str]
    """Names of discriminators."""


def disagreements(document: Path, style: str, examples: int, seed: int, most: int | None = None) -> list[str]:
    """What models of a style lose, refuse, or hold without declaring it, as text."""
    api = ir.lower(spec.load(document, options=LoadOptions(tolerant=True)))
    name = package.unused_name()
    options = python.PythonOptions(package=name, models=("attrs", style))
    package.install(name, python.emit(api, options, {}).files)
    tags = frozenset(
        type_.discriminator
        for type_ in api.types.values()
        if isinstance(type_, (Object, Union)) and type_.discriminator
    )
    styled = Styled(DocumentSchemas(document), api, import_module(f"{name}.models_{style}"), tags)
    found: list[str] = []
    for component, pointer in list(components(styled.schemas, seed))[:most]:
        model = getattr(styled.models, component, None)
        type_ = api.types.get(f"#{pointer}")
        if model is not None and type_ is not None:
            # An attrs class, and what stands for it, has no null: places say that.
            found += _compare(styled, model | None if type_.nullable else model, pointer, examples, seed)
    return found


def _compare(styled: Styled, model: Any, pointer: str, examples: int, seed: int) -> list[str]:
    values, found = strategy(styled.schemas, pointer), list[str]()
    if values is None:
        return []

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(values)
    def compare(value: Any) -> None:
        # What the mock has something against are formats of numbers and texts, which no class can hold either.
        if not styled.schemas.errors(pointer, value) and not Checker(styled.api, "response").check(
            value, Use(type=f"#{pointer}")
        ):
            found.extend(f"{pointer}: {problem}" for problem in problems(value, model, styled.tags))

    try:
        compare()
    except Exception as error:  # what the library cannot make
        if not type(error).__module__.startswith(("hypothesis", "jsonschema")):
            raise
    return found


def problems(value: Any, model: Any, tags: frozenset[str] = frozenset()) -> Iterator[str]:
    """What is wrong with a valid value once it was read.

    A discriminator that its schema does not require is written also where the value had none (decision 1).
    """
    try:
        read = codec.decode(json.dumps(value).encode(), model)
        again = json.loads(codec.encode(read, model))
    except Exception as error:
        yield f"{value!r} is valid, and is not read and written: {type(error).__name__}: {error}"
        return
    if not same(_without_added(again, value, tags), value):
        yield f"{value!r} is written as {again!r}"
    try:
        check_type(read, model, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
    except TypeCheckError as error:
        yield f"{read!r:.80} is no {model}: {error}"[:400]
    yield from undeclared(read, type(read) if isinstance(read, pydantic.BaseModel) else model)


def _without_added(again: Any, value: Any, names: frozenset[str]) -> Any:
    """What was written, without members of these names that the value did not have."""
    if isinstance(again, dict) and isinstance(value, dict):
        return {
            name: _without_added(item, value[name], names) if name in value else item
            for name, item in again.items()
            if name in value or name not in names
        }
    if isinstance(again, list) and isinstance(value, list) and len(again) == len(value):
        return [_without_added(item, old, names) for item, old in zip(again, value, strict=True)]
    return again


def undeclared(value: Any, model: Any, where: str = "$") -> Iterator[str]:
    """Members whose value is no instance of what their class declares, at every depth."""
    if not isinstance(model, type) or not _is_record(model):
        return
    hints = typing.get_type_hints(model)
    for name, item in _members(value):
        if name not in hints:
            continue
        try:
            if issubclass(
                model, pydantic.BaseModel
            ):  # whose own types (`AwareDatetime`) nothing is an instance of
                pydantic.TypeAdapter(hints[name]).validate_python(item, strict=True)
            else:
                check_type(item, hints[name], collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
        except (TypeCheckError, pydantic.ValidationError) as error:
            yield f"{where}.{name} is {item!r:.80}, declared {hints[name]}: {error}"[:400]
            continue
        for inner in item if isinstance(item, list) else [item]:
            yield from undeclared(inner, type(inner), f"{where}.{name}")


def _is_record(model: type) -> bool:
    is_class = dataclasses.is_dataclass(model) or issubclass(model, (msgspec.Struct, pydantic.BaseModel))
    return is_class or typing.is_typeddict(model)


def _members(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, pydantic.BaseModel):
        yield from ((name, getattr(value, name)) for name in type(value).model_fields)
    elif isinstance(value, msgspec.Struct):
        yield from ((name, getattr(value, name)) for name in value.__struct_fields__)
    elif dataclasses.is_dataclass(value):
        yield from ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))


def main(arguments: list[str]) -> int:
    documents = [Path(name) for name in arguments] or sorted(CORPUS.glob("*.json"))
    total = 0
    for document in documents:
        for style in STYLES:
            try:
                found = disagreements(document, style, examples=8, seed=1)
            except Exception as error:
                found = [f"crashed: {type(error).__name__}: {error}"]
            total += len(found)
            print(f"{document.name:55} {style:10} {len(found)}", flush=True)
            for problem in found[:10]:
                print(f"    {problem[:500]}")
    print(f"{len(documents)} documents in {len(STYLES)} styles: {total} disagreements")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
