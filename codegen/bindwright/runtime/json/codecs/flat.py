"""Flat models: objects of scalars alone, and lists of them, read in one compiled function.

The struct is read in C and its values are moved into the model in the same function. Instead of writing
the struct again to see that no name stood twice, quotation marks are counted: each name and each string
has two of them, and an escaped one only adds. So a document with just as many as its struct accounts
for cannot hold a name a second time. Of lists, which are read in one piece, the structs are written again
first, for as long as documents turn out to be as compact as what we write.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET as NOT_THERE

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.guard import Guard, Reader
from bindwright.runtime.json.codecs.model_codec import ModelCodec, absent_expression, instance_lines
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.plan.members import ObjectMember, is_plain_class, root_of
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.json.text.parse import same_names
from bindwright.runtime.shapes import Shape
from bindwright.runtime.value_types import TypeForm

_encode = msgspec.json.Encoder().encode
_FLAT = frozenset({"string", "integer", "number", "boolean", "datetime", "date", "time", "duration", "uuid",
                   "bytes", "enum"})  # fmt: skip


def flat_reader(shape: Shape, registry: Registry, decode: Any, guard: Guard) -> Reader | None:
    """A function from a document to the value, where the type is flat.

    Args:
        shape: the root.
        registry: the codecs.
        decode: reads the struct.
        guard: reads what deviates.
    """
    model = shape.item if shape.kind == "list" and shape.type is list else shape
    if model.kind != "model" or (model is not shape and model.nullable):
        return None
    if registry.read_hook(model.type) is not None:
        return None
    codec = registry.of(model.type)
    if not isinstance(codec, ModelCodec) or not _is_flat(codec):
        return None
    source = FunctionSource(f"json read flat {codec.model.__name__}")
    name = source.bind(guard, "guard")
    with source.function("read(data)"):
        with source.block(f"if {name}.wary"):
            source.line(f"return {name}.carefully(data)")
        with source.block("try"):
            source.line(f"s = {source.bind(decode, 'decode')}(data)")
            with source.block("if s is None"):
                source.line("return None")
            (_single if model is shape else _many)(codec, source)
        with source.block("except Exception"):  # whatever it is, the long way says it better
            source.line(f"return {name}.give_up(data)")
    return source.compile("read")


def _single(codec: ModelCodec, source: FunctionSource) -> None:
    _one(codec, source)
    _proof(source, "s", "q")
    source.line("return o")


def _is_flat(codec: ModelCodec) -> bool:
    json_struct = codec.json_struct()
    if (
        json_struct is None
        or not json_struct.exact
        or not is_plain_class(codec.model)
        or root_of(codec.model).choice
    ):
        return False
    return all(
        json_member.shape.kind in _FLAT and id(json_member.shape) in json_struct.typed
        for json_member in codec.members
    )


def _many(codec: ModelCodec, source: FunctionSource) -> None:
    source.line("all_ = s")
    source.line("out = []")
    source.line("add = out.append")
    source.line("total = 0")
    with source.block("for s in all_"):
        _one(codec, source)
        source.line("total += q")
        source.line("add(o)")
    source.line(f"{source.bind(_Lists(), 'lists')}.prove(data, all_, total)")
    source.line("return out")


def _one(codec: ModelCodec, source: FunctionSource) -> None:
    """Lines that make ``o`` of the struct ``s``, and count the quotation marks it accounts for in ``q``."""
    json_struct = codec.json_struct()
    assert json_struct is not None
    reading = ReaderCompiler(source, codec.registry, codec.profile)
    reading.typed = json_struct.typed
    certain = sum(
        _quotes(json_member, json_struct.typed)
        for json_member in codec.members
        if json_member.required and not json_member.nullable
    )
    certain += sum(2 for json_member in codec.members if json_member.required and json_member.nullable)
    source.line(f"q = {certain}")
    values = [
        (json_member.member, _moved(reading, json_member, index))
        for index, json_member in enumerate(codec.members)
    ]
    instance_lines(codec.model, source, values)


def _quotes(json_member: ObjectMember, typed: dict[int, TypeForm]) -> int:
    return 4 if typed[id(json_member.shape)] is str else 2


def _moved(reading: ReaderCompiler, json_member: ObjectMember, index: int) -> str:
    """The variable, or expression, that holds a member's value."""
    source, var, path = reading.source, f"v{index}", step(json_member.name)
    text = reading.typed[id(json_member.shape)] is str
    if json_member.required and reading.is_free(json_member.shape) and not (text and json_member.nullable):
        return f"s.f{index}"
    source.line(f"{var} = s.f{index}")
    if not json_member.required:
        with source.block(f"if {var} is {source.bind(NOT_THERE, 'NOT_THERE')}"):
            source.line(f"{var} = {absent_expression(source, json_member)}")
        with source.block("else"):
            source.line("q += 2")
            _value(reading, json_member, var, path, counted=text)
    else:
        _value(reading, json_member, var, path, counted=text and json_member.nullable)
    return var


def _value(reading: ReaderCompiler, json_member: ObjectMember, var: str, path: str, *, counted: bool) -> None:
    source = reading.source
    if not json_member.nullable:
        if counted:
            source.line("q += 2")
        reading.place(json_member.shape, var, path, nullable=False)
        return
    with source.block(f"if {var} is not None"):
        if counted:
            source.line("q += 2")
        if not reading.is_free(json_member.shape):
            reading.place(json_member.shape, var, path, nullable=False)


def _proof(source: FunctionSource, struct: str, quotes: str) -> None:
    once = source.bind(_each_once, "each_once")
    with source.block(f"if data.count(b'\"') != {quotes}"):
        source.line(f"{once}(data, {struct}, {quotes})")


class _Lists:
    """The proof for lists, of which most are as compact as we write: to see that takes no longer than to count."""

    __slots__ = ("_compact",)

    def __init__(self) -> None:
        self._compact = True

    def prove(self, data: bytes, structs: Any, quotes: int) -> None:
        """See `_each_once`."""
        if self._compact:
            if _encode(structs) == data:
                return
            self._compact = False
        if data.count(b'"') != quotes:
            _each_once(data, structs, quotes)


def _each_once(data: bytes, struct: Any, quotes: int) -> None:
    """The proof where strings hold quotation marks.

    Most servers write as compactly as we do, and to see that takes less time than to count escapes: without
    escaped backslashes, every backslash before a quotation mark escapes it.

    Raises:
        ValueError: a name may stand twice.
    """
    again = _encode(struct)
    if again == data:
        return
    if b"\\\\" not in data and data.count(b'"') - data.count(b'\\"') == quotes:
        return
    if not same_names(data, again):
        raise ValueError("a name may stand twice")
