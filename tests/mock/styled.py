"""``python -m tests.mock.styled [DOCUMENT …]``: samples that are not ours through the models of every style.

What a JSON Schema validator accepts is read and written again equal, and what was read is what the class declares.
"""

from __future__ import annotations

import dataclasses
import decimal
import json
import re
import sys
import time
import typing
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pydantic
from attrs import field, frozen
from bindwright import ir
from bindwright import openapi as spec
from bindwright.ir.model import Api, Object, Union, Use
from bindwright.openapi import LoadOptions
from bindwright.runtime import json as codec
from bindwright.runtime.model_styles import style_module
from bindwright.runtime.model_styles.names import is_typed_dict
from bindwright.runtime.validate import validate
from bindwright.runtime.values.equality import same
from bindwright.serve.package import import_from_memory as package
from bindwright.serve.validation.json_values import Checker
from bindwright.targets import python
from bindwright.targets.python.naming.plan import plan_names
from typeguard import CollectionCheckStrategy, TypeCheckError, check_type, checker_lookup_functions
from typeguard._checkers import check_typed_dict

from tests.mock import declared
from tests.mock.document_schemas import DocumentSchemas
from tests.mock.samples import components, only_formats, valid_values

STYLES = ("pydantic", "dataclass", "typeddict", "msgspec")
ALL = ("attrs", *STYLES)
_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


@frozen
class Styled:
    """A document's schemas, and its models in some styles."""

    schemas: DocumentSchemas
    api: Api
    models: dict[str, ModuleType]
    names: dict[str, str]
    """Public names of types."""
    tags: frozenset[str]
    """Names of discriminators."""
    seconds: Counter[str] = field(factory=Counter)
    """Of this process, by what they went into."""
    counts: Counter[str] = field(factory=Counter)
    """Types, those without a sample, values."""


def styled(document: Path, styles: tuple[str, ...]) -> Styled:
    """One package for all styles."""
    started = time.process_time()
    api = ir.lower(spec.load(document, options=LoadOptions(tolerant=True)))
    name = package.unused_name()
    options = python.PythonOptions(package=name, models=tuple(dict.fromkeys(("attrs", *styles))))
    package.install(name, python.emit(api, options, {}).files)
    tags = frozenset(
        type_.discriminator
        for type_ in api.types.values()
        if isinstance(type_, (Object, Union)) and type_.discriminator
    )
    models = {
        style: import_module(f"{name}.models" if style == "attrs" else f"{name}.models_{style}")
        for style in styles
    }
    names = plan_names(api, name, {}, {}).classes
    result = Styled(DocumentSchemas(document), api, models, names, tags)
    result.seconds["generating"] += time.process_time() - started
    return result


def disagreements(
    known: Styled, examples: int, seed: int, most: int | None = None
) -> Iterator[tuple[str, str]]:
    """Each style with what its models lose, refuse, or hold without declaring it."""
    checker = Checker(known.api, "response")
    for _, pointer in list(components(known.schemas, seed))[:most]:
        type_ = known.api.types.get(f"#{pointer}")
        if type_ is None:
            continue
        started, use = time.process_time(), Use(type=type_.id)
        values = []
        for value in valid_values(known.schemas, pointer, examples, seed):
            complaints = checker.check(value, use)
            if not complaints:
                values.append(value)
            elif not only_formats(complaints):  # of numbers and texts, which no class can hold either
                yield "mock", f"{pointer}: {value!r} is valid, the mock says {complaints[0]}"
        known.seconds["sampling"] += time.process_time() - started
        known.counts.update(types=1, without=not values, values=len(values))
        for style, models in known.models.items():
            started = time.process_time()
            model = getattr(models, known.names.get(type_.id, ""), None)
            for value in values if model is not None else ():
                # An attrs class, and what stands for it, has no null: places say that.
                for problem in problems(value, model | None if type_.nullable else model, known.tags):
                    yield style, f"{pointer}: {problem}"
            known.seconds[style] += time.process_time() - started


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
    if not same(_without_added(again, value, tags), value) and not same(
        _spelled(_without_added(again, value, tags)), _spelled(value)
    ):
        yield f"{value!r} is written as {again!r}"
    for violation in validate(read, model):
        yield f"{value!r} is valid, `validate` says {violation}"[:400]
    if style_module(model) is None:
        yield from declared.problems(read, model, {})
        return
    try:
        check_type(read, model, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
    except TypeCheckError as error:
        yield f"{read!r:.80} is no {model}: {error}"[:400]
    yield from undeclared(read, type(read) if isinstance(read, pydantic.BaseModel) else model)


def _spelled(value: Any) -> Any:
    """The value with UUIDs as they are written: in small letters (RFC 9562, 4)."""
    if isinstance(value, dict):
        return {name: _spelled(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    return value.lower() if isinstance(value, str) and _UUID.fullmatch(value) else value


def _open_typed_dict(origin: Any, _arguments: Any, _extras: Any) -> Any:
    """TypedDicts hold typed further members, which none of them can declare (decision 7)."""
    if not is_typed_dict(origin):
        return None

    def check(value: Any, origin: Any, arguments: Any, memo: Any) -> None:
        declared_keys = origin.__annotations__.keys()
        known = (
            {key: item for key, item in value.items() if key in declared_keys}
            if isinstance(value, dict)
            else value
        )
        check_typed_dict(known, origin, arguments, memo)

    return check


checker_lookup_functions.insert(0, _open_typed_dict)


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
    if issubclass(model, pydantic.BaseModel):
        yield from _refused(value, model, where)
    hints = _hints(model)
    for name, item in _members(value):
        if name not in hints:
            continue
        # Of pydantic's own types (`AwareDatetime`) nothing is an instance.
        if not issubclass(model, pydantic.BaseModel):
            try:
                check_type(item, hints[name], collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
            except TypeCheckError as error:
                if _fits_with_floats(item, hints[name]):
                    continue
                yield f"{where}.{name} is {item!r:.80}, declared {hints[name]}: {error}"[:400]
                continue
        for inner in item if isinstance(item, list) else item.values() if type(item) is dict else [item]:
            yield from undeclared(inner, type(inner), f"{where}.{name}")


def _fits_with_floats(value: Any, hint: Any) -> bool:
    """Whether a value is what its hint declares once decimals count as numbers, which they may stay (decision 7)."""
    try:
        check_type(_with_floats(value), hint, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
    except TypeCheckError:
        return False
    return True


def _with_floats(value: Any) -> Any:
    if isinstance(value, decimal.Decimal):
        return float(value)
    if type(value) in (list, tuple):
        return type(value)(map(_with_floats, value))
    return {name: _with_floats(item) for name, item in value.items()} if type(value) is dict else value


_hints = cache(typing.get_type_hints)


def _refused(value: pydantic.BaseModel, model: type[pydantic.BaseModel], where: str) -> Iterator[str]:
    """What the model says when it is made of its own members, whose models it only looks at."""
    root = getattr(model, "__pydantic_root_model__", False)
    try:
        model.__pydantic_validator__.validate_python(
            value.root if root else dict(value.__dict__),
            strict=True,
            by_name=True,  # type: ignore[attr-defined]
        )
    except pydantic.ValidationError as error:
        for detail in error.errors():
            if isinstance(detail["input"], decimal.Decimal):
                continue
            member = ".".join(map(str, detail["loc"]))
            yield f"{where}.{member} is {detail['input']!r:.80}: {detail['msg']}"[:400]


def _is_record(model: type) -> bool:
    is_class = dataclasses.is_dataclass(model) or issubclass(model, (msgspec.Struct, pydantic.BaseModel))
    return is_class or is_typed_dict(model)


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
    from tests.mock.styled_calls import calls  # which stands on this module

    documents = [Path(name) for name in arguments] or sorted(
        CORPUS.glob("*.json"), key=lambda path: path.stat().st_size
    )
    total, started = 0, time.process_time()
    for document in documents:
        counts, known = Counter[str](), None
        try:
            known = styled(document, ALL)
            for style, problem in disagreements(known, examples=8, seed=1):
                counts[style] += 1
                if counts[style] <= 10:
                    print(f"    {style:10} {problem[:500]}")
            started_calls = time.process_time()
            result, undeclared_values = calls(document)
            known.seconds["calling"] += time.process_time() - started_calls
            known.counts["calls"] = result.calls
            counts += Counter(calls=len(undeclared_values))
            print("".join(f"    {problem[:500]}\n" for problem in undeclared_values[:10]), end="")
        except Exception as error:
            counts["crashed"] += 1
            print(f"    crashed: {type(error).__name__}: {error}"[:500])
        total += counts.total()
        seconds = {name: round(count, 1) for name, count in known.seconds.items()} if known else {}
        print(
            f"{document.name:55} {dict(counts)} {dict(known.counts) if known else {}} {seconds}",
            flush=True,
        )
    print(
        f"{len(documents)} documents in {len(ALL)} styles: {total} disagreements, {time.process_time() - started:.0f} s"
    )
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
