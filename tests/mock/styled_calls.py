"""What operations take and return, in models of other styles: each value is what its annotation declares, there and back.

The mock's answers are read as the style's types, and requests are written of them: what comes and goes is the same as
with the attrs models, in JSON and in XML.
"""

from __future__ import annotations

import json as plain_json
import types
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Union, get_args, get_origin

import attrs
from bindwright.ir.model import Operation
from bindwright.runtime import json, xml
from bindwright.runtime.errors import DecodeError
from bindwright.runtime.http.model.operation import Content
from bindwright.runtime.model_styles import from_attrs
from bindwright.runtime.model_styles.names import is_typed_dict
from bindwright.runtime.resolve import evaluate, facts_of
from bindwright.standards.media_types import kind_of
from typeguard import CollectionCheckStrategy, TypeCheckError, check_type
from typing_extensions import TypeAliasType

from tests.mock.styled import STYLES, undeclared
from tests.serve.driver import Driver, Result, drive


def calls(document: Path) -> tuple[Result, list[str]]:
    """Calls of every operation, and what their bodies lose, refuse or hold undeclared in some style."""
    problems: list[str] = []
    result = drive(document, kind=StyledDriver, models=("attrs", *STYLES), problems=problems)
    return result, problems


@attrs.define
class StyledDriver(Driver):
    """Calls every operation, and goes through its bodies in each style."""

    problems: list[str] = attrs.field(factory=list)

    def arguments(self, operation: Operation, format_: str) -> dict[str, Any]:
        arguments = super().arguments(operation, format_)
        if "body" in arguments:
            contents = self.codecs.operation(operation).body
            for content in contents:
                if content.media_type == arguments.get("media_type", content.media_type):
                    self.note(f"{operation.id} request", self._same(content, arguments["body"]))
        return arguments

    def compare(self, operation: Operation, body: bytes, value: Any) -> tuple[str, str] | None:
        failure = super().compare(operation, body, value)
        outcome = self.calls[-1]
        name = outcome.response.header("content-type") or ""
        if failure is None and body and outcome.operation == operation.id:
            for response in self.codecs.operation(operation).responses:
                for content in response.content:
                    if response.status == str(outcome.response.status) and content.media_type == name:
                        self.note(f"{operation.id} answer", self._read(content, body))
        return failure

    def note(self, where: str, reported: Iterator[str]) -> None:
        self.problems += [f"{where}: {problem}" for problem in reported]

    def _read(self, content: Content, body: bytes) -> Iterator[str]:
        """The answer as each style reads it, and as it is written again."""
        codec = _codec(content)
        if codec is None:
            return
        type_ = evaluate(content.type, self.codecs.loaded.names)
        names = self.codecs.loaded.models
        try:
            value = codec.decode(body, type_, wire=content.wire, namespace=names)
        except DecodeError:
            return  # a document's example that is no such body: the client reads on without it
        expected = codec.encode(value, type_, wire=content.wire, namespace=names)
        for style, styled_type in self._styles(content, type_):
            try:
                read = codec.decode(body, styled_type, wire=content.wire, namespace=names)
                again = codec.encode(read, styled_type, wire=content.wire, namespace=names)
            except Exception as error:
                yield f"{style}: {body[:200]!r} is not read and written: {type(error).__name__}: {error}"
                continue
            yield from self._unequal(style, expected, again)
            yield from (f"{style}: {problem}" for problem in declared(read, styled_type))

    def _same(self, content: Content, value: Any) -> Iterator[str]:
        """The body as each style has it, and as it is sent."""
        codec = _codec(content)
        if codec is None or isinstance(value, (bytes, str)):
            return
        type_ = evaluate(content.type, self.codecs.loaded.names)
        names = self.codecs.loaded.models
        expected = codec.encode(value, type_, wire=content.wire, namespace=names)
        for style, styled_type in self._styles(content, type_):
            try:
                styled_value = from_attrs(value, styled_type)
                sent = codec.encode(styled_value, styled_type, wire=content.wire, namespace=names)
            except Exception as error:
                yield f"{style}: {value!r:.200} is not sent: {type(error).__name__}: {error}"
                continue
            yield from self._unequal(style, expected, sent)
            yield from (f"{style}: {problem}" for problem in declared(styled_value, styled_type))

    def _styles(self, content: Content, type_: Any) -> Iterator[tuple[str, Any]]:
        for style in STYLES:
            styled_type = in_style(type_, import_module(f"{self.codecs.loaded.package}.models_{style}"))
            is_alias = facts_of(type_) is not None and (
                styled_type is Any or not isinstance(styled_type, type)
            )
            # An alias cannot tell its name in XML: the attrs type is what to ask for there.
            if styled_type != type_ and not (is_alias and kind_of(content.media_type) == "xml"):
                yield style, styled_type

    @staticmethod
    def _unequal(style: str, expected: bytes, written: bytes) -> Iterator[str]:
        if written != expected and (
            expected[:1] == b"<" or plain_json.loads(written) != plain_json.loads(expected)
        ):
            yield f"{style}: {written!r:.300} instead of {expected!r:.300}"


def _codec(content: Content) -> Any:
    kind = kind_of(content.media_type) if content.type else ""
    return {"json": json, "xml": xml}.get(kind)


def declared(value: Any, annotation: Any) -> Iterator[str]:
    """What a value has against its annotation, at every depth."""
    try:
        check_type(value, annotation, collection_check_strategy=CollectionCheckStrategy.ALL_ITEMS)
    except TypeCheckError as error:
        yield f"{value!r:.80} is no {annotation}: {error}"[:400]
        return
    for item in value if isinstance(value, list) else value.values() if type(value) is dict else [value]:
        yield from undeclared(item, type(item))
    if isinstance(value, dict) and is_typed_dict(annotation):
        yield from undeclared(value, annotation)


def in_style(type_: Any, models: ModuleType) -> Any:
    """A type with each attrs model replaced by the style's own."""
    if isinstance(type_, TypeAliasType):
        own = getattr(models, type_.__name__, None)
        return own if own is not None else in_style(evaluate(type_.__value__, vars(models)), models)
    origin, arguments = get_origin(type_), get_args(type_)
    if origin in (Union, types.UnionType):
        return Union[tuple(in_style(argument, models) for argument in arguments)]  # noqa: UP007 — of a tuple
    if origin in (list, dict, tuple):
        return origin[tuple(in_style(argument, models) for argument in arguments)]
    package = models.__name__.rpartition(".")[0]
    if isinstance(type_, type) and type_.__module__.startswith(f"{package}.models"):
        return getattr(models, type_.__name__, type_)
    return type_
