"""Compiling writers: from an instance to what msgspec writes."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

import msgspec

from bindwright.runtime.compile.source import FunctionSource
from bindwright.runtime.errors import EncodeError
from bindwright.runtime.json.decoding.compile_reader import key_shape
from bindwright.runtime.json.encoding import write_helpers as writers
from bindwright.runtime.json.encoding.keys import key_writer
from bindwright.runtime.json.encoding.tags import tags_of
from bindwright.runtime.json.encoding.untyped import is_plain
from bindwright.runtime.json.plan.members import (
    ALWAYS,
    ObjectMember,
    is_plain_name,
    keeps_extra,
    object_members,
    profile_of,
    root_of,
)
from bindwright.runtime.json.plan.registry import CodecOfModel, Registry
from bindwright.runtime.json.plan.unknown import with_unknown
from bindwright.runtime.json.text.descriptions import step
from bindwright.runtime.kept import UnknownMembers
from bindwright.runtime.references import number_of
from bindwright.runtime.shapes import Shape, members_of
from bindwright.runtime.value_types import Function, JsonObject, Prepared, PythonValue
from bindwright.runtime.values.by_name import named_index

_PLAIN_KINDS = frozenset({"string", "integer", "boolean"})
MOST_MODELS = 24
"""Models that one function writes in line: compiling is linear in its lines, and a first document is not to wait."""
_FREE: dict[str, frozenset[type]] = {
    "string": frozenset({str}), "integer": frozenset({int}), "boolean": frozenset({bool}),
    "number": frozenset({int, float}), "uuid": frozenset({uuid.UUID}), "date": frozenset({dt.date}),
}  # fmt: skip
"""Types of items that msgspec writes as we do."""
_BYTES = {
    "base64url": writers.BASE64URL, "hex": writers.HEX, "base16": writers.HEX, "hexBinary": writers.HEX,
}  # fmt: skip


class WriterCompiler:
    """Writes the lines that turn a local variable's value into what msgspec writes."""

    def __init__(self, source: FunctionSource, registry: Registry, profile: str) -> None:
        self.source = source
        self.registry = registry
        self.profile = profile
        self._models = 0
        self._open: list[type] = []
        """Models that are being written in line, the innermost last: one within itself is called."""

    def opened(self, model: type) -> None:
        """Lines that follow are of this model's own function."""
        self._open.append(model)

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
        condition = f"(type({var}) is not float or {var} - {var} != 0) and type({var}) is not int"
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
        self._unless(f"{var} is not None", writers.null, var, path)

    def _any(self, shape: Shape, var: str, path: str) -> None:
        profile = "" if self.profile == "openapi" else f", {self.profile!r}"
        self._inside(
            f"{var} = {self.source.bind(self.registry.untyped.write, 'untyped')}({var}{profile})", path
        )

    def _datetime(self, shape: Shape, var: str, path: str) -> None:
        offset = self.profile == "datacontract" and shape.fact("format") == "DateTimeOffset"
        other = self.source.bind(writers.OFFSET if offset else writers.datetime_value, "datetime")
        if offset:
            self.source.line(f"{var} = getattr({var}, '_text', None) or {other}({var}, {path!r})")
            return
        # msgspec writes it as we do, but for zeros at the end of a fraction, which it leaves there.
        # `DateTime` has a text of its own, and is not of just this class.
        plain = self.source.bind(dt.datetime, "plain_datetime")
        micro = f"({var}.microsecond % 10 or not {var}.microsecond)"
        utc = self.source.bind(dt.UTC, "UTC")
        with self.source.block(f"if type({var}) is not {plain} or {var}.tzinfo is not {utc} or not {micro}"):
            self.source.line(f"{var} = getattr({var}, '_text', None) or {other}({var}, {path!r})")

    def _date(self, shape: Shape, var: str, path: str) -> None:
        # What is of just this class msgspec writes itself, in C; a class of its own may have a text of its own.
        self._unless(f"type({var}) is not {self.source.bind(dt.date, 'plain_date')}", writers.DATE, var, path)

    def _time(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.TIME, var, path)

    def _duration(self, shape: Shape, var: str, path: str) -> None:
        self._call(writers.TIMESPAN if self.profile == "datacontract" else writers.DURATION, var, path)

    def _uuid(self, shape: Shape, var: str, path: str) -> None:
        self._unless(
            f"type({var}) is not {self.source.bind(uuid.UUID, 'plain_uuid')}", writers.UUID, var, path
        )

    def _bytes(self, shape: Shape, var: str, path: str) -> None:
        self._call(_BYTES.get(shape.fact("format") or "", writers.BASE64), var, path)

    def _enum(self, shape: Shape, var: str, path: str) -> None:
        type_name = self.source.bind(shape.type, "kind")
        write = self.source.bind(writers.member(shape.type), "member")
        self.source.line(f"{var} = {var}._value_ if type({var}) is {type_name} else {write}({var}, {path!r})")

    def _literal(self, shape: Shape, var: str, path: str) -> None:
        write = writers.literal(shape.literals, is_open=shape.is_open)
        if all(type(constant) is str for constant in shape.literals):
            listed = self.source.bind(frozenset(shape.literals), "LISTED")
            self._unless(f"type({var}) is not str or {var} not in {listed}", write, var, path)
        else:
            self._call(write, var, path)

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
        # Linked and not compiled now: a model may hold itself.
        name = self.source.link("plain", codec.plainer)
        type_name = self.source.bind(shape.type, "kind")
        other = self.source.bind(_derived(shape.type, self.registry), "derived")
        general = f"{var} = {name}({var}) if type({var}) is {type_name} else {other}({var})"
        if (struct := self._inlined(codec)) is None:
            self._inside(general, path)
            return
        with self.source.block(f"if type({var}) is {type_name}{_is_bare(codec.model, var)}"):
            self._members(codec, struct, var, path)
        with self.source.block("else"):
            self._inside(general, path)

    def _inlined(self, codec: CodecOfModel) -> type[msgspec.Struct] | None:
        """The struct of a model that is written in line: a call for each object costs as much as writing it."""
        if tags_of(codec.model):  # the discriminator that nobody set is put in afterwards
            return None
        if self.registry.lenient or self.registry.write_hook(codec.model) is not None:
            return None
        if (
            codec.model in self._open
            or self._models >= MOST_MODELS
            or root_of(codec.model).reference is not None
        ):
            return None
        return positional_struct(codec)

    def _members(self, codec: CodecOfModel, struct: type[msgspec.Struct], var: str, path: str) -> None:
        """Lines that replace ``var``, a model without unknown members, by its struct."""
        self._models += 1
        self._open.append(codec.model)
        profile, self.profile = self.profile, profile_of(codec.model)
        nothing, names = self.source.bind(msgspec.UNSET, "NOT_THERE"), []
        for json_member in object_members(codec.model):
            names.append(self.source.fresh("w"))
            self.source.line(f"{names[-1]} = {var}.{json_member.attribute}")
            self.member(json_member, names[-1], path + step(json_member.name), nothing)
        self.source.line(f"{var} = {self.source.bind(struct, 'struct')}({', '.join(names)})")
        self.profile = profile
        self._open.pop()

    def member(self, json_member: ObjectMember, var: str, path: str, nothing: str) -> None:
        """Lines that replace a member's value by what is written, or by msgspec's UNSET where it is absent."""
        # Two reasons to leave a member out: nobody set it, or it has the default of its type (emit_default).
        conditions = []
        if json_member.absent is not ALWAYS and not json_member.member.required:
            conditions.append(f"{var} is {self.source.bind(json_member.absent, 'ABSENT')}")
        if json_member.zero is not ALWAYS:
            conditions.append(
                f"{var} is None"
                if json_member.zero is None
                else f"{var} is None or {self.source.bind(json_member.zero, 'ZERO')} == {var}"
            )
        if not conditions:
            self.place(json_member.shape, var, path, nullable=json_member.nullable)
            return
        absent = " or ".join(dict.fromkeys(conditions))
        if json_member.zero is ALWAYS and (odd := self._odd(json_member.shape, var)) is not None:
            # What is there and plain, as most are, passes one condition; what is absent is of another class.
            with self.source.block(f"if {odd}"):
                self._unless_absent(json_member, absent, var, path, nothing)
        else:
            self._unless_absent(json_member, absent, var, path, nothing)

    def _unless_absent(
        self, json_member: ObjectMember, absent: str, var: str, path: str, nothing: str
    ) -> None:
        with self.source.block(f"if {absent}"):
            self.source.line(f"{var} = {nothing}")
        with self.source.block("else"):
            self.place(json_member.shape, var, path, nullable=json_member.nullable)

    def _odd(self, shape: Shape, var: str) -> str | None:
        """A condition that no value fulfils which is written as it is; None where there is no short one."""
        if self.registry.lenient or self.registry.write_hook(shape.type) is not None:
            return None
        types = _FREE.get(shape.kind)
        if types is None or shape.kind == "number":
            return None
        (plain,) = types
        return f"type({var}) is not {self.source.bind(plain, plain.__name__)}"

    def _is_anything(self, item: Shape) -> bool:
        """Whether values of a list or map are of any type, and msgspec may write them as they are."""
        return item.kind == "any" and self.profile == "openapi" and not self.registry.lenient

    def _list(self, shape: Shape, var: str, path: str) -> None:
        if self._is_anything(shape.item):
            plain = self.source.bind(is_plain, "is_plain")
            with self.source.block(f"if type({var}) is not list or not {plain}({var})"):
                self._each(self.function(shape.item, "item"), var, path)
            return
        free = self._free_items(shape.item, var)
        if free is not None:
            with self.source.block(f"if type({var}) is not list or not {free}"):
                self._each(self.function(shape.item, "item"), var, path)
            return
        if self.registry.lenient:
            self._each(self.function(shape.item, "item"), var, path)
            return
        item_writer = self.source.link("item", lambda: self._item_writer(shape.item))
        items, item = self.source.fresh("items"), self.source.fresh("item")
        with self.source.block(f"if type({var}) is list"):
            self.source.line(f"{items} = []")
            self.source.line(f"add_{items} = {items}.append")
            with self.source.block("try"):
                with self.source.block(f"for {item} in {var}"):
                    self.place(shape.item, item, "", nullable=shape.item.nullable)
                    self.source.line(f"add_{items}({item})")
                self.source.line(f"{var} = {items}")
            with self.source.block(f"except {self.source.bind(EncodeError, 'EncodeError')} as error"):
                within = self.source.bind(writers.within_item, "within_item")
                self.source.line(f"raise {within}(error, {path!r}, len({items})) from None")
        with self.source.block("else"):
            self._each(item_writer, var, path)

    def _each(self, function: str, var: str, path: str) -> None:
        self.source.line(f"{var} = {self.source.bind(writers.each, 'each')}({function}, {var}, {path!r})")

    def _item_writer(self, shape: Shape) -> Function:
        source = FunctionSource(f"json write {shape.name or shape.kind}")
        name = WriterCompiler(source, self.registry, self.profile).function(shape)
        return source.compile(name)

    def _free_items(self, item: Shape, values: str) -> str | None:
        """An expression: whether values of a list or dict are written as they are; None: they never are."""
        types = _FREE.get(item.kind)
        if types is None or self.registry.write_hook(item.type) is not None:
            return None
        if item.kind == "number" and (self.profile == "datacontract" or item.nullable):
            return None
        nullable = {type(None)} if item.nullable else set()
        free = self.source.bind(types | nullable, "FREE")
        expression = f"{free}.issuperset(map(type, {values}))"
        if item.kind != "number":
            return expression
        # NaN and infinity come through a sum (and so does one that overflows, which is looked at one by one then).
        return f"({expression} and {self.source.bind(writers.are_finite, 'are_finite')}({values}))"

    def _tuple(self, shape: Shape, var: str, path: str) -> None:
        writers_ = [self.function(item, "item") for item in shape.inner()]
        write = self.source.bind(_tuple_writer, "tuple_writer")
        self._inside(f"{var} = {write}(({', '.join(writers_)}{',' if writers_ else ''}), {var})", path)

    def _map(self, shape: Shape, var: str, path: str) -> None:
        key = key_shape(shape)
        writer = key_writer(key, self.profile, self.registry.untyped.key_text)
        if shape.wire.by_name:
            functions = [self.function(item, "value") for item in (*shape.named_items(), shape.item)]
            index_of = self.source.bind(partial(named_index, shape), "index_of")
            write, key_name = (
                self.source.bind(writers.each_named_value, "each"),
                self.source.bind(writer, "key"),
            )
            self.source.line(
                f"{var} = {write}(({', '.join(functions)}), {index_of}, {key_name}, {var}, {path!r})"
            )
            return
        free = self._free_items(shape.item, f"{var}.values()") if key is None else None
        if free is not None:
            strings = self.source.bind(_FREE["string"], "STRINGS")
            condition = f"type({var}) is not dict or not {strings}.issuperset(map(type, {var})) or not {free}"
            with self.source.block(f"if {condition}"):
                self._each_value(shape, writer, var, path)
            return
        if key is None and self._is_anything(shape.item):
            plain = self.source.bind(is_plain, "is_plain")
            with self.source.block(f"if type({var}) is not dict or not {plain}({var})"):
                self._each_value(shape, writer, var, path)
            return
        self._each_value(shape, writer, var, path)

    def _each_value(self, shape: Shape, writer: Callable[[Any], str], var: str, path: str) -> None:
        name = self.function(shape.item, "value")
        write_items = self.source.bind(writers.each_value, "each_value")
        self.source.line(f"{var} = {write_items}({name}, {self.source.bind(writer, 'key')}, {var}, {path!r})")

    def _union(self, shape: Shape, var: str, path: str) -> None:
        word = "if"
        if plain := self._plain_types(shape):
            with self.source.block(f"if type({var}) in {self.source.bind(plain, 'PLAIN')}"):
                self.source.line("pass")
            word = "elif"
        for item in self._alternatives(shape):
            codec = self.registry.of(item.type)
            if (struct := self._inlined(codec)) is not None:
                condition = f"type({var}) is {self.source.bind(item.type, 'kind')}{_is_bare(item.type, var)}"
                with self.source.block(f"{word} {condition}"):
                    self._members(codec, struct, var, path)
                word = "elif"
        if word == "if":
            self._general_union(shape, var, path)
            return
        with self.source.block("else"):
            self._general_union(shape, var, path)

    def _plain_types(self, shape: Shape) -> frozenset[type]:
        """Types of values that are written as they are, whichever alternative is meant."""
        if self.registry.lenient or any(
            self.registry.write_hook(item.type) is not None for item in shape.inner()
        ):
            return frozenset()
        kinds = {item.kind for item in shape.inner()}
        return frozenset(type_ for kind in _PLAIN_KINDS & kinds for type_ in _FREE[kind])

    def _alternatives(self, shape: Shape) -> list[Shape]:
        """Models that a value's class alone tells, and that write their own discriminator."""
        choice = shape.fact("choice")
        tag = choice.discriminator if choice is not None else None
        return [item for item in shape.inner() if item.kind == "model" and writes_tag(item.type, tag)]

    def _general_union(self, shape: Shape, var: str, path: str) -> None:
        name = self.source.link(
            "union", lambda: self.registry.make.union_writer(shape, self.registry, self.profile)
        )
        self._inside(f"{var} = {name}({var})", path)


def _tuple_writer(writes: tuple[Function, ...], value: PythonValue) -> list[PythonValue]:
    if not isinstance(value, (list, tuple)) or len(value) > len(writes):
        raise writers.refused(f"a tuple of {len(writes)}", value, "")
    items = []
    for index, (write, item) in enumerate(zip(writes, value, strict=False)):
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
    struct = positional_struct(codec)
    nothing = source.bind(msgspec.UNSET, "NOT_THERE")
    with source.function("plain(o)"):
        _refer(codec, source)
        writing.opened(codec.model)
        for index, json_member in enumerate(codec.members):
            source.line(f"v{index} = o.{json_member.attribute}")
            writing.member(json_member, f"v{index}", step(json_member.name), nothing)
        _finish(codec, source, writing, struct, nothing)
    return source.compile("plain")


def _refer(codec: Any, source: FunctionSource) -> None:
    reference = root_of(codec.model).reference
    if reference is not None:
        source.line(f"number = {source.bind(number_of, 'number_of')}(o)")
        with source.block("if number < 0"):
            source.line(f"return {{{reference[1]!r}: str(-number)}}")


def writes_tag(model: type, tag: str | None) -> bool:
    """Whether a model has a discriminator's value in a constant of its own."""
    if tag is None:
        return True
    member = next((member for member in object_members(model) if member.name == tag), None)
    return (
        member is not None
        and member.shape.kind == "literal"
        and not member.shape.is_open
        and member.absent is ALWAYS
    )


def positional_struct(codec: CodecOfModel) -> type[msgspec.Struct] | None:
    """A struct that takes the members by position; None where a name needs an escape."""
    members = object_members(codec.model)
    if not all(is_plain_name(json_member.name) for json_member in members):
        return None
    if (json_struct := codec.json_struct()) is not None and not json_struct.by_name:
        return json_struct.struct
    return _written_struct(codec.model)


@cache
def _written_struct(model: type) -> type[msgspec.Struct]:
    members = object_members(model)
    return msgspec.defstruct(
        f"{model.__name__}Written",
        [(f"f{index}", Any, msgspec.UNSET) for index in range(len(members))],
        rename={f"f{index}": json_member.name for index, json_member in enumerate(members)},
        gc=False,
        eq=False,
    )


def _is_bare(model: type, var: str) -> str:
    """Source of a condition: that a model has no members but those with names."""
    additional = root_of(model).additional
    return (f" and {var}._extra is None" if keeps_extra(model) else "") + (
        f" and not {var}.{additional}" if additional is not None else ""
    )


def _finish(codec: Any, source: FunctionSource, writing: WriterCompiler, struct: Any, nothing: str) -> None:
    names = tuple(json_member.name for json_member in codec.members)
    values = ", ".join(f"v{index}" for index in range(len(names)))
    as_dict = (
        f"{source.bind(_as_dict, 'as_dict')}({source.bind(names, 'NAMES')}, ({values}{',' if names else ''}))"
    )
    if (reference := root_of(codec.model).reference) is not None:
        as_dict = f"{{{reference[0]!r}: str(number)}} | {as_dict}"
        names = (reference[0], *names)
    # What was read beside the members goes back to its place among them, in a dict: a struct has no room for it.
    extended, names_name = source.bind(extender(codec.registry), "extended"), source.bind(names, "NAMES")
    if keeps_extra(codec.model):
        with source.block(
            f"if o._extra is not None and type(o._extra) is {source.bind(UnknownMembers, 'UnknownMembers')}"
        ):
            additional = _additional(codec, source, writing)
            source.line(f"return {extended}({as_dict}, o._extra, {names_name}, {additional})")
        # XML keeps nulls, too, which mean the same here; what else it keeps has no form in JSON.
        with source.block("if o._extra is not None and o._extra.null_members"):
            additional = _additional(codec, source, writing)
            source.line(f"kept = {source.bind(_of_nulls, 'of_nulls')}(o._extra.null_members)")
            source.line(f"return {extended}({as_dict}, kept, {names_name}, {additional})")
    additional = _additional(codec, source, writing)
    if additional != "None":
        source.line(f"return {extended}({as_dict}, None, {names_name}, {additional})")
    elif struct is None or reference is not None:
        source.line(f"return {as_dict}")
    else:
        source.line(f"return {source.bind(struct, 'struct')}({values})")


def _of_nulls(names: Iterable[str]) -> UnknownMembers:
    return UnknownMembers(nulls=frozenset(names))


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


def extender(registry: Registry) -> Callable[..., JsonObject]:
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
