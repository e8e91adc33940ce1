"""Codecs of models: one a class, its functions compiled when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from msgspec import UNSET as NOT_THERE

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.json.codecs.json_structs import JsonStruct, struct_of
from bindwright.runtime.json.decoding import read_helpers as readers
from bindwright.runtime.json.decoding.compile_reader import ReaderCompiler
from bindwright.runtime.json.encoding.compile_writer import plain_function
from bindwright.runtime.json.plan import references
from bindwright.runtime.json.plan.members import (
    ALWAYS,
    JsonMember,
    facts_of,
    is_factory,
    is_plain_class,
    keeps_extra,
    profile_of,
    root_of,
)
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.plan.unknown import unknown_members
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.shapes import members_of


class ModelCodec:
    """Functions of one model."""

    def __init__(self, model: type, registry: Registry) -> None:
        self.model = model
        self.registry = registry
        self.members: tuple[JsonMember, ...] = facts_of(model)
        self.profile = profile_of(model)
        self._reader: Callable[[Any], Any] | None = None
        self._mover: Callable[[Any], Any] | None = None
        self._plainer: Callable[[Any], Any] | None = None
        self._struct: JsonStruct | None = None
        self._struct_is_made = False
        self._busy = False

    def json_struct(self, depth: int = 0) -> JsonStruct | None:
        """The struct; None where there is none, and within itself."""
        if not self._struct_is_made:
            if self._busy:
                return None
            self._busy = True
            try:
                self._struct = struct_of(self.model, self.members, self.registry, depth)
            finally:
                self._busy = False
            self._struct_is_made = True
        return self._struct

    def reader(self) -> Callable[[Any], Any]:
        """From a parsed object to an instance."""
        if self._reader is None:
            if (hook := self.registry.read_hook(self.model)) is not None:
                self._reader = _placeless(readers.hooked(hook, self.model))
            else:
                self._reader = self._dispatching(_reader(self))
        return self._reader

    def mover(self) -> Callable[[Any], Any]:
        """From an instance of the struct to one of the model; any exception means: read it the long way."""
        if self._mover is None:
            self._mover = _mover(self)
        return self._mover

    def plainer(self) -> Callable[[Any], Any]:
        """From an instance to what msgspec writes."""
        if self._plainer is None:
            if (hook := self.registry.write_hook(self.model)) is not None:
                self._plainer = hook
            else:
                self._plainer = plain_function(self)
        return self._plainer

    def _dispatching(self, own: Callable[[Any], Any]) -> Callable[[Any], Any]:
        choice = root_of(self.model).choice
        if choice is None or not choice.discriminator or not choice.mapping:
            return own
        return self.registry.make.derived_reader(self, own)


def _placeless(reader: Callable[[Any, str], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        return reader(value, "")

    return read


def _reader(codec: ModelCodec) -> Callable[[Any], Any]:
    source = FunctionSource(f"json read {codec.model.__name__}")
    reading = ReaderCompiler(source, codec.registry, codec.profile)
    with source.function("read(d)"):
        _refer(codec, source)
        _fetch(codec, source)
        for index, one in enumerate(codec.members):
            _convert(reading, one, f"v{index}")
        _build(codec, source, reading)
    return source.compile("read")


def _refer(codec: ModelCodec, source: FunctionSource) -> None:
    """An object that others may refer to stands before its members are read."""
    reference = root_of(codec.model).reference
    if reference is None:
        return
    identity, refers, _ = reference
    model = source.bind(codec.model, "model")
    with source.block("if type(d) is dict"):
        with source.block(f"if {refers!r} in d"):
            source.line(f"return {source.bind(references.referred, 'referred')}(d[{refers!r}], {model})")
        source.line(f"o = {source.bind(object.__new__, 'new')}({model})")
        source.line(f"{source.bind(references.register, 'register')}(d.get({identity!r}), o)")


def _fetch(codec: ModelCodec, source: FunctionSource) -> None:
    """Take the members out of the object."""
    required = [(f"v{index}", one.name) for index, one in enumerate(codec.members) if one.required]
    names = source.bind(tuple(name for _, name in required), "REQUIRED")
    missing = source.bind(readers.missing, "missing")
    if required:
        with source.block("try"):
            for var, name in required:
                source.line(f"{var} = d[{name!r}]")
        with source.block("except (KeyError, TypeError)"):
            source.line(f"raise {missing}(d, {names}) from None")
    with source.block("if type(d) is not dict"):
        source.line(f"raise {missing}(d, {names})")
    if len(required) < len(codec.members):
        source.line("get = d.get")
    reference = root_of(codec.model).reference
    source.line(f"n = {len(required)}" + (f" + ({reference[0]!r} in d)" if reference else ""))
    source.line("nulls = ()")


def _convert(reading: ReaderCompiler, one: JsonMember, var: str) -> None:
    source, at = reading.source, step(one.name)
    if one.required:
        reading.place(one.shape, var, at, nullable=one.nullable)
        return
    nothing = source.bind(NOT_THERE, "NOT_THERE")
    source.line(f"{var} = get({one.name!r}, {nothing})")
    with source.block(f"if {var} is {nothing}"):
        source.line(f"{var} = {absent_expression(source, one)}")
    if not one.nullable:
        with source.block(f"elif {var} is None"):
            source.line("n += 1")
            source.line(f"nulls += ({one.name!r},)")
            source.line(f"{var} = {absent_expression(source, one)}")
    with source.block("else"):
        source.line("n += 1")
        reading.place(one.shape, var, at, nullable=one.nullable)


def absent_expression(source: FunctionSource, one: JsonMember) -> str:
    """The value of a member that is not there."""
    default = one.member.default
    if one.absent is not ALWAYS and one.absent is None:
        return "None"
    if is_factory(default):
        return f"{source.bind(default.factory, 'factory')}()"
    if default is attrs.NOTHING:
        return "None" if one.zero is None or one.zero is ALWAYS else source.bind(one.zero, "ZERO")
    return source.bind(default, "DEFAULT")


def _build(codec: ModelCodec, source: FunctionSource, reading: ReaderCompiler) -> None:
    model = codec.model
    keeps = keeps_extra(model)
    additional = root_of(model).additional
    reference = root_of(model).reference
    known = source.bind(
        frozenset([one.name for one in codec.members] + ([reference[0]] if reference else [])), "KNOWN"
    )
    values = [(one.member, f"v{index}") for index, one in enumerate(codec.members)]
    if additional is not None:
        member = next(one for one in members_of(model) if one.attribute == additional)
        source.line("more = {}")
        with source.block("if len(d) != n"):
            source.line(f"more = {{k: v for k, v in d.items() if k not in {known}}}")
            reading.place(member.shape, "more", "", nullable=False)
        values.append((member, "more"))
        source.line("n = len(d)")
    if keeps:
        unknown = f"{source.bind(unknown_members, 'unknown_members')}(d, {known}, nulls)"
        if additional is None:
            source.line(f"kept = {unknown} if len(d) != n or nulls else None")
        else:
            source.line(f"kept = {unknown} if nulls else None".replace(known, f"{known} | set(more)"))
    rest = [one for one in members_of(model) if one.attribute not in {m.attribute for m, _ in values}]
    instance(codec.model, source, values, rest, "kept" if keeps else None)


def instance(
    model: type, source: FunctionSource, values: list[Any], rest: list[Any], kept: str | None
) -> None:
    """Lines that make and return an instance; ``rest`` are members that JSON does not carry."""
    if not is_plain_class(model):
        arguments = [f"{one.alias}={var}" for one, var in values]
        arguments += [f"{one.alias}=None" for one in rest if one.required]
        arguments += [f"_extra={kept}"] if kept is not None else []
        source.line(f"return {source.bind(model, 'model')}({', '.join(arguments)})")
        return
    reference = root_of(model).reference
    if reference is None:
        _begin(model, source, values)
    else:
        _assign(source, values)
    for one in rest:
        identity = reference is not None and one.json == reference[0]
        source.line(f"o.{one.attribute} = " + (f"d.get({one.json!r})" if identity else _default(source, one)))
    if kept is not None:
        source.line(f"o._extra = {kept}")
    source.line("return o")


def _begin(model: type, source: FunctionSource, values: list[Any]) -> None:
    source.line(f"o = {source.bind(object.__new__, 'new')}({source.bind(model, 'model')})")
    _assign(source, values)


def _assign(source: FunctionSource, values: list[Any]) -> None:
    for one, var in values:
        source.line(f"o.{one.attribute} = {var}")


def instance_lines(model: type, source: FunctionSource, values: list[Any]) -> None:
    """Lines that make ``o``, an instance of a plain class without references or extra members."""
    _begin(model, source, values)
    listed = {one.attribute for one, _ in values}
    for one in members_of(model):
        if one.attribute not in listed:
            source.line(f"o.{one.attribute} = {_default(source, one)}")
    if keeps_extra(model):
        source.line("o._extra = None")


def _default(source: FunctionSource, one: Any) -> str:
    if is_factory(one.default):
        return f"{source.bind(one.default.factory, 'factory')}()"
    return "None" if one.default in (attrs.NOTHING, None) else source.bind(one.default, "DEFAULT")


def _mover(codec: ModelCodec) -> Callable[[Any], Any]:
    json_struct = codec.json_struct()
    assert json_struct is not None
    source = FunctionSource(f"json move {codec.model.__name__}")
    reading = ReaderCompiler(source, codec.registry, codec.profile)
    reading.typed = json_struct.typed
    values = []
    with source.function("move(s)"):
        for index, one in enumerate(codec.members):
            values.append((one.member, _moved(reading, one, index)))
        listed = {one.attribute for one in codec.members}
        rest = [one for one in members_of(codec.model) if one.attribute not in listed]
        instance(codec.model, source, values, rest, "None" if keeps_extra(codec.model) else None)
    return source.compile("move")


def _moved(reading: ReaderCompiler, one: JsonMember, index: int) -> str:
    """The variable, or expression, that holds a member's value."""
    source, var, at = reading.source, f"v{index}", step(one.name)
    if one.required and (one.shape.kind == "any" or reading.is_free(one.shape)):
        return f"s.f{index}"
    source.line(f"{var} = s.f{index}")
    if one.required:
        reading.place(one.shape, var, at, nullable=one.nullable)
        return var
    with source.block(f"if {var} is {source.bind(NOT_THERE, 'NOT_THERE')}"):
        source.line(f"{var} = {absent_expression(source, one)}")
    with source.block("else"):
        if not one.nullable and id(one.shape) not in reading.typed:
            with source.block(f"if {var} is None"):
                source.line("raise ValueError")
        reading.place(one.shape, var, at, nullable=one.nullable)
    return var
