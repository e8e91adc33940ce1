"""Compiling writers: from an instance to what msgspec writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.json.decoding.compile_reader import key_shape
from bindwright.runtime.json.encoding import write_helpers as writers
from bindwright.runtime.json.plan.members import ALWAYS, ObjectMember, is_plain_name, keeps_extra, root_of
from bindwright.runtime.json.plan.registry import Registry
from bindwright.runtime.json.plan.unknown import UnknownMembers, with_unknown
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.references import number_of
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import Function, JsonObject, Prepared, PythonValue

_BYTES = {
    "base64url": writers.BASE64URL, "hex": writers.HEX, "base16": writers.HEX, "hexBinary": writers.HEX,
}  # fmt: skip


class WriterCompiler:
    """Writes the lines that turn a local variable's value into what msgspec writes."""

    def __init__(self, source: FunctionSource, registry: Registry, profile: str) -> None:
        self.source = source
        self.registry = registry
        self.profile = profile

    def function(self, shape: Shape, hint: str = "plain") -> str:
        """The name of a function of one argument that prepares such a value."""
        name = self.source.fresh(hint)
        with self.source.function(f"{name}(v)"):
            self.place(shape, "v", "", nullable=shape.nullable)
            self.source.line("return v")
        return name

    def place(self, shape: Shape, var: str, path: str, *, nullable: bool) -> None:
        """Lines that replace ``var`` by what is written for it; in a lenient registry also for what does not fit."""
        if not self.registry.lenient:
            self._lines(shape, var, path, nullable=nullable)
            return
        name = self.source.fresh("fitting")
        with self.source.function(f"{name}(v)"):
            self._lines(shape, "v", "", nullable=nullable)
            self.source.line("return v")
        write = self.source.bind(writers.as_it_is(self.registry.untyped.write), "as_it_is")
        self._inside(f"{var} = {write}({name}, {var})", path)

    def _lines(self, shape: Shape, var: str, path: str, *, nullable: bool) -> None:
        if nullable and shape.kind not in ("any", "null"):
            with self.source.block(f"if {var} is not None"):
                self._value(shape, var, path)
        else:
            self._value(shape, var, path)

    def _value(self, shape: Shape, var: str, path: str) -> None:
        if (hook := self.registry.write_hook(shape.type)) is not None:
            self.source.line(f"{var} = {self.source.bind(hook, 'hook')}({var})")
            return
        getattr(self, "_" + shape.kind)(shape, var, path)

    def _call(self, function: Any, var: str, path: str) -> None:
        self.source.line(f"{var} = {self.source.bind(function, 'write')}({var}, {path!r})")

    def _unless(self, condition: str, function: Any, var: str, path: str) -> None:
        with self.source.block(f"if {condition}"):
            self._call(function, var, path)

    def _string(self, shape: Shape, var: str, path: str) -> None:
        self._unless(f"type({var}) is not str", writers.string, var, path)

    def _integer(self, shape: Shape, var: str, path: str) -> None:
        self._unless(f"type({var}) is not int", writers.integer, var, path)

    def _number(self, shape: Shape, var: str, path: str) -> None:
        if self.profile == "datacontract":
            single = shape.fact("format") in ("float", "single")
            self._call(writers.dotnet_single if single else writers.dotnet_double, var, path)
            return
        condition = f"type({var}) is not int and (type({var}) is not float or {var} - {var} != 0)"
        self._unless(condition, writers.number, var, path)

    def _decimal(self, shape: Shape, var: str, path: str) -> None:
        if shape.fact("quoted"):
            self._call(writers.decimal_string, var, path)
        elif self.profile == "datacontract":
            self._call(writers.dotnet_decimal_number, var, path)
        else:
            self._call(writers.decimal_number, var, path)

    def _boolean(self, shape: Shape, var: str, path: str) -> None:
        self._unless(f"{var} is not True and {var} is not False", writers.boolean, var, path)

    def _null(self, shape: Shape, var: str, path: str) -> None:
        self.source.line(f"{var} = None")

    def _any(self, shape: Shape, var: str, path: str) -> None:
        profile = "" if self.profile == "openapi" else f", {self.profile!r}"
        self._inside(
            f"{var} = {self.source.bind(self.registry.untyped.write, 'untyped')}({var}{profile})", path
        )

    def _datetime(self, shape: Shape, var: str, path: str) -> None:
        offset = self.profile == "datacontract" and shape.fact("format") == "DateTimeOffset"
        other = self.source.bind(writers.OFFSET if offset else writers.datetime_value, "datetime")
        self.source.line(f"{var} = getattr({var}, '_text', None) or {other}({var}, {path!r})")

    def _date(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.DATE, var, path)

    def _time(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.TIME, var, path)

    def _duration(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.TIMESPAN if self.profile == "datacontract" else writers.DURATION, var, path)

    def _uuid(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.UUID, var, path)

    def _bytes(self, shape: Shape, var: str, path: str) -> None:
        self._call(_BYTES.get(shape.fact("format") or "", writers.BASE64), var, path)

    def _enum(self, shape: Shape, var: str, path: str) -> None:
        type_name = self.source.bind(shape.type, "kind")
        write = self.source.bind(writers.member(shape.type), "member")
        self.source.line(f"{var} = {var}._value_ if type({var}) is {type_name} else {write}({var}, {path!r})")

    def _literal(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.literal(shape.literals), var, path)

    def _inside(self, line: str, path: str) -> None:
        """A line whose errors are seen from here."""
        if not path:
            self.source.line(line)
            return
        with self.source.block("try"):
            self.source.line(line)
        with self.source.block(f"except {self.source.bind(EncodeError, 'EncodeError')} as error"):
            self.source.line(f"raise {self.source.bind(writers.within, 'within')}(error, {path!r}) from None")

    def _model(self, shape: Shape, var: str, path: str) -> None:
        codec = self.registry.of(shape.type)
        name = self.source.link("plain", codec.plainer)
        type_name = self.source.bind(shape.type, "kind")
        other = self.source.bind(_derived(shape.type, self.registry), "derived")
        self._inside(f"{var} = {name}({var}) if type({var}) is {type_name} else {other}({var})", path)

    def _list(self, shape: Shape, var: str, path: str) -> None:
        allowed = self._free_types(shape.item)
        name = self.function(shape.item, "item")
        write_items = f"{var} = {self.source.bind(writers.each, 'each')}({name}, {var}, {path!r})"
        if allowed is None:
            self.source.line(write_items)
            return
        free = self.source.bind(allowed, "FREE")
        with self.source.block(f"if type({var}) is not list or not {free}.issuperset(map(type, {var}))"):
            self.source.line(write_items)

    def _free_types(self, item: Shape) -> frozenset[type] | None:
        """Types of items that are written as they are."""
        kinds: dict[str, type] = {"string": str, "integer": int, "boolean": bool}
        if item.kind not in kinds or self.registry.write_hook(item.type) is not None:
            return None
        return frozenset({kinds[item.kind]} | ({type(None)} if item.nullable else set()))

    def _tuple(self, shape: Shape, var: str, path: str) -> None:
        writers_ = [self.function(item, "item") for item in shape.inner()]
        write = self.source.bind(_tuple_writer, "tuple_writer")
        self._inside(f"{var} = {write}(({', '.join(writers_)}{',' if writers_ else ''}), {var})", path)

    def _map(self, shape: Shape, var: str, path: str) -> None:
        key = key_shape(shape)
        if key is None:
            writer: Callable[[Any], str] = writers.string_key
        elif key.kind == "enum":
            writer = writers.enum_key(key.type)
        else:
            writer = self.registry.untyped.key_text
        name = self.function(shape.item, "value")
        write_items = self.source.bind(writers.each_value, "each_value")
        self.source.line(f"{var} = {write_items}({name}, {self.source.bind(writer, 'key')}, {var}, {path!r})")

    def _union(self, shape: Shape, var: str, path: str) -> None:
        name = self.source.link(
            "union", lambda: self.registry.make.union_writer(shape, self.registry, self.profile)
        )
        self._inside(f"{var} = {name}({var})", path)


def _tuple_writer(writes: tuple[Function, ...], value: PythonValue) -> list[PythonValue]:
    if not isinstance(value, (list, tuple)) or len(value) != len(writes):
        raise writers.refused(f"a tuple of {len(writes)}", value, "")
    items = []
    for index, (write, item) in enumerate(zip(writes, value, strict=True)):
        try:
            items.append(write(item))
        except EncodeError as error:
            raise writers.within(error, f"[{index}]") from None
    return items


def _derived(model: type, registry: Registry) -> Function:
    """A writer of what is no instance of just this class: a derived class writes its own members."""

    def write(value: PythonValue) -> Prepared:
        if isinstance(value, model):
            return registry.of(type(value)).plainer()(value)
        raise writers.refused(model.__name__, value, "")

    return write


def plain_function(codec: Any) -> Function:
    """From an instance of a model to its struct, or to a dict where the struct cannot say it."""
    source = FunctionSource(f"json write {codec.model.__name__}")
    writing = WriterCompiler(source, codec.registry, codec.profile)
    struct = _struct(codec)
    nothing = source.bind(msgspec.UNSET, "NOT_THERE")
    with source.function("plain(o)"):
        _refer(codec, source)
        for index, json_member in enumerate(codec.members):
            _member(writing, json_member, f"v{index}", nothing)
        _finish(codec, source, writing, struct, nothing)
    return source.compile("plain")


def _refer(codec: Any, source: FunctionSource) -> None:
    reference = root_of(codec.model).reference
    if reference is not None:
        source.line(f"number = {source.bind(number_of, 'number_of')}(o)")
        with source.block("if number < 0"):
            source.line(f"return {{{reference[1]!r}: str(-number)}}")


def _struct(codec: Any) -> type[msgspec.Struct] | None:
    """A struct that takes the members by position."""
    if not all(is_plain_name(json_member.name) for json_member in codec.members):
        return None
    if (json_struct := codec.json_struct()) is not None and not json_struct.by_name:
        struct: type[msgspec.Struct] = json_struct.struct
        return struct
    return msgspec.defstruct(
        f"{codec.model.__name__}Written",
        [(f"f{index}", Any, msgspec.UNSET) for index in range(len(codec.members))],
        rename={f"f{index}": json_member.name for index, json_member in enumerate(codec.members)},
        gc=False,
        eq=False,
    )


def _member(writing: WriterCompiler, json_member: ObjectMember, var: str, nothing: str) -> None:
    source, path = writing.source, step(json_member.name)
    source.line(f"{var} = o.{json_member.attribute}")
    conditions = []
    if json_member.absent is not ALWAYS and not json_member.member.required:
        conditions.append(f"{var} is {source.bind(json_member.absent, 'ABSENT')}")
    if json_member.zero is not ALWAYS:
        conditions.append(
            f"{var} is None"
            if json_member.zero is None
            else f"{var} is None or {var} == {source.bind(json_member.zero, 'ZERO')}"
        )
    if not conditions:
        writing.place(json_member.shape, var, path, nullable=json_member.nullable)
        return
    with source.block(f"if {' or '.join(dict.fromkeys(conditions))}"):
        source.line(f"{var} = {nothing}")
    with source.block("else"):
        writing.place(json_member.shape, var, path, nullable=json_member.nullable)


def _finish(codec: Any, source: FunctionSource, writing: WriterCompiler, struct: Any, nothing: str) -> None:
    names = tuple(json_member.name for json_member in codec.members)
    values = ", ".join(f"v{index}" for index in range(len(names)))
    as_dict = (
        f"{source.bind(_as_dict, 'as_dict')}({source.bind(names, 'NAMES')}, ({values}{',' if names else ''}))"
    )
    if (reference := root_of(codec.model).reference) is not None:
        as_dict = f"{{{reference[0]!r}: str(number)}} | {as_dict}"
        names = (reference[0], *names)
    extended, names_name = source.bind(_extender(codec.registry), "extended"), source.bind(names, "NAMES")
    if keeps_extra(codec.model):
        with source.block(f"if type(o._extra) is {source.bind(UnknownMembers, 'UnknownMembers')}"):
            additional = _additional(codec, source, writing)
            source.line(f"return {extended}({as_dict}, o._extra, {names_name}, {additional})")
    additional = _additional(codec, source, writing)
    if additional != "None":
        source.line(f"return {extended}({as_dict}, None, {names_name}, {additional})")
    elif struct is None or reference is not None:
        source.line(f"return {as_dict}")
    else:
        source.line(f"return {source.bind(struct, 'struct')}({values})")


def _additional(codec: Any, source: FunctionSource, writing: WriterCompiler) -> str:
    """The variable with prepared additional members."""
    name = root_of(codec.model).additional
    if name is None:
        return "None"
    member = next(field for field in members_of(codec.model) if field.attribute == name)
    source.line(f"more = o.{name}")
    writing.place(member.shape, "more", "", nullable=False)
    return "more"


def _as_dict(names: tuple[str, ...], values: tuple[PythonValue, ...]) -> JsonObject:
    return {name: value for name, value in zip(names, values, strict=True) if value is not msgspec.UNSET}


def _extender(registry: Registry) -> Callable[..., JsonObject]:
    """A function that adds to an object's named members those that have none, and what was kept of reading."""

    def extend(
        written: JsonObject,
        unknown: UnknownMembers | None,
        names: tuple[str, ...],
        additional: JsonObject | None,
    ) -> JsonObject:
        for name, value in (additional or {}).items():
            if name not in names:
                written[name] = value
        if unknown is None:
            return written
        write = registry.untyped.write
        members = tuple((name, write(value), before) for name, value, before in unknown.members)
        return with_unknown(written, UnknownMembers(members, unknown.nulls), names)

    return extend
